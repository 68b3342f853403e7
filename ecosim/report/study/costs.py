"""What designs cost, so that equal budgets are visible."""

from __future__ import annotations

from ecosim.language import number
from ecosim.report.study.naming import design_name
from ecosim.report.study.saying import listed, said
from ecosim.study.findings import Findings

KINDS = ("facilitator_weeks", "incentive_weeks")
DIGITS = 1


def cost_lines(found: Findings, lang: str) -> list[str]:
    """Return a line for each kind of cost that any design has: what each design costs, or that all cost the same."""
    lines = []
    for kind in KINDS:
        costs = {name: round(each[kind], DIGITS) for name, each in found.costs.items()}
        if not any(costs.values()) and kind != KINDS[0]:
            continue
        if len(set(costs.values())) == 1:
            key = "equal" if len(costs) > 1 else "one"
            lines.append(said(f"costs.{key}.{kind}", lang, value=number(next(iter(costs.values())), lang, DIGITS)))
        else:
            parts = [
                said("costs.of", lang, design=design_name(found, name, lang), value=number(value, lang, DIGITS))
                for name, value in costs.items()
            ]
            lines.append(said(f"costs.each.{kind}", lang, list=listed(parts, lang)))
    return lines
