"""Who knows whom before the first week, by kind of network."""

from __future__ import annotations

from math import ceil, sqrt
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy import stats

from ecosim.model.engine import Engine
from ecosim.model.networks import NETWORKS, pairs_of
from ecosim.scenario.resolve import load

from .worlds import RARE, degree, engine

N = 2000


def network(kind: str, ties: float, people: int = N, replicate: int = 0, **shape: Any) -> Engine:
    """Return an engine in whose first week the network of a kind has just been tied."""
    settings = {
        "context.network": {"kind": kind, **shape},
        "design.ready_ties": ties,
        "context.relation.tie_slots": 4096,
    }
    world = engine(settings, learners=people, weeks=1, replicate=replicate)
    world.open_week()
    return world


def graph(world: Engine) -> nx.Graph[int]:
    """Return the ties as a graph."""
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(degree(world))))
    made.add_edges_from(pairs_of(world.ties)[0].tolist())
    return made


def test_every_kind_is_tested_here() -> None:
    assert set(NETWORKS) == {"random", "none", "small_world", "scale_free", "blocks", "classroom"}


@pytest.mark.parametrize("ties", [3.0, 6.5, 20.0])
@pytest.mark.parametrize("kind", ["random", "small_world", "scale_free", "blocks"])
def test_mean_degree_is_the_lever(kind: str, ties: float) -> None:
    """Each proposes floor(ties / 2 + u), whose mean is exact; doubles and oneself, about 1 + ties / 2 in N, are lost.

    The number of proposals has a variance of at most N / 4. Five standard errors, and the pairs expected to be lost.
    """
    found = degree(network(kind, ties)).mean()
    spread = 5 * 2 * sqrt(N / 4) / N
    size = N / 4 if kind == "blocks" else N
    lost = {"random": 2, "blocks": 2, "small_world": 2, "scale_free": 40}[kind] * ties * (1 + ties) / size
    assert ties - lost - spread < found < ties + spread


def test_none() -> None:
    assert degree(network("none", 0)).sum() == 0


@pytest.mark.parametrize("kind", ["random", "small_world", "scale_free", "blocks"])
def test_whole_halves_of_ties_are_proposed_by_everybody(kind: str) -> None:
    """With an even number of ties there is no luck in how many one proposes: nobody has none."""
    assert degree(network(kind, 8)).min() >= (4 if kind == "small_world" else 1)


def test_random_degrees_are_binomial() -> None:
    """Ties / 2 proposals of one's own, the others' fall on one at random: degree - ties / 2 is nearly Poisson."""
    received = degree(network("random", 8)) - 4
    counts = np.bincount(np.clip(received, 0, 9), minlength=10)[:10]
    right = N * np.append(stats.poisson.pmf(np.arange(9), 4), stats.poisson.sf(8, 4))
    assert stats.chisquare(counts, right).pvalue > RARE


def test_ready_ties_have_the_ready_strength() -> None:
    world = network("random", 6)
    _, weight, ground = pairs_of(world.ties)
    assert (weight == 0.3).all()
    assert (ground == 0.3).all()


def test_small_world_clusters_more_than_random_and_is_nearly_as_small() -> None:
    """Watts & Strogatz 1998."""
    ring, world, chaos = (graph(network("small_world", 8, 600, rewire=rewire)) for rewire in (0.0, 0.1, 1.0))
    assert nx.transitivity(ring) == pytest.approx(0.643, abs=0.001)  # 3(k - 2) / 4(k - 1) for k = 8
    assert nx.transitivity(world) > 5 * nx.transitivity(chaos)
    lengths = [nx.average_shortest_path_length(each) for each in (ring, world, chaos)]
    assert lengths[0] > 5 * lengths[1]
    assert lengths[1] < 2 * lengths[2]
    assert {d for _, d in ring.degree()} == {8}


def test_small_world_is_rewired_as_often_as_asked() -> None:
    for rewire in (0.1, 0.5):
        pairs = pairs_of(network("small_world", 8, rewire=rewire).ties)[0]
        gap = np.abs(pairs[:, 0] - pairs[:, 1])
        far = np.minimum(gap, N - gap) > 4
        assert stats.binomtest(int(far.sum()), len(pairs), rewire * (1 - 8 / N)).pvalue > RARE


