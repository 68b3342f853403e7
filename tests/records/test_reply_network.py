"""Who answers whom: small networks by hand, networkx, and networks that chance or groups made."""

from __future__ import annotations

from math import isnan
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from ecosim.records.reply_network import modularity_excess, reciprocity, ties, transitivity, transitivity_ratio
from ecosim.records.types import Replies

from .made import forums, share_or_none, shuffled

RNG = np.random.default_rng(19)


def network(pairs: Any, people: int) -> Replies:
    """Return a forum in which each pair stands for an answer."""
    sender, receiver = np.array(pairs, int).reshape(-1, 2).T
    return Replies(sender, receiver, np.zeros(sender.size, int), people, 1)


def grouped(within: float, between: float) -> Replies:
    """Return a network of 6 groups of 25, with a tie by chance within and between them."""
    group = np.arange(150) // 25
    chance = np.where(group[:, None] == group, within, between)
    return network(np.argwhere(RNG.random((150, 150)) < chance), 150)


def test_a_network_by_hand() -> None:
    made = network([(0, 1), (1, 0), (0, 1), (1, 2), (2, 0), (2, 3), (3, 3), (4, -1), (-2, 0), (0, -2)], 6)
    assert ties(made).tolist() == [[0, 1], [1, 0], [1, 2], [2, 0], [2, 3]]
    assert reciprocity(made) == pytest.approx(2 / 5)
    assert transitivity(made) == pytest.approx(3 / 5)  # a triangle, and two paths more through 2


@given(forums())
def test_reciprocity_and_transitivity_are_those_of_networkx(replies: Replies) -> None:
    directed = nx.DiGraph(ties(replies).tolist())
    assert share_or_none(reciprocity(replies)) and share_or_none(transitivity(replies))
    if not directed.number_of_edges():
        assert isnan(reciprocity(replies)) and isnan(modularity_excess(replies))
        return
    assert reciprocity(replies) == pytest.approx(nx.reciprocity(directed))
    if not isnan(transitivity(replies)):
        assert transitivity(replies) == pytest.approx(nx.transitivity(directed.to_undirected()))


@given(forums())
def test_neither_numbers_of_learners_nor_repeated_answers_matter(replies: Replies) -> None:
    number = np.append(shuffled(replies.people), [-2, -1])  # the last two places are those of -2 and -1
    sender, receiver = number[replies.sender], number[replies.receiver]
    twice = Replies(np.tile(sender, 2), np.tile(receiver, 2), np.tile(replies.week, 2), replies.people, replies.weeks)
    for measure in (reciprocity, transitivity, transitivity_ratio):
        assert measure(twice) == pytest.approx(measure(replies), nan_ok=True)


def test_the_same_record_gives_the_same_answer() -> None:
    made = grouped(0.15, 0.02)
    assert transitivity_ratio(made) == transitivity_ratio(made)
    assert modularity_excess(made) == modularity_excess(made)


def test_partners_by_chance_exceed_nothing() -> None:
    made = grouped(0.04, 0.04)
    assert reciprocity(made) == pytest.approx(0.04, abs=0.02)
    assert transitivity_ratio(made) == pytest.approx(1.0, abs=0.15)
    assert modularity_excess(made) == pytest.approx(0.0, abs=0.02)


def test_groups_exceed_what_degrees_alone_would_give() -> None:
    made = grouped(0.15, 0.01)
    assert transitivity_ratio(made) > 1.5
    assert modularity_excess(made) > 0.1


def test_ties_without_a_path_close_nothing() -> None:
    pair = network([(0, 1)], 2)
    assert reciprocity(pair) == 0.0
    assert isnan(transitivity(pair)) and isnan(transitivity_ratio(pair))
    assert modularity_excess(pair) == pytest.approx(0.0)
