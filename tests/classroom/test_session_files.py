"""Session files of one's own: what is wrong in them is told at its line; the command line knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ecosim.classroom.course import Course, Facts
from ecosim.classroom.session import load_session, open_session, session_for, session_names
from ecosim.classroom.session.json_schema import session_schema
from ecosim.classroom.session.opening import source
from ecosim.dashboard.lesson import lesson_names, load_lesson
from ecosim.errors import InvalidFile, UsageError
from ecosim.language import LANGUAGES
from ecosim.scenario.presets import names as preset_names
from ecosim.scenario.resolve import load
from tests.commands.conftest import Ecosim, ecosim  # noqa: F401 - a fixture

GOOD = source("open-tools").decode("utf-8")
BARE = 'ecosim: 1\nkind: session\ntitle: Mine\nscenario: {extends: "preset:cmooc", weeks: 6, learners: 30}\n'

WRONG: dict[str, tuple[str, str, str]] = {
    "another kind": ("kind: session", "kind: study", "not a class session"),
    "a near kind": ("kind: session", "kind: sesion", "did you mean session"),
    "no title": ("title: {", "titel: {", "title is missing"),
    "unknown key": ("minutes: 40\n", "minutes: 40\nminute: 1\n", "did you mean minutes"),
    "an unknown metric": ("show: [collective_share", "show: [colective_share", "did you mean collective_share"),
    "no weekly metric": ("show: [collective_share", "show: [modularity", "no value for every week"),
    "a metric that watches": ("show: [collective_share", "show: [posts_gini", "no value for every week"),
    "an unknown poll metric": ("metric: participation", "metric: particpation", "did you mean participation"),
    "a late poll": ("- week: 8\n", "- week: 10\n", "0 to 9; 10 is none"),
    "a late move": ("name: fade\n    week: 6", "name: fade\n    week: 12", "0 to 9; 12 is none"),
    "a gap": ("low: 0.35, high: 0.65", "low: 0.4, high: 0.65", "0.35, not 0.4"),
    "an overlap": ("low: 0.35, high: 0.65", "low: 0.3, high: 0.65", "0.35, not 0.3"),
    "upside down": ("low: 0.1, high: 0.35", "low: 0.35, high: 0.1", "low must be smaller"),
    "too short a range": ("low: 0.65, high: 1", "low: 0.65, high: 0.9", "from 0 to 1, but they end at 0.9"),
    "too late a range": ("low: 0, high: 0.1", "low: 0.05, high: 0.1", "from 0 to 1, but they end at 0.05"),
    "no range": ("presque rien}, low: 0, high: 0.1}", "presque rien}}", "every option has low and high"),
    "a range of nothing": ("fr: la plupart}", "fr: la plupart}\n        low: 0.2", "say metric, or leave low out"),
    "an unknown lever": ("lever: visibility", "lever: visability", "did you mean visibility"),
    "a lever that stands": ("lever: visibility", "lever: ready_ties", "no lever ready_ties that may change"),
    "too high a value": ("value: 0.95", "value: 1.5", "1.5 is out of range: allowed are 0 to 1"),
    "a wrong alternative": ("set: {visibility: 0.05", "set: {visibilty: 0.05", "did you mean visibility"),
    "an impossible alternative": ("set: {visibility: 0.05", "set: {visibility: -1", "allowed are 0 to 1"),
    "a name twice": ("name: widen", "name: open", "two moves called open"),
    "too long a plan": ("step: join\n    minutes: 5", "step: join\n    minutes: 6", "takes 41 minutes"),
    "an unknown step": ("step: join", "step: joins", "did you mean join"),
    "no assumption": ("context.affordance.omega", "context.affordance.omga", "no lever and no parameter"),
    "a scenario that is wrong": ("    visibility: 0.05   ", "    visibilty: 0.05   ", "did you mean visibility"),
    "a scenario out of range": ("    visibility: 0.05   ", "    visibility: 1.05   ", "allowed are 0 to 1"),
    "an unknown preset": ("preset:community-of-practice", "preset:community-of-practise", "did you mean"),
    "a scenario in a file": ('"preset:community-of-practice"', "other.yaml", "presets only"),
}


def broken(*changes: tuple[str, str]) -> InvalidFile:
    """Return the error of a session in which some text has been changed."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(InvalidFile) as caught:
        open_session(text.encode("utf-8"), name="mine.yaml")
    return caught.value


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_at_its_place(what: str) -> None:
    old, new, said = WRONG[what]
    error = broken((old, new))
    for lang in LANGUAGES:
        assert error.say(lang).startswith("mine.yaml:")
    assert said in str(error)
    assert error.problems[0].line is not None


