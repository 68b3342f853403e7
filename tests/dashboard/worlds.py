"""Desks for tests of the dashboard: any that somebody could have, and small ones that take no time."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ecosim.dashboard.desk import MOST_DESIGNS, Desk, Source, Variant, tidy

SMALL = """\
ecosim: 1
kind: scenario
title: {en: "A small circle", fr: "Un petit cercle"}
question: {en: "Who stays?", fr: "Qui reste ?"}
extends: preset:community-of-practice
learners: 12
weeks: 3
seed: 5
"""
"""A scenario that takes some milliseconds."""

RICH = """\
ecosim: 1
kind: scenario
title: A club beside a class
learners: 30
weeks: 6
seed: 3
context:
  profiles:
    keen: {share: 0.5, label: {en: the keen, fr: les mordus}, skill: {mean: 0.6}}
    slow: {share: 0.5, skill: {mean: 0.2}}
communities:
  class: {share: 0.6, extends: "preset:institutional-class", label: {en: the class, fr: la classe}}
  club: {share: 0.4, extends: "preset:interest-group", design: {choice: 0.9}}
events:
  - {week: 2, do: mark, label: a visit}
  - {week: 3, do: withdraw, levers: [facilitation], to: 0}
"""
"""A scenario with all that an uploaded file may hold: communities, profiles, events."""

PRESETS = ("xmooc", "distance-course", "community-of-practice", "lone-autodidact")
SMALL_DESK = Desk(Source("text", SMALL, "circle.yaml"))
RICH_DESK = Desk(Source("text", RICH, "club.yaml"))
LEVELS = {"design.choice": (0.0, 1.0), "design.openness": (0.0, 1.0), "design.hazard": (0.0, 0.2)}
"""Levers that any scenario may take anywhere in these ranges."""


def two(desk: Desk = SMALL_DESK, **changes: Any) -> Desk:
    """Return a desk with a second design, which changes the lever ``choice`` unless something else is said."""
    return (
        desk.with_copy("").with_change("design.choice", 0.9) if not changes else _changed(desk.with_copy(""), changes)
    )


def _changed(desk: Desk, changes: dict[str, Any]) -> Desk:
    """Return the desk with levers of the active design changed, named without ``design.``."""
    for name, value in changes.items():
        desk = desk.with_change(f"design.{name}", value)
    return desk


@st.composite
def changes(draw: Any) -> dict[str, Any]:
    """Return any changes of levers that every scenario may take, schedules among them."""
    made: dict[str, Any] = {
        path: draw(st.floats(low, high, allow_nan=False)) for path, (low, high) in LEVELS.items() if draw(st.booleans())
    }
    if draw(st.booleans()):
        made["design.facilitation"] = [[0, draw(st.floats(0.0, 1.0))], [draw(st.integers(1, 5)), 0.0]]
    if draw(st.booleans()):
        made["design.deadlines"] = sorted(draw(st.sets(st.integers(0, 5), max_size=3)))
    return made


@st.composite
def desks(draw: Any, least: int = 1) -> Desk:
    """Return any desk that could be lived, with at least so many designs."""
    text = st.sampled_from([(SMALL, "circle.yaml"), (RICH, "club.yaml")])
    name = st.sampled_from(PRESETS)
    source = draw(
        st.builds(lambda one: Source("preset", one, one), name) | st.builds(lambda one: Source("text", *one), text)
    )
    shared = {"learners": st.integers(20, 60), "weeks": st.integers(4, 9), "seed": st.integers(0, 2**32 - 1)}
    variants = [
        Variant(tidy(draw(st.text(max_size=12))), draw(changes()))
        for _ in range(draw(st.integers(least, MOST_DESIGNS)))
    ]
    return Desk(
        source, draw(st.fixed_dictionaries({}, optional=shared)), tuple(variants),
        draw(st.integers(0, len(variants) - 1)), draw(st.integers(0, 50)),
    )  # fmt: skip
