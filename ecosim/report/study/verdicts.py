"""A comparison, or an expectation, in one line of plain words; never a bare p-value."""

from __future__ import annotations

from math import floor, isfinite, log10

from ecosim.report.grammar import sentence
from ecosim.report.study.amounts import Amount, amount_of, between, confidence, difference, half
from ecosim.report.study.naming import design_name, metric_name, metric_of
from ecosim.report.study.saying import counted, said
from ecosim.study.findings import Findings
from ecosim.study.statistics.comparison import Comparison
from ecosim.study.statistics.verdict import Better, better

FEWEST = 2  #: pairs below which there is no interval
ROUGH = 100  #: replicates from which their estimated number is rounded


def verdict_of(found: Findings, comparison: Comparison) -> Better:
    """Return the verdict of a comparison: better or worse where the metric has a better direction."""
    return better(comparison.judged.word, metric_of(found, comparison.metric).metric.better)


def verdict_text(found: Findings, comparison: Comparison, lang: str) -> str:
    """Return a comparison on one line: what differs from what, by how much, how sure that is, and what it means.

    Parameters
    ----------
    found : Findings
        Of which it is one.
    comparison : Comparison
        One design against the baseline on one metric.
    lang : {"en", "fr"}
        Language of the line.
    """
    return said(
        "verdict.line", lang, metric=sentence(metric_name(found, comparison.metric, lang)),
        design=design_name(found, comparison.design, lang), rest=difference_text(found, comparison, lang),
    )  # fmt: skip


def difference_text(found: Findings, comparison: Comparison, lang: str) -> str:
    """Return the difference from the baseline, its interval, its confidence, and the verdict."""
    return _judged(found, comparison, verdict_words(found, comparison, lang), lang)


def difference_beside(found: Findings, comparison: Comparison, lang: str) -> str:
    """Return the same for where the word of the verdict stands beside it: only what that word does not say."""
    return _judged(found, comparison, reason(found, comparison, lang), lang)


def _judged(found: Findings, comparison: Comparison, verdict: str, lang: str) -> str:
    """Return the difference from the baseline, its interval and its confidence, and what is said of it, if anything."""
    effect, amount = comparison.judged.effect, amount_of(metric_of(found, comparison.metric))
    against = design_name(found, comparison.against, lang)
    if effect.pairs == 0:
        return said("verdict.nothing", lang, against=against)
    value = difference(effect.difference, amount, lang, half(effect.low, effect.high))
    ends = between(effect.low, effect.high, amount, lang)
    kind, sure = ("with", confidence(1.0 - effect.level, lang)) if ends else ("without", "")
    bare = said(f"verdict.{kind}", lang, difference=value, against=against, between=ends, confidence=sure)
    return said("verdict.judged", lang, difference=bare, verdict=verdict) if verdict else bare


def verdict_words(found: Findings, comparison: Comparison, lang: str) -> str:
    """Return the verdict, with what it means: within which limits equivalent, how many replicates from a decision."""
    word, why = verdict_of(found, comparison), reason(found, comparison, lang)
    if word == "equivalent" and comparison.smallest <= 0.0:
        return why
    return because(word, why, lang)


def because(word: Better, why: str, lang: str) -> str:
    """Return the word of a verdict, with its reason if there is one."""
    short = said(f"verdict.short.{word}", lang)
    return said("verdict.because", lang, verdict=short, why=why) if why else short


def reason(found: Findings, comparison: Comparison, lang: str) -> str:
    """Return what stands behind a verdict that is no difference: its limits, or how far it is from a decision."""
    word = verdict_of(found, comparison)
    if word == "equivalent":
        if comparison.smallest <= 0.0:
            return said("verdict.same", lang)
        return inside_text(comparison.smallest, amount_of(metric_of(found, comparison.metric)), lang)
    return more_text(comparison, lang) if word == "undecided" else ""


def inside_text(smallest: float, amount: Amount, lang: str) -> str:
    """Return within which limits everything that holds lies, where it is equivalent."""
    return said("verdict.inside", lang, smallest=smallest_text(smallest, amount, lang))


def smallest_text(value: float, amount: Amount, lang: str) -> str:
    """Return the smallest effect that matters, without a sign."""
    return difference(value, amount, lang).lstrip("+")


def more_text(comparison: Comparison, lang: str) -> str:
    """Return about how many more replicates would decide a comparison."""
    more = comparison.judged.more
    if comparison.judged.effect.pairs < FEWEST:
        return said("verdict.more.too_few", lang)
    if not isfinite(more):
        return said("verdict.more.never", lang)
    return counted("more_replicates", rounded(more), lang)


def rounded(count: float) -> int:
    """Return an estimated number of replicates without digits that it does not deserve."""
    if count < ROUGH:
        return int(count)
    unit = 10 ** (floor(log10(count)) - 1)
    return int(-(-count // unit) * unit)
