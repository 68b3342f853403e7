"""Cut a learner's weeks into episodes: like weeks are told together, turning points begin a new one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ecosim.model.follow import Record

PAUSE = 4  #: idle weeks on end that are told as a pause
SETTLED = 4  #: weeks on end in which apprenance is high, or no longer, before words say so
SHORT = 6  #: a spell of at most so many weeks is told week by week
QUARTER = 13  #: weeks after which a new episode begins, if nothing else does it

Cut = tuple[int, int]
"""How much a cut matters, and the week before which it is made."""


def episodes(run: Any, records: list[Record]) -> list[list[Record]]:
    """Return ``records`` (one a week) in spans that are told together; each week is in one of them.

    A new span begins wherever she comes, goes, returns or changes community; and, as far as there is room for them
    (about one for four weeks), at events, pauses, settling apprenance, first deeds, and every quarter of a year.
    """
    starts = {week for week in range(1, len(records)) if _breaks(run, records[week - 1], records[week])}
    for first, last in list(_spells({0} | starts, len(records))):
        if records[first]["enrolled"]:
            starts |= _turns(run, records, first, last)
    bounds = sorted({0} | starts)
    return [records[first:last] for first, last in pairwise([*bounds, len(records)])]


def state_of(run: Any, record: Record) -> str:
    """Return whether she is ``there``, ``gone``, or has not come ``before``."""
    if record["enrolled"]:
        return "there"
    return "before" if record["week"] < run.engine.learners.arrival_week[record["learner"]] else "gone"


def settled_apprenance(records: list[Record], level: float) -> Iterator[tuple[int, bool]]:
    """Yield the weeks from which apprenance has been high, or no longer, for some weeks on end."""
    known, streak = False, 0
    for record in records:
        changed = record["enrolled"] and (record["apprenance"] >= level) != known
        streak = streak + 1 if changed else 0
        if streak == SETTLED:
            known, streak = not known, 0
            yield record["week"] - SETTLED + 1, known


def _breaks(run: Any, before: Record, record: Record) -> bool:
    """Tell whether an episode has to end between two weeks."""
    places = {before["community"], before["community_after"], record["community"]}
    return state_of(run, before) != state_of(run, record) or (record["enrolled"] and len(places) > 1)


def _spells(starts: set[int], weeks: int) -> Iterator[Cut]:
    """Yield first and last week of the spans that begin with ``starts``."""
    yield from ((first, after - 1) for first, after in pairwise([*sorted(starts), weeks]))


def _turns(run: Any, records: list[Record], first: int, last: int) -> set[int]:
    """Return the weeks of a spell before which it is cut, those that matter most; at most one for four weeks."""
    if last - first < SHORT:
        cuts = [(1, week) for week in range(first + 1, last + 1) if _unlike(records[week - 1], records[week])]
        return {week for _, week in cuts}
    found: set[int] = set()
    room = 1 + (last - first) // 4
    for _, week in sorted(_cuts(run, records, first, last), key=lambda cut: (-cut[0], cut[1])):
        near = found | {first, last + 1}
        if len(found) < room and (week == first + 1 or all(abs(week - other) > 1 for other in near)):
            found.add(week)
    return found | set(_quarters(found, first, last))


def _cuts(run: Any, records: list[Record], first: int, last: int) -> Iterator[Cut]:
    """Yield what may cut a long spell."""
    lived = records[first : last + 1]
    if records[first]["arrived"]:
        yield 4, first + 1
    yield from ((5, event.week) for event in run.loaded.scenario.events if first < event.week <= last)
    for start, end in _pauses(lived):
        yield from ((3, week) for week in (start, end) if first < week <= last)
    level = run.engine.p.observation.apprenance_level
    yield from ((3, week) for week, _ in settled_apprenance(records, level) if first < week <= last)
    for name in ("collective", "rejected"):
        week = next((record["week"] for record in records if record[name]), first)
        if first < week <= last:
            yield 2, week


def _pauses(lived: list[Record]) -> Iterator[Cut]:
    """Yield the first week of each pause, and the first week after it."""
    streak = 0
    for record in [*lived, {"acted": True, "week": lived[-1]["week"] + 1}]:
        if record["acted"]:
            if streak >= PAUSE:
                yield record["week"] - streak, record["week"]
            streak = 0
        else:
            streak += 1


def _quarters(found: set[int], first: int, last: int) -> Iterator[int]:
    """Yield cuts within spans that would be longer than a quarter and a half."""
    for start, end in _spells({first} | found, last + 1):
        weeks = end - start + 1
        parts = max(1, round(weeks / QUARTER))
        yield from (start + weeks * part // parts for part in range(1, parts))


def _unlike(before: Record, record: Record) -> bool:
    """Tell whether two weeks on end differ in what she did."""
    names = ("acted", "artefact", "partner", "success", "answered", "rejected")
    return record["acted"] != before["acted"] or (record["acted"] and any(before[n] != record[n] for n in names))
