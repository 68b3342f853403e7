"""The seam for people: what they decide happens, what is impossible is refused, and everybody else lives as before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosim.errors import UsageError
from ecosim.model.engine import Engine

from .worlds import EVERYBODY_ACTS, Settings, engine, fingerprint, lived

SMALL: Settings = {"learners": 60, "weeks": 8, "design.signifier_collective": 0.5}


def someone(world: Engine, acting: bool) -> int:
    """Return the first learner with options who, left to herself, acts this week or does not."""
    other = engine(SMALL)
    while other.week <= world.week:
        other.step()
    return next(i for i in range(60) if bool(other.learners.used[i] >= 0) == acting and world.options(i))


def act_of(world: Engine, learner: int) -> int:
    """Return the row of a learner's act in the week just lived, -1 without one."""
    return int(world.now.act_of[learner])


def test_no_choices_are_no_choices() -> None:
    worlds = [engine(SMALL) for _ in range(3)]
    for _ in range(8):
        worlds[0].step()
        worlds[1].step({})
        worlds[2].open_week()
        for learner in range(60):
            worlds[2].options(learner)  # asking changes nothing
        worlds[2].step(None)
    assert len({world.digest() for world in worlds}) == 1


def test_a_choice_that_says_nothing_is_none() -> None:
    asked, plain = engine(SMALL), engine(SMALL)
    asked.step({7: {}})
    plain.step()
    assert fingerprint(asked) == fingerprint(plain)


def test_who_decides_to_be_idle_is_idle() -> None:
    world = engine(SMALL)
    learner = someone(world, acting=True)
    world.step({learner: {"artefact": None}})
    assert world.learners.used[learner] == -1
    assert world.learners.weeks_active[learner] == 0
    assert act_of(world, learner) == -1
    assert world.learners.enrolled[learner] or world.learners.left_week[learner] == 0  # idle is not gone by itself


def test_who_decides_to_act_acts_on_what_she_named_with_the_effort_she_named() -> None:
    world = engine(SMALL)
    learner = someone(world, acting=False)
    artefact = world.options(learner)[-1]
    world.step({learner: {"artefact": artefact, "effort": 17}})
    row = act_of(world, learner)
    assert world.learners.used[learner] == artefact
    assert world.acts.effort[row] == 17.0
    assert world.artefacts.collective[artefact]
    assert world.learners.contributions[learner] == 17.0
    assert world.learners.mastery[artefact, learner] >= 0.15


def test_effort_alone_leaves_the_rest_to_luck() -> None:
    asked, plain = engine(SMALL), engine(SMALL)
    busy, idle = someone(plain, acting=True), someone(plain, acting=False)
    asked.step({busy: {"effort": 50}, idle: {"effort": 50}})
    plain.step()
    assert asked.acts.effort[act_of(asked, busy)] == 50.0
    assert (asked.learners.used == plain.learners.used).all()


def test_who_names_a_partner_who_is_there_calls_on_her() -> None:
    world = engine(SMALL, EVERYBODY_ACTS)
    other = engine(SMALL, EVERYBODY_ACTS)
    other.step()
    posts = np.flatnonzero(other.now.posts)
    caller = int(next(i for i in posts if len(other.options(int(i))) >= 0 and world.options(int(i))[-1] >= 3))
    for partner in (int(j) for j in posts if j != caller and j != other.learners.partner[caller]):
        world = engine(SMALL, EVERYBODY_ACTS)
        world.step({caller: {"artefact": world.options(caller)[-1], "partner": partner}})
        assert world.learners.partner[caller] == partner
        assert [caller, partner] in world.calls[0].tolist()
        break


def test_who_names_somebody_who_does_nothing_together_finds_nobody() -> None:
    world, other = engine(SMALL, EVERYBODY_ACTS), engine(SMALL, EVERYBODY_ACTS)
    other.step()
    caller = int(np.flatnonzero(other.learners.partner >= 0)[0])
    absent = int(next(j for j in np.flatnonzero(~other.now.posts) if j != caller))
    world.step({caller: {"partner": absent}})
    assert other.learners.partner[caller] >= 0
    assert world.learners.partner[caller] == -1


def test_who_wants_no_partner_has_none() -> None:
    world, other = engine(SMALL, EVERYBODY_ACTS), engine(SMALL, EVERYBODY_ACTS)
    other.step()
    caller = int(np.flatnonzero(other.learners.partner >= 0)[0])
    world.step({caller: {"partner": -1}})
    assert world.learners.partner[caller] == -1
    assert world.learners.used[caller] == other.learners.used[caller]


