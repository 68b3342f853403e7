"""What a learner could do, what she chose, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ecosim.language import text
from ecosim.model.follow import Record
from ecosim.report.grammar import joined, plural, rate, spans
from ecosim.report.naming import artefact_list, artefact_name
from ecosim.report.story.told import Told

REASONS = ("not_offered", "not_perceived", "not_able", "out_of_reach")
BRIEF = 3  #: episodes of fewer weeks do not say what is no longer possible: it may come back at once
MOSTLY, BOTH = 0.6, 0.8  #: share of one thing from which it is called the usual one; of two, from which they are
FAR = 0.6  #: chance of a choice, relative to the likeliest, below which it is called one against better ones
JOY = 0.5  #: expected pleasure from which one is said to look forward
LIGHT, HEAVY = 1.5, 4.0  #: mean effort below which it is called little, from which much
UNDRIVEN, UNPROMISING = 0.38, 0.1  #: drive, and value of the best option, below which they explain a pause
LONG = 4  #: idle weeks of which the odds of acting are told


def possibilities(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say what is possible for her and why the rest is not: when she comes, and when it has changed."""
    lang, scenario = told.lang, told.run.loaded.scenario
    now = {thing["number"]: thing for record in weeks for thing in record["artefacts"] if thing["compossible"]}
    known, first = told.possible or set(), told.possible is None
    used = {record["artefact"] for record in weeks if record["acted"]}
    new = sorted(set(now) - known if first or len(weeks) >= BRIEF else (set(now) - known) & used)
    lost = sorted(known - set(now)) if len(weeks) >= BRIEF else []
    told.possible = known.union(new) - set(lost)
    if first and not new:
        yield text("story.possible.none", lang)
    yield from _opened(told, [_first_seen(weeks, number) for number in new], "first" if first else "new")
    if lost:
        key = "lost" if told.possible else "lost_all"
        yield text(f"story.possible.{key}", lang, list=artefact_list(scenario, lost, lang))
    if first or new or lost:
        yield from _rest(told, weeks[0] if first else weeks[-1])


def _first_seen(weeks: list[Record], number: int) -> Record:
    """Return what artefact ``number`` was for her in the first of ``weeks`` in which it was possible."""
    return next(
        thing for record in weeks for thing in record["artefacts"] if thing["number"] == number and thing["compossible"]
    )


def _opened(told: Told, new: list[Record], key: str) -> Iterator[str]:
    """Say what has become possible for her, and what of it only since others, or the facilitator, show it to her."""
    for who in (None, "others", "facilitator"):
        found = [thing["number"] for thing in new if thing["shown"] == who]
        if found:
            way = f"story.shown.{who}" if who else f"story.possible.{key}"
            yield text(way, told.lang, list=artefact_list(told.run.loaded.scenario, found, told.lang))


def _rest(told: Told, record: Record) -> Iterator[str]:
    """Say why the rest is not possible, where the reasons have changed; what is possible now and then is no rest."""
    known = told.possible or set()
    rest = [thing for thing in record["artefacts"] if not thing["compossible"] and thing["number"] not in known]
    why = Counter(thing["reason"] for thing in rest)
    reasons = tuple(name for name in REASONS if why[name])
    if why and reasons != told.why_not:
        parts = [plural(f"story.reason.{name}", why[name], told.lang) for name in reasons]
        yield text("story.possible.rest", told.lang, reasons=joined(parts, told.lang))
    told.why_not = reasons


def activity(told: Told, weeks: list[Record], acts: list[Record]) -> str:
    """Say in how many of several weeks she was active, with what, and whether alone."""
    lang = told.lang
    used = Counter(record["artefact"] for record in acts)
    shared = sum(record["collective"] for record in acts)
    alone = text("story.active.alone", lang) if not shared else ""
    if 0 < shared < len(acts):
        alone = plural("story.active.shared", shared, lang)
    if len(acts) < len(weeks):
        often = plural("story.active.some", len(acts), lang, weeks=len(weeks))
    else:
        often = text("story.active.both" if len(weeks) == 2 else "story.active.every", lang)
    return text("story.active.line", lang, often=often, what=_what(told, used), alone=alone)


