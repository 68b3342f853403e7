"""A lever's course over the weeks, in words."""

from __future__ import annotations

from typing import Any

from ecosim.language import text
from ecosim.report.grammar import spans
from ecosim.report.page.leafwords import anchored, figure
from ecosim.scenario.schedule import Schedule

MOST = 6  #: knots that are told one by one; of more only the ends


def value_in_words(value: Any, lang: str) -> str:
    """Return what a lever is set to: a number, a course over the weeks, or the weeks of deadlines."""
    if isinstance(value, Schedule):
        return course(value, lang)
    if isinstance(value, list):
        return spans(value, lang) if value else text("page.none", lang)
    return figure(float(value), lang)


def course(schedule: Schedule, lang: str) -> str:
    """Return the course of a schedule: where it starts, how it moves, where it ends."""
    (week, value), *rest = schedule.knots
    if schedule.constant:
        return figure(value, lang)
    if len(rest) >= MOST:
        end, last = rest[-1]
        ends = {"first": figure(value, lang), "start": week, "last": figure(last, lang), "end": end}
        return text("page.course.curve", lang, **ends)
    parts = [text("page.course.start", lang, value=figure(value, lang), week=week)]
    for there, then in rest:
        way = "stay" if then == value else "jump" if schedule.steps else "slide"
        parts.append(text(f"page.course.{way}", lang, value=figure(then, lang), week=there))
        value = then
    return text("page.course.then", lang).join(parts)


def means_in_words(name: str, value: Any, lang: str) -> str:
    """Return what the setting of a lever means in the words of its anchors, at the start and at the end."""
    if isinstance(value, list):
        return ""
    if not isinstance(value, Schedule):
        return anchored(name, float(value), lang)
    first, last = (anchored(name, value.knots[place][1], lang) for place in (0, -1))
    return first if first == last or not first else text("page.anchors.course", lang, first=first, last=last)
