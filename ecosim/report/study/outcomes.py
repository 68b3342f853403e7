"""What came out, metric by metric: of every design and against the baseline, or over the points of a study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Any

import numpy as np

from ecosim.language import percent
from ecosim.model.metrics import Wanted
from ecosim.report.grammar import sentence
from ecosim.report.page.opening import Point
from ecosim.report.study.amounts import Amount, amount_of, difference, level
from ecosim.report.study.naming import design_name, point_name
from ecosim.report.study.saying import counted, listed, said
from ecosim.report.study.verdicts import difference_text, verdict_of
from ecosim.study.findings import Findings
from ecosim.study.statistics.verdict import Better

ORDER: tuple[Better, ...] = ("better", "higher", "worse", "lower", "equivalent", "undecided")


def outcomes(found: Findings, lang: str) -> list[Point]:
    """Return a point for each metric, and under it a line for each design."""
    one = len(found.values.main) == 1
    return [
        Point(_head(wanted, lang), list((_designs if one else _points)(found, place, lang)))
        for place, wanted in enumerate(found.study.wanted)
    ]


def _head(wanted: Wanted, lang: str) -> str:
    """Return the label of a metric, and which way is better."""
    way = wanted.metric.better
    return said(f"outcomes.head_{way or 'plain'}", lang, metric=sentence(wanted.label(lang)))


def _designs(found: Findings, place: int, lang: str) -> Iterator[str]:
    """Yield a line for each design: mean, spread, and the difference from the baseline with its verdict."""
    wanted = found.study.wanted[place]
    amount = amount_of(wanted)
    compared = {each.design: each for _, each in found.comparisons if each.metric == wanted.key}
    for row in (each for each in found.summary_rows() if each["metric"] == wanted.key):
        mean = summary_text(row, amount, lang)
        facts = {"design": sentence(design_name(found, row["design"], lang)), "mean": mean}
        if row["design"] in compared:
            rest = difference_text(found, compared[row["design"]], lang)
            yield said("outcomes.design", lang, **facts, rest=rest)
        else:
            yield said("outcomes.baseline" if len(found.study.arms) > 1 else "outcomes.only", lang, **facts)


def summary_text(row: dict[str, Any], amount: Amount, lang: str) -> str:
    """Return a mean with its spread from run to run."""
    if not isfinite(row["mean"]):
        return level(row["mean"], amount, lang)
    mean = level(row["mean"], amount, lang, row["sd"])
    if not isfinite(row["sd"]):
        return mean
    spread = difference(row["sd"], amount, lang, row["sd"]).lstrip("+")
    return said("outcomes.mean", lang, mean=mean, spread=spread)


def _points(found: Findings, place: int, lang: str) -> Iterator[str]:
    """Yield the range of a metric over the points, design by design, and how often a design beats the baseline."""
    names = [arm.name for arm in found.study.arms]
    means = _means(found)[:, :, place]
    for number, name in enumerate(names):
        yield _range(found, means[:, number], name, amount_of(found.study.wanted[place]), lang)
    base = names.index(found.study.baseline)
    for number, name in enumerate(names):
        if number != base:
            yield _against(found, means[:, number] - means[:, base], name, place, lang)


def _means(found: Findings) -> Any:
    """Return the mean of every point, design and metric, NaN where no run has a value."""
    values = found.values.main
    there = np.isfinite(values)
    count = there.sum(axis=2)
    return np.where(count > 0, np.where(there, values, 0.0).sum(axis=2) / np.maximum(count, 1), np.nan)


def _range(found: Findings, means: Any, name: str, amount: Amount, lang: str) -> str:
    """Return the lowest and the highest mean of a design over the points, and where they lie."""
    design = sentence(design_name(found, name, lang)) if len(found.study.arms) > 1 else said("outcomes.range", lang)
    if not np.isfinite(means).any():
        return said("outcomes.no_value", lang, design=design)
    low, high = int(np.nanargmin(means)), int(np.nanargmax(means))
    width = 0.5 * float(means[high] - means[low])
    ends = {key: level(float(means[at]), amount, lang, width) for key, at in (("low", low), ("high", high))}
    settings = found.study.points.settings
    if means[low] == means[high]:
        return said("outcomes.constant", lang, design=design, value=level(float(means[low]), amount, lang))
    middle = level(float(np.nanmedian(means)), amount, lang, width)
    places = {"at_low": point_name(settings(low), low, lang), "at_high": point_name(settings(high), high, lang)}
    return said("outcomes.from_to", lang, design=design, median=middle, **ends, **places)


def _against(found: Findings, effect: Any, name: str, place: int, lang: str) -> str:
    """Return at how many points a design is better, worse, and so on; of very many points, where it is higher."""
    wanted = found.study.wanted[place]
    facts = {"design": design_name(found, name, lang), "against": design_name(found, found.study.baseline, lang)}
    words = Counter(
        verdict_of(found, each)
        for _, each in found.comparisons
        if (each.design, each.metric) == (name, wanted.key)
    )  # fmt: skip
    if words:
        parts = [
            said(
                "outcomes.at", lang, verdict=said(f"verdict.short.{word}", lang),
                points=counted("points", words[word], lang),
            )
            for word in ORDER
            if words[word]
        ]  # fmt: skip
        return said("outcomes.tally", lang, **facts, list=listed(parts, lang))
    there = effect[np.isfinite(effect)]
    share = percent(float(np.mean(there > 0.0)) if there.size else float("nan"), lang)
    mean = difference(float(there.mean()) if there.size else float("nan"), amount_of(wanted), lang)
    return said("outcomes.many", lang, **facts, share=share, points=counted("points", len(effect), lang), mean=mean)
