"""Where the points of each method lie, as rows in the unit cube. Another sampler registers in the same way.

Which method fits which factors is said here too: ``refusal`` names the reason where it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ecosim.model.state import Array
from ecosim.registry import Registry
from ecosim.study.plan.document import Grid, Lhs, Morris, Sobol
from ecosim.study.plan.space import Axis


class Sampler(NamedTuple):
    """A method of placing points.

    Parameters
    ----------
    rows : callable
        ``rows(axes, method, seed)`` returns places in [0, 1], shape (points, factors).
    size : callable
        ``size(axes, method)`` returns how many points that will be.
    refusal : callable
        ``refusal(axis, method)`` returns the message key of the reason why it cannot vary ``axis``, or ``None``.
    """

    rows: Callable[[Sequence[Axis], Any, int], Array]
    size: Callable[[Sequence[Axis], Any], int]
    refusal: Callable[[Axis, Any], str | None]


SAMPLERS: Registry[Sampler] = Registry("sampler")


def grid_rows(axes: Sequence[Axis], method: Grid, seed: int) -> Array:
    """Return every combination of the axes' values, the last axis turning fastest."""
    index = np.indices([axis.count for axis in axes]).reshape(len(axes), -1).T
    return np.column_stack([axis.spread()[index[:, k]] for k, axis in enumerate(axes)])


def lhs_rows(axes: Sequence[Axis], method: Lhs, seed: int) -> Array:
    """Return a Latin hypercube: each factor's range is cut into as many parts as there are points, each used once."""
    from scipy.stats import qmc  # lazily: it takes a second to import

    return np.asarray(qmc.LatinHypercube(len(axes), rng=np.random.default_rng(seed)).random(method.samples))


def sobol_rows(axes: Sequence[Axis], method: Sobol, seed: int) -> Array:
    """Return Saltelli's extension of a scrambled Sobol' sequence, as SALib draws it."""
    from SALib.sample import sobol  # lazily: it imports pandas and matplotlib

    return np.asarray(sobol.sample(problem(axes), method.base, calc_second_order=method.second_order, seed=seed))


def morris_rows(axes: Sequence[Axis], method: Morris, seed: int) -> Array:
    """Return the trajectories of Morris's method, as SALib draws them."""
    from SALib.sample import morris  # lazily: it imports pandas and matplotlib

    return np.asarray(morris.sample(problem(axes), method.trajectories, num_levels=method.levels, seed=seed))


def problem(axes: Sequence[Axis]) -> dict[str, Any]:
    """Return the axes as SALib describes factors: all on [0, 1]."""
    return {"num_vars": len(axes), "names": [axis.path for axis in axes], "bounds": [[0.0, 1.0]] * len(axes)}


def _anything(axis: Axis, method: Any) -> str | None:
    """Draws and combinations take numbers, whole numbers and levels alike."""
    return None


def _grid_refusal(axis: Axis, method: Grid) -> str | None:
    """A grid needs values one by one."""
    return None if axis.count else "errors.study.no_steps"


def _morris_refusal(axis: Axis, method: Morris) -> str | None:
    """An elementary effect is a change of the outcome over a step of the factor, and levels have no steps."""
    if axis.levels:
        return "errors.study.no_step"
    if axis.whole and axis.high - axis.low + 1 < method.levels:
        return "errors.study.few_values"
    return None


def _sobol_count(axes: Sequence[Axis], method: Sobol) -> int:
    return method.base * ((2 * len(axes) if method.second_order else len(axes)) + 2)


SAMPLERS.add("grid", Sampler(grid_rows, lambda axes, method: prod(axis.count for axis in axes), _grid_refusal))
SAMPLERS.add("lhs", Sampler(lhs_rows, lambda axes, method: method.samples, _anything))
SAMPLERS.add("sobol", Sampler(sobol_rows, _sobol_count, _anything))
SAMPLERS.add(
    "morris", Sampler(morris_rows, lambda axes, method: method.trajectories * (len(axes) + 1), _morris_refusal)
)
