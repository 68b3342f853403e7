"""What a class takes home: files that the command line replays to the last bit, and by which nobody can be known."""

from __future__ import annotations

import csv
import io
import re
import shlex
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.classroom import export
from ecosim.classroom.course import Course, Facts, opened
from ecosim.cli import main
from ecosim.commands.choices import read_decisions
from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.design import LEVERS, SCHEDULED

from .played import CIRCLES, PLAIN, WEEKS, played

CHANGES = {2: {"facilitation": 0.9}, 4: {"incentive": 0.5, "facilitation": 0.1}}
Call = Callable[..., str]


@pytest.fixture
def ecosim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command in an empty folder and returns what it says; it has to succeed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def call(*words: str) -> str:
        capsys.readouterr()
        code = main(list(words))
        said = capsys.readouterr()
        assert code == 0, said.err
        return said.out

    return call


def laid_out(facts: Facts) -> None:
    """Write the scenario and the choices into the folder, as the archive holds them."""
    Path(export.SCENARIO).write_text(export.scenario_text(facts), encoding="utf-8")
    Path(export.CHOICES).write_text(export.choices_text(export.decided_by_week(facts)), encoding="utf-8")


def unpacked(facts: Facts, lang: str = "en") -> str:
    """Unpack the archive into the folder; return what its file to read first says."""
    with zipfile.ZipFile(io.BytesIO(export.exported(facts, lang))) as archive:
        assert archive.namelist() == [export.README, export.SCENARIO, export.CHOICES, export.REPORT, export.WEEKLY]
        archive.extractall()
    return Path(export.README).read_text(encoding="utf-8")


LESSONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "another luck": {"replicate": 7},
    "changes on the way": {"changes": CHANGES},
    "settings": {"settings": {"design.hazard": 0.2, "seed": 11, "context.flow.episode": 0.4}},
    "communities": {"text": CIRCLES, "changes": CHANGES, "replicate": 2},
    "nobody decided": {"share": 0.0},
    "whoever has left": {"settings": {"design.hazard": 2.0}, "seats": 24},
}


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_whole_lesson_is_replayed_to_the_last_bit(ecosim: Call, lesson: dict[str, Any]) -> None:
    course = played(**lesson)
    laid_out(course.facts)
    assert ecosim("validate", export.SCENARIO)
    program, *words = export.command(course.facts)
    assert program == "ecosim"
    assert ("--replicate" in words) == bool(course.facts.replicate)
    assert ecosim(*words, "--digest").strip() == course.engine.digest()


def test_the_archive_holds_the_run_and_says_how_to_have_it_again(ecosim: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["ecosim", "class", "/home/ada/secret-lesson.yaml", "--pin", "98765"])
    course = played(CIRCLES, weeks=4, replicate=3, changes=CHANGES)
    told = unpacked(course.facts)
    assert "The class lived 4 of 6 weeks" in told
    live, check = re.findall(r"^    (ecosim .*)$", told, re.MULTILINE)
    digest = re.findall(r"^    ([0-9a-f]{64})$", told, re.MULTILINE)
    assert [ecosim(*shlex.split(check)[1:]).strip()] == digest
    ecosim(*shlex.split(live)[1:], "--out", "again", "--no-figures")
    assert Path("again/weekly.csv").read_bytes() == Path(export.WEEKLY).read_bytes()
    as_lived(course)
    page = Path(export.REPORT).read_text(encoding="utf-8")
    assert digest[0] in page
    assert "secret" not in page
    assert "98765" not in page
    assert not re.search(r"""(src|href)=["'](?!data:|#|https?:)""", page)  # nothing beside it is needed
    assert "<script" not in page


def as_lived(course: Course) -> None:
    """Check that the first weeks of the table are those that the room has lived, bit for bit."""
    from ecosim.model.tables import weekly_table

    with Path(export.WEEKLY).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == course.loaded.scenario.weeks
    table = weekly_table(course.engine)
    assert set(table) == set(rows[0])
    for name, column in table.items():
        assert column.size == course.week
        for week, value in enumerate(column.tolist()):
            said = rows[week][name]
            assert said == ("" if value != value else str(value)), (name, week)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("weeks", [0, 1, 5, WEEKS])
