"""From the desk to scenarios and to words: what is impossible is told, and everything has a name in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ecosim.dashboard.brought import wrong_with
from ecosim.dashboard.desk import Desk, Source, Variant
from ecosim.dashboard.world import (
    SHARED,
    all_possible,
    changes_in_words,
    checked,
    design_label,
    loaded_of,
    opened,
    path_label,
    scenario_of,
)
from ecosim.errors import EcosimError, InvalidFile
from ecosim.language import LANGUAGES
from ecosim.scenario.design import LEVERS
from ecosim.scenario.resolve import load
from ecosim.web.budget import MOST_LEARNERS

from .worlds import RICH, RICH_DESK, SMALL, SMALL_DESK, desks, two

BAD = "ecosim: 1\nkind: scenario\nlearners: 0\ndesign:\n  choise: 0.4\n"


@settings(max_examples=20)
@given(desks())
def test_a_design_is_the_scenario_with_its_settings_laid_over_it(desk: Desk) -> None:
    given = f"preset:{desk.source.value}" if desk.source.kind == "preset" else desk.source.value.encode()
    for place in range(len(desk.variants)):
        assert loaded_of(desk, place).hash() == load(given, set=desk.settings(place), allow_files=False).hash()
    assert scenario_of(desk).hash() == load(given, set=dict(desk.shared), allow_files=False).hash()
    found, problem = checked(desk)
    assert (found.hash(), problem) == (loaded_of(desk).hash(), None)


def test_an_impossible_change_is_told_and_the_scenario_stays() -> None:
    desk = two(choice=1.5)
    found, problem = checked(desk)
    assert problem is not None
    assert "design.choice" in problem.say("en")
    assert found.hash() == scenario_of(desk).hash()
    with pytest.raises(InvalidFile):
        changes_in_words(desk, 1, "en")
    assert changes_in_words(desk, 0, "en") == []


def test_what_is_impossible_for_all_designs_is_told_by_each() -> None:
    desk = two(SMALL_DESK).with_shared("learners", 2)
    assert scenario_of(desk).scenario.learners == 12
    found, problem = checked(desk)
    assert found.hash() == scenario_of(SMALL_DESK).hash()
    assert problem is not None
    assert "ready_ties" in problem.say("en")
    assert all_possible(two(SMALL_DESK))
    assert not all_possible(desk)
    assert not all_possible(two(choice=1.5).turned_to(0)), "though it is not the active design"


def test_an_upload_may_name_no_file(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SMALL, encoding="utf-8")
    with pytest.raises(InvalidFile):
        opened(Source("text", f"ecosim: 1\nkind: scenario\nextends: {other}\n", "mine.yaml"))
    assert opened(Source("path", str(other), "other.yaml")).scenario.learners == 12


def test_what_is_wrong_with_an_upload_is_told_line_by_line() -> None:
    assert wrong_with("circle.yaml", SMALL, "en") == wrong_with("club.yaml", RICH, "fr") == []
    for lang in LANGUAGES:
        said = wrong_with("mine.yaml", BAD, lang)
        assert [line.partition(" ")[0] for line in said] == ["mine.yaml:3:11:", "mine.yaml:5:3:"]
    assert MOST_LEARNERS == 5000
    large = "ecosim: 1\nkind: scenario\nlearners: 5001\n"
    (told,) = wrong_with("mine.yaml", large, "en")
    assert "5\u202f001" in told


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\x00",
        "a: [",
        "[]",
        "just words",
        "a: &x 1\nb: *x\n",
        "!!python/object:os.system {}\n",
        "\ud800",
        "{" * 5000,
    ],
)
def test_anything_may_be_uploaded(content: str) -> None:
    for lang in LANGUAGES:
        assert wrong_with("x.yaml", content, lang)


def test_designs_have_names() -> None:
    desk = Desk(SMALL_DESK.source, {}, (Variant(), Variant(), Variant("free"), Variant()))
    assert [design_label(desk, place, "en") for place in range(4)] == ["Design A", "Design B", "free", "Design D"]
    assert [design_label(desk, place, "fr") for place in (0, 1)] == ["Dispositif A", "Dispositif B"]


CHANGES: dict[str, Any] = {
    "design.choice": 0.9,
    "design.facilitation": [[0, 0.4], [2, 0.0]],
    "design.deadlines": [1, 2],
    "context.flow.episode": 0.7,
    "weeks": 5,
    "learners": 20,
    "seed": 6,
    "events": [{"week": 1, "do": "mark", "label": "a visit"}],
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_changes_are_told_in_words(lang: str) -> None:
    desk = Desk(SMALL_DESK.source, {}, (Variant("", CHANGES),))
    told = changes_in_words(desk, 0, lang)
    assert [path for path, *_ in told] == list(CHANGES)
    for path, label, before, after in told:
        assert before != after
        assert "." not in label, f"{path} has no name"
        for said in (before, after):
            assert said
            assert not set("[]{}=") & set(said), f"{path} is told as {said!r}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_levers_of_communities_are_told_with_the_community(lang: str) -> None:
    desk = RICH_DESK.with_change("communities.club.design.choice", 0.1).with_change(
        "communities.class.design.hazard", 0.2
    )
    scenario = loaded_of(desk).scenario
    for path, label, before, after in changes_in_words(desk, 0, lang):
        community = path.split(".")[1]
        assert community in label
        assert path_label(path.partition(".design.")[2].join(("design.", "")), scenario, lang) in label
        assert before != after


def test_everything_on_the_page_that_changes_has_a_name() -> None:
    scenario = scenario_of(SMALL_DESK).scenario
    for path in (*(f"design.{name}" for name in LEVERS), "design.deadlines", *SHARED):
        english, french = (path_label(path, scenario, lang) for lang in LANGUAGES)
        assert english != french or path.endswith("seed")
        assert path not in (english, french)


def test_no_such_preset_is_an_error_of_ours() -> None:
    with pytest.raises(EcosimError, match="there is no preset"):
        opened(Source("preset", "../campus", ""))
