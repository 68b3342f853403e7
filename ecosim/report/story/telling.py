"""One episode of a learner's weeks in sentences: what happened around her, what she did, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.grammar import plural, spans
from ecosim.report.naming import community_name, event_name
from ecosim.report.story.becoming import becoming, instruments
from ecosim.report.story.choosing import activity, effort, idle, possibilities, why
from ecosim.report.story.episodes import state_of
from ecosim.report.story.feeling import felt, learned
from ecosim.report.story.leaving import how_likely, risk, why_she_leaves
from ecosim.report.story.meeting import answers, callers, company, remember, single
from ecosim.report.story.told import Told


def tell(told: Told, weeks: list[Record]) -> tuple[str, str]:
    """Return the span of an episode (Weeks 4 to 9), and what is told of it."""
    when = plural("story.weeks", len(weeks), told.lang, first=weeks[0]["week"], last=weeks[-1]["week"])
    state = state_of(told.run, weeks[0])
    said = _present(told, weeks) if state == "there" else _absent(told, weeks[-1], state)
    return when, " ".join(said)


def _absent(told: Told, last: Record, state: str) -> Iterator[str]:
    """Say that she has not come yet, or is gone; and that and why she returns."""
    yield text(f"story.{state}", told.lang)
    if last["returned"]:
        level = number(last["persistence"], told.lang)
        yield text("story.returns", told.lang, persistence=level, chance=risk(last["comeback"], told.lang))


def _present(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say what happened to her, what was possible, what she did, and how the episode ended."""
    acts = [record for record in weeks if record["acted"]]
    yield from _around(told, weeks)
    yield from possibilities(told, weeks)
    yield from _doing(told, weeks, acts) if acts else idle(told, weeks)
    yield from callers(told, weeks)
    if acts:
        yield from answers(told, acts)
        yield from felt(told, acts)
    yield from learned(told, weeks)
    yield from instruments(told, weeks)
    yield from becoming(told, weeks)
    remember(told, weeks)
    yield from _end(told, weeks[-1])


def _doing(told: Told, weeks: list[Record], acts: list[Record]) -> Iterator[str]:
    """Say what she did, why, how much of it, and with whom."""
    if len(weeks) == 1:
        yield single(told, acts[0])
    else:
        yield activity(told, weeks, acts)
    yield from why(told, acts)
    yield from effort(told, acts)
    if len(weeks) > 1:
        yield from company(told, acts)


def _around(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say that she comes or has been moved, and what happened around her."""
    first, lang, scenario = weeks[0], told.lang, told.run.loaded.scenario
    before = told.records[first["week"] - 1] if first["week"] else first
    if first["arrived"] and first["week"]:
        yield text("story.comes", lang)
    if before["returned"]:
        yield text("story.back", lang)
    if before["community_after"] != first["community"] and before is not first:
        yield text("story.moved", lang, community=community_name(scenario, first["community"], lang))
    for event in sorted(scenario.events, key=lambda each: int(each.week)):
        if first["week"] <= event.week <= weeks[-1]["week"]:
            yield text("story.event", lang, week=event.week, name=event_name(event, lang))
    struck = [record["week"] for record in weeks if record["struck"]]
    if struck:
        yield text("story.struck", lang, weeks=spans(struck, lang))
    due = [record["week"] for record in weeks if record["deadline"]]
    if due:
        yield plural("story.due", len(due), lang, weeks=spans(due, lang))


def _end(told: Told, last: Record) -> Iterator[str]:
    """Say that she moves on or leaves, and why."""
    if last["community_after"] != last["community"]:
        name = community_name(told.run.loaded.scenario, last["community_after"], told.lang)
        yield text("story.moves", told.lang, community=name)
    if last["left"]:
        reasons = why_she_leaves(told.records, last["week"], told.lang)
        yield text("story.leaves.line", told.lang, reasons=reasons)
        yield how_likely(told.records, last["week"], told.lang)
