"""Every event has the effect that it promises, and no other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.model.engine import Engine
from ecosim.model.events import exchange
from ecosim.model.networks import pairs_of
from ecosim.model.state import FIELDS
from ecosim.scenario.ablations import ABLATIONS

from .worlds import NOTHING_TO_DO, Settings, degree, engine, fingerprint, lived, probable

LIVELY: Settings = {
    "learners": 120,
    "weeks": 12,
    "context.profiles": {"new": {"share": 0.5, "autonomy": {"mean": 0.3}}, "old": {"share": 0.5}},
    "communities": {
        "one": {
            "share": 0.5,
            "design": {"signifier_collective": 0.4, "incentive": 0.4, "deadlines": [3, 7], "demand": 0.9},
        },
        "two": {
            "share": 0.5,
            "design": {"signifier_collective": 0.4, "openness": 0.8, "message_capacity": 2, "hazard": 0.1},
        },
    },
}
"""A world in which every mechanism has something to do: rewards, demands, load, deadlines, departures."""


def with_event(*events: dict[str, Any], **top: Any) -> Engine:
    """Return the lively world after some events."""
    return lived(LIVELY, events=list(events), **top)


def at_week(week: int, *events: dict[str, Any], **settings: Any) -> Engine:
    """Return the lively world with events, when the schedule of ``week`` has just acted."""
    world = engine(LIVELY, settings, events=list(events))
    while world.week < week:
        world.step()
    world.open_week()
    return world


EFFECTIVE: dict[str, dict[str, Any]] = {
    "withdraw": {"do": "withdraw", "levers": ["incentive"]},
    "shock": {"do": "shock", "weeks": 2, "share": 0.5},
    "rotate": {"do": "rotate", "every": 2},
    "shuffle": {"do": "shuffle"},
    "alone": {"do": "alone"},
    "swap": {"do": "swap", "share": 0.3},
    "seed_experts": {"do": "seed_experts", "artefact": 4, "share": 0.2},
}


@pytest.mark.parametrize("kind", EFFECTIVE)
def test_nothing_changes_before_and_everything_may_after(kind: str) -> None:
    plain, struck = engine(LIVELY), engine(LIVELY, events=[{"week": 5, **EFFECTIVE[kind]}])
    for _ in range(5):
        plain.step(), struck.step()
    assert fingerprint(plain) == fingerprint(struck)
    assert plain.run().digest() != struck.run().digest()


@pytest.mark.parametrize("kind", EFFECTIVE)
def test_after_the_end_nothing_happens(kind: str) -> None:
    assert with_event({"week": 12, **EFFECTIVE[kind]}).digest() == lived(LIVELY).digest()


# ablate --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", sorted(ABLATIONS))
def test_every_ablation_matters(mechanism: str) -> None:
    """In the lively world there is something for each mechanism to do, so that none can be missing unnoticed."""
    assert with_event({"week": 1, "do": "ablate", "mechanism": mechanism}).digest() != lived(LIVELY).digest()


@pytest.mark.parametrize("mechanism", sorted(set(ABLATIONS) - {"flow_persistence"}))
def test_an_ablation_is_its_neutral_parameters(mechanism: str) -> None:
    ablated = with_event({"week": 0, "do": "ablate", "mechanism": mechanism})
    assert ablated.digest() == lived(LIVELY, ABLATIONS[mechanism].neutral).digest()


def test_without_flow_in_persistence_all_fade_as_if_idle() -> None:
    world = engine(LIVELY, events=[{"week": 0, "do": "ablate", "mechanism": "flow_persistence"}], weeks=1)
    start = world.learners.persistence.copy()
    world.step()
    assert world.count > 10
    assert np.abs(world.learners.persistence - 0.985 * start).max() < 1e-15


# withdraw ------------------------------------------------------------------------------------------------------------


def test_a_withdrawal_is_a_lever_that_steps_down() -> None:
    base = {"learners": 100, "weeks": 12}
    gone = lived(base, events=[{"week": 6, "do": "withdraw", "levers": ["facilitation", "openness"], "to": 0.1}])
    stepped = {name: [[0, value], [5, value], [6, 0.1]] for name, value in (("facilitation", 0.4), ("openness", 0.3))}
    assert gone.digest() == lived(base, {f"design.{name}": knots for name, knots in stepped.items()}).digest()


def test_the_later_withdrawal_holds_in_whatever_order_they_stand() -> None:
    early = {"week": 3, "do": "withdraw", "levers": ["facilitation"], "to": 0.2}
    late = {"week": 6, "do": "withdraw", "levers": ["facilitation"], "to": 0.0}
    one, other = engine(LIVELY, events=[early, late]), engine(LIVELY, events=[late, early])
    for world in (one, other):
        assert world.levers.facilitation[:, 0].tolist() == [0.4] * 3 + [0.2] * 3 + [0.0] * 6


# shock ---------------------------------------------------------------------------------------------------------------


def test_a_shock_strikes_a_share_of_the_same_persons_while_it_lasts() -> None:
    world = engine(LIVELY, learners=2000, weeks=6, events=[{"week": 2, "do": "shock", "weeks": 3, "share": 0.3}])
    struck = []
    for _ in range(6):
        world.open_week()
        struck.append(world.now.shocked.copy())
        world.step()
    assert not (struck[0].any() or struck[1].any() or struck[5].any())
    assert (struck[2] == struck[3]).all()
    assert (struck[3] == struck[4]).all()
    assert probable(int(struck[2].sum()), 2000, 0.3)


def test_a_shock_raises_activity_of_the_struck_only() -> None:
    shocked = engine(learners=4000, weeks=4, events=[{"week": 2, "do": "shock", "weeks": 1, "share": 0.5}])
    plain = engine(learners=4000, weeks=4)
    for _ in range(3):
        plain.step(), shocked.step()
    struck = shocked.now.shocked > 0
    for chosen, more in ((struck, True), (~struck, False)):
        usual, now = (int((world.learners.used[chosen] >= 0).sum()) for world in (plain, shocked))
        assert now > 1.3 * usual if more else now == usual


# rotate, shuffle -----------------------------------------------------------------------------------------------------


def exchanged(event: dict[str, Any], week: int = 6) -> tuple[Any, Any, Engine]:
    """Return pairs, strength and ground in ``week`` before and after an exchange, and the world."""
    world = engine(LIVELY, events=[event])
    while world.week < week:
        world.step()
    before = pairs_of(world.ties)
    after = pairs_of(exchange(world.ties, world.scenario, week, world.replicate))
    return before, after, world


def degrees_of(pairs: Any) -> list[int]:
    """Return how many ties each learner has."""
    return np.bincount(pairs.ravel(), minlength=120).tolist()


def strengths_of(ties: Any) -> Any:
    """Return the summed strength of each learner's ties."""
    pairs, weight, _ = ties
    return sum(np.bincount(pairs[:, end], weight, minlength=120) for end in (0, 1))


