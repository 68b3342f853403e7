"""Points drawn from the posterior of a calibration: a study that believes what data have said about parameters.

A table has a row for each particle: its ``weight``, and the value of every parameter in a column named by its path.
Parameters of one cohort only (``cohorts.NAME.path``) say nothing of another world, and are left out.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.extends import reference_problem
from ecosim.scenario.layers import Node
from ecosim.scenario.tables import read_data
from ecosim.study.plan.axes import Roots, check_factor, whole_of
from ecosim.study.plan.document import Factor, Posterior
from ecosim.study.plan.recipe import COHORTS
from ecosim.study.plan.space import Axis, Points

FILE, WEIGHT = "posterior.csv", "weight"
PLACE = ("method", "file")


class Particles(NamedTuple):
    """What a posterior holds.

    Parameters
    ----------
    text : str
        The table as it is.
    paths : tuple of str
        Its parameters, those of single cohorts left out.
    left_out : tuple of str
        The parameters of single cohorts.
    weights : list of float
        Of each row.
    rows : list of dict
        Path -> value, of each row.
    """

    text: str
    paths: tuple[str, ...]
    left_out: tuple[str, ...]
    weights: list[float]
    rows: list[dict[str, float | int]]


def read_particles(root: Node, method: Posterior) -> Particles:
    """Return the posterior that the method of a study names.

    Raises
    ------
    InvalidFile
        When it cannot be read, or is no posterior: at the place where the study names it.
    """
    node = root.get(*PLACE)
    assert node is not None  # the shape is checked
    if not node.source.files:
        raise InvalidFile(node.problem("errors.scenario.no_files", value=method.file))
    path = node.source.folder / method.file
    try:
        text = read_data(path / FILE if path.is_dir() else path).decode("utf-8-sig")
    except InvalidFile as error:
        raise InvalidFile(reference_problem(error, node)) from None
    except UnicodeDecodeError:
        raise InvalidFile(node.problem("errors.posterior.no_table", file=method.file)) from None
    return _parsed(text, method.file, node)


def _parsed(text: str, file: str, node: Node) -> Particles:
    """Return the rows of a table of particles."""
    lines = [line for line in csv.reader(text.splitlines()) if line]
    header = lines[0] if lines else []
    if WEIGHT not in header or len(header) < 2 or len(set(header)) < len(header):
        raise InvalidFile(node.problem("errors.posterior.no_table", file=file))
    weights, rows = [], []
    for number, line in enumerate(lines[1:], 2):
        cells = dict(zip(header, map(_number, line), strict=False))
        if len(line) != len(header) or not all(map(math.isfinite, cells.values())) or cells[WEIGHT] < 0:
            raise InvalidFile(node.problem("errors.posterior.row", file=file, row=number))
        weights.append(cells.pop(WEIGHT))
        rows.append({path: whole_of(value) for path, value in cells.items() if not path.startswith(f"{COHORTS}.")})
    left_out = tuple(path for path in header if path.startswith(f"{COHORTS}."))
    paths = tuple(path for path in header if path != WEIGHT and path not in left_out)
    if not sum(weights) > 0 or not paths:
        raise InvalidFile(node.problem("errors.posterior.empty", file=file))
    return Particles(text, paths, left_out, weights, rows)


def _number(cell: str) -> float:
    """Return the number in a cell, NaN where there is none."""
    try:
        return float(cell)
    except ValueError:
        return math.nan


def check_particles(
    root: Node, found: Particles | None, roots: Roots, own: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Yield the columns of a posterior, if there is one, that not every design takes, or not with such values."""
    if found is None:
        return
    for path in found.paths:
        ends = sorted({row[path] for row in found.rows})
        factor = Factor(levels=list(dict.fromkeys((ends[0], ends[-1]))))
        for each in check_factor(root, (*PLACE, path), path, factor, roots, own):
            yield root.problem(each.key, (*PLACE, path), **each.facts)


def left_out(root: Node, found: Particles | None) -> list[Problem]:
    """Return the warning that parameters of single cohorts are left out, where there are some."""
    if found is None or not found.left_out:
        return []
    return [root.problem("warnings.posterior.cohorts", PLACE, value=", ".join(found.left_out))]


def particle_points(found: Particles, method: Posterior, seed: int) -> Points:
    """Return draws of rows with replacement, each as likely as its weight; the same seed draws the same."""
    drawn = _drawn(found.weights, method.samples, seed)
    axes = []
    for path in found.paths:
        values = [row[path] for row in found.rows]
        axes.append(Axis(path, float(min(values)), float(max(values))))
    return Points(tuple(axes), listed=[found.rows[place] for place in drawn])


def _drawn(weights: Sequence[float], count: int, seed: int) -> list[int]:
    """Return the rows in which ``count`` uniform draws lie, rows laid end to end by weight."""
    ends = np.cumsum(np.asarray(weights, float))
    places: Any = np.searchsorted(ends / ends[-1], np.random.default_rng(seed).random(count), side="right")
    return [int(each) for each in np.minimum(places, len(weights) - 1)]
