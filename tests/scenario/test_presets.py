"""The presets say what ``docs/model.md`` says, and nothing else; every scenario file shipped is sound."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ecosim.scenario.design import Design
from ecosim.scenario.document import Context, Scenario
from ecosim.scenario.reader import read_file
from ecosim.scenario.resolve import load

ROOT = Path(__file__).parents[2]
PRESETS = ROOT / "ecosim" / "scenario" / "presets"
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
EVERY_FILE = sorted(PRESETS.glob("*.yaml")) + SCENARIOS

#: The table of docs/model.md: ties, choice, G, demand, goal/feedback, collective offer, its signifier, visibility.
COLUMNS = (
    "ready_ties", "choice", "facilitation", "demand", "goal_clarity", "feedback", "collective_offer",
    "signifier_collective", "visibility",
)  # fmt: skip
TABLE: dict[str, tuple[Any, ...]] = {
    "lone-autodidact": (0, 0.9, 0, 0.7, 0.5, 0.3, 0, 0, 0),
    "institutional-class": (8, 0.25, 0.7, 0.4, 0.85, 0.6, 0.4, 0.3, 0.5),
    "distance-course": (3, 0.5, 0.3, 0.5, 0.7, 0.5, 0.5, 0.3, 0.5),
    "xmooc": (0, 0.35, 0.15, 0.65, 0.75, 0.5, 0.35, 0.08, 0.3),
    "cmooc": (3, 0.95, 0.15, 0.85, 0.3, 0.4, 0.9, 0.15, 0.9),
    "interest-group": (3, 0.95, 0.1, 0.5, 0.4, 0.4, 0.8, 0.5, 0.7),
    "community-of-practice": (8, 0.7, 0.3, 0.5, 0.6, 0.5, 0.85, 0.1, 0.7),
    "epistemic-wiki": (2, 0.95, 0.1, 0.6, 0.5, 0.5, 0.95, 0.5, 0.95),
    "question-and-answer": (1, 0.9, 0.1, 0.5, 0.8, 0.8, 0.8, 0.5, 0.9),
    "knowledge-building-class": (10, 0.6, 0.5, 0.6, 0.7, 0.7, 0.95, 0.1, 0.9),
    "community-of-apprenance": (8, 0.85, [[0, 0.6], [39, 0]], 0.6, 0.7, 0.6, 0.9, 0.1, 0.8),
}
#: Its column "other": levers, then context, then the document itself.
OTHER_LEVERS: dict[str, dict[str, Any]] = {
    "institutional-class": {"incentive": 0.5, "controlling": 1.0, "self_levelled": 0, "openness": 0.1},
    "distance-course": {"hazard": 0.004, "deadlines": [6, 13, 19, 26, 32]},
    "xmooc": {"hazard": 0.2, "openness": 0.8},
    "cmooc": {"openness": 0.8},
    "epistemic-wiki": {"rejection": 0.25, "openness": 0.9},
    "question-and-answer": {"incentive": 0.3, "controlling": 0.2, "openness": 1},
    "community-of-apprenance": {"incentive": 0},
}
OTHER_CONTEXT: dict[str, dict[str, Any]] = {
    "xmooc": {"population": {"b0_sd": 1.2}},
    "interest-group": {"arrivals": {"kind": "uniform", "until": 39}},
    "community-of-practice": {"encounter": {"homophily": 5}},
    "epistemic-wiki": {"population": {"rate_sigma": 2}},
}
WEEKS = {"distance-course": 39, "xmooc": 12}


def read(path: Path) -> dict[str, Any]:
    """Return what the file says, before anything is filled in."""
    value = read_file(path).value
    assert isinstance(value, dict)
    return value


def preset(name: str) -> Scenario:
    """Return a preset with all defaults."""
    return Scenario.model_validate(read(PRESETS / f"{name}.yaml"))


def test_there_are_eleven_presets() -> None:
    assert {path.stem for path in PRESETS.glob("*.yaml")} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_preset_has_the_levers_of_the_table_and_no_others(name: str) -> None:
    levers = dict(zip(COLUMNS, TABLE[name], strict=True)) | OTHER_LEVERS.get(name, {})
    assert preset(name).design == Design.model_validate(levers)


@pytest.mark.parametrize("name", TABLE)
def test_a_preset_has_the_context_of_the_table_and_nothing_else(name: str) -> None:
    made = preset(name)
    assert made.context == Context.model_validate(OTHER_CONTEXT.get(name, {}))
    assert (made.learners, made.weeks) == (300, WEEKS.get(name, 52))
    assert made.extends is None
    assert not made.communities
    assert not made.events


@pytest.mark.parametrize("name", TABLE)
def test_a_preset_says_only_what_differs_from_the_defaults(name: str) -> None:
    default = Design()
    for lever in read(PRESETS / f"{name}.yaml")["design"]:
        assert getattr(preset(name).design, lever) != getattr(default, lever), lever


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_text_is_in_both_languages(path: Path) -> None:
    content = read(path)
    assert list(content)[:2] == ["ecosim", "kind"]
    assert {"title", "question"} <= set(content)
    for words in texts(content):
        assert set(words) == {"en", "fr"}
        assert words["en"].strip()
        assert words["fr"].strip()
        assert not re.search(r"[^\u00a0] ?[?!;:%»]", words["fr"]), f"no-break space missing in {words['fr']!r}"
        assert "\u2019" not in words["en"] + words["fr"], "straight apostrophes only"
    for question in content["question"].values():
        assert question.endswith("?")


def texts(content: Any) -> list[dict[str, str]]:
    """Return the texts in two languages anywhere in ``content``; a title or label in one language only is an error."""
    if isinstance(content, list):
        return [found for each in content for found in texts(each)]
    if not isinstance(content, dict):
        return []
    for key in {"title", "question", "description", "label"} & set(content):
        assert isinstance(content[key], dict), f"{key} is in one language only"
    if "en" in content:
        return [content]
    return [found for each in content.values() for found in texts(each)]


def test_every_preset_has_a_scenario_and_every_scenario_a_seed() -> None:
    extended = {path.stem: read(path).get("extends") for path in SCENARIOS}
    for name in TABLE:
        assert extended[name] == f"preset:{name}"
    assert len({read(path)["seed"] for path in SCENARIOS}) == len(SCENARIOS)


def test_two_scenarios_have_several_communities_and_one_of_them_mobility() -> None:
    several = [read(path) for path in SCENARIOS if "communities" in read(path)]
    moving = [content for content in several if "migration" in content.get("context", {})]
    assert len(several) == 2
    assert len(moving) == 1
    for content in several:
        assert sum(each["share"] for each in content["communities"].values()) == pytest.approx(1.0)


def observed(name: str) -> list[dict[str, str]]:
    """Return the rows of an observed series without its header lines."""
    lines = (ROOT / "scenarios" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_observed_course_is_the_real_one() -> None:
    rows = observed("oulad-aaa-2013j.csv")
    scenario = read(ROOT / "scenarios" / "oulad-aaa-2013j.yaml")
    retention = [float(row["value"]) for row in rows if row["metric"] == "retention"]
    risk = [float(row["value"]) for row in rows if row["metric"] == "hazard"]
    assert len(retention) == scenario["weeks"]
    assert retention[-1] == pytest.approx(323 / scenario["learners"], abs=1e-5)
    survival = 1.0
    for value, chance in zip(retention, risk, strict=True):  # the product-limit estimate joins the two
        survival *= 1.0 - chance
        assert value == pytest.approx(survival, abs=1e-4)
    for row in rows:
        assert 0.0 <= float(row["low"]) <= float(row["value"]) <= float(row["high"]) <= 1.0


def test_the_observed_course_is_attributed() -> None:
    header = (ROOT / "scenarios" / "oulad-aaa-2013j.csv").read_text(encoding="utf-8")
    assert "10.1038/sdata.2017.171" in header
    assert "CC-BY 4.0" in header


def test_deadlines_are_the_peaks_of_observed_participation() -> None:
    rows = observed("oulad-aaa-2013j.csv")
    shares = {int(row["week"]): float(row["value"]) for row in rows if row["metric"] == "participation"}
    for week in read(ROOT / "scenarios" / "oulad-aaa-2013j.yaml")["design"]["deadlines"]:
        assert shares[week] == max(shares[near] for near in range(week - 2, week + 3))


def maker() -> ModuleType:
    """Return the script that drew the imported network."""
    path = ROOT / "scenarios" / "edges" / "make_reading_circle.py"
    spec = importlib.util.spec_from_file_location("make_reading_circle", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_imported_network_is_the_one_that_the_script_draws() -> None:
    made = maker()
    ties = made.ties()
    edges = (ROOT / "scenarios" / "edges" / "reading-circle.csv").read_text(encoding="utf-8")
    graph = (ROOT / "tests" / "data" / "reading-circle.graphml").read_text(encoding="utf-8")
    assert edges == made.as_csv(ties)
    assert graph == made.as_graphml(ties)
    named = {name for one, other, _, _ in ties for name in (one, other)}
    assert len(named) == len(set(made.NAMES)) == read(ROOT / "scenarios" / "imported-network.yaml")["learners"]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_loads_without_a_warning(path: Path) -> None:
    loaded = load(path)
    assert not loaded.warnings
    assert (loaded.edges is not None) == (path.stem == "imported-network")
    assert (loaded.observed is not None) == (path.stem == "oulad-aaa-2013j")


@pytest.mark.parametrize("name", TABLE)
def test_every_preset_loads_by_its_name(name: str) -> None:
    loaded = load(f"preset:{name}")
    assert not loaded.warnings
    assert loaded.scenario == preset(name)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_differs_from_its_preset_and_asks_for_known_metrics(path: Path) -> None:
    content = read(path)
    known = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "model.md").read_text(encoding="utf-8")))
    named = {each if isinstance(each, str) else each["name"] for each in content["metrics"]}
    assert named <= known
    assert set(content) & {"context", "design", "communities", "events", "learners", "weeks", "artefacts"}


def test_communities_on_the_campus_are_their_presets() -> None:
    campus = load(ROOT / "scenarios" / "campus.yaml").scenario
    assert campus.communities["club"].design == preset("interest-group").design
    assert campus.communities["desk"].design == preset("question-and-answer").design
    assert campus.communities["class"].design.choice == preset("institutional-class").design.choice
