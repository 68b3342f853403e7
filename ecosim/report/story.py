"""One learner's weeks in plain words: what was possible, what she did, how it felt, why she stayed or left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.episodes import Teller
from ecosim.report.grammar import plural
from ecosim.report.holds import reasons_to_leave, reasons_to_stay
from ecosim.report.naming import community_name, profile_name

LOW, HIGH = 0.38, 0.6  #: below the one a disposition is called little, from the other on much
DISPOSITIONS = {
    "autonomy": "autonomy", "efficacy": "efficacy", "autonomous_motive": "motive", "persistence": "persistence"
}  # fmt: skip
"""State -> table of the words for it."""


def story_text(run: Any, learner: int, lang: str) -> str:
    """Return the weeks of ``learner``, who was followed (``run.followed``); weeks that are alike are told once.

    Raises
    ------
    KeyError
        When she was not followed.
    """
    records: list[Record] = run.followed[learner]
    head = _head(run, learner, records[0], lang)
    lived = [record for record in records if record["enrolled"]]
    if not lived:
        return f"{head}\n\n{text('story.end.never_came', lang)}"
    teller = Teller(run, records, lang)
    weeks = [_told(run, teller, group, records, lang) for group in teller.groups()]
    starts = text("story.starts", lang, **_dispositions(lived[0], lang))
    return "\n".join([head, starts, "", *weeks, "", *_end(run, records, lived, lang)])


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
    found = {}
    for state, name in DISPOSITIONS.items():
        level = "low" if record[state] < LOW else "high" if record[state] >= HIGH else "middle"
        found[name] = text(f"story.{name}.{level}", lang)
    return found


def _told(run: Any, teller: Teller, group: list[Record], records: list[Record], lang: str) -> str:
    """Return what is to be said of some weeks that are alike."""
    last, said = group[-1], teller.say(group)
    if last["community_after"] != last["community"]:
        name = community_name(run.loaded.scenario, last["community_after"], lang)
        said.append(text("story.moves", lang, community=name))
    if last["left"]:
        said.append(text("story.leaves.line", lang, reasons=reasons_to_leave(run, records, last["week"], lang)))
    if last["returned"]:
        said.append(text("story.returns", lang))
    when = plural("story.weeks", len(group), lang, first=group[0]["week"], last=last["week"])
    return text("story.line", lang, when=when, said=" ".join(said))


def _end(run: Any, records: list[Record], lived: list[Record], lang: str) -> Iterator[str]:
    """Say whether she is still there and why, and what has become of her."""
    last = records[-1]
    there = bool(run.engine.learners.enrolled[last["learner"]])
    if there:
        yield text("story.end.stays", lang, reasons=reasons_to_stay(run, last, lang))
    else:
        yield text("story.end.gone", lang)
    active = [record for record in lived if record["acted"]]
    together = sum(bool(record["collective"]) for record in active)
    yield plural("story.total", len(active), lang, enrolled=len(lived), together=together)
    start = run.engine.learners.initial_skill[last["learner"]]
    levels = {
        "start": start, "end": last["skill"], "persistence_start": lived[0]["persistence"],
        "persistence_end": last["persistence"],
    }  # fmt: skip
    yield text("story.end.skill", lang, **{name: number(value, lang) for name, value in levels.items()})