def _what(told: Told, used: Counter[int]) -> str:
    """Return with what she was active: one thing, mostly one, two in turn, or many."""
    lang, scenario, acts = told.lang, told.run.loaded.scenario, used.total()
    (first, most), *others = sorted(used.items(), key=lambda item: (-item[1], item[0]))
    name = artefact_name(scenario, first, lang)
    if not others:
        return text("story.with.only" if acts > 1 else "story.with.one", lang, artefact=name)
    if most >= MOSTLY * acts:
        return text("story.with.mostly", lang, artefact=name)
    second, next_most = others[0]
    if most + next_most >= BOTH * acts:
        return text("story.with.two", lang, first=name, second=artefact_name(scenario, second, lang))
    return plural("story.with.several", len(used), lang, artefact=name)


def why(told: Told, acts: list[Record]) -> Iterator[str]:
    """Say where a deadline decided that she acted, why what she used most was likely, and what curiosity tried.

    What was said before is not said again.
    """
    pulled = [record["week"] for record in acts if record["pulled"]]
    if pulled:
        yield text("story.pulled", told.lang, weeks=spans(pulled, told.lang))
    tried = sorted({record["artefact"] for record in acts if record["explored"]})
    if tried:
        yield text("story.explores", told.lang, list=artefact_list(told.run.loaded.scenario, tried, told.lang))
    used = Counter(record["artefact"] for record in acts if not (record["explored"] or record["played"]))
    if not used:
        return
    number = min(used, key=lambda m: (-used[m], m))
    reasons = Counter(_reason(record) for record in acts if record["artefact"] == number and not record["explored"])
    reason, times = reasons.most_common(1)[0]
    if reason and 2 * times > reasons.total() and (number, reason) != told.choice and 2 * used[number] >= len(acts):
        told.choice = (number, reason)
        name = artefact_name(told.run.loaded.scenario, number, told.lang)
        yield text(f"story.why.{reason}", told.lang, artefact=name)


def _reason(record: Record) -> str:
    """Return why she took what she took: the ``only`` option, for ``joy``, the ``best``, ``despite`` far better ones.

    Nothing where it was one of several that promised about as much.
    """
    options = [thing for thing in record["artefacts"] if thing["option"]]
    taken = record["artefacts"][record["artefact"]]
    if len(options) == 1:
        return "only"
    pleasures = [thing["enjoyment"] or 0.0 for thing in options]
    if (taken["enjoyment"] or 0.0) >= max(JOY, *pleasures):
        return "joy"
    best = max(thing["chance"] for thing in options)
    return "best" if taken["chance"] >= best else "despite" if taken["chance"] < FAR * best else ""


def effort(told: Told, acts: list[Record]) -> Iterator[str]:
    """Say how much she does each time, where that is little or much and was not said before."""
    mean = sum(record["effort"] for record in acts) / len(acts)
    level = "light" if mean < LIGHT else "heavy" if mean >= HEAVY else "usual"
    if level not in (told.effort, "usual"):
        once = "_once" if len(acts) == 1 else ""
        yield text(f"story.effort.{level}{once}", told.lang, count=round(mean))
    told.effort = level


def idle(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say that she did nothing, though what was possible, and why."""
    counts = [sum(thing["compossible"] for thing in record["artefacts"]) for record in weeks]
    yield _idle(counts, told.lang)
    ready = [record for record, count in zip(weeks, counts, strict=True) if count and not record["played"]]
    kept = sum(record["access"] is False for record in weeks)
    if kept:
        yield plural("story.idle.kept", kept, told.lang, weeks=len(weeks))
    if not ready or any(record["played"] for record in weeks):
        return
    forbidden = [record for record in ready if not any(thing["option"] for thing in record["artefacts"])]
    if 2 * len(forbidden) > len(ready):
        yield text("story.idle.forced", told.lang)
        return
    cause = _cause(ready)
    if cause:
        yield text(f"story.idle.{cause}", told.lang)
    odds = [record["likely"] for record in ready if record["likely"] is not None]
    if len(weeks) >= LONG and odds:
        yield text("story.idle.odds", told.lang, odds=rate(sum(odds) / len(odds), told.lang))


def _idle(counts: list[int], lang: str) -> str:
    """Say that she did nothing, and how much would have been possible."""
    low, high = min(counts), max(counts)
    if low == high:
        return plural("story.idle.same", high, lang)
    return plural("story.idle.varied", high, lang, low=low)


def _cause(ready: list[Record]) -> str:
    """Return why she did nothing with what was possible: ``undriven``, ``unpromising``, or nothing that stands out."""
    if sum(record["drive_before"] for record in ready) / len(ready) < UNDRIVEN:
        return "undriven"
    best = [max(thing["value"] for thing in record["artefacts"] if thing["compossible"]) for record in ready]
    return "unpromising" if sum(best) / len(best) < UNPROMISING else ""
