"""What became of a learner is what her weeks, told one by one, say of her."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict
from typing import Any

import numpy as np

from ecosim.classroom.debrief import Lot
from ecosim.classroom.debrief.luck import Asked, under_luck
from ecosim.classroom.debrief.worlds import plans
from ecosim.errors import UsageError
from ecosim.model.engine import Engine
from ecosim.model.follow import week_of
from ecosim.model.run import new_engine

from .played import CIRCLES, LEARNERS, WEEKS, played

OTHER = {"facilitation": 0.0, "signifier_collective": 0.5}


def test_a_learner_s_lot_is_what_her_weeks_say() -> None:
    text = CIRCLES.replace("title: Two circles", "context: {arrivals: {kind: uniform, until: 2}}")
    facts = played(text, seats=12, seed=7, changes={1: {"hazard": 0.25}}, settings={"design.hazard": 0.2}).facts
    own = under_luck(plans(facts, OTHER), 0, Asked((), (), tuple(range(LEARNERS))))
    left = 0
    for name, plan in plans(facts, OTHER).items():
        engine, records = new_engine(plan.loaded, 0), {i: [] for i in range(LEARNERS)}
        for week in range(WEEKS):
            made = naive_choices(engine, plan.choices[week] if plan.choices else {})
            engine.step(made)
            for learner, story in records.items():
                story.append(week_of(engine, learner, story[-1] if story else None))
        for learner, story in records.items():
            lot = own[name].lots[learner]
            assert lot == told_by(story, engine, learner)
            left += lot.left_after is not None
            json.dumps(asdict(lot), allow_nan=False)
    assert left > 5


def naive_choices(engine: Engine, choices: Any) -> dict[int, Any]:
    """Return the choices that a copy of the world does not refuse."""
    made = {}
    for learner, choice in choices.items():
        try:
            pickle.loads(pickle.dumps(engine)).step({learner: choice})
        except UsageError:
            continue
        made[learner] = choice
    return made


def told_by(story: list[dict[str, Any]], engine: Engine, learner: int) -> Lot:
    """Return the lot that the records of all weeks tell."""
    here = [each for each in story if each["enrolled"]]
    acts = [each for each in story if each["acted"]]
    episode = engine.scenario.context.flow.episode
    gone = [each["week"] + 1 for each in story if each["left"]]
    end = story[-1]
    there_at_end = (end["enrolled"] and not end["left"]) or end["returned"]
    return Lot(
        learner=learner, weeks=len(story), there=len(here), decided=[each["week"] for each in story if each["played"]],
        active=len(acts), in_flow=sum(each["flow"] >= episode for each in acts),
        mean_flow=float(np.mean([each["flow"] for each in acts])) if acts else None,
        posted=sum(each["collective"] for each in acts), answered=sum(bool(each["answered"]) for each in acts),
        persistence=[each["persistence"] if each["enrolled"] else None for each in story],
        persistence_end=here[-1]["persistence"] if here else None,
        skill_start=float(engine.learners.initial_skill[learner]), skill_end=end["skill"], ties=end["ties"],
        enrolled=there_at_end, left_after=gone[-1] if gone and not there_at_end else None,
    )  # fmt: skip
