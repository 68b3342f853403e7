"""Luck is keyed: the same for the same, and nobody's luck is anybody else's business."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.model.networks import pairs_of
from ecosim.model.state import FIELDS

from .worlds import Settings, engine, lived

SMALL: Settings = {"learners": 60, "weeks": 8}
TRAITS = [name for name, field in FIELDS.items() if field.writer == "begin" and name != "profile"]
AT_START = [*TRAITS, "skill", "autonomy", "efficacy", "autonomous_motive", "persistence", "need_relatedness"]


def test_same_seed_same_bits() -> None:
    assert lived(SMALL).digest() == lived(SMALL).digest()


def test_another_seed_or_replicate_is_another_world() -> None:
    digests = {lived(SMALL, seed=seed, replicate=replicate).digest() for seed in (1, 2) for replicate in (0, 1)}
    assert len(digests) == 4


def test_seed_and_replicate_are_not_exchangeable() -> None:
    assert lived(SMALL, seed=1, replicate=2).digest() != lived(SMALL, seed=2, replicate=1).digest()


@pytest.mark.parametrize("more", [61, 100, 500])
def test_another_learner_leaves_everybody_as_she_is(more: int) -> None:
    few, many = engine(learners=60, weeks=1).learners, engine(learners=more, weeks=1).learners
    for name in AT_START:
        assert (getattr(many, name)[..., :60] == getattr(few, name)).all(), name


def test_alone_with_resources_one_lives_the_same_life_in_any_company() -> None:
    """Without ties, collective artefacts and enrichment by use, learner i's whole course does not depend on N.

    That the engine visits learners in some order, in blocks or side by side, cannot matter then; where they do meet,
    the twin's test that shuffles its agents holds for both.
    """
    solitary = {
        "artefacts": {"solo": 3, "collective": 0},
        "design.ready_ties": 0,
        "context.affordance.instrumentalisation": 0,
        "weeks": 12,
    }
    few, many = lived(solitary, learners=50).learners, lived(solitary, learners=333).learners
    for name in FIELDS:
        assert getattr(many, name)[..., :50].tobytes() == getattr(few, name).tobytes(), name
    assert few.weeks_active.sum() > 50


def test_mood_is_luck_alone() -> None:
    """The same learner under another design meets the same luck: what luck alone moves is the same, bit for bit."""
    here = lived(SMALL)
    there = lived(SMALL, {"design.choice": 0.1, "design.facilitation": 0.9, "design.hazard": 0.2})
    assert (here.learners.mood == there.learners.mood).all()
    assert here.digest() != there.digest()


@pytest.mark.parametrize(
    "event",
    [
        {"week": 2, "label": "a mark"},
        {"week": 2, "do": "shock", "weeks": 2, "share": 0.0},
        {"week": 2, "do": "seed_experts", "artefact": 4, "share": 0.0},
        {"week": 2, "do": "swap", "share": 0.0},
    ],
    ids=["mark", "shock", "experts", "swap"],
)
def test_a_decision_more_leaves_all_other_draws(event: dict[str, Any]) -> None:
    """An event that draws for everybody but strikes nobody changes no bit."""
    parts = {"communities": {"a": {"share": 0.5}, "b": {"share": 0.5}}}
    assert lived(SMALL, parts, events=[event]).digest() == lived(SMALL, parts).digest()


def test_a_mechanism_more_leaves_all_other_draws() -> None:
    """Mobility draws for everybody every week; where there is nowhere to go the world stays as it is."""
    assert lived(SMALL, {"context.migration.mobility": 1}).digest() == lived(SMALL).digest()


def test_profiles_that_say_nothing_change_nothing_but_the_profile() -> None:
    plain, split = lived(SMALL), lived(SMALL, {"context.profiles": {"a": {"share": 0.4}, "b": {"share": 0.6}}})
    for name in FIELDS:
        if name != "profile":
            assert (getattr(plain.learners, name) == getattr(split.learners, name)).all(), name
    assert set(split.learners.profile) == {0, 1}


def test_more_ready_ties_keep_the_first_ones() -> None:
    """Proposals are keyed by slot: whom somebody proposes to among few she also proposes to among more."""
    few = pairs_of(lived(learners=200, weeks=1, **{"design.ready_ties": 4, "design.collective_offer": 0}).ties)[0]
    many = pairs_of(lived(learners=200, weeks=1, **{"design.ready_ties": 10, "design.collective_offer": 0}).ties)[0]
    assert {tuple(pair) for pair in few.tolist()} < {tuple(pair) for pair in many.tolist()}


def test_an_artefact_more_keeps_its_own_luck() -> None:
    """Noise is keyed by artefact: adding a collective one leaves the solo ones' places among themselves."""
    few, more = engine(learners=20, weeks=1), engine(learners=20, weeks=1, artefacts={"solo": 3, "collective": 10})
    for name in ("offer_factor", "signifier_factor", "autonomy_offset"):
        assert (getattr(few.artefacts, name)[:3] == getattr(more.artefacts, name)[:3]).all()


def test_a_community_is_the_same_beside_another_one_at_the_start() -> None:
    parts = {"communities": {"a": {"share": 0.5}, "b": {"share": 0.5, "design": {"choice": 0.1}}}}
    whole, split = engine(SMALL), engine(SMALL, parts)
    for name in AT_START:
        assert (getattr(whole.learners, name) == getattr(split.learners, name)).all(), name
    assert (split.learners.community == np.repeat([0, 1], 30)).all()
