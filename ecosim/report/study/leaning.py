"""Which assumption an outcome depends on most, with interval and the floor that chance alone would reach."""

from __future__ import annotations

from math import isfinite

from ecosim.language import number, percent
from ecosim.report.grammar import sentence
from ecosim.report.page.opening import Point
from ecosim.report.study.amounts import PLAIN, Amount, amount_of, digits_for, signed, with_unit
from ecosim.report.study.naming import factor_name, metric_name, metric_of, of_name
from ecosim.report.study.saying import said
from ecosim.study.findings import Findings
from ecosim.study.statistics.sensitivity import Index

MAIN = {"sobol": "ST", "morris": "mu_star"}
RANK = "rank"
TOLD = 3  #: factors that are told of each outcome
SHARES = ("S1", "ST", "S2")

Output = tuple[str, str]  #: of whom, and metric


def main_index(found: Findings) -> str:
    """Return the index by which factors are put in order."""
    return MAIN.get(found.study.kind, RANK)


def outputs(found: Findings) -> list[Output]:
    """Return the outcomes that have indices: the baseline itself and the differences from it come first."""
    keys = list(dict.fromkeys((each.of, each.metric) for each in found.indices))
    names = {arm.name for arm in found.study.arms} - {found.study.baseline}
    return [key for key in keys if key[0] not in names] + [key for key in keys if key[0] in names]


def ranked(found: Findings, output: Output, name: str = "") -> list[Index]:
    """Return one index of the factors of an outcome, the largest first."""
    wanted = name or main_index(found)
    rows = [
        each
        for each in found.indices
        if (each.of, each.metric) == output and each.name == wanted and isfinite(each.value)
    ]
    return sorted(rows, key=lambda each: -abs(each.value))


def above_noise(index: Index) -> bool | None:
    """Tell whether an index is larger than chance alone would make it; ``None`` where nobody can tell."""
    if not isfinite(index.noise):
        return None
    if index.name == RANK:
        return abs(index.value) > index.noise
    return (index.low if isfinite(index.low) else index.value) > index.noise


def effect_amount(found: Findings, metric: str) -> Amount:
    """Return how elementary effects on a metric are written: as its differences; other indices are plain numbers."""
    return amount_of(metric_of(found, metric)) if found.study.kind == "morris" else PLAIN


def index_value(found: Findings, index: Index, value: float, lang: str) -> str:
    """Return a value of an index as people read it: shares in per cent, correlations signed, effects in their unit."""
    if index.name in SHARES:
        return percent(value, lang)
    if index.name == RANK:
        return signed(value, lang, 2)
    amount = effect_amount(found, index.metric)
    digits = max(1 if amount.unit else 0, digits_for(amount.scale * abs(index.value)))
    return number(amount.scale * value, lang, digits)


def _with_unit(found: Findings, index: Index, value: float, lang: str) -> str:
    """Return a value of an index with its unit."""
    return with_unit(index_value(found, index, value, lang), effect_amount(found, index.metric), lang)


def leaning(found: Findings, lang: str) -> list[Point]:
    """Return a point for each outcome, and under it its most important factors."""
    made = []
    for output in outputs(found):
        rows = ranked(found, output)
        if rows:
            made.append(
                Point(
                    sentence(output_name(found, output, lang)), [factor_line(found, each, lang) for each in rows[:TOLD]]
                )
            )
    return made


def output_name(found: Findings, output: Output, lang: str) -> str:
    """Return what is explained: a metric, of a design or of a difference where there are several."""
    of, metric = output
    label = metric_name(found, metric, lang)
    if len(found.study.arms) < 2:
        return label
    return said("sensitivity.output", lang, metric=label, of=of_name(found, of, lang))


def factor_line(found: Findings, index: Index, lang: str) -> str:
    """Return a factor, its index with interval, and how it compares with chance alone."""
    above = above_noise(index)
    floor = "unknown" if above is None else "above" if above else "within"
    facts = {"factor": factor_name(index.factor, lang), "value": _with_unit(found, index, index.value, lang)}
    if isfinite(index.low) and isfinite(index.high):
        low, high = (index_value(found, index, each, lang) for each in (index.low, index.high))
        facts["between"] = said("between", lang, low=low, high=high)
    else:
        facts["between"] = said("sensitivity.no_interval", lang)
    noise = _with_unit(found, index, index.noise, lang).lstrip("+") if above is not None else ""
    return said("sensitivity.line", lang, **facts, floor=said(f"sensitivity.floor.{floor}", lang, noise=noise))
