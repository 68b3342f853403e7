"""Results as plain tables: one row a week, one row a learner, and the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ecosim.model.metrics import METRICS
from ecosim.model.metrics.groups import apprenance_of, skill_of
from ecosim.model.networks import pairs_of
from ecosim.model.state import FIELDS, Array

if TYPE_CHECKING:
    import networkx
    import pandas

FIRST = ("interest", "arrival_week", "enrolled", "left_week", "tenure", "initial_skill", "skill", "skill_gain")
ON_NODES = (
    "community", "profile", "interest", "arrival_week", "enrolled", "skill", "autonomy", "efficacy",
    "autonomous_motive", "persistence", "external_drive", "need_relatedness", "weeks_active", "contributions",
)  # fmt: skip
"""Columns of the table of learners that the nodes of the network carry."""


def weekly_table(eco: Any) -> dict[str, Array]:
    """Return ``week`` and every weekly metric that costs little, each of shape (weeks lived,)."""
    table = {"week": np.arange(eco.week)}
    for name in METRICS:
        metric = METRICS[name]
        if metric.costly or metric.counterfactual or metric.is_weekly is False:
            continue
        series = metric.weekly(eco)
        if series is not None:
            table[name] = series
    return table


def learners_table(eco: Any, names: Sequence[str] | None = None) -> dict[str, Array]:
    """Return one row a learner, in the order of their numbers.

    ``number``; ``name``, where a file of ties named the learners; names of ``community`` and ``profile`` (empty without
    profiles); every scalar of the state, as it is; ``initial_skill``, ``skill`` and ``skill_gain`` on the learner's own
    interest; ``apprenance``, the number of ``instruments``, of ``ties``, and their summed ``tie_strength``. -1 stands
    for never (weeks), nobody, nothing.
    """
    people = eco.learners
    profiles = np.array(list(eco.scenario.context.profiles) or [""])
    skill = skill_of(people)
    derived = {"skill": skill, "skill_gain": skill - people.initial_skill}
    placed = {"community", "profile", *FIRST}
    scalars = [name for name, field in FIELDS.items() if not field.over and name not in placed]
    table = {
        "number": np.arange(people.latent.size),
        **_named(names),
        "community": np.array(list(eco.community_names))[people.community],
        "profile": profiles[people.profile],
    }
    table |= {name: derived[name] if name in derived else getattr(people, name).copy() for name in FIRST}
    table |= {name: getattr(people, name).copy() for name in scalars}
    table["apprenance"] = apprenance_of(people)
    table["instruments"] = np.count_nonzero(people.mastery > eco.p.observation.instrument_level, axis=0)
    table["ties"] = np.diff(eco.ties.first)
    table["tie_strength"] = strength_of(eco)
    return table


def on_nodes(table: Mapping[str, Array]) -> dict[str, Array]:
    """Return the columns of the table of learners that the nodes of the network carry."""
    return {name: table[name] for name in ("name", *ON_NODES) if name in table}


def _named(names: Sequence[str] | None) -> dict[str, Array]:
    """Return the column ``name``, where there are names."""
    return {} if names is None else {"name": np.array(names)}


def strength_of(eco: Any) -> Array:
    """Return the summed strength of everybody's ties."""
    degree = np.diff(eco.ties.first)
    owner = np.repeat(np.arange(degree.size), degree)
    return np.bincount(owner, eco.ties.weight[: owner.size], minlength=degree.size)


def frame(table: dict[str, Array], index: str) -> pandas.DataFrame:
    """Return ``table`` as a DataFrame over its column ``index``."""
    import pandas  # lazily: who writes CSV does not wait for it

    return pandas.DataFrame(table).set_index(index)


def network(eco: Any, names: Sequence[str] | None = None) -> networkx.Graph[int]:
    """Return the ties as a graph: all learners with what ``ON_NODES`` names, ties with ``weight`` and ``ground``."""
    import networkx  # lazily: only who asks for it waits for it

    columns = {name: column.tolist() for name, column in on_nodes(learners_table(eco, names)).items()}
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(
        (i, dict(zip(columns, row, strict=True))) for i, row in enumerate(zip(*columns.values(), strict=True))
    )
    pairs, weight, ground = (each.tolist() for each in pairs_of(eco.ties))
    graph.add_edges_from((i, j, {"weight": w, "ground": g}) for (i, j), w, g in zip(pairs, weight, ground, strict=True))
    return graph
