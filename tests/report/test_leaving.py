"""Why she left or stayed: the terms of the hazard, by their size, and never a guess from states."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import exp, log
from typing import Any

import pytest

from ecosim.model.risk import TERMS, probability
from ecosim.model.run import Run
from ecosim.report.story import story_text
from ecosim.report.story.leaving import (
    PUSH,
    holds,
    how_likely,
    lasting,
    reasons_to_leave,
    risk,
    spell,
    usual_terms,
    why_she_leaves,
    why_she_stays,
)

Lived = Callable[..., Run]
CALM = {"ease": log(0.045), "deadline": 0.0, "drive": -1.5, "newness": 0.0, "held": -1.0, "load": 0.0}


def week(
    number: int, left: bool = False, others: Any = "calm", own: tuple[float, float] = (0.8, 0.0), **terms: float
) -> Any:
    """Return a record as far as reasons need it: a calm week but for some terms."""
    mine = CALM | terms
    here = CALM if others == "calm" else others
    return {
        "week": number, "enrolled": True, "left": left, "returned": False, "hazard_terms": mine,
        "hazard": probability(mine), "hazard_terms_here": here,
        "hazard_here": None if here is None else probability(here), "persistence": own[0], "external_drive": own[1],
    }  # fmt: skip


def names(reasons: list[Any]) -> list[tuple[str, str]]:
    """Return which terms, and against what."""
    return [(name, against) for _, name, against in reasons]


def test_what_stands_out_is_named_the_largest_first() -> None:
    records = [week(0), week(1), week(2, True, deadline=log(3), newness=0.7, load=0.25)]
    assert names(reasons_to_leave(records, 2)) == [("deadline", "plain"), ("newness", "plain")]
    assert why_she_leaves(records, 2, "en") == "something is due and she is still new"
    records = [week(0), week(1, True, deadline=0.6, newness=0.9, load=0.7)]
    assert [name for _, name, _ in reasons_to_leave(records, 1)] == ["newness", "load", "deadline"]


def test_each_term_counts_by_its_excess() -> None:
    records = [week(0), week(1, True, newness=0.9, load=0.5)]
    assert reasons_to_leave(records, 1) == [(0.9, "newness", "plain"), (0.5, "load", "plain")]


def test_small_terms_are_no_reasons() -> None:
    records = [week(0), week(1, True, newness=PUSH - 0.01, drive=-1.5 + PUSH - 0.01)]
    assert reasons_to_leave(records, 1) == []
    assert why_she_leaves(records, 1, "en") == "nothing in particular drives her out; such things happen"
    easy = [week(0, ease=log(0.2)), week(1, True, ease=log(0.2))]
    assert why_she_leaves(easy, 1, "en") == "leaving is easy here, and little holds her back"


def test_drive_is_compared_with_others_and_with_herself() -> None:
    less = [week(0, drive=-0.2), week(1, True, drive=-0.2)]
    assert names(reasons_to_leave(less, 1)) == [("drive", "others")]
    assert why_she_leaves(less, 1, "en") == "she has less drive than the others"
    sunk = [week(0, own=(0.8, 0.0)), week(1, True, drive=-0.5, own=(0.6, 0.0), others=None)]
    assert names(reasons_to_leave(sunk, 1)) == [("drive", "self")]
    assert why_she_leaves(sunk, 1, "en") == "her persistence has weakened"
    push = [week(0, own=(0.4, 0.5)), week(1, True, drive=-0.5, own=(0.39, 0.1), others=None)]
    assert why_she_leaves(push, 1, "en") == "she is no longer pushed from outside as before"
    none = [week(0, drive=1.0, others=None), week(1, True, drive=1.0, others=None)]
    assert names(reasons_to_leave(none, 1)) == [("drive", "plain")]
    assert why_she_leaves(none, 1, "fr") == "elle manque d'élan"


def test_being_held_less_is_a_reason_only_by_comparison() -> None:
    alone = [week(0, held=0.0, others=None), week(1, True, held=0.0, others=None)]
    assert reasons_to_leave(alone, 1) == []
    others = [week(0, held=0.0), week(1, True, held=0.0)]
    assert names(reasons_to_leave(others, 1)) == [("held", "others")]
    before = [week(0, others=None), week(1, True, held=-0.2, others=None)]
    assert names(reasons_to_leave(before, 1)) == [("held", "self")]


def test_leaving_made_easier_is_a_reason_against_her_own_weeks() -> None:
    records = [week(0), week(1, True, ease=log(0.2))]
    assert reasons_to_leave(records, 1) == [(pytest.approx(log(0.2 / 0.045)), "ease", "self")]
    assert why_she_leaves(records, 1, "en") == "leaving has become easier"
    assert reasons_to_leave([week(0, ease=None), week(1, True, ease=log(0.05))], 1) == []


def test_the_usual_is_the_mean_of_the_spell_before() -> None:
    gone = {**week(1), "enrolled": False, "hazard_terms": None}
    records = [week(0, True, load=9.0), gone, week(2, load=0.2), week(3, load=0.4), week(4, True)]
    assert [record["week"] for record in spell(records, 4)] == [2, 3, 4]
    assert usual_terms(records, 4) == pytest.approx(CALM | {"load": 0.3})
    assert usual_terms(records, 2) is None


def test_the_risk_stands_beside_what_the_reason_is_against() -> None:
    less = [week(0, drive=-0.2), week(1, True, drive=-0.2)]
    mine, theirs = (risk(probability(CALM | {"drive": drive}), "en") for drive in (-0.2, -1.5))
    assert how_likely(less, 1, "en") == (
        f"Her risk of leaving was {mine} that week, against {theirs} for the others around her."
    )
    due = [week(0), week(1, True, deadline=log(3))]
    assert how_likely(due, 1, "en").endswith(f"against {theirs} in a usual week of hers.")
    assert how_likely([week(0, True, newness=0.7)], 0, "en").endswith("% that week.")
    assert how_likely([week(0, True)], 0, "en").endswith("for the others around her.")
    assert how_likely([week(0, True, others=None)], 0, "fr").endswith("% cette semaine-là.")


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0%"), (0.00001, "less than 0.01%"), (0.00123, "0.12%"), (0.0099, "0.99%"), (0.012, "1.2%"), (0.51, "51%")],
)
def test_risks_are_told_as_finely_as_they_need(value: float, said: str) -> None:
    assert risk(value, "en") == said


def test_what_held_her_is_told_by_how_much_it_divides_the_risk() -> None:
    records = [week(0), week(1), week(2), week(3, drive=-1.0, held=-2.0)]
    assert holds(records) == [(pytest.approx(exp(2.0)), "held"), (pytest.approx(exp(1.0)), "own")]
    said = why_she_stays(records, "en")
    assert said.startswith("people who accept her hold her (risk of leaving divided by 7.4 ")
    assert "her own persistence carries her (risk of leaving divided by 2.7 " in said
    pushed = [week(0, drive=-1.0, held=0.0, own=(0.2, 0.6))]
    assert why_she_stays(pushed, "en").startswith("she is pushed rather than carried by herself")
    assert why_she_stays([week(0, drive=0.5, held=0.0)], "en") == "nothing much holds her; she has been lucky"
    rare = [week(0, drive=0.5, held=0.0, ease=log(0.004))]
    assert why_she_stays(rare, "en") == "hardly anybody leaves from one week to the next"


def test_the_chance_of_lasting_is_the_product_of_the_weeks() -> None:
    records = [{**week(0), "hazard": 0.5}, {**week(1), "hazard": 0.5}, {**week(2, True), "hazard": 0.9}]
    assert lasting(records, 2, "en") == "25%"
    assert lasting(records[:2], 1, "en") == "25%"


@pytest.mark.parametrize(
    ("design", "context", "said"),
    [
        ({"deadlines": [2, 3, 4], "hazard": 0.05}, {"staying": {"deadline_factor": 50}}, "something is due"),
        ({"hazard": 1}, {"staying": {"newcomer": 3}}, "she is still new"),
        ({"hazard": 1}, {"population": {"persistence_mean": 0.1}}, "little drives her"),
        ({"hazard": [[0, 0.01], [3, 0.01], [4, 0.9]]}, {}, "leaving has become easier"),
        (
            {"hazard": 0.5, "message_capacity": 1, "openness": 1, "signifier_collective": 1},
            {"response": {"stream": 1}, "staying": {"h_L": 5}, "population": {"b0_mean": 3}},
            "there are too many messages",
        ),
        (
            {"hazard": [[0, 0], [4, 0], [5, 3]], "rejection": 0.5, "signifier_collective": 0.9, "openness": 1},
            {"staying": {"h_W": 40}, "population": {"b0_mean": 3}},
            "people who accept her hold her less than they hold the others",
        ),
        (
            {"hazard": [[0, 0.02], [8, 0.02]], "incentive": [[0, 1], [5, 1], [6, 0]], "facilitation": 0},
            {"staying": {"drive_effect": 20}, "energy": {"lambda_R": 0.9}},
            "she is no longer pushed from outside as before",
        ),
    ],
)  # fmt: skip
def test_why_she_left_is_said(design: dict[str, Any], context: dict[str, Any], said: str, lived: Lived) -> None:
    """Where one term is made to matter, it is the reason of many."""
    world = {"ecosim": 1, "kind": "scenario", "learners": 40, "weeks": 12, "design": design, "context": context}
    run = lived(world, follow=40)
    lines = [line for i in range(40) for line in story_text(run, i, "en").splitlines() if "She leaves: " in line]
    assert sum(said in line for line in lines) >= max(1, len(lines) / 5)


def test_reasons_in_stories_are_those_of_the_terms(lived: Lived) -> None:
    """Whoever leaves: the first reason named is the term with the greatest excess, recomputed here."""
    run = lived("preset:community-of-practice", {"learners": 40, "weeks": 52, "design.hazard": 0.1}, follow=40)
    seen = set()
    for i, records in run.followed.items():
        for record in (each for each in records if each["left"]):
            t, terms, others = record["week"], record["hazard_terms"], record["hazard_terms_here"]
            earlier = [each["hazard_terms"] for each in records[:t] if each["enrolled"]]
            usual = {name: sum(each[name] for each in earlier) / len(earlier) for name in TERMS} if earlier else terms
            excess = {
                "something is due": terms["deadline"],
                "she is still new": terms["newness"],
                "too many messages": terms["load"],
                "drive|persistence|pushed": terms["drive"] - min(0.0, others["drive"], usual["drive"]),
                "hold her": terms["held"] - min(others["held"], usual["held"]),
            }
            top = max(excess, key=lambda name: excess[name])
            line = re.search(r"She leaves: ([^.]*)\.", story_text(run, i, "en"))
            assert line
            if excess[top] >= PUSH and sum(each["left"] for each in records) == 1:
                assert re.search(top, line[1].split(" and ")[0].split(", ")[0]), (line[1], excess)
                seen.add(top)
    assert len(seen) >= 2