def test_the_line_and_path_are_those_of_what_is_wrong() -> None:
    problem = broken(("value: 0.95", "value: 1.5")).problems[0]
    assert problem.path == "moves.0.value"
    assert problem.line == next(n for n, line in enumerate(GOOD.splitlines(), 1) if "value: 0.95" in line)
    assert broken(("    visibility: 0.05   ", "    visibility: 7   ")).problems[0].path == "scenario.design.visibility"


def test_several_problems_are_told_at_once() -> None:
    error = broken(("value: 0.95", "value: 1.5"), ("low: 0.35, high: 0.65", "low: 0.4, high: 0.65"))
    assert len(error.problems) == 2


def test_a_data_file_is_refused() -> None:
    network = 'scenario: {extends: "preset:cmooc", context: {network: {kind: edges, file: ties.csv}}}\n'
    with pytest.raises(InvalidFile, match="may not name files"):
        open_session(BARE.replace(BARE.splitlines(keepends=True)[-1], network).encode())


def test_the_schema_takes_every_session_and_refuses_others() -> None:
    schema = session_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in session_names():
        jsonschema.validate(yaml.safe_load(source(name)), schema)
    jsonschema.validate(yaml.safe_load(BARE), schema)
    good: dict[str, Any] = yaml.safe_load(GOOD)
    for key, wrong in (
        ("minute", 3), ("moves", [{"name": "a", "text": "b", "lever": "ready_ties", "value": 1}]), ("round", -1),
        ("polls", [{"week": 0, "question": "a", "options": [{"text": "b"}]}]), ("scenario", {"wek": 3}),
        ("plan", [{"step": "sleep", "minutes": 3, "text": "a"}]), ("title", None),
        ("debrief", {"alternative": {"text": "a", "set": {"visibilty": 0.2}}}),
    ):  # fmt: skip
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**good, key: wrong}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"ecosim": 1, "kind": "session"}, schema)


def test_little_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(BARE, encoding="utf-8")
    loaded = session_for(str(path), {"learners": 12, "session.round": 20})
    assert (loaded.name, loaded.source, loaded.weeks) == ("mine", str(path), 6)
    assert loaded.session.round == 20
    assert loaded.session.show == ["retention"]
    assert loaded.scenario.scenario.learners == 12
    assert Facts(loaded.text).loaded().hash() == loaded.scenario.hash()
    assert open_session(path).session.round == 0


@pytest.mark.parametrize("name", session_names())
def test_a_session_of_that_name_may_be_changed(name: str) -> None:
    assert session_for(name) == load_session(name)
    changed = session_for(name, {"learners": 40, "design.feedback": 0.9})
    assert changed.scenario.scenario.learners == 40
    assert Facts(changed.text).loaded().scenario == changed.scenario.scenario
    assert "learners: 40" in changed.text
    with pytest.raises(InvalidFile, match=r"design\.feedback"):
        session_for(name, {"design.fedback": 0.9})


@pytest.mark.parametrize("name", lesson_names())
def test_a_lesson_becomes_a_session(name: str) -> None:
    lesson, loaded = load_lesson(name), session_for(name)
    own, scenario = loaded.session, loaded.scenario.scenario
    base = lesson.study.arm(lesson.study.baseline).loaded.scenario
    assert (own.title, own.question, own.aim) == (lesson.lesson.title, lesson.lesson.question, lesson.lesson.aim)
    assert (own.misconception, own.caution) == (lesson.lesson.misconception, lesson.lesson.caution)
    assert scenario.learners == min(200, base.learners)
    assert (scenario.design, scenario.context, scenario.weeks) == (base.design, base.context, base.weeks)
    assert len(own.polls) == bool(lesson.lesson.predict.options)
    assert own.plan == []
    assert Facts(loaded.text).loaded().hash() == loaded.scenario.hash()
    for move in own.moves:
        reached = {
            value
            for arm in lesson.study.arms
            for _, value in getattr(arm.loaded.scenario.design, move.lever).knots
            if arm.name != lesson.study.baseline
        }
        assert move.value in reached
    assert len({(move.lever, move.value) for move in own.moves}) == len(own.moves)
    Course(Facts(loaded.text)).step({})