@pytest.mark.parametrize("kind", ["rotate", "shuffle"])
def test_an_exchange_keeps_degrees_and_strengths_and_changes_partners(kind: str) -> None:
    """In so small and dense a world many exchanges would double a tie and are left out; see the next test."""
    before, after, _ = exchanged({"week": 6, "do": kind})
    assert degrees_of(before[0]) == degrees_of(after[0])
    assert sorted(before[1]) == sorted(after[1])
    kept = {tuple(pair) for pair in before[0].tolist()} & {tuple(pair) for pair in after[0].tolist()}
    assert len(kept) < 0.5 * len(before[0])
    assert (after[0][:, 0] < after[0][:, 1]).all()
    assert len(np.unique(after[0], axis=0)) == len(after[0])


@pytest.mark.parametrize("kind", ["rotate", "shuffle"])
def test_an_exchange_changes_nearly_all_partners_where_ties_are_sparse(kind: str) -> None:
    world = engine(learners=3000, weeks=2, events=[{"week": 0, "do": kind}])
    ready = engine(learners=3000, weeks=2)
    ready.open_week(), world.open_week()
    before, after = ({tuple(pair) for pair in pairs_of(each.ties)[0].tolist()} for each in (ready, world))
    assert len(before) == len(after) > 8000
    assert len(before & after) < 0.02 * len(before)


def test_a_rotation_takes_the_ground_unless_it_is_kept() -> None:
    before, lost, _ = exchanged({"week": 6, "do": "rotate"})
    kept = exchanged({"week": 6, "do": "rotate", "keep_ground": True})[1]
    old = {tuple(pair) for pair in before[0].tolist()}
    new = np.array([tuple(pair) not in old for pair in lost[0].tolist()])
    assert not lost[2][new].any()
    assert lost[2][~new].any()
    assert sorted(kept[2]) == sorted(before[2])
    assert (kept[0] == lost[0]).all()


def test_a_rotation_exchanges_ties_of_like_strength_a_shuffle_any() -> None:
    """A person's summed strength changes much less by a rotation than by a shuffle of as many partners."""
    moved = {}
    for kind in ("rotate", "shuffle"):
        before, after, _ = exchanged({"week": 6, "do": kind})
        moved[kind] = np.abs(strengths_of(after) - strengths_of(before)).mean()
    assert moved["rotate"] < 0.5 * moved["shuffle"]


