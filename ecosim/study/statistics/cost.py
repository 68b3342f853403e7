"""What a design costs: weeks of facilitation, and of reward, so that equal budgets can be seen to be equal."""

from __future__ import annotations

from typing import NamedTuple

from ecosim.model import events
from ecosim.model.levers import lever_tables
from ecosim.scenario.document import Scenario


class Cost(NamedTuple):
    """Sums over the weeks and the communities of a scenario.

    Parameters
    ----------
    facilitator_weeks : float
        Of facilitation: 1 is a facilitator who is there all week, for one week.
    incentive_weeks : float
        Of incentive, likewise.
    """

    facilitator_weeks: float
    incentive_weeks: float


def cost_of(scenario: Scenario) -> Cost:
    """Return what a scenario costs: sum over weeks and communities of the levers as they are, withdrawals included."""
    designs = [each.design for each in scenario.communities.values()] or [scenario.design]
    levers = lever_tables(designs, scenario.weeks)
    events.withdraw(levers, scenario)
    return Cost(float(levers.facilitation.sum()), float(levers.incentive.sum()))
