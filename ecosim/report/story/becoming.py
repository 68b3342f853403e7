"""What weeks make of a learner: her instruments, needs, motive, persistence, and what pushes her."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.grammar import joined, plural
from ecosim.report.naming import artefact_list
from ecosim.report.story.episodes import settled_apprenance
from ecosim.report.story.told import Told

TURN = 0.1  #: change of a state, since it was last told, that is told
NEEDS = {"need_autonomy": (0.35, 0.65), "need_competence": (0.35, 0.65), "need_relatedness": (0.2, 0.5)}
"""Need -> the value below which it is called unmet, and the value from which it is called met."""
CALM = 0.03  #: how far a need has to pass such a value before words change back
LOST = 0.5  #: share of the level of an instrument below which she is said to be out of practice


def instruments(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say what she has made her instrument, and what has slipped from her hands."""
    scenario, level = told.run.loaded.scenario, told.run.engine.p.observation.instrument_level
    made = {m for record in weeks for m in record["instruments"]}
    last = weeks[-1]["mastery"]
    held = {m for m in made | told.instruments if last[m] > LOST * level}
    new, lost = sorted(held - told.instruments), sorted(told.instruments - held)
    told.instruments = held
    if new:
        listed = artefact_list(scenario, new, told.lang)
        yield plural("story.instruments.made", len(new), told.lang, list=listed)
    if lost:
        yield text("story.instruments.lost", told.lang, list=artefact_list(scenario, lost, told.lang))


def begin(told: Told, record: Record) -> None:
    """Note what she is like when the story begins: in ``record``, her first week."""
    told.levels = {
        "persistence": record["drive_before"], "autonomous_motive": record["motive_before"], "external_drive": 0.0,
    }  # fmt: skip
    told.needs = dict.fromkeys(NEEDS, "middle")
    shunned = record["answered"] is False or record["rejected"]
    if not shunned and record["need_relatedness"] < NEEDS["need_relatedness"][0]:
        told.quiet = {"need_relatedness"}


def becoming(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say what has turned in her during some weeks; a change is measured from the value that was last told."""
    yield from _apprenance(told, weeks)
    yield from _needs(told, weeks[-1])
    for state, cause in (("autonomous_motive", _of_motive), ("persistence", _of_persistence)):
        start, end = told.levels[state], weeks[-1][state]
        if abs(end - start) >= TURN:
            why = cause(told, weeks, end > start)
            yield _changed(f"story.{state}.{'rises' if end > start else 'falls'}.{why}", start, end, told.lang)
            told.levels[state] = end
    start, end = told.levels["external_drive"], weeks[-1]["external_drive"]
    if abs(end - start) >= TURN:
        yield _changed(f"story.external_drive.{'rises' if end > start else 'falls'}", start, end, told.lang)
        told.levels["external_drive"] = end


def _changed(key: str, start: float, end: float, lang: str) -> str:
    """Say from where to where a state has moved."""
    return text(key, lang, start=number(start, lang), end=number(end, lang))


def _apprenance(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say from when on her apprenance has been high, or no longer."""
    first, last = weeks[0]["week"], weeks[-1]["week"]
    for week, high in settled_apprenance(told.records, told.run.engine.p.observation.apprenance_level):
        if first <= week <= last:
            level = number(told.records[week]["apprenance"], told.lang)
            key = "reached" if high else "lost"
            yield text(f"story.apprenance.{key}", told.lang, week=week, level=level)


def _needs(told: Told, record: Record) -> Iterator[str]:
    """Say which of her needs are now met or unmet, and which no longer so."""
    turned = [(need, word) for need in NEEDS if (word := _turned(told, need, record[need]))]
    good, bad = (
        joined([text(f"story.{need}.{word}", told.lang) for need, word in turned if word in words], told.lang)
        for words in (("high", "better"), ("low", "worse"))
    )
    if good and bad:
        yield text("story.feels_but", told.lang, list=good, rest=bad)
    elif turned:
        yield text("story.feels", told.lang, list=good or bad)


def _turned(told: Told, need: str, value: float) -> str:
    """Return which way a need has turned since it was last told, ``low``, ``high``, ``better`` or ``worse``, if any."""
    (low, high), before = NEEDS[need], told.needs[need]
    now = "low" if value < low else "high" if value >= high else "middle"
    if now == "middle" and before != "middle":
        back = value >= low + CALM if before == "low" else value < high - CALM
        now = "middle" if back else before
    if need in told.quiet and (now == "low" or value < low + CALM):
        return ""
    told.quiet.discard(need)
    told.needs[need] = now
    if now == before:
        return ""
    return now if now != "middle" else {"low": "better", "high": "worse"}[before]


def _of_motive(told: Told, weeks: list[Record], rises: bool) -> str:
    """Return which of the terms of the motive did most to move it that way."""
    sums = dict.fromkeys(("needs", "delight", "internalised" if rises else "undermined"), 0.0)
    for record in weeks:
        for name in sums:
            sums[name] += (record["motive_terms"] or {}).get(name) or 0.0
    return max(sums, key=lambda name: sums[name] if rises else -sums[name])


def _of_persistence(told: Told, weeks: list[Record], rises: bool) -> str:
    """Return what fed her persistence, or what let it fade: doing nothing, or the smaller of flow and motive."""
    if rises:
        return "flow"
    if any(record["fed"] is False for record in weeks):
        return "cut"
    lost = {True: 0.0, False: 0.0}
    for record in weeks:
        start = told.records[record["week"] - 1]["persistence"] if record["week"] else record["drive_before"]
        lost[record["acted"]] += start - record["persistence"]
    if lost[False] >= lost[True]:
        return "idle"
    acts = [record for record in weeks if record["acted"]]
    flow, motive = (sum(record[name] for record in acts) for name in ("flow", "autonomous_motive"))
    return "flow" if flow <= motive else "motive"
