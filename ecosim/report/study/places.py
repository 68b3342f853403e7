"""Where designs change places, as rules in words."""

from __future__ import annotations

from ecosim.language import percent
from ecosim.report.grammar import joined, sentence
from ecosim.report.page.opening import Point
from ecosim.report.study.amounts import amount_of, difference
from ecosim.report.study.naming import design_name, factor_name, metric_name, metric_of, value_name
from ecosim.report.study.saying import counted, said
from ecosim.study.findings import Findings
from ecosim.study.statistics.flips import Condition, FlipMap, Rule
from ecosim.study.statistics.verdict import better

SIGNIFICANT = 2  #: digits of the value at which a region ends: it is estimated


def places(found: Findings, lang: str) -> list[Point]:
    """Return a point for each difference, those first that change their sign: where it is positive, and the rules."""
    ordered = sorted(found.flips, key=lambda each: (not changes(each), not each.rules))
    return [Point(map_head(found, each, lang), map_lines(found, each, lang)) for each in ordered]


def changes(each: FlipMap) -> bool:
    """Tell whether a difference is clearly positive in one region and clearly negative in another."""
    return {1, -1} <= {rule.sign for rule in each.rules}


def map_head(found: Findings, each: FlipMap, lang: str) -> str:
    """Return of which difference a map is, and at how many points it is positive."""
    line = said(
        "flips.head", lang, metric=metric_name(found, each.metric, lang), design=design_name(found, each.design, lang),
        against=design_name(found, each.against, lang), share=percent(each.wins, lang),
    )  # fmt: skip
    return sentence(line)


def map_lines(found: Findings, each: FlipMap, lang: str) -> list[str]:
    """Return the rules of a map; of a difference that changes its sign nowhere, where it is largest and smallest."""
    everywhere = each.wins in (0.0, 1.0)
    if not each.rules:
        return [said("flips.steady" if everywhere else "flips.no_pattern", lang)]
    if changes(each):
        return [rule_text(found, each, rule, lang) for rule in each.rules]
    ends = [each.rules[0], each.rules[-1]] if len(each.rules) > 1 else [each.rules[0]]
    head = said("flips.same_sign" if everywhere else "flips.same_on_average", lang)
    return [head, *(rule_text(found, each, rule, lang) for rule in ends)]


def rule_text(found: Findings, each: FlipMap, rule: Rule, lang: str) -> str:
    """Return a rule: which design does better, where, at how many points, by how much."""
    direction = metric_of(found, each.metric).metric.better
    word = better("higher" if rule.sign > 0 else "lower" if rule.sign < 0 else "undecided", direction)
    where = joined(conditions_text(found, rule, lang), lang)
    points = sum(other.points for other in each.rules)
    return said(
        f"flips.rule.{word}", lang, design=design_name(found, each.design, lang), where=where,
        points=rule.points, all=counted("points", points, lang),
        difference=difference(rule.difference, amount_of(metric_of(found, each.metric)), lang),
    )  # fmt: skip


def conditions_text(found: Findings, rule: Rule, lang: str) -> list[str]:
    """Return the region of a rule, factor by factor: above, at most, between, or some levels."""
    by_factor: dict[str, list[Condition]] = {}
    for each in rule.conditions:
        by_factor.setdefault(each.factor, []).append(each)
    return [_region(found, path, parts, lang) for path, parts in by_factor.items()]


def _region(found: Findings, path: str, parts: list[Condition], lang: str) -> str:
    """Return where a factor lies, by one split or two."""
    axis = next(each for each in found.study.points.axes if each.path == path)
    name = factor_name(path, lang)
    if not axis.ordered:
        kept = list(axis.levels)
        for each in parts:
            last = axis.levels.index(each.value) + 1
            own = axis.levels[last:] if each.above else axis.levels[:last]
            kept = [level for level in kept if level in own]
        names = said("or", lang).join(value_name(each, lang) for each in kept)
        return said("flips.among", lang, factor=name, list=names)
    ends = {"low" if each.above else "high": value_name(_rough(each.value), lang) for each in parts}
    side = "between" if len(ends) > 1 else "above" if "low" in ends else "below"
    return said(f"flips.{side}", lang, factor=name, **ends)


def _rough(value: float) -> float:
    """Return the end of a region without digits that it does not deserve."""
    return value if isinstance(value, int) else float(f"{value:.{SIGNIFICANT}g}")
