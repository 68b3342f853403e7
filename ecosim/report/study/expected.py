"""Expectations in words: what was expected, what came out, at the scenario as it is and over the assumption box."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from ecosim.language import number, percent
from ecosim.model.metrics.summary import key_of
from ecosim.report.grammar import sentence
from ecosim.report.study.amounts import Amount, amount_of, between, confidence, difference, half
from ecosim.report.study.amounts import level as level_said
from ecosim.report.study.naming import design_name, factor_name, metric_name, metric_of
from ecosim.report.study.saying import counted, listed, said
from ecosim.scenario.parts import in_language
from ecosim.study.findings import Findings
from ecosim.study.plan.checks import form_of
from ecosim.study.plan.document import Expectation
from ecosim.study.statistics.expectations import Box, Held

SHARE = Amount(100.0, "points")
CORRELATION = Amount(1.0, "")


class Came(NamedTuple):
    """What came of an expectation, in words: the claim, its verdict, the result, the box, its status, the reason."""

    claim: str
    verdict: str
    word: str
    result: str
    box: str
    status: str
    why: str


def expectation_text(found: Findings, held: Held, lang: str) -> str:
    """Return on one line what was expected and what came of it.

    Parameters
    ----------
    found : Findings
        Of which it is one.
    held : Held
        The expectation and what came of it.
    lang : {"en", "fr"}
        Language of the line.
    """
    came = came_of(found, held, lang)
    line = said("expect.line", lang, claim=came.claim, status=came.status, verdict=came.verdict, result=came.result)
    return f"{line} {came.box}".strip()


def came_of(found: Findings, held: Held, lang: str) -> Came:
    """Return what came of an expectation, part by part."""
    return Came(
        claim(found, held.expected, lang), said(f"expect.verdict.{held.verdict}", lang), held.verdict,
        _result(found, held, lang), _box(found, held, lang), said(f"expect.status.{held.expected.status}", lang),
        in_language(held.expected.why, lang),
    )  # fmt: skip


def claim(found: Findings, expected: Expectation, lang: str) -> str:
    """Return what is expected, as a sentence without its full stop."""
    form = form_of(expected)
    metric = metric_name(found, _key(expected), lang)
    direction = expected.direction or ("higher" if expected.above is not None else "lower")
    facts: dict[str, str] = {"metric": metric}
    if form == "interaction":
        one, other = (factor_name(path, lang) for path in expected.interaction)
        facts |= {"one": one, "other": other, "bound": percent(_bound(expected), lang)}
    elif form == "rises_with":
        rises = expected.rises_with
        assert rises is not None  # that is its form
        facts["other"] = metric_name(found, key_of(rises.name, rises.over), lang)
    elif form == "contrast":
        facts["sum"] = _sum(found, expected, lang)
    else:
        facts["of"] = design_name(found, expected.of or found.study.arms[0].name, lang)
        if form == "against":
            facts["against"] = design_name(found, expected.against or "", lang)
        else:
            facts["bound"] = level_said(_bound(expected), amount_of(metric_of(found, _key(expected))), lang)
    return sentence(said(f"expect.{form}.{direction}", lang, **facts))


def _key(expected: Expectation) -> str:
    return key_of(expected.metric.name, expected.metric.over)


def _bound(expected: Expectation) -> float:
    return float(expected.above if expected.above is not None else expected.below or 0.0)


def _sum(found: Findings, expected: Expectation, lang: str) -> str:
    """Return a contrast as a sum of weighted designs."""
    parts = []
    for place, (name, weight) in enumerate(expected.contrast.items()):
        sign = "\u2212" if weight < 0 else "+" if place else ""
        size = f"{abs(weight):.3g}"
        digits = len(size.partition(".")[2])
        own = said("expect.term", lang, weight=number(abs(weight), lang, digits), design=design_name(found, name, lang))
        parts.append(f"{sign} {own}".strip())
    return " ".join(parts)


def amount_in(found: Findings, held: Held) -> Amount:
    """Return how the value of an expectation is written."""
    form = form_of(held.expected)
    if form == "rises_with":
        return CORRELATION
    return SHARE if form == "interaction" else amount_of(metric_of(found, _key(held.expected)))


def _result(found: Findings, held: Held, lang: str) -> str:
    """Return the value that was found, with its interval, confidence and how many runs or points are behind it."""
    form, amount = form_of(held.expected), amount_in(found, held)
    if not isfinite(held.value):
        return said("expect.nothing", lang)
    signed = form in ("against", "contrast", "rises_with")
    value = (difference if signed else level_said)(held.value, amount, lang, half(held.low, held.high))
    of = counted("points" if form == "rises_with" else "replicates", held.runs, lang)
    ends = between(held.low, held.high, amount, lang, plus=signed)
    if not ends:
        return said("expect.found_only", lang, value=value, of=of)
    return said("expect.found", lang, value=value, between=ends, confidence=confidence(held.confidence, lang), of=of)


def _box(found: Findings, held: Held, lang: str) -> str:
    """Return what became of an expectation over the assumption box, empty without one."""
    box = held.box
    if box is None:
        return ""
    if box.none == box.points:
        return said("expect.no_difference", lang)
    facts = box_facts(found, held, box, lang)
    return said("expect.box_open" if held.verdict == "open" else "expect.box", lang, **facts)


def box_facts(found: Findings, held: Held, box: Box, lang: str) -> dict[str, str]:
    """Return the numbers of an expectation over the box, as people read them."""
    amount = amount_in(found, held)
    signed = form_of(held.expected) != "value"
    mean = (difference if signed else level_said)(box.mean, amount, lang, half(box.mean_low, box.mean_high))
    ties = said("expect.ties", lang, all=counted("points", box.points, lang)) if box.none else ""
    return {
        "share": percent(box.share, lang), "low": percent(box.low, lang), "high": percent(box.high, lang),
        "points": counted("points", box.points - box.none, lang), "ties": ties,
        "verdict": said(f"expect.verdict.{box.verdict}", lang).lower(),
        "mean": mean,
    }  # fmt: skip


def tally(found: Findings, lang: str) -> str:
    """Return how many expectations were supported, contradicted, are undecided, and asked openly."""
    words = [held.verdict for held in found.held]
    parts = [
        counted(f"expect_{verdict}", words.count(verdict), lang)
        for verdict in ("supported", "contradicted", "undecided", "open")
        if words.count(verdict)
    ]
    return said("expect.tally", lang, list=listed(parts, lang)) if parts else ""
