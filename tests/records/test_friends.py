"""Nominations: two waves by hand, a naive recount, friendships that mutuality keeps, and groups of nobody."""

from __future__ import annotations

from itertools import pairwise
from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from ecosim.records.friends import Signs, reciprocity, signs, tie_persistence, transitions
from ecosim.records.types import Waves

from .made import WAVES, share_or_none, shuffled

RNG = np.random.default_rng(23)


def waves(people: int, *named: set[tuple[int, int]]) -> Waves:
    """Return waves of who names whom."""
    made = np.zeros((len(named), people, people), bool)
    for wave, pairs in enumerate(named):
        for one, other in pairs:
            made[wave, one, other] = True
    return Waves(made)


def test_two_waves_by_hand() -> None:
    made = waves(4, {(0, 1), (1, 0), (1, 2), (3, 3)}, {(0, 1), (1, 0), (0, 2), (2, 1)})
    (found,) = transitions(made)
    assert found.persistence == pytest.approx(2 / 3)
    assert (found.persistence_mutual, found.persistence_asymmetric) == (1.0, 0.0)
    assert found.creation_shared == pytest.approx(1 / 2)  # 0 and 2 share 1: 0 names 2, not the reverse
    assert found.creation_unshared == pytest.approx(1 / 7)  # 2 names 1; six others with 3 do not
    assert (found.creation_incoming, found.creation_unnamed) == (1.0, pytest.approx(1 / 8))
    assert signs(made) == [Signs(True, True, True)]
    assert reciprocity(made) == pytest.approx([2 / 3, 1 / 2])


@given(WAVES)
def test_transitions_are_what_counting_pairs_gives(record: Waves) -> None:
    people = range(record.ties.shape[1])
    for (now, after), found in zip(pairwise(record.ties), transitions(record), strict=True):
        cases: dict[str, list[Any]] = {name: [] for name in found._fields}
        for i in people:
            for j in set(people) - {i}:
                shared = any(
                    (now[i, k] or now[k, i]) and (now[j, k] or now[k, j]) for k in set(people) - {i, j}
                )  # fmt: skip
                if now[i, j]:
                    cases["persistence"].append(after[i, j])
                    cases["persistence_mutual" if now[j, i] else "persistence_asymmetric"].append(after[i, j])
                else:
                    cases["creation_shared" if shared else "creation_unshared"].append(after[i, j])
                    cases["creation_incoming" if now[j, i] else "creation_unnamed"].append(after[i, j])
        expected = [sum(each) / len(each) if each else nan for each in cases.values()]
        assert list(found) == pytest.approx(expected, nan_ok=True)


@given(WAVES)
def test_the_order_of_persons_does_not_matter(record: Waves) -> None:
    order = shuffled(record.ties.shape[1])
    moved = Waves(record.ties[:, order][:, :, order])
    assert tie_persistence(moved) == pytest.approx(tie_persistence(record), nan_ok=True)
    assert signs(moved) == signs(record)
    assert all(share_or_none(each) for transition in transitions(moved) for each in transition)


def test_nominations_that_the_next_wave_forgets_have_no_sign_in_common() -> None:
    made = Waves(RNG.random((60, 30, 30)) < 0.1)
    lasts = np.array(signs(made)).mean(axis=0)
    assert lasts == pytest.approx(0.5, abs=0.3)
    assert tie_persistence(made).mean() == pytest.approx(0.1, abs=0.02)


def test_one_wave_and_nobody_tell_nothing() -> None:
    assert transitions(waves(3, {(0, 1)})) == []
    (found,) = transitions(waves(0, set(), set()))
    assert all(map(isnan, found))
    assert signs(waves(3, set(), set())) == [Signs(False, False, False)]
