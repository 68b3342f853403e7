"""How much of the variance of an outcome is due to one factor, to another, and to the two together.

The self-production decomposition: with persons as one factor and environments as the other, the interaction is what
neither brings about alone (the person makes the environment that makes her).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ecosim.model.state import Array

FEWEST = 3  #: replicates for an interval


class Shares(NamedTuple):
    """What two factors and their interaction account for of the variance of cell means; shares add up to one."""

    first: float
    second: float
    interaction: float


def components(cells: Array) -> Shares:
    """Return the sums of squares of two factors and their interaction in a table, without what chance puts into them.

    Parameters
    ----------
    cells : array of shape (levels, levels, replicates)
        One value a run; the same replicate has the same luck in every cell.

    Notes
    -----
    Sums of squares of cell means, less what chance alone puts into them: degrees of freedom times the mean square
    within cells, after the replicates' own effect is taken out, over R; an estimate may be negative (Searle 1992).
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
    return Shares(*sums)


def shares(cells: Array) -> Shares:
    """Return the shares of variance in a table of two factors; see :func:`components`, negative ones counting as none.

    Parameters
    ----------
    cells : array of shape (levels, levels, replicates)
        One value a run; the same replicate has the same luck in every cell.
    """
    kept = [max(0.0, each) for each in components(cells)]
    total = sum(kept)
    return Shares(*(each / total if total > 0.0 else float("nan") for each in kept))


def interaction(cells: Array, level: float) -> tuple[float, float, float]:
    """Return the share of the interaction with its interval: Student's, of a jackknife over replicates (Tukey 1958).

    A bootstrap would put back the noise that the estimate takes out. Pseudo-values are those of the share before
    negative estimates are cut off. With fewer than some twenty replicates the interval errs towards a smaller share.
    """
    from scipy import stats  # lazily: it takes most of a second to import

    luck = cells.shape[2]
    value = shares(cells).interaction
    if luck < FEWEST:
        return value, float("nan"), float("nan")
    whole = _share(cells)
    without = np.array([_share(np.delete(cells, each, axis=2)) for each in range(luck)])
    pseudo = luck * whole - (luck - 1) * without
    half = float(stats.t.isf(0.5 * level, luck - 1)) * float(pseudo.std(ddof=1)) / np.sqrt(luck)
    middle = float(pseudo.mean())
    return value, max(0.0, middle - half), min(1.0, max(0.0, middle + half))


def _share(cells: Array) -> float:
    """Return the share of the interaction as estimated, be it negative."""
    found = components(cells)
    total = sum(found)
    return found.interaction / total if total > 0.0 else float("nan")