def test_a_rotation_comes_every_so_many_weeks() -> None:
    world = engine(NOTHING_TO_DO, learners=60, weeks=9, events=[{"week": 2, "do": "rotate", "every": 3}])
    changed = []
    while world.running:
        before = pairs_of(world.ties)[0] if world.week else None
        world.open_week()
        changed.append(before is not None and not np.array_equal(before, pairs_of(world.ties)[0]))
        world.step()
    assert [week for week, yes in enumerate(changed) if yes] == [2, 5, 8]


# alone ---------------------------------------------------------------------------------------------------------------


def test_alone_there_are_no_ties_and_none_form_but_people_meet() -> None:
    world = engine(LIVELY, events=[{"week": 4, "do": "alone"}])
    met = 0
    while world.running:
        world.step()
        assert bool(world.half_ties) == (world.week <= 4)
        met += int(world.log.calls[world.week - 1]) if world.week > 4 else 0
    assert met > 0


def test_alone_from_the_start_is_not_the_same_as_without_ready_ties() -> None:
    """With ``ready_ties`` 0 ties still form."""
    alone = with_event({"week": 0, "do": "alone"})
    assert degree(alone).sum() == 0
    bare = {f"communities.{name}.design.ready_ties": 0 for name in ("one", "two")}
    assert degree(lived(LIVELY, bare)).sum() > 0


# swap ----------------------------------------------------------------------------------------------------------------


def test_a_swap_exchanges_persons_and_nothing_else_of_them() -> None:
    plain, swapped = at_week(3), at_week(3, {"week": 3, "do": "swap", "share": 0.4})
    moved = plain.learners.community != swapped.learners.community
    assert 10 < moved.sum() < 90
    assert moved[:60].sum() == moved[60:].sum()
    for name in FIELDS:
        if name != "community":
            assert (getattr(plain.learners, name) == getattr(swapped.learners, name)).all(), name
    assert (pairs_of(plain.ties)[0] == pairs_of(swapped.ties)[0]).all()


def test_a_full_swap_of_equal_communities_exchanges_everybody() -> None:
    world = at_week(2, {"week": 2, "do": "swap", "share": 1.0})
    assert (world.learners.community == np.repeat([1, 0], 60)).all()


def test_a_swap_goes_round_three_communities() -> None:
    parts = {name: {"share": share} for name, share in (("a", 0.5), ("b", 0.25), ("c", 0.25))}
    world = engine({"communities": parts}, learners=200, weeks=3, events=[{"week": 1, "do": "swap", "share": 1.0}])
    world.step()
    world.open_week()
    home, now = np.repeat([0, 1, 2], [100, 50, 50]), world.learners.community
    assert np.bincount(now).tolist() == [100, 50, 50]
    assert (now[100:] == (home[100:] + 1) % 3).all()
    assert sorted(now[:100]) == [0] * 50 + [1] * 50


# seed experts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["random", "central"])
def test_experts_are_seeded(place: str) -> None:
    event = {"week": 4, "do": "seed_experts", "artefact": 6, "share": 0.1, "place": place}
    plain, seeded = at_week(4), at_week(4, event)
    experts = seeded.learners.mastery[6] == 1.0
    there = plain.learners.enrolled
    assert experts.sum() == int(0.1 * there.sum() + 0.5)
    assert there[experts].all()
    rows = np.arange(12) != 6
    assert (plain.learners.mastery[rows] == seeded.learners.mastery[rows]).all()
    strength = strengths_of(pairs_of(plain.ties))
    if place == "central":
        assert strength[experts].min() >= strength[there & ~experts].max()
    else:
        assert strength[experts].min() < np.median(strength[there])


def test_an_artefact_is_named_or_numbered() -> None:
    named, numbered = (
        with_event({"week": 2, "do": "seed_experts", "artefact": artefact, "share": 0.3})
        for artefact in ("collective 2", 4)
    )
    assert named.artefact_names[4] == "collective 2"
    assert named.digest() == numbered.digest()


def test_listed_artefacts_are_numbered_solo_ones_first() -> None:
    listed = [{"name": "forum", "collective": True}, {"name": "book", "collective": False, "offer": 0.9}]
    world = at_week(1, {"week": 1, "do": "seed_experts", "artefact": "forum", "share": 1.0}, artefacts=listed)
    assert world.artefact_names == ["book", "forum"]
    assert (world.artefacts.offer[0] == 0.9).all()
    assert (world.learners.mastery[1][world.learners.enrolled] == 1.0).all()


def test_a_mark_is_only_seen_on_figures() -> None:
    assert with_event({"week": 3, "label": "somebody came"}).digest() == lived(LIVELY).digest()


def test_several_events_in_one_week_all_happen() -> None:
    both = at_week(3, {"week": 3, "do": "swap", "share": 1.0}, {"week": 3, "do": "alone"})
    assert both.half_ties == 0
    assert (both.learners.community == np.repeat([1, 0], 60)).all()
