"""Who gains and who loses: the differences that are clear, group by group."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any, NamedTuple

from ecosim.report.grammar import joined, sentence, share
from ecosim.report.page.opening import Point
from ecosim.report.study.amounts import amount_of, difference, half
from ecosim.report.study.naming import design_name, group_name, metric_name, metric_of
from ecosim.report.study.saying import listed, said
from ecosim.study.findings import Findings
from ecosim.study.runner.live import LEFT_OUT
from ecosim.study.statistics.verdict import Better, better, word_of

KINDS = ("profile", "community", "disposition")
MOST = 5  #: groups that are named one by one
Row = dict[str, Any]


class Told(NamedTuple):
    """A group and what its difference says."""

    row: Row
    word: Better


def gains(found: Findings, lang: str) -> list[Point]:
    """Return who is left out under each design, then a point for each design that does something to some group.

    Such a point has a line for each metric and kind of group.
    """
    made = left_out(found, lang)
    for arm in found.study.arms:
        if arm.name == found.study.baseline:
            continue
        lines = list(_lines(found, arm.name, lang))
        if lines:
            against = design_name(found, found.study.baseline, lang)
            head = said("against", lang, design=arm.label(lang), against=against)
            made.append(Point(sentence(head), lines))
    return made


def left_out(found: Findings, lang: str) -> list[Point]:
    """Return which share of those who are still there has no tie and is not accepted, under each design."""
    rows = [row for row in found.groups if row["metric"] == LEFT_OUT and isfinite(row["mean"])]
    if not rows:
        return []
    shares = [
        said("groups.left_out_of", lang, design=design_name(found, row["design"], lang), share=share(row["mean"], lang))
        for row in rows
    ]
    return [Point(said("groups.left_out", lang, list=joined(shares, lang)), [])]


def groups_told(found: Findings, design: str, metric: str, kind: str) -> list[Told]:
    """Return the groups of a kind with what a design does to each on a metric, in the order of the scenario."""
    direction = metric_of(found, metric).metric.better
    rows = [
        row
        for row in found.groups
        if (row["design"], row["metric"], row["kind"]) == (design, metric, kind) and isfinite(row["difference"])
    ]
    return [Told(row, better(word_of(row["low"], row["high"], 0.0), direction)) for row in rows]


def _lines(found: Findings, design: str, lang: str) -> Iterator[str]:
    """Yield what a design does to groups, where anything is clear."""
    for wanted in found.study.wanted:
        for kind in KINDS:
            told = groups_told(found, design, wanted.key, kind)
            clear = [each for each in told if each.word not in ("undecided", "equivalent")]
            if clear:
                facts = {"metric": metric_name(found, wanted.key, lang), "kind": said(f"groups.by_{kind}", lang)}
                yield said("groups.line", lang, **facts, list=_list(found, told, clear, lang))


def _list(found: Findings, told: list[Told], clear: list[Told], lang: str) -> str:
    """Return who gains and who loses; of a change that is clear for everybody, the ends."""
    words = dict.fromkeys(each.word for each in clear)
    if len(words) == 1 and len(clear) == len(told) > 2:
        ordered = sorted(clear, key=lambda each: abs(float(each.row["difference"])))
        ends = {"least": _named(found, ordered[0], lang), "most": _named(found, ordered[-1], lang)}
        return said(f"groups.all.{clear[0].word}", lang, **ends)
    parts = []
    for word in words:
        own = sorted((each for each in clear if each.word == word), key=lambda each: -abs(each.row["difference"]))
        names = [_named(found, each, lang) for each in own[:MOST]]
        if len(own) > MOST:
            names.append(said("groups.more", lang, count=len(own) - MOST))
        parts.append(said(f"groups.some.{word}", lang, list=joined(names, lang)))
    return listed(parts, lang)


def _named(found: Findings, told: Told, lang: str) -> str:
    """Return the name of a group with its difference."""
    row = told.row
    amount = amount_of(metric_of(found, row["metric"]))
    value = difference(row["difference"], amount, lang, half(row["low"], row["high"]))
    return said("groups.one", lang, name=group_name(found, row["kind"], row["group"], lang), difference=value)