def test_scale_free_has_a_heavy_tail() -> None:
    """Barabasi & Albert 1999: the largest degree grows as the root of N, the tail falls with an exponent near 3."""
    hubs, even = degree(network("scale_free", 6, 10_000)), degree(network("random", 6, 10_000))
    assert hubs.max() > 5 * even.max()
    assert even.max() < 30 < hubs.max()
    tail = hubs[hubs >= 12]
    exponent = 1 + tail.size / np.log(tail / 11.5).sum()  # the estimator of Clauset et al. 2009
    assert 2.3 < exponent < 3.7
    assert hubs[:100].mean() > 5 * hubs[-1000:].mean()  # the first to come are the hubs


@pytest.mark.parametrize("within", [0.0, 0.5, 0.8, 1.0])
def test_blocks_keep_their_share_within(within: float) -> None:
    """What is not kept within goes anywhere, a quarter of it back into one's own of four blocks."""
    pairs = pairs_of(network("blocks", 8, blocks=4, within=within).ties)[0]
    inside = (pairs // (N // 4))[:, 0] == (pairs // (N // 4))[:, 1]
    share = within + (1 - within) / 4
    if within == 1.0:
        assert inside.all()
    else:
        assert inside.mean() == pytest.approx(share, abs=5 * 0.5 / sqrt(len(pairs)) + 0.005)


def test_classrooms_are_cliques() -> None:
    world = graph(network("classroom", 4, 103))
    groups = sorted(sorted(group) for group in nx.connected_components(world))
    assert len(groups) == ceil(103 / 5)
    for group in groups:
        assert group == list(range(group[0], group[-1] + 1))
        assert world.subgraph(group).number_of_edges() == len(group) * (len(group) - 1) // 2
    assert [len(group) for group in groups] == [5] * 20 + [3]


@pytest.mark.parametrize("kind", ["random", "small_world", "scale_free", "blocks", "classroom"])
def test_ready_ties_stay_within_a_community(kind: str) -> None:
    parts = {name: {"share": 0.25, "design": {"ready_ties": 4}} for name in "abcd"}
    world = engine({"communities": parts, "context.network": {"kind": kind}}, learners=400, weeks=1)
    world.open_week()
    pairs = pairs_of(world.ties)[0]
    assert (pairs[:, 0] // 100 == pairs[:, 1] // 100).all()
    assert {int(c) for c in pairs[:, 0] // 100} == {0, 1, 2, 3}


def test_each_community_has_its_own_number_of_ties() -> None:
    parts = {"few": {"share": 0.5, "design": {"ready_ties": 2}}, "many": {"share": 0.5, "design": {"ready_ties": 12}}}
    world = engine({"communities": parts}, learners=2000, weeks=1)
    world.open_week()
    assert degree(world)[:1000].mean() == pytest.approx(2, abs=0.1)
    assert degree(world)[1000:].mean() == pytest.approx(12, abs=0.3)


def test_an_edge_list_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "edges.csv").write_text("source,target,weight,ground\n0,3,0.5,0.1\n9,3,0.2,0.9\n4,5,1,0\n")
    (tmp_path / "world.yaml").write_text(
        "ecosim: 1\nkind: scenario\ntitle: edges\nlearners: 10\nweeks: 2\n"
        "context: {network: {kind: edges, file: edges.csv}}\n"
    )
    found = load(tmp_path / "world.yaml")
    world = Engine(found.scenario, 0, found.edges)
    world.open_week()
    pairs, weight, ground = pairs_of(world.ties)
    assert pairs.tolist() == [[0, 3], [3, 9], [4, 5]]
    assert weight.tolist() == [0.5, 0.2, 1.0]
    assert ground.tolist() == [0.1, 0.9, 0.0]


def test_a_tie_waits_for_the_later_of_its_two_ends() -> None:
    late = {"context.arrivals": {"kind": "uniform", "until": 5}, "design.collective_offer": 0}
    world = engine(late, learners=300, weeks=8)
    arrival = world.learners.arrival_week
    everybody = {}
    for week in range(8):
        world.open_week()
        pairs, weight, _ = pairs_of(world.ties)
        starts = arrival[pairs].max(axis=1)
        assert (starts <= week).all()
        assert np.abs(weight - 0.3 * 0.945 ** (week - starts)).max() < 1e-12
        everybody[week] = len(pairs)
        world.step()
    assert everybody[0] < everybody[5] == everybody[7]


def test_more_ready_ties_than_slots_fall_at_the_end_of_the_first_week() -> None:
    crowded = {"design.ready_ties": 20, "context.relation.tie_slots": 8}
    world = engine(crowded, learners=300, weeks=1)
    world.open_week()
    assert degree(world).mean() > 18
    world.step()
    assert degree(world).max() <= 8
    assert degree(world).mean() > 3
