"""The levers as a form: each once, in both languages, where it stands, and changed by nothing but a hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.dashboard.desk import Desk, Source
from ecosim.dashboard.levers import GROUPS, design_of, groups_of, lever_path, read_deadlines
from ecosim.dashboard.world import loaded_of, scenario_of
from ecosim.language import LANGUAGES
from ecosim.scenario import presets
from ecosim.scenario.design import LEVERS, SCHEDULED

from .worlds import RICH_DESK, SMALL_DESK

UNUSUAL = {"hazard": 3.5, "message_capacity": 1e6, "curriculum_slope": -0.1, "choice": 0.03333, "ready_ties": 2.5}


def fields(desk: Desk, lang: str = "en", community: str = "") -> list[dict[str, Any]]:
    """Return all fields of the form of a desk."""
    groups = groups_of(desk, loaded_of(desk).scenario, lang, community)
    return [each for group in groups for each in group["fields"]]


def field(desk: Desk, name: str, lang: str = "en", community: str = "") -> dict[str, Any]:
    """Return the field of one lever."""
    (found,) = (each for each in fields(desk, lang, community) if each["path"] == lever_path(name, community))
    return found


@pytest.mark.parametrize("preset", presets.names())
def test_every_lever_is_there_once_and_stands_where_the_scenario_has_it(preset: str) -> None:
    desk = Desk(Source("preset", preset, preset))
    scenario = scenario_of(desk).scenario
    for community in scenario.communities or [""]:
        found = fields(desk, community=community)
        names = [each["path"].rpartition(".")[2] for each in found]
        assert sorted(names) == sorted([*LEVERS, "deadlines"])
        for each in found:
            assert not each["changed"]
            if each["kind"] == "lever":
                value = getattr(design_of(scenario, community), each["path"].rpartition(".")[2])
                knots = [list(knot) for knot in getattr(value, "knots", ((0, value),))]
                assert each["value"] == (knots[0][1] if len(knots) == 1 else knots)
                can_be_set(each)


def can_be_set(found: dict[str, Any]) -> None:
    """Check that a slider can stand where it stands, and moves in steps that one can use."""
    low, high, step, legal = found["low"], found["high"], found["step"], found["legal"]
    value = found["value"][0][1] if isinstance(found["value"], list) else found["value"]
    assert legal[0] <= low <= value <= high <= legal[1]
    assert low < high
    assert low <= found["anchored"][0] < found["anchored"][1] <= high
    assert step > 0
    assert (high - low) / step >= (1 if found["step"] == 1 else 20)
    places = (value - low) / step
    assert math.isclose(places, round(places), abs_tol=1e-6), f"{found['path']} would move by being shown"
    assert found["plausible"][0] < found["plausible"][1]
    assert len(found["anchors"]) == 3


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_slider_reaches_an_unusual_value(name: str) -> None:
    found = field(SMALL_DESK.with_change(f"design.{name}", UNUSUAL[name]), name)
    assert found["value"] == UNUSUAL[name]
    can_be_set(found)


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_what_is_changed_is_marked_and_says_how_it_was(name: str) -> None:
    leaf = LEVERS[name]
    before = field(SMALL_DESK, name)
    ends = [round(each, 4) for each in (leaf.plausible.low, leaf.plausible.high)]
    value = next(each for each in ends if each != before["value"]) if name != "ready_ties" else 4
    desk = SMALL_DESK.with_change(f"design.{name}", value)
    after = field(desk, name)
    assert (after["value"], after["changed"], before["changed"]) == (value, True, False)
    assert after["was"] == before["was"], "which is how the scenario has it"
    can_be_set(after)
    others = [each["path"] for each in fields(desk) if each["changed"]]
    assert others == [f"design.{name}"]
    counts = {group["title"]: group["count"] for group in groups_of(desk, loaded_of(desk).scenario, "en")}
    assert [title for title, count in counts.items() if count] == [
        leaf.group.capitalize().replace("Possibilities", "What is possible")
    ]


def test_a_course_over_time_passes_through() -> None:
    knots = [[0, 0.8], [1, 0.8], [2, 0.1]]
    desk = SMALL_DESK.with_change("design.facilitation", knots)
    found = field(desk, "facilitation")
    assert found["value"] == knots
    assert found["scheduled"]
    again = desk.with_change("design.facilitation", found["value"])
    assert loaded_of(again).hash() == loaded_of(desk).hash()
    assert {each["path"].removeprefix("design.") for each in fields(desk) if each.get("scheduled")} == set(SCHEDULED)
    assert all(each["weeks"] == 3 for each in fields(desk) if each["kind"] == "lever")


def test_levers_of_a_community_are_its_own() -> None:
    desk = RICH_DESK.with_change("communities.club.design.choice", 0.2)
    assert field(desk, "choice", community="club")["value"] == 0.2
    assert field(desk, "choice", community="club")["changed"]
    assert not field(desk, "choice", community="class")["changed"]
    assert field(desk, "choice", community="class")["value"] != 0.2
    assert field(RICH_DESK, "choice", community="club")["value"] == 0.9


def test_both_languages_say_all_of_it_differently() -> None:
    english, french = (groups_of(SMALL_DESK, scenario_of(SMALL_DESK).scenario, lang) for lang in LANGUAGES)
    assert len(english) == len(french) == len(GROUPS)
    assert len({group["title"] for group in [*english, *french]}) == 2 * len(GROUPS)
    for one, other in zip(english, french, strict=True):
        assert one["open"] == other["open"]
        for left, right in zip(one["fields"], other["fields"], strict=True):
            assert left["path"] == right["path"]
            assert left["label"] != right["label"]
            if left["kind"] == "lever":
                assert left["meaning"] != right["meaning"]
                assert left["anchors"] != right["anchors"]
                assert (left["value"], left["step"]) == (right["value"], right["step"])
    assert any(group["open"] for group in english)


@given(st.lists(st.integers(0, 10**6 - 1), max_size=9), st.sampled_from([", ", ",", " ", ";", " ; "]))
def test_weeks_are_read_as_people_type_them(weeks: list[int], between: str) -> None:
    assert read_deadlines(between.join(map(str, weeks))) == sorted(set(weeks))


@pytest.mark.parametrize("said", ["six", "6, 13x", "-1", "1.5", "6–13", "1e3", "9" * 30, "[6]", "6:13", "²"])
def test_what_is_no_list_of_weeks_is_not_read(said: str) -> None:
    assert read_deadlines(said) is None


@pytest.mark.parametrize("said", ["", "  ", ",", ";;"])
def test_nothing_typed_is_no_deadline(said: str) -> None:
    assert read_deadlines(said) == []


def test_what_is_shown_of_deadlines_is_read_back() -> None:
    desk = SMALL_DESK.with_change("design.deadlines", [0, 2])
    shown = field(desk, "deadlines")
    assert shown["changed"]
    assert read_deadlines(shown["value"]) == [0, 2] == list(loaded_of(desk).scenario.design.deadlines)
