"""A debrief in words for the whole class: what differs, by how much, how sure that is, and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

from ecosim.classroom.debrief.judging import ALPHA, COMPARED, Line, Pair
from ecosim.classroom.debrief.making import Debrief
from ecosim.classroom.debrief.worlds import ALTERNATIVE
from ecosim.language import text
from ecosim.model.metrics import Wanted, named
from ecosim.report.grammar import joined, plural, sentence, share
from ecosim.report.naming import lever_name
from ecosim.report.page.leafwords import figure
from ecosim.report.study.amounts import Amount, amount_of, between, confidence, difference, half, level
from ecosim.report.study.verdicts import FEWEST, because, inside_text
from ecosim.study.statistics.verdict import better


@dataclass(frozen=True)
class Part:
    """A part of what is said.

    Parameters
    ----------
    name : str
        Of the comparison: ``model``, ``untouched``, ``alternative``; ``limits`` for what all this cannot say.
    heading, lead : str
        What it is about, and how it was found.
    lines : tuple of str
        One a metric.
    """

    name: str
    heading: str
    lead: str
    lines: tuple[str, ...] = ()


def world_name(name: str, lang: str, alternative: Mapping[str, float] | None = None) -> str:
    """Return what a world is called where it is drawn: ``as the model decides``.

    Parameters
    ----------
    name : str
        See :mod:`ecosim.classroom.debrief.worlds`.
    lang : {"en", "fr"}
        The language.
    alternative : mapping of str to float, optional
        What the other design sets: lever -> value.
    """
    if name == ALTERNATIVE:
        if not alternative:
            return text("debrief.world.other_design", lang)
        return text("debrief.world.alternative", lang, levers=_levers(alternative, lang))
    return text(f"debrief.world.{name}", lang)


def _levers(alternative: Mapping[str, float], lang: str) -> str:
    """Return what another design sets: ``facilitation at 0.8 and incentive at 0``."""
    set_to = [
        text("debrief.at", lang, lever=lever_name(lever, lang), value=figure(float(value), lang))
        for lever, value in alternative.items()
    ]
    return joined(set_to, lang)


def sentences(found: Debrief, lang: str) -> list[Part]:
    """Return what a debrief says, a part for each comparison, and at the end what it cannot say.

    Parameters
    ----------
    found : Debrief
        As :func:`ecosim.classroom.debrief.debrief` returns it.
    lang : {"en", "fr"}
        The language.
    """
    if not found.weeks:
        return [Part("model", text("debrief.model.heading", lang), text("debrief.nothing", lang))]
    parts = [_part(found, pair, lang) for pair in found.pairs]
    if not found.decided:
        parts = [Part("model", text("debrief.model.heading", lang), text("debrief.nobody", lang)), *parts]
    return [*parts, _limits(found, lang)]


def _limits(found: Debrief, lang: str) -> Part:
    """Return what all this cannot say, and how sure it is where it says something."""
    said_of_all = text("debrief.limit", lang)
    if found.lucks >= FEWEST:
        each, every = (confidence(1.0 - alpha, lang) for alpha in (ALPHA / len(COMPARED), ALPHA))
        said_of_all += " " + text("debrief.at_once", lang, each=each, all=every)
    return Part("limits", text("debrief.limits", lang), said_of_all)


def _part(found: Debrief, pair: Pair, lang: str) -> Part:
    """Return one comparison in words."""
    alone = "" if found.decided else "_alone"
    leads = [text(f"debrief.{pair.name}.lead{alone}", lang, levers=_levers(found.alternative, lang))]
    for world in (pair.of, pair.against):
        came = found.worlds[world]
        if came.dropped:
            kept = share(came.kept / (came.kept + came.dropped), lang)
            leads.append(text("debrief.dropped", lang, share=kept))
    leads.append(_others(pair, lang))
    lines = tuple(_line(pair, line, lang) for line in pair.lines)
    return Part(pair.name, text(f"debrief.{pair.name}.heading", lang), " ".join(leads), lines)


def _others(pair: Pair, lang: str) -> str:
    """Say under how many other lucks both were lived, and how many decisions could be kept there."""
    if not pair.lucks:
        return text("debrief.one_luck", lang)
    lucks = plural("debrief.lucks", pair.lucks, lang)
    if pair.kept is None:
        return text("debrief.others", lang, lucks=lucks)
    return text("debrief.others_kept", lang, lucks=lucks, share=share(pair.kept, lang))


def _line(pair: Pair, line: Line, lang: str) -> str:
    """Return one metric of a comparison: both values, their difference in the class's own luck, and what others say."""
    wanted = Wanted(line.metric, named(line.metric), "run", True)
    amount = amount_of(wanted)
    width = min(10.0 * abs(line.own), 0.1) if line.own else nan  # as many digits as show the difference
    of, against = (level(nan if each is None else each, amount, lang, width) for each in (line.of, line.against))
    told = text(
        f"debrief.{pair.name}.line", lang, metric=sentence(wanted.label(lang)), of=of, against=against,
        own=_own(line, amount, lang),
    )  # fmt: skip
    return f"{told} {_over(line, amount, lang)}" if pair.lucks else told


def _own(line: Line, amount: Amount, lang: str) -> str:
    """Return the difference in the class's own luck."""
    if line.own is None:
        return text("debrief.own_undefined", lang)
    if line.own == 0.0:
        return text("debrief.own_same", lang)
    return text("debrief.own", lang, difference=difference(line.own, amount, lang))


def _over(line: Line, amount: Amount, lang: str) -> str:
    """Return what the other lucks say."""
    if not line.pairs or line.mean is None:
        return text("debrief.over.nothing", lang)
    if line.low is None or line.high is None:
        value = difference(line.mean, amount, lang)
        return text("debrief.over.without", lang, difference=value, verdict=text("debrief.undecided", lang))
    if line.low == line.high == 0.0:
        return text("debrief.over.same", lang)
    return text(
        "debrief.over.with", lang, difference=difference(line.mean, amount, lang, half(line.low, line.high)),
        between=between(line.low, line.high, amount, lang), confidence=confidence(1.0 - line.level, lang),
        verdict=_verdict(line, amount, lang),
    )  # fmt: skip


def _verdict(line: Line, amount: Amount, lang: str) -> str:
    """Return the verdict of a line whose lucks have an interval."""
    word = better(line.word, named(line.metric).better)
    if word == "undecided":
        return text("debrief.undecided", lang)
    return because(word, inside_text(line.smallest, amount, lang) if word == "equivalent" else "", lang)