def test_deciding_what_one_would_have_done_changes_no_bit() -> None:
    """Everybody decides, every week, exactly what luck would have decided for her."""
    played, plain = engine(SMALL), engine(SMALL)
    while plain.running:
        plain.step()
        decided: dict[int, dict[str, Any]] = {}
        played.open_week()
        for learner in np.flatnonzero(played.learners.enrolled):
            row = act_of(plain, int(learner))
            if row < 0:
                decided[int(learner)] = {"artefact": None}
            elif int(plain.acts.artefact[row]) in played.options(int(learner)):
                decided[int(learner)] = {
                    "artefact": int(plain.acts.artefact[row]),
                    "effort": int(plain.acts.effort[row]),
                    "partner": int(plain.acts.partner[row]),
                }
        assert len(decided) > 20
        played.step(decided)
        assert fingerprint(played) == fingerprint(plain)


def test_nobody_elses_luck_is_touched() -> None:
    """In the week itself all others act, choose, exert themselves, and meet the same tasks and moods, as without."""
    asked, plain = engine(SMALL), engine(SMALL)
    learner = someone(plain, acting=False)
    asked.step({learner: {"artefact": asked.options(learner)[0], "effort": 3}})
    plain.step()
    others = [row for row in range(asked.count) if asked.acts.learner[row] != learner]
    assert asked.count == plain.count + 1
    for name in ("learner", "artefact", "effort", "difficulty"):
        assert (getattr(asked.acts, name)[others] == getattr(plain.acts, name)[: plain.count]).all(), name
    assert (asked.learners.mood == plain.learners.mood).all()


def test_a_person_acts_even_without_access() -> None:
    """Who plays is there: conditions do not decide for her."""
    world = engine(SMALL, {"context.access": 0})
    learner = next(i for i in range(60) if world.options(i))
    world.step({learner: {"artefact": world.options(learner)[0]}})
    assert world.log.active[0] == 1


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "an artefact that does not exist": ({"artefact": 99}, "artefact"),
    "an artefact by another name": ({"artefact": "forum"}, "artefact"),
    "no effort": ({"effort": 0}, "effort"),
    "too much effort": ({"effort": 202}, "effort"),
    "half an effort": ({"effort": 1.5}, "effort"),
    "herself": ({"partner": 3}, "partner"),
    "a partner who does not exist": ({"partner": 60}, "partner"),
    "a partner who is no number": ({"partner": "Ada"}, "partner"),
    "something unheard of": ({"mood": 1}, "unknown"),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_what_is_impossible_is_refused_and_nothing_has_happened(what: str) -> None:
    choice, key = IMPOSSIBLE[what]
    asked, plain = engine(SMALL), engine(SMALL)
    asked.step(), plain.step()
    before, week = fingerprint(asked), asked.week
    first = next(i for i in range(60) if i != 3 and asked.options(i))
    with pytest.raises(UsageError) as refused:
        asked.step({first: {"artefact": None}, 3: choice})
    assert refused.value.problems[0].key == f"errors.choice.{key}"
    assert all(refused.value.say(lang) for lang in ("en", "fr"))
    assert (fingerprint(asked), asked.week) == (before, week)
    assert asked.run().digest() == plain.run().digest()


@pytest.mark.parametrize("learner", [-1, 60, 10**9])
def test_nobody_decides_for_who_does_not_exist(learner: int) -> None:
    world = engine(SMALL)
    with pytest.raises(UsageError) as refused:
        world.step({learner: {"artefact": None}})
    assert refused.value.problems[0].key == "errors.choice.learner"
    assert world.week == 0


def test_nobody_decides_for_the_departed_or_those_to_come() -> None:
    world = engine(SMALL, {"context.arrivals": {"kind": "uniform", "until": 7}, "design.hazard": 0.5})
    for _ in range(4):
        world.step()
    world.open_week()
    gone = int(np.flatnonzero((world.learners.left_week >= 0) & ~world.learners.enrolled)[0])
    coming = int(np.flatnonzero(world.learners.arrival_week > 4)[0])
    for learner in (gone, coming):
        assert world.options(learner) == []
        with pytest.raises(UsageError):
            world.step({learner: {"artefact": None}})


def test_what_is_not_perceived_cannot_be_chosen() -> None:
    hidden = {"design.signifier_collective": 0, "design.facilitation": 0, "context.intention.exploration": 0}
    world = engine(SMALL, hidden)
    for learner in range(60):
        assert all(artefact < 3 for artefact in world.options(learner))
    with pytest.raises(UsageError):
        world.step({0: {"artefact": 5}})


def test_forced_collaboration_forces_people_too() -> None:
    world = engine(SMALL, {"design.forced_collaboration": 1})
    assert any(world.options(learner) for learner in range(60))
    for learner in range(60):
        assert all(artefact >= 3 for artefact in world.options(learner))


def test_options_are_what_is_possible_this_week() -> None:
    world = engine(SMALL)
    total = sum(len(world.options(learner)) for learner in range(60))
    world.step()
    assert total == world.log.compossibles[0]


def test_a_run_that_is_over_is_over() -> None:
    world = lived(SMALL)
    before = world.digest()
    with pytest.raises(UsageError) as refused:
        world.step()
    assert refused.value.problems[0].key == "errors.run.over"
    assert world.digest() == before
