"""The experiments: valid studies in two languages, kept verdicts of this very code, pages made from them."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ecosim.language import LANGUAGES
from ecosim.report.experiments.kept import fingerprint, probe_anew, read
from ecosim.report.experiments.pages import page_of
from ecosim.report.experiments.places import FIGURES, PAGES, Place, places
from ecosim.report.experiments.telling import told_of
from ecosim.scenario.parts import Bilingual
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.statistics.cost import cost_of

FOLDER = Path(__file__).parents[2] / "experiments"
PLACES = places(FOLDER)
PROPOSITIONS = 20
LARGE = 2_000  #: learners of a run that is left to the long suite
LARGEST_FIGURE = 120_000  #: bytes
SPACING = re.compile(r"[^\u00a0] ?[?!;»%](?=\s|$)|[^\u00a0] :(?=\s|$)|« ")

each_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)


@cache
def study_of(place: Place) -> LoadedStudy:
    """Return the study of an experiment, loaded once."""
    return load_study(place.study)


def kept_of(place: Place) -> dict[str, Any]:
    """Return what is kept of an experiment, in plain values."""
    kept: dict[str, Any] = json.loads(place.verdicts.read_text(encoding="utf-8"))
    return kept


def words_of(study: LoadedStudy) -> list[Any]:
    """Return every text for people in a study."""
    own = study.study
    return [
        own.title, own.question, own.description, *(each.why for each in own.expect),
        *(Bilingual.model_validate(arm.title) if isinstance(arm.title, dict) else arm.title for arm in study.arms),
    ]  # fmt: skip


def test_each_proposition_has_its_experiment() -> None:
    assert [place.number for place in PLACES] == list(range(1, PROPOSITIONS + 1))


@each_place
def test_texts_stand_in_both_languages(place: Place) -> None:
    for words in words_of(study_of(place)):
        assert isinstance(words, Bilingual), words
        assert words.en.strip()
        assert words.fr.strip()
        assert "\u2019" not in words.fr, "straight apostrophes only"
        assert not SPACING.search(words.fr), words.fr


@each_place
def test_expectations_say_kind_and_reason(place: Place) -> None:
    expect = study_of(place).study.expect
    assert expect
    for each in expect:
        assert "status" in each.model_fields_set
        assert isinstance(each.why, Bilingual)


def test_schedules_are_compared_at_equal_budget() -> None:
    place = next(each for each in PLACES if each.number == 7)
    costs = [cost_of(arm.loaded.scenario).facilitator_weeks for arm in study_of(place).arms]
    assert all(math.isclose(cost, costs[0]) for cost in costs)


@each_place
def test_verdicts_are_of_this_study(place: Place) -> None:
    kept, study = kept_of(place), study_of(place)
    assert kept["study_sha256"] == fingerprint(place)
    assert kept["expected_before_running"]
    assert set(kept["runs"]) == {"done"}
    assert len(kept["expectations"]) == len(study.study.expect)
    assert [each["status"] for each in kept["expectations"]] == [each.status for each in study.study.expect]
    assert list(kept["probe"]) == [arm.name for arm in study.arms]


@each_place
def test_every_expectation_is_evaluated(place: Place) -> None:
    for each in kept_of(place)["expectations"]:
        assert each["verdict"] in ("supported", "contradicted", "undecided", "open")
        assert all(each["found"][name] is not None for name in ("value", "low", "high"))
        assert (each["box"] is not None) == (study_of(place).box is not None)


def probed(large: bool) -> list[Any]:
    """Return every experiment and design with runs that are large, or not."""
    return [
        pytest.param(place, arm.name, id=f"{place.name}-{arm.name}")
        for place in PLACES
        for arm in study_of(place).arms
        if (arm.loaded.scenario.learners > LARGE) == large
    ]


@pytest.mark.parametrize(("place", "design"), probed(large=False))
def test_verdicts_are_of_this_code(place: Place, design: str) -> None:
    study = study_of(place)
    assert probe_anew(study, study.arm(design)) == kept_of(place)["probe"][design]


@pytest.mark.long
@pytest.mark.parametrize(("place", "design"), probed(large=True))
def test_verdicts_of_large_runs_are_of_this_code(place: Place, design: str) -> None:
    study = study_of(place)
    assert probe_anew(study, study.arm(design)) == kept_of(place)["probe"][design]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_made_from_the_kept_verdicts(lang: str) -> None:
    assert (FOLDER / PAGES[lang]).read_text(encoding="utf-8") == page_of(FOLDER, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_tell_every_contradiction(lang: str) -> None:
    head = (FOLDER / PAGES[lang]).read_text(encoding="utf-8").partition("| --- |")[0]
    told = [each for place in PLACES for each in told_of(read(place), lang)]
    contradicted = [each for each in told if "contradicted" in (each.held.verdict, each.boxed)]
    assert contradicted
    for each in contradicted:
        assert each.came.result in head


def test_the_french_page_is_well_spaced() -> None:
    text = re.sub(r"`[^`\n]*`|\]\([^)]*\)", "CODE", (FOLDER / PAGES["fr"]).read_text(encoding="utf-8"))
    assert "\u2019" not in text
    found = SPACING.search(text)
    assert found is None, text[max(0, found.start() - 40) : found.end() + 10]


@each_place
def test_figures_are_there_and_small(place: Place) -> None:
    for lang in FIGURES:
        assert 0 < place.figure(lang).stat().st_size < LARGEST_FIGURE
