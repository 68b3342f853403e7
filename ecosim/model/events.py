"""What happens to an ecosystem from outside: withdrawals, shocks, exchanged partners, knock-outs."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import EXPERT, ROTATE, SHOCK, SHUFFLE, SWAP, normal, uniform
from ecosim.model.networks import pairs_of, ties_of
from ecosim.model.state import Array, Ties
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.document import Scenario

FLOW_PERSISTENCE = "flow_persistence"


def withdraw(levers: Any, scenario: Scenario) -> None:
    """Set the withdrawn levers to their new value from the week of the event on, everywhere; the latest holds."""
    for event in sorted((e for e in scenario.events if e.do == "withdraw"), key=lambda e: e.week):
        for name in event.levers:
            getattr(levers, name)[event.week :] = event.to


def parameters_from(p: Any, scenario: Scenario) -> list[tuple[int, Any]]:
    """Return ``(first week, parameters)`` in order of weeks: a knock-out sets parameters to their neutral values."""
    stages = [(0, p)]
    for event in sorted((e for e in scenario.events if e.do == "ablate"), key=lambda e: e.week):
        for path, neutral in ABLATIONS[event.mechanism].neutral.items():
            _, block, name = path.split(".")
            field = "lambda_" if name == "lambda" else name
            p = p._replace(**{block: getattr(p, block)._replace(**{field: neutral})})
        stages.append((event.week, p))
    return stages


def flow_feeds(scenario: Scenario, week: int) -> bool:
    """Tell whether flow still feeds persistence in ``week``."""
    return not any(e.do == "ablate" and e.mechanism == FLOW_PERSISTENCE and e.week <= week for e in scenario.events)


def alone(scenario: Scenario, week: int) -> bool:
    """Tell whether ties are ruled out in ``week``."""
    return any(e.do == "alone" and e.week <= week for e in scenario.events)


def shocked(scenario: Scenario, week: int, people: int, replicate: int) -> Array | None:
    """Return how many shocks each learner is under in ``week``, or ``None``; the same persons for all weeks of one."""
    struck = None
    for event in scenario.events:
        if event.do == "shock" and event.week <= week < event.week + event.weeks:
            luck = np.array([uniform(scenario.seed, replicate, SHOCK, event.week, i, 0) for i in range(people)])
            hit = (luck < event.share).astype(float)
            struck = hit if struck is None else struck + hit
    return struck


def exchange(ties: Ties, scenario: Scenario, week: int, replicate: int) -> Ties:
    """Return ``ties`` after the rotations and shuffles of ``week``."""
    for event in scenario.events:
        if event.do == "rotate" and week >= event.week and (week - event.week) % event.every == 0:
            ties = _exchanged(ties, ROTATE, event.keep_ground, scenario.seed, replicate, week)
        elif event.do == "shuffle" and event.week == week:
            ties = _exchanged(ties, SHUFFLE, False, scenario.seed, replicate, week)
    return ties


def _exchanged(ties: Ties, decision: int, keep_ground: bool, seed: int, replicate: int, week: int) -> Ties:
    """Return ties of which neighbours in rank (i, j), (k, l) became (i, l), (k, j), unless a pair would double.

    A rotation ranks by w (1 + .2 noise), so that ties of like strength change partners; a shuffle ranks by luck alone.
    Degrees are kept, and strengths nearly so.
    """
    pairs, weight, ground = pairs_of(ties)
    luck = np.array([uniform(seed, replicate, decision, week, int(i), int(j)) for i, j in pairs])
    score = weight * (1.0 + 0.2 * np.array([normal(u) for u in luck])) if decision == ROTATE else luck
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -score))
    present = {(int(i), int(j)) for i, j in pairs}
    for one, two in zip(order[0::2], order[1::2], strict=False):
        (i, j), (k, m) = pairs[one].tolist(), pairs[two].tolist()
        first, second = (min(i, m), max(i, m)), (min(k, j), max(k, j))
        if i == m or k == j or first == second or first in present or second in present:
            continue
        present -= {(i, j), (k, m)}
        present |= {first, second}
        pairs[one], pairs[two] = first, second
        if not keep_ground:
            ground[one] = ground[two] = 0.0
    return ties_of(ties.first.size - 1, pairs, weight, ground)


def swap(learners: Any, scenario: Scenario, week: int, communities: int, replicate: int) -> None:
    """Let a keyed share of each community change place with as many of the next one, round the ring of communities."""
    for event in scenario.events:
        if event.do != "swap" or event.week != week:
            continue
        luck = np.array([uniform(scenario.seed, replicate, SWAP, week, i, 0) for i in range(learners.community.size)])
        chosen = [
            sorted(np.flatnonzero((learners.community == c) & (luck < event.share)), key=lambda i: luck[i])
            for c in range(communities)
        ]
        movers = min(len(each) for each in chosen)
        for c, each in enumerate(chosen):
            learners.community[each[:movers]] = (c + 1) % communities


def seed_experts(learners: Any, ties: Ties, names: list[str], scenario: Scenario, week: int, replicate: int) -> None:
    """Give a share of the enrolled mastery 1 of an artefact: the best connected, or any."""
    for event in scenario.events:
        if event.do != "seed_experts" or event.week != week:
            continue
        m = event.artefact if isinstance(event.artefact, int) else names.index(event.artefact)
        people = np.flatnonzero(learners.enrolled)
        luck = np.array([uniform(scenario.seed, replicate, EXPERT, week, int(i), 0) for i in people])
        score = luck
        if event.place == "central":
            strength = [ties.weight[ties.first[i] : ties.first[i + 1]].sum() for i in people]
            score = np.lexsort((luck, np.array(strength))).argsort().astype(float)
        wanted = int(event.share * people.size + 0.5)
        learners.mastery[m, people[np.argsort(-score, kind="stable")[:wanted]]] = 1.0
