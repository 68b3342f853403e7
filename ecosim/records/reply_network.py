"""The network of who answers whom among learners, against what its degrees alone would give.

It is simple: one directed tie however often she answers, none to herself, none with facilitators, and nobody without a
tie. The configuration model keeps each learner's number of partners and draws partners at random; ties to oneself and
repeated ones are dropped (Newman 2018, chapter 12). It is drawn from keys of its own, the same at every call.
"""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np

from ecosim.records.forum import among_learners
from ecosim.records.types import Array, Replies

SEED = 20  #: of configuration models and of the search for communities
TRANSITIVITY_SAMPLES = 20
MODULARITY_SAMPLES = 10


def ties(replies: Replies) -> Array:
    """Return the distinct directed ties, int of shape (ties, 2): who answers, whom."""
    between = among_learners(replies)
    return np.unique(np.column_stack([replies.sender[between], replies.receiver[between]]), axis=0)


def reciprocity(replies: Replies) -> float:
    """Return the share of directed ties that the other one returns."""
    directed = ties(replies).astype(np.int64)
    if not len(directed):
        return nan
    there, back = directed @ [replies.people, 1], directed @ [1, replies.people]
    return float(np.isin(there, back).mean())


def transitivity(replies: Replies) -> float:
    """Return the share of undirected paths of two ties that a third one closes."""
    return _closed(_partners(replies))


def transitivity_ratio(replies: Replies, samples: int = TRANSITIVITY_SAMPLES) -> float:
    """Return transitivity over its mean in ``samples`` configuration models: 1 where only degrees close triangles."""
    partners = _partners(replies)
    chance = np.array([_closed(_random(_degrees(partners), key)) for key in range(samples)])
    expected = float(chance.mean()) if np.isfinite(chance).all() else nan
    return _closed(partners) / expected if expected > 0.0 else nan


def modularity_excess(replies: Replies, samples: int = MODULARITY_SAMPLES) -> float:
    """Return the modularity of the best communities less its mean in ``samples`` configuration models.

    Communities are Louvain's (Blondel et al. 2008) of the undirected network: they are found in random networks too.
    """
    partners = _partners(replies)
    if not partners.nnz:
        return nan
    chance = [_modularity(_random(_degrees(partners), key)) for key in range(samples)]
    return _modularity(partners) - float(np.mean(chance))


def _symmetric(one: Array, other: Array, people: int) -> Any:
    """Return the simple undirected network of pairs as a sparse matrix of 0 and 1."""
    from scipy import sparse  # lazily: it takes a quarter of a second to import

    kept = one != other
    rows, columns = np.concatenate([one[kept], other[kept]]), np.concatenate([other[kept], one[kept]])
    made = sparse.csr_matrix((np.ones(rows.size), (rows, columns)), shape=(people, people))
    made.data[:] = 1.0
    return made


def _partners(replies: Replies) -> Any:
    """Return the undirected network of who has a tie."""
    directed = ties(replies)
    who, place = np.unique(directed, return_inverse=True)
    one, other = place.reshape(-1, 2).T
    return _symmetric(one, other, who.size)


def _degrees(partners: Any) -> Array:
    """Return how many partners learners have, from the most: the same whoever is counted first."""
    return np.sort(np.diff(partners.indptr))[::-1]


def _random(degrees: Array, key: int) -> Any:
    """Return a network in which each has about her number of partners, but whom, chance decides."""
    ends = np.random.default_rng([SEED, key]).permutation(np.repeat(np.arange(degrees.size), degrees))
    return _symmetric(ends[0::2], ends[1::2], degrees.size)


def _closed(partners: Any) -> float:
    """Return trace(A^3) / sum_i k_i (k_i - 1)."""
    degree = np.diff(partners.indptr).astype(float)
    paths = float(degree @ (degree - 1.0))
    return float((partners @ partners).multiply(partners).sum() / paths) if paths else nan


def _modularity(partners: Any) -> float:
    """Return Newman's modularity of the communities that Louvain's search finds."""
    import networkx as nx  # lazily: it takes a third of a second to import

    network = nx.from_scipy_sparse_array(partners)
    if not network.number_of_edges():
        return 0.0
    found = nx.community.louvain_communities(network, seed=SEED)
    return float(nx.community.modularity(network, found))