def test_every_lever_of_the_other_designs_can_be_moved() -> None:
    moves = session_for("rewards").session.moves
    assert {(move.lever, move.value, move.week) for move in moves} == {
        ("incentive", 0.8, None), ("incentive", 0.0, 13), ("controlling", 0.0, None),
    }  # fmt: skip
    paradox = session_for("paradox-of-autonomy").session
    assert paradox.moves[0].text.en == "A tutor always there"  # type: ignore[union-attr]
    assert paradox.debrief.alternative is not None
    assert paradox.debrief.alternative.set == {"facilitation": 0.8}
    assert session_for("rewards").session.debrief.alternative is None  # no design of it stands still
    assert session_for("alone").session.moves == []  # what differs there is no lever


def test_a_scenario_becomes_a_bare_session(tmp_path: Path) -> None:
    preset = session_for("preset:xmooc", {"learners": 50})
    assert preset.session.moves == preset.session.polls == []
    assert preset.scenario.scenario.learners == 50
    assert preset.title("fr") == "Un xMOOC"
    assert load(session_for("preset:xmooc").text.encode(), allow_files=False).hash() == load("preset:xmooc").hash()
    (tmp_path / "base.yaml").write_text(
        "ecosim: 1\nkind: scenario\nextends: preset:cmooc\nweeks: 9\ntitle: Base\n", encoding="utf-8"
    )
    path = tmp_path / "mine.yaml"
    path.write_text("ecosim: 1\nkind: scenario\nextends: base.yaml\nlearners: 33\n", encoding="utf-8")
    mine = session_for(str(path))
    assert (mine.name, mine.weeks, mine.title("en")) == ("mine", 9, "Base")
    assert mine.scenario.hash() == load(path).hash()
    assert Facts(mine.text).loaded().hash() == load(path).hash()


def test_ties_from_a_file_are_refused_at_their_place(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target\n0,1\n1,2\n", encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(
        "ecosim: 1\nkind: scenario\ntitle: a\nlearners: 10\ncontext: {network: {kind: edges, file: ties.csv}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidFile, match=r"mine.yaml:5:\d+: context.network.file: a class needs a scenario"):
        session_for(str(path))


def test_a_lesson_file_becomes_a_session(tmp_path: Path) -> None:
    from ecosim.dashboard.lesson.opening import source as lesson_text

    path = tmp_path / "mine.yaml"
    path.write_bytes(lesson_text("visibility"))
    assert session_for(str(path)).session == session_for("visibility").session


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("open-tool", "did you mean open-tools?"),
        ("reward", "did you mean rewards?"),
        ("xmoc", "did you mean preset:xmooc?"),
        (preset_names()[0], f"did you mean preset:{preset_names()[0]}?"),
        ("preset:xmoc", "did you mean xmooc?"),
        ("nonsense", "sessions are: facilitator, open-tools, own-energy"),
    ],
)
def test_unknown_names_are_told_with_the_nearest(given: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        session_for(given)
    assert said in str(caught.value)


def test_a_file_of_another_kind_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("ecosim: 1\nkind: study\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match="this file is a study, not a class session"):
        session_for(str(path))
    with pytest.raises(InvalidFile, match="does not exist"):
        session_for(str(tmp_path / "none.yaml"))


def test_the_command_line_knows_sessions(ecosim: Ecosim) -> None:  # noqa: F811
    Path("mine.yaml").write_text(GOOD, encoding="utf-8")
    assert ecosim("validate", "mine.yaml", "--set", "weeks=9", "--json").json["files"][0]["valid"]
    late = ecosim("validate", "mine.yaml", "--set", "weeks=8")
    assert late.code == 3
    assert "0 to 7; 8 is none" in late.out
    assert [each["name"] for each in ecosim("list", "sessions", "--json").json] == list(session_names())
    for lang, said in (("en", "a class session"), ("fr", "une séance")):
        assert said in ecosim("explain", "own-energy", "--lang", lang).out
    assert ecosim("schema", "session").json == session_schema()
    for command in ("run", "sweep", "calibrate"):
        assert "this file is a class session" in ecosim(command, "mine.yaml").err
