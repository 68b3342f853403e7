"""Moving: in an ecosystem of several communities, people go where those they know fare better."""

from __future__ import annotations

from ecosim.equation import equation
from ecosim.schema import Block, parameter


class Migration(Block):
    """Readiness to change community."""

    mobility: float = parameter(
        0.0, "1/week", (0, 1), (0, 0.1), label="mobility", symbol="mobility", source="assumed; off unless asked for"
    )
    """Weekly probability that an enrolled learner compares her community with those of her ties."""
    known_tie: float = parameter(
        0.05, "tie strength", (0, 1), (0.02, 0.2), label="tie that tells", symbol="w_m", source="assumed"
    )
    """A tie shows how life is elsewhere only above this strength."""


@equation
def experience(flow: float, relatedness: float) -> float:
    """Return (F + need_relatedness) / 2, how life in a community feels to one of its members."""
    return 0.5 * (flow + relatedness)