def test_wherever_a_class_has_stopped_the_rest_is_the_model_s(ecosim: Call, weeks: int, lang: str) -> None:
    course = played(weeks=weeks, replicate=weeks, changes=CHANGES)
    told = unpacked(course.facts, lang)
    as_lived(course)
    while course.running:
        course.step({})
    assert course.engine.digest() in told
    assert ecosim(*export.command(course.facts)[1:], "--digest").strip() == course.engine.digest()
    assert f'lang="{lang}"' in Path(export.REPORT).read_text(encoding="utf-8")


def test_what_to_read_first_is_in_the_language_asked_for() -> None:
    from ecosim.model.run import simulate

    facts = played(weeks=WEEKS).facts
    run = simulate(facts.loaded(), choices=export.decided_by_week(facts))
    english, french = (export.readme(facts, run, lang) for lang in ("en", "fr"))
    for said in (english, french):
        assert not re.search(r"[{}]|debrief\.|None", said)
        assert run.digest() in said
        for name in (export.SCENARIO, export.CHOICES, export.REPORT, export.WEEKLY):
            assert name in said
    assert "The class lived all 6 weeks." in english
    assert "La classe a vécu les 6 semaines." in french
    assert not re.search(r"(?<!http)[^\u00a0\u202f/][;?!»:](?=\s|$)", french)


def test_choices_hold_what_was_decided_and_nothing_else(tmp_path: Path) -> None:
    facts = Facts(PLAIN, choices=({3: {"artefact": None}, 1: {}}, {}, {0: {"artefact": 2, "effort": 5, "partner": 4}}))
    path = tmp_path / export.CHOICES
    path.write_text(export.choices_text(export.decided_by_week(facts)), encoding="utf-8")
    made = {0: {3: {"artefact": None}}, 2: {0: {"artefact": 2, "effort": 5, "partner": 4}}}
    assert read_decisions(path).weeks == made
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == {
        str(week): {str(learner): choice for learner, choice in people.items()} for week, people in made.items()
    }


def test_a_scenario_says_no_more_than_it_did_and_extends_presets_only() -> None:
    said = export.scenario_text(played(changes=CHANGES).facts)
    plain = yaml.safe_load(said)
    assert plain["extends"] == "preset:community-of-practice"
    assert set(plain) == {"ecosim", "kind", "extends", "learners", "weeks", "seed", "design"}
    assert set(plain["design"]) == {"facilitation", "incentive"}


def _refusing(*_: Any) -> Any:
    raise InvalidFile(Problem("errors.scenario.fixed", {}, "x", export.SCENARIO))


@pytest.mark.parametrize("short", [lambda *_: {"ecosim": 1, "kind": "scenario", "weeks": 4}, _refusing])
def test_where_few_words_would_not_be_the_same_scenario_it_says_everything(
    monkeypatch: pytest.MonkeyPatch, short: Any
) -> None:
    monkeypatch.setattr("ecosim.classroom.export.scenario_file", short)
    course = played(CIRCLES, weeks=3, changes={1: {"choice": 0.25}})
    said = export.scenario_text(course.facts)
    assert "extends" not in yaml.safe_load(said)
    assert opened(said).hash() == course.loaded.hash()


def test_a_setting_of_what_only_the_preset_says_is_kept() -> None:
    facts = Facts("ecosim: 1\nkind: scenario\nextends: preset:interest-group\n", {"context.arrivals.until": 3})
    assert opened(export.scenario_text(facts)).hash() == facts.loaded().hash()


@settings(max_examples=30)
@given(st.data())
def test_the_scenario_of_an_archive_is_the_scenario_of_the_room(data: Any) -> None:
    text = data.draw(st.sampled_from([PLAIN, CIRCLES]))
    course = Course(Facts(text, data.draw(st.sampled_from([{}, {"design.openness": 0.25}, {"weeks": 9}]))))
    for _ in range(data.draw(st.integers(0, 4))):
        for lever in data.draw(st.lists(st.sampled_from(SCHEDULED), max_size=2)):
            legal = LEVERS[lever].plausible
            value = data.draw(st.floats(legal.low, legal.high))
            course.change(lever, float(round(value)) if LEVERS[lever].whole else value)
        course.step({})
    assert opened(export.scenario_text(course.facts)).hash() == course.loaded.hash()
