"""What a class and each student are told: whole sentences in both languages, right for whoever left or never acted."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.classroom.course import Facts
from ecosim.classroom.debrief import Debrief, Line, Lot, Pair, debrief, sentences, told_to, world_name
from ecosim.classroom.debrief.judging import COMPARED
from ecosim.classroom.debrief.luck import Came
from ecosim.scenario.design import LEVERS, SCHEDULED

from .played import CIRCLES, LEARNERS, PLAIN, WEEKS, played

LOT = Lot(
    learner=3, weeks=12, there=12, decided=[0, 1, 2, 5, 6], active=7, in_flow=3, mean_flow=0.61, posted=4, answered=1,
    persistence=[0.5] * 12, persistence_end=0.62, skill_start=0.3, skill_end=0.384, ties=5, enrolled=True,
    left_after=None,
)  # fmt: skip
THEIRS = replace(LOT, decided=[], active=5, in_flow=2, mean_flow=0.55, persistence_end=0.55, skill_end=0.29, ties=2,
                 posted=0, answered=0)  # fmt: skip
GONE = {"there": 7, "enrolled": False, "left_after": 7}
IDLE = {"active": 0, "in_flow": 0, "mean_flow": None, "posted": 0, "answered": 0}


def whole(said: str, lang: str) -> None:
    """Check that ``said`` is made of words and not of keys, gaps or nothing."""
    assert said
    assert said == said.strip()
    assert not re.search(r"[{}]|\bNone\b|\bnan\b|debrief\.|findings\.|words\.|_|  ", said), said
    assert said[0].isupper()
    if lang == "fr":
        assert not re.search(r"[^\u00a0\u202f][;?!»%:](?!\w)|«[^\u00a0]|\u2019", said), said


def line(metric: str = "retention", of: Any = 0.62, against: Any = 0.55, **more: Any) -> Line:
    """Return a comparison on one metric as a debrief may find it."""
    facts = {"pairs": 20, "mean": 0.051, "low": 0.02, "high": 0.083, "level": 0.01, "smallest": 0.02, "word": "higher"}
    return Line(metric, of, against, **{**facts, **more})


def found(*lines: Line, kept: float | None = 0.83, name: str = "model", decided: int = 40, lucks: int = 20) -> Debrief:
    """Return a debrief with one comparison."""
    of, against = {"model": ("lived", "model"), "alternative": ("alternative", "lived")}.get(name, ("lived", name))
    worlds = {of: Came({}, kept=30, dropped=10 * (of == "alternative")), against: Came({})}
    return Debrief(12, 0, decided, lucks, worlds, (Pair(name, of, against, lucks, kept, lines),), {"facilitation": 0.8})


def test_a_clear_difference_is_told_with_its_sureness_and_its_verdict() -> None:
    part, limits = sentences(found(line()), "en")
    assert part.heading == "What did you change?"
    assert part.lines == (
        "Retention: 62.0% with you, 55.0% as the model decides (+7.0 points in your own luck). Over the other lucks "
        "+5.1 points (+2.0 to +8.3 at 99% confidence): better.",
    )
    assert "20 other lucks, your decisions kept where they were possible there (83% of them)" in part.lead
    assert limits.name == "limits"
    assert "forecasts nothing" in limits.lead
    part, limits = sentences(found(line()), "fr")
    assert part.lines == (
        "Rétention\u00a0: 62,0\u00a0% avec vous, 55,0\u00a0% quand le modèle décide (+7,0 points sous votre propre "
        "tirage). Sous les autres tirages, +5,1 points (de +2,0 à +8,3, confiance de 99\u00a0%)\u00a0: meilleur.",
    )
    assert "(83\u00a0% d'entre elles)" in part.lead


OPEN = {"word": "undecided"}
SAME = {"word": "equivalent", "mean": 0.0, "low": 0.0, "high": 0.0, "smallest": 0.0}


@pytest.mark.parametrize(("made", "end"), [
    ({"word": "lower", "mean": -0.05, "low": -0.08, "high": -0.02}, "worse."),
    ({"word": "equivalent", "low": -0.01, "high": 0.012}, "(inside 2.0 points, the smallest effect that matters)."),
    ({**OPEN, "low": -0.01, "high": 0.07}, "undecided, these lucks do not tell."),
    (SAME, "Under the other lucks it is always the same."),
    ({**OPEN, "pairs": 1, "low": None, "high": None}, "luck +5.1 points: undecided, these lucks do not tell."),
    ({**OPEN, "pairs": 0, "mean": None, "low": None, "high": None}, "there is nothing to compare."),
])  # fmt: skip
def test_every_verdict_has_its_words(made: Any, end: str) -> None:
    assert sentences(found(line(**made)), "en")[0].lines[0].endswith(end)
    whole(sentences(found(line(**made)), "fr")[0].lines[0], "fr")


@pytest.mark.parametrize(("of", "against", "said"), [
    (0.55, 0.55, "55.0% with you, 55.0% as the model decides (the same in your own luck)."),
    (None, 0.55, "undefined with you, 55.0% as the model decides (in your own luck there is nothing to compare)."),
])  # fmt: skip
def test_the_class_s_own_luck_may_show_nothing(of: Any, against: Any, said: str) -> None:
    assert said in sentences(found(line(of=of, against=against)), "en")[0].lines[0]


def test_levels_have_the_digits_that_show_their_difference() -> None:
    said = sentences(found(line("mean_flow", 0.6004, 0.6024)), "en")[0].lines[0]
    assert said.startswith("Flow: 0.600 with you, 0.602 as the model decides (\u22120.0020 in your own luck).")


def test_what_could_not_be_kept_is_said_and_what_nobody_decided_too() -> None:
    part = sentences(found(line(), name="alternative"), "en")[0]
    assert "facilitation at 0.8" in part.lead
    assert "In your own luck 75% of your decisions were possible there" in part.lead
    alone = sentences(found(line(), name="untouched", decided=0, kept=None), "en")
    assert [each.name for each in alone] == ["model", "untouched", "limits"]
    assert alone[0].lead.startswith("Nobody decided anything")
    assert alone[0].lines == ()
    assert "your decisions" not in alone[1].lead
    lone = sentences(found(line(), lucks=0, kept=None), "en")
    assert "one luck proves little" in lone[0].lead
    assert "Over the other" not in lone[0].lines[0]
    assert "confidence" not in lone[-1].lead
    nothing = sentences(Debrief(0, 0, 0, 0, {}, ()), "en")
    assert [each.lead for each in nothing] == ["No week has been lived yet: there is nothing to look back on."]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_world_has_a_name(lang: str) -> None:
    names = [world_name(name, lang, {"facilitation": 0.8}) for name in ("lived", "model", "untouched", "alternative")]
    assert len({*names, world_name("alternative", lang)}) == 5


def test_a_student_hears_of_her_learner_beside_the_model_s() -> None:
    assert told_to({"lived": LOT, "model": THEIRS}, "en") == [
        "You decided in 5 of 12 weeks; in the others the model decided for your learner.",
        "Your learner was active in 7 of 12 weeks; the model's, the same person under the same luck, in 5. "
        "Weeks in flow: 3 with you, 2 with the model; flow on average 0.61 and 0.55.",
        "Persistence ends at 0.62 with you, at 0.55 with the model; skill changes by +0.08 and by \u22120.01.",
        "Ties at the end: 5 with you, 2 with the model. Posts: 1 of 4 answered; with the model none.",
        "Both are still there after 12 weeks.",
    ]  # fmt: skip


@pytest.mark.parametrize(("own", "model", "said"), [
    ({"decided": []}, {}, "You left every week to the model"),
    ({"decided": list(range(12))}, {}, "You decided in every week in which your learner was there."),
    ({"decided": [4]}, {}, "Your first decision came after 4 weeks. You decided in 1 of 12 weeks;"),
    ({**GONE, "decided": list(range(7))}, {}, "You decided in every week"),
    (IDLE, {}, "Your learner never acted; the model's, the same person under the same luck, was active in 5"),
    ({}, IDLE, "under the same luck, never acted. Weeks in flow: 3; flow on average 0.61."),
    (IDLE, IDLE, "Neither your learner nor the model's"),
    ({"active": 5}, {}, "active in 5 of 12 weeks, and so was the model's"),
    (GONE, {}, "Your learner left after 7 weeks; the model's is still there."),
    ({}, GONE | {"left_after": 1}, "Your learner is still there; the model's left after 1 week."),
    (GONE, GONE, "Both left after 7 weeks."),
    (GONE, GONE | {"left_after": 9}, "Your learner left after 7 weeks, the model's after 9 weeks."),
])  # fmt: skip
def test_whoever_left_came_late_or_never_acted_is_told_so(own: Any, model: Any, said: str) -> None:
    lots = {"lived": replace(LOT, **own), "model": replace(THEIRS, **model)}
    assert said in "\n".join(told_to(lots, "en"))
    for lang in ("en", "fr"):
        told = told_to(lots, lang)
        assert 3 <= len(told) <= 5
        for each in told:
            whole(each, lang)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("own", [{}, IDLE, GONE])
def test_without_the_model_s_world_nothing_is_compared(lang: str, own: Any) -> None:
    told = told_to({"lived": replace(LOT, **own)}, lang)
    assert 3 <= len(told) <= 5
    for each in told[1:]:
        whole(each, lang)
        assert "mod" not in each  # model, modèle


def test_who_never_came_or_was_not_followed_hears_no_more_than_that() -> None:
    never = replace(LOT, there=0, persistence_end=None)
    assert told_to({"lived": never, "model": never}, "en") == ["Your learner has not arrived in these weeks."]
    assert told_to({}, "en") == []


@st.composite
def lessons(draw: st.DrawFn) -> tuple[Facts, list[int], dict[str, float], int]:
    """Return what a class may have lived, who is seated, another design, and how many other lucks are looked at."""
    levers = st.dictionaries(st.sampled_from(SCHEDULED), st.sampled_from([0.0, 0.5, 1.0]), max_size=2)
    legal = levers.map(lambda made: {name: value for name, value in made.items() if value in LEVERS[name].legal})
    whole_only = legal.map(lambda made: {n: round(v) if LEVERS[n].whole else v for n, v in made.items()})
    weeks = draw(st.integers(0, WEEKS))
    text = draw(st.sampled_from([PLAIN, CIRCLES, PLAIN + "context: {arrivals: {kind: uniform, until: 4}}\n"]))
    course = played(
        text, weeks, draw(st.integers(0, 999)), draw(st.integers(0, 9)), draw(st.integers(0, LEARNERS)),
        draw(st.sampled_from([0.0, 0.3, 1.0])), {draw(st.integers(0, WEEKS)): draw(whole_only)},
        draw(st.sampled_from([{}, {"design.hazard": 2.0}])),
    )  # fmt: skip
    seated = draw(st.lists(st.integers(0, LEARNERS - 1), max_size=5))
    return course.facts, seated, draw(whole_only), draw(st.integers(0, 3))


@settings(max_examples=60)
@given(lessons())
def test_whatever_a_class_has_lived_it_is_told(lesson: Any) -> None:
    facts, seated, other, lucks = lesson
    made = debrief(facts, seated, ["participation", "mean_degree"], other, lucks)
    assert made.worlds["lived"].dropped == 0
    for lang in ("en", "fr"):
        parts = sentences(made, lang)
        assert parts
        for part in parts:
            for said in (part.heading, part.lead, *part.lines):
                whole(said, lang)
            assert part.name == "limits" or len(part.lines) in (0, len(COMPARED))
        for learner in seated:
            for said in told_to(made.lots(learner), lang):
                whole(said, lang)
    json.dumps([asdict(lot) for learner in seated for lot in made.lots(learner).values()], allow_nan=False)
