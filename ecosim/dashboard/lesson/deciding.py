"""How the claims of a lesson came out: paired differences with intervals that hold for all of them together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ecosim.dashboard.lesson.document import Claim
from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.language import number, text
from ecosim.model.state import Array
from ecosim.report.grammar import sentence
from ecosim.report.study.amounts import Amount, amount_of, signed, with_unit
from ecosim.report.study.saying import said
from ecosim.study.findings import Findings
from ecosim.study.statistics.comparison import level_at
from ecosim.study.statistics.verdict import Judged, judged

LEVEL_DIGITS, POINT_DIGITS = 2, 1  #: decimals of a level, and of points of a share
SMALL = 0.1  #: difference of levels below which a third decimal is needed


class Outcome(NamedTuple):
    """How one claim came out.

    Parameters
    ----------
    name : str
        Of the claim.
    claim : Claim
        As written.
    amount : Amount
        How values of its metric are written.
    judged : Judged
        The difference, its interval, and what it says.
    """

    name: str
    claim: Claim
    amount: Amount
    judged: Judged

    @property
    def word(self) -> str:
        """``higher``, ``lower``, ``equivalent`` or ``undecided``."""
        return self.judged.word


def outcomes(lesson: LoadedLesson, found: Findings) -> dict[str, Outcome]:
    """Return how every claim of a lesson came out.

    Parameters
    ----------
    lesson : LoadedLesson
        With its claims.
    found : Findings
        What the runs of its study say.

    Returns
    -------
    dict of claim -> Outcome
        Each judged as one of all (Bonferroni), so that any of them is wrong with at most what the study allows.
    """
    claims = lesson.lesson.claims
    level = level_at(found.study, found.replicates, len(claims))
    smallest = found.study.study.compare.smallest_effect
    made = {}
    for name, claim in claims.items():
        against = values_of(found, lesson.against(claim), claim.against_metric or claim.metric)
        own = values_of(found, claim.of, claim.metric)
        decided = judged([own], against, lambda _: level, smallest.get(claim.metric, 0.0))[0]
        made[name] = Outcome(name, claim, amount_of(lesson.metric(claim.metric)), decided)
    return made


def values_of(found: Findings, design: str, metric: str) -> Array:
    """Return the run values of a metric under a design, shape (replicates,), NaN where there is none."""
    place = [arm.name for arm in found.study.arms].index(design)
    column = [each.key for each in found.study.wanted].index(metric)
    return found.values.main[0, place, :, column]


def value_text(lesson: LoadedLesson, found: Findings, design: str, metric: str, lang: str, digits: int = 0) -> str:
    """Return the mean of a metric under a design as one says it in class: whole per cents, two decimals of a level.

    ``digits`` is the number of decimals of per cents where more are wanted, as in a table.
    """
    values, amount = values_of(found, design, metric), amount_of(lesson.metric(metric))
    there = values[np.isfinite(values)]
    if not there.size:
        return text("words.undefined", lang)
    plain = number(amount.scale * float(there.mean()), lang, digits if amount.unit else LEVEL_DIGITS)
    return said("percent", lang, value=plain) if amount.unit else plain


def difference_text(outcome: Outcome, lang: str) -> str:
    """Return the difference with its sign and interval: ``−10.7 points (−11.7 to −9.6)``."""
    effect, amount, digits = outcome.judged.effect, outcome.amount, _digits(outcome)
    if not np.isfinite(effect.difference):
        return text("words.undefined", lang)
    value, *ends = (signed(amount.scale * each, lang, digits) for each in (effect.difference, effect.low, effect.high))
    if not np.isfinite(effect.low):
        return with_unit(value, amount, lang)
    between = said("between", lang, low=ends[0], high=ends[1])
    return text("lessons.told.interval", lang, value=with_unit(value, amount, lang), ends=between)


def size_text(outcome: Outcome, lang: str) -> str:
    """Return how large the difference is, without sign and interval: ``10.7 points``."""
    size = abs(outcome.judged.effect.difference)
    if not np.isfinite(size):
        return text("words.undefined", lang)
    return with_unit(number(outcome.amount.scale * size, lang, _digits(outcome)), outcome.amount, lang)


def _digits(outcome: Outcome) -> int:
    """Return the decimals of a difference: one of points, two of a level, three where it is small."""
    if outcome.amount.unit:
        return POINT_DIGITS
    return LEVEL_DIGITS + (abs(outcome.judged.effect.difference) < SMALL)


def verdict_text(outcome: Outcome, lang: str) -> str:
    """Return what the interval says, in a word or two."""
    return text(f"lessons.verdict.{outcome.word}", lang)


def claim_text(lesson: LoadedLesson, outcome: Outcome, lang: str) -> str:
    """Return how a claim came out, in one line: what is compared, the difference, and what it says."""
    claim = outcome.claim
    metric, against = lesson.metric(claim.metric).label(lang), lesson.against(claim)
    facts = {"difference": difference_text(outcome, lang), "verdict": verdict_text(outcome, lang)}
    if claim.against_metric is None:
        names = {"design": lesson.design(claim.of, lang), "against": lesson.design(against, lang)}
        return said_line("claim", lang, metric=sentence(metric), **names, **facts)
    other, design = lesson.metric(claim.against_metric).label(lang), lesson.design(claim.of, lang)
    return said_line("claim_metrics", lang, metric=sentence(metric), other=other, design=design, **facts)


def said_line(key: str, lang: str, **facts: str) -> str:
    """Return the message ``lessons.told.<key>``."""
    return text(f"lessons.told.{key}", lang, **facts)
