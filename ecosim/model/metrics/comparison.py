"""What a change did: the same persons under the same luck, had it not happened."""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric, ratio

CARRIED_WEEKS, ECHO_WEEKS = 4, 12


@metric(
    "carry_over", label="carry-over", unit="1", over="all learners", run="value", counterfactual="withdraw",
    formula="active learner-weeks of the last 4 weeks / the same had the levers stayed",
    source="a definition, after Heutte 2019",
    meaning="What is left of activity, once support is withdrawn, of what it would have been with support.",
    better="higher",
)  # fmt: skip
def carry_over(eco: Any, supported: Any) -> float:
    """Return activity in the last four weeks over that of the run without withdrawal."""
    last = slice(max(0, eco.week - CARRIED_WEEKS), eco.week)
    return ratio(float(eco.log.active[last].sum()), float(supported.log.active[last].sum()))


@metric(
    "reproduction", label="reproduction of activity", unit="1", over="all learners", run="value",
    counterfactual="shock", formula="extra activity in the week after a shock / extra activity during it",
    source="a definition",
    meaning="How much activity in the next week one more active learner brings about.",
)  # fmt: skip
def reproduction(eco: Any, calm: Any) -> float:
    """Return the extra activity of the week after the shock over that of its own weeks."""
    return _echo(eco, calm, 1)


@metric(
    "reproduction_12", label="reproduction of activity in 12 weeks", unit="1", over="all learners", run="value",
    counterfactual="shock", formula="extra activity in the 12 weeks after a shock / extra activity during it",
    source="a definition",
    meaning="How much activity in the next twelve weeks one more active learner brings about.",
)  # fmt: skip
def reproduction_12(eco: Any, calm: Any) -> float:
    """Return the extra activity of the twelve weeks after the shock over that of its own weeks."""
    return _echo(eco, calm, ECHO_WEEKS)


def _echo(eco: Any, calm: Any, weeks: int) -> float:
    """Return the extra activity in the ``weeks`` after the first shock over that during it.

    NaN unless these weeks have been lived without another shock.
    """
    shocks = sorted((each for each in eco.scenario.events if each.do == "shock"), key=lambda each: each.week)
    if not shocks:
        return float("nan")
    begin, end = shocks[0].week, shocks[0].week + shocks[0].weeks
    if end + weeks > eco.week or any(each.week < end + weeks for each in shocks[1:]):
        return float("nan")
    extra = eco.log.active - calm.log.active
    return ratio(float(extra[end : end + weeks].sum()), float(extra[begin:end].sum()))
