"""One learner's weeks in plain words: what was possible, what she did, how it felt, why she stayed or left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import exp, log
from typing import Any

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.episodes import Told, act, idle
from ecosim.report.naming import community_name, joined, plural, profile_name

LOW, HIGH = 0.38, 0.6  #: below and from which a disposition is called little and much
PUSH = 0.3  #: what adds so much to the log hazard is called a reason to leave
HELD = 0.15  #: embedding times acceptance from which a learner is called held
DRIVEN = 0.6


def story_text(run: Any, learner: int, lang: str) -> str:
    """Return the weeks of ``learner``, who was followed (``run.followed``), weeks that are alike told once.

    Raises
    ------
    KeyError
        When she was not followed.
    """
    records: list[Record] = run.followed[learner]
    lines = [_head(run, learner, records[0], lang)]
    first = next((record for record in records if record["enrolled"]), None)
    if first is None:
        return "\n".join([*lines, "", text("story.end.never_came", lang)])
    lines += [text("story.starts", lang, **_dispositions(first, lang)), ""]
    told = Told(run, lang)
    for kind, group in groupby(records, key=lambda record: _kind(told, record)):
        lines += _weeks(told, kind[0], list(group))
    return "\n".join([*lines, "", *_end(run, records, first, lang)])


def _head(run: Any, learner: int, record: Record, lang: str) -> str:
    """Return who she is."""
    scenario = run.loaded.scenario
    places = [profile_name(scenario, record["profile"], lang)] if record["profile"] else []
    if len(scenario.communities) > 1:
        places.append(community_name(scenario, record["community"], lang))
    place = text("story.place", lang, place=", ".join(places)) if places else ""
    return text("story.head", lang, learner=learner) + place


def _dispositions(record: Record, lang: str) -> dict[str, str]:
    """Return her dispositions in words."""
    names = {"autonomy": "autonomy", "efficacy": "efficacy", "autonomous_motive": "motive", "persistence": "persistence"}
    found = {}
    for state, name in names.items():
        level = "low" if record[state] < LOW else "high" if record[state] >= HIGH else "middle"
        found[name] = text(f"story.{name}.{level}", lang)
    return found


def _kind(told: Told, record: Record) -> tuple[Any, ...]:
    """Return what tells one week from the next: weeks of one kind are told together."""
    came = record["arrived"]
    if not record["enrolled"]:
        return ("before" if record["skill"] is not None and not _has_come(told, record) else "gone", record["returned"])
    change = (came, record["left"], record["community"] != record["community_after"])
    if record["acted"]:
        return ("act", *change, told.signature(record), told.new(record) and record["week"])
    return ("idle", *change, told.new(record) and came)


def _has_come(told: Told, record: Record) -> bool:
    """Tell whether she arrived before this week."""
    return bool(record["week"] > told.run.engine.learners.arrival_week[record["learner"]])
