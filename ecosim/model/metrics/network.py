"""The shape of the whole network of ties at the end."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric, ratio
from ecosim.model.networks import pairs_of


@metric(
    "assortativity_skill", label="likeness of tied learners in skill", unit="1", over="ties", run="value",
    formula="correlation of the skills on their interests of the two ends of a tie", source="Newman 2003",
    meaning="Above 0, ties join people of like skill; below 0, of unlike skill.",
)  # fmt: skip
def assortativity_skill(eco: Any) -> float:
    """Return the correlation over all ties, each taken in both directions."""
    pairs, _, _ = pairs_of(eco.ties)
    skill = eco.learners.skill[eco.learners.interest, np.arange(eco.scenario.learners)]
    ends = skill[pairs]
    away = ends - ends.mean() if ends.size else ends
    return ratio(float(2.0 * (away[:, 0] * away[:, 1]).sum()), float((away * away).sum()))


@metric(
    "clustering", label="clustering", unit="share", over="pairs of ties of one learner", run="value", costly=True,
    formula="3 triangles / connected triples", source="Watts & Strogatz 1998; Newman 2003",
    meaning="How often two who are tied to the same person are tied to one another.",
)  # fmt: skip
def clustering(eco: Any) -> float:
    """Return the transitivity of the network, NaN when nobody has two ties."""
    import networkx  # lazily: only who asks for it waits for it

    degree = np.diff(eco.ties.first)
    if not (degree > 1).any():
        return float("nan")
    return float(networkx.transitivity(networkx.Graph(pairs_of(eco.ties)[0].tolist())))


@metric(
    "modularity", label="modularity", unit="1", over="ties", run="value", costly=True,
    formula="Q of the partition that the Louvain method finds, ties weighted by strength", source="Blondel et al. 2008",
    meaning="Near 0 the network is one piece, near 1 it falls into cliques that hardly know one another.",
)  # fmt: skip
def modularity(eco: Any) -> float:
    """Return the modularity of the network, NaN without ties; always the same for the same network."""
    import networkx  # lazily: only who asks for it waits for it

    pairs, weight, _ = pairs_of(eco.ties)
    if not len(pairs):
        return float("nan")
    graph = networkx.Graph()
    graph.add_weighted_edges_from((int(i), int(j), float(w)) for (i, j), w in zip(pairs, weight, strict=True))
    parts = networkx.community.louvain_communities(graph, seed=0)
    return float(networkx.community.modularity(graph, parts))
