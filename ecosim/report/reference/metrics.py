"""The glossary of the metrics."""

from __future__ import annotations

from typing import get_args

from ecosim.model.metrics import METRICS, Metric
from ecosim.model.metrics.declare import OWN, Rule
from ecosim.report.reference.markdown import anchor, bullets, code, heading, page, plain, table
from ecosim.report.reference.words import colon, columns, joined, say, source, translated, unit


def build(lang: str) -> str:
    """Return the page."""
    groups: dict[str, list[Metric]] = {}
    for name in METRICS:
        if METRICS[name].compute.__module__.partition(".")[0] == OWN:
            groups.setdefault(METRICS[name].compute.__module__.rpartition(".")[2], []).append(METRICS[name])
    heads = columns(lang, "name", "meaning", "over", "formula", "run")
    rules = [
        f"**{say(f'reference.metrics.run.{rule}', lang)}**{colon(lang)} {_rule(rule, lang)}" for rule in get_args(Rule)
    ]
    blocks = [say("reference.metrics.start", lang), say("reference.metrics.rules_start", lang), bullets(rules)]
    for group, found in groups.items():
        blocks += [heading(2, say(f"reference.metrics.groups.{group}", lang), f"group-{group}")]
        blocks += [table(heads, [_row(each, lang) for each in found])]
    return page(*blocks)


def _rule(rule: str, lang: str) -> str:
    return say(f"reference.metrics.rules.{rule}", lang)


def _row(metric: Metric, lang: str) -> list[str]:
    """Return the line of one metric."""
    run = [say(f"reference.metrics.run.{metric.run}", lang)]
    if metric.counterfactual:
        run.append(say("reference.metrics.counterfactual", lang, event=metric.counterfactual))
    if metric.costly:
        run.append(say("reference.metrics.costly", lang))
    formula = plain(translated(metric.formula, lang))
    return [
        f"{anchor(metric.name)}{code(metric.name)}",
        f"**{plain(metric.say_label(lang))}**. {plain(metric.say_meaning(lang))}",
        f"{plain(metric.say_over(lang))} <br>{unit(metric.unit, lang)}",
        f"{formula} <br>{plain(source(metric.source, lang))}",
        joined(run, lang),
    ]
