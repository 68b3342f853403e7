"""How much of the variance of an outcome is due to one factor, to another, and to the two together.

The self-production decomposition: with persons as one factor and environments as the other, the interaction is what
neither brings about alone (the person makes the environment that makes her).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ecosim.model.state import Array

RESAMPLES = 2000


class Shares(NamedTuple):
    """Shares of the variance of cell means that two factors and their interaction account for; they add up to one."""

    first: float
    second: float
    interaction: float


def shares(cells: Array) -> Shares:
    """Return the shares of variance in a table of two factors.

    Parameters
    ----------
    cells : array of shape (levels, levels, replicates)
        One value a run; the same replicate has the same luck in every cell.

    Notes
    -----
    Sums of squares of cell means, less what chance alone puts into them: degrees of freedom times the mean square
    within cells, after the replicates' own effect is taken out, over R. Negative estimates count as none (Searle 1992).
    """
    rows, columns, luck = cells.shape
    mean = cells.mean(axis=2)
    whole = mean.mean()
    first, second = mean.mean(axis=1) - whole, mean.mean(axis=0) - whole
    both = mean - whole - first[:, None] - second[None, :]
    noise = 0.0
    if luck > 1:
        rest = cells - mean[:, :, None] - (cells.mean(axis=(0, 1)) - whole)[None, None, :]
        noise = float((rest**2).sum()) / ((rows * columns - 1) * (luck - 1)) / luck
    sums = [
        columns * float((first**2).sum()) - (rows - 1) * noise,
        rows * float((second**2).sum()) - (columns - 1) * noise,
        float((both**2).sum()) - (rows - 1) * (columns - 1) * noise,
    ]
    kept = [max(0.0, each) for each in sums]
    total = sum(kept)
    return Shares(*(each / total if total > 0.0 else float("nan") for each in kept))


def interaction(cells: Array, level: float) -> tuple[float, float, float]:
    """Return the share of the interaction with its interval: percentiles of a bootstrap over replicates."""
    rng, luck = np.random.default_rng(0), cells.shape[2]
    value = shares(cells).interaction
    if luck < 2:
        return value, float("nan"), float("nan")
    drawn = [shares(cells[:, :, rng.integers(luck, size=luck)]).interaction for _ in range(RESAMPLES)]
    low, high = np.nanquantile(drawn, [0.5 * level, 1.0 - 0.5 * level])
    return value, float(low), float(high)
