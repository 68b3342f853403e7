"""How unequally people contribute to what is done together."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric, ratio
from ecosim.model.state import Array

CONTRIBUTORS, EVERYBODY = "learners with a contribution", "all learners"


def gini(amounts: Array) -> float:
    """Return the Gini coefficient of non-negative ``amounts``, NaN when there is nothing to share.

    G = 2 sum(k x_k) / (n sum x) - (n + 1) / n over ascending x_1 .. x_n.
    """
    n = amounts.size
    weighted = float((np.arange(1, n + 1) * np.sort(amounts)).sum())
    return 2.0 * ratio(weighted, n * float(amounts.sum())) - (n + 1) / max(n, 1)


def top_share(amounts: Array, share: float) -> float:
    """Return what the largest ``share`` of ``amounts`` (rounded up to whole persons) make of their sum."""
    first = amounts.size - ceil(share * amounts.size)
    return ratio(float(np.sort(amounts)[first:].sum()), float(amounts.sum()))


def _any(eco: Any) -> Array:
    """Return the summed contributions of those with any."""
    given: Array = eco.learners.contributions
    return given[given > 0.0]


@metric(
    "gini_contributions", label="inequality of contributions", unit="1", over=CONTRIBUTORS, run="value",
    formula="Gini coefficient of summed contributions on collective artefacts", source="Gini 1912; van Mierlo 2014",
    meaning="At 0 all who contribute do as much, near 1 one person does nearly everything.",
)  # fmt: skip
def gini_contributions(eco: Any) -> float:
    """Return the Gini coefficient over those with a contribution."""
    return gini(_any(eco))


@metric(
    "top1_share", label="share of the top 1%", unit="share", over=CONTRIBUTORS, run="value",
    formula="contributions of the top 1% / all contributions", source="van Mierlo 2014",
    meaning="How much of all contributions comes from the busiest hundredth of those who contribute.",
)  # fmt: skip
def top1_share(eco: Any) -> float:
    """Return the share of the busiest hundredth of those with a contribution."""
    return top_share(_any(eco), 0.01)


@metric(
    "top10_share", label="share of the top 10%", unit="share", over=CONTRIBUTORS, run="value",
    formula="contributions of the top 10% / all contributions", source="van Mierlo 2014",
    meaning="How much of all contributions comes from the busiest tenth of those who contribute.",
)  # fmt: skip
def top10_share(eco: Any) -> float:
    """Return the share of the busiest tenth of those with a contribution."""
    return top_share(_any(eco), 0.1)


@metric(
    "gini_contributions_all", label="inequality of contributions, everybody counted", unit="1", over=EVERYBODY,
    run="value", formula="Gini coefficient of summed contributions on collective artefacts",
    source="Gini 1912; van Mierlo 2014",
    meaning="As the inequality of contributions, with those who never contribute counted as well.",
)  # fmt: skip
def gini_contributions_all(eco: Any) -> float:
    """Return the Gini coefficient over everybody."""
    return gini(eco.learners.contributions)


@metric(
    "top1_share_all", label="share of the top 1%, everybody counted", unit="share", over=EVERYBODY, run="value",
    formula="contributions of the top 1% / all contributions", source="van Mierlo 2014",
    meaning="How much of all contributions comes from the busiest hundredth of all learners.",
)  # fmt: skip
def top1_share_all(eco: Any) -> float:
    """Return the share of the busiest hundredth of everybody."""
    return top_share(eco.learners.contributions, 0.01)


@metric(
    "top10_share_all", label="share of the top 10%, everybody counted", unit="share", over=EVERYBODY, run="value",
    formula="contributions of the top 10% / all contributions", source="van Mierlo 2014",
    meaning="How much of all contributions comes from the busiest tenth of all learners.",
)  # fmt: skip
def top10_share_all(eco: Any) -> float:
    """Return the share of the busiest tenth of everybody."""
    return top_share(eco.learners.contributions, 0.1)
