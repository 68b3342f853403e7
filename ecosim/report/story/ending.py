"""Who a learner is when her story begins, and what has become of her at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.grammar import joined, plural, sentence
from ecosim.report.naming import artefact_list, community_name, person_name, profile_name
from ecosim.report.story.episodes import SETTLED, settled_apprenance
from ecosim.report.story.leaving import lasting, spell, why_she_leaves, why_she_stays

LOW, HIGH = 0.38, 0.6  #: below the one a disposition is called little, from the other on much
CHANGED = 0.1  #: change of a disposition over the whole story that is told
DISPOSITIONS = {
    "autonomy": "autonomy", "efficacy": "efficacy", "motive_before": "motive", "drive_before": "persistence"
}  # fmt: skip
"""What her first week tells of her dispositions -> table of the words for it; nothing pushes her yet, so that drive is
her own persistence."""
CHANGES = ("autonomy", "efficacy", "autonomous_motive")


def headline(run: Any, record: Record, lang: str) -> str:
    """Return who she is: her name or number, her profile, her community."""
    scenario, learner = run.loaded.scenario, record["learner"]
    name = person_name(run.loaded, learner, lang)
    named = name != text("story.person", lang, learner=learner)
    details = [text("story.detail.number", lang, learner=learner)] if named else []
    if record["profile"]:
        details.append(text("story.detail.profile", lang, name=profile_name(scenario, record["profile"], lang)))
    if len(scenario.communities) > 1:
        details.append(text("story.detail.community", lang, name=community_name(scenario, record["community"], lang)))
    listed = text("story.detail.separator", lang).join(details)
    return (name if named else text("story.head", lang, learner=learner)) + (
        text("story.details", lang, details=listed) if details else ""
    )


def opening(run: Any, records: list[Record], lang: str) -> str:
    """Return what she is like when she comes; and in how many weeks a person decides for her."""
    first = next(record for record in records if record["enrolled"])
    facts = {}
    for state, name in DISPOSITIONS.items():
        level = "low" if first[state] < LOW else "high" if first[state] >= HIGH else "middle"
        facts[name] = text(f"story.{name}.{level}", lang)
    start = skill_at_first(run, first)
    said = [text("story.starts", lang, skill=number(start, lang), **facts)]
    played = sum(record["played"] for record in records)
    if played:
        said.append(plural("story.played", played, lang))
    return " ".join(said)


def skill_at_first(run: Any, first: Record) -> float:
    """Return her skill when she comes; who comes late may have forgotten some of it by then."""
    known = first["skill_before"]
    return float(run.engine.learners.initial_skill[first["learner"]]) if known is None else float(known)


def ending(run: Any, records: list[Record], lang: str) -> Iterator[str]:
    """Say whether she is still there and why, and what has become of her."""
    yield from _whether(records, lang)
    yield from _how_much(records, lang)
    yield from _what(run, records, lang)


def _whether(records: list[Record], lang: str) -> Iterator[str]:
    """Say whether she is still there, why, and how likely that was."""
    last, returns = records[-1], sum(record["returned"] for record in records)
    if last["returned"]:
        yield text("story.end.back", lang)
    elif last["enrolled"] and not last["left"]:
        yield text("story.end.stays", lang, reasons=why_she_stays(records, lang))
        yield text("story.end.chance", lang, chance=lasting(records, len(records) - 1, lang))
    else:
        week = max(record["week"] for record in records if record["left"])
        yield text("story.end.gone", lang, week=week, reasons=why_she_leaves(records, week, lang))
        if len(spell(records, week)) > 1:
            yield text("story.end.chance_gone", lang, chance=lasting(records, week, lang))
    if returns:
        yield plural("story.end.returned", returns, lang)


def _how_much(records: list[Record], lang: str) -> Iterator[str]:
    """Say in how many weeks she was there, active, and active on something shared."""
    lived = [record for record in records if record["enrolled"]]
    active = [record for record in lived if record["acted"]]
    together = sum(bool(record["collective"]) for record in active)
    if len(active) == 1:
        shared = text("story.together.only" if together else "story.together.only_alone", lang)
    elif active and together == len(active):
        shared = text("story.together.all", lang)
    else:
        shared = plural("story.together", together, lang)
    yield plural("story.total", len(active), lang, enrolled=len(lived), together=shared)


def _what(run: Any, records: list[Record], lang: str) -> Iterator[str]:
    """Say how her skill, her dispositions, her ties and her instruments have changed."""
    first, last = next(record for record in records if record["enrolled"]), records[-1]
    levels = {
        "start": skill_at_first(run, first), "end": last["skill"],
        "persistence_start": first["drive_before"], "persistence_end": last["persistence"],
    }  # fmt: skip
    yield text("story.end.skill", lang, **{name: number(value, lang) for name, value in levels.items()})
    changes = [said for state in CHANGES for said in _change(first, last, state, lang)]
    if changes:
        yield sentence(text("story.end.changes", lang, changes=joined(changes, lang)))
    level = run.engine.p.observation.apprenance_level
    held = [known for week, known in settled_apprenance(records, level) if week + SETTLED <= len(records)]
    if last["enrolled"] and held and held[-1]:
        yield text("story.end.apprenance", lang, level=number(last["apprenance"], lang))
    if last["instruments"] and not last["left"] and last["enrolled"]:
        yield text("story.end.instruments", lang, list=artefact_list(run.loaded.scenario, last["instruments"], lang))
    yield plural("story.end.ties", last["ties"], lang)


def _change(first: Record, last: Record, state: str, lang: str) -> Iterator[str]:
    """Say how a disposition has changed, if it has."""
    start = first["motive_before"] if state == "autonomous_motive" else first[state]
    if abs(last[state] - start) >= CHANGED:
        key = f"story.end.{state}.{'more' if last[state] > start else 'less'}"
        yield text(key, lang, start=number(start, lang), end=number(last[state], lang))
