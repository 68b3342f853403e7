"""Between which values the metrics that are shares lie: what a measured series is checked against."""

from __future__ import annotations

from ecosim.model.metrics.declare import METRICS

SHARES = ("share", "probability")  #: units of what lies between 0 and 1
DIFFERENCES = ("skill_gain", "repost_difference")  #: differences of two shares: between -1 and 1


def bounds() -> dict[str, tuple[float, float]]:
    """Return metric -> lowest and highest value that it can have, for shares, probabilities and their differences."""
    return {name: (-1.0 if name in DIFFERENCES else 0.0, 1.0) for name in METRICS if METRICS[name].unit in SHARES}
