"""Before the first week: who comes, with what, among which artefacts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.chance import (
    ARRIVAL,
    ARTEFACT,
    DISPOSITION,
    FLOW_TRAIT,
    INTEREST,
    LATENT,
    PROFILE,
    PROPENSITY,
    RATE,
    RELATEDNESS,
    SKILL,
    normal,
    uniform,
)
from ecosim.equation import clip
from ecosim.mechanisms.population import disposition, initial_skill, personal_rate
from ecosim.model.kernel import kernel
from ecosim.model.state import Array, Artefacts, new_learners
from ecosim.scenario.document import Artefact, ArtefactCounts, Context, Scenario

SPREADS = ("autonomy", "efficacy", "autonomous_motive", "persistence", "skill", "propensity")


def profile_tables(context: Context) -> tuple[Array, Array, Array, Array]:
    """Return cumulated shares (Q,), means (Q, 6), sds (Q, 6) and access (Q,) of the profiles.

    Without profiles there is one, the population's. The six columns are those of ``SPREADS``.
    """
    population = context.population
    means = [getattr(population, f"{name}_mean") for name in SPREADS[:5]] + [population.b0_mean]
    sds = [population.disposition_sd] * 4 + [population.skill_sd, population.b0_sd]
    profiles = list(context.profiles.values())
    rows = max(1, len(profiles))
    mean, sd = np.tile(means, (rows, 1)), np.tile(sds, (rows, 1))
    access, share = np.full(rows, context.access), np.ones(rows)
    for q, profile in enumerate(profiles):
        share[q] = profile.share
        access[q] = context.access if profile.access is None else profile.access
        for column, name in enumerate(SPREADS):
            spread = getattr(profile, name)
            mean[q, column] = mean[q, column] if spread.mean is None else spread.mean
            sd[q, column] = sd[q, column] if spread.sd is None else spread.sd
    return np.cumsum(share), mean, sd, access


def create_learners(scenario: Scenario, sizes: list[int], artefacts: int, p: Any, replicate: int) -> Any:
    """Return the learners of ``scenario`` as they are before they arrive; nobody is enrolled yet."""
    learners = new_learners(scenario.learners, scenario.context.population.topics, artefacts)
    learners.community[:] = np.repeat(np.arange(len(sizes)), sizes)
    arrivals = scenario.context.arrivals
    span, early = (arrivals.until + 1, arrivals.at_start) if arrivals.kind == "uniform" else (1, 0.0)
    tables = profile_tables(scenario.context)
    draw_learners(learners, *tables, span, early, p.population, scenario.seed, replicate)
    return learners


@kernel
def arrival(luck, early, span):
    """Return the week of arrival: 0 for a share ``early``, drawn evenly from ``span`` weeks for the others."""
    return 0 if luck < early else int((luck - early) / (1.0 - early) * span)


@kernel
def draw_learners(learners, shares, mean, sd, access, span, early, p, seed, replicate):
    """Draw traits and dispositions of every learner."""
    topics = learners.skill.shape[0]
    for i in range(learners.latent.size):
        luck, q = uniform(seed, replicate, PROFILE, 0, i, 0), 0
        while q < shares.size - 1 and shares[q] <= luck:
            q += 1
        learners.profile[i] = q
        learners.access[i] = access[q]
        latent = normal(uniform(seed, replicate, LATENT, 0, i, 0))
        learners.latent[i] = latent
        learners.propensity[i] = mean[q, 5] + sd[q, 5] * normal(uniform(seed, replicate, PROPENSITY, 0, i, 0))
        learners.rate[i] = personal_rate(normal(uniform(seed, replicate, RATE, 0, i, 0)), p.rate_sigma)
        learners.flow_trait[i] = p.flow_trait_sd * normal(uniform(seed, replicate, FLOW_TRAIT, 0, i, 0))
        learners.interest[i] = int(uniform(seed, replicate, INTEREST, 0, i, 0) * topics)
        learners.arrival_week[i] = arrival(uniform(seed, replicate, ARRIVAL, 0, i, 0), early, span)
        for topic in range(topics):
            noise = normal(uniform(seed, replicate, SKILL, 0, i, topic))
            learners.skill[topic, i] = initial_skill(mean[q, 4], sd[q, 4], noise)
            learners.peak_skill[topic, i] = learners.skill[topic, i]
        learners.initial_skill[i] = learners.skill[learners.interest[i], i]
        noise = normal(uniform(seed, replicate, RELATEDNESS, 0, i, 0))
        learners.need_relatedness[i] = clip(p.relatedness_mean + p.relatedness_sd * noise)
        learners.need_autonomy[i] = p.initial_need
        learners.need_competence[i] = p.initial_need
    for i in range(learners.latent.size):
        q, latent = learners.profile[i], learners.latent[i]
        own = normal(uniform(seed, replicate, DISPOSITION, 0, i, 0))
        learners.autonomy[i] = disposition(mean[q, 0], sd[q, 0], latent, own, p.latent_loading, p.own_loading)
        own = normal(uniform(seed, replicate, DISPOSITION, 0, i, 1))
        learners.efficacy[i] = disposition(mean[q, 1], sd[q, 1], latent, own, p.latent_loading, p.own_loading)
        own = normal(uniform(seed, replicate, DISPOSITION, 0, i, 2))
        learners.autonomous_motive[i] = disposition(mean[q, 2], sd[q, 2], latent, own, p.latent_loading, p.own_loading)
        own = normal(uniform(seed, replicate, DISPOSITION, 0, i, 3))
        learners.persistence[i] = disposition(mean[q, 3], sd[q, 3], latent, own, p.latent_loading, p.own_loading)
    learners.enjoyment[:, :] = p.initial_enjoyment


def artefact_names(scenario: Scenario) -> list[str]:
    """Return the names of the artefacts, solo ones first as they are numbered (``solo 1``, ``collective 1``, ...)."""
    given = scenario.artefacts
    if isinstance(given, ArtefactCounts):
        return [f"solo {k + 1}" for k in range(given.solo)] + [f"collective {k + 1}" for k in range(given.collective)]
    return [each.name for each in solo_first(given)]


def solo_first(listed: list[Artefact]) -> list[Artefact]:
    """Return the artefacts that a file lists, in the order of their numbers: solo ones first, else as listed."""
    return sorted(listed, key=lambda each: each.collective)


def create_artefacts(scenario: Scenario, communities: int, replicate: int) -> Artefacts:
    """Return the artefacts of ``scenario``: spread evenly within each kind, shuffled by keyed noise."""
    given = scenario.artefacts
    if isinstance(given, ArtefactCounts):
        collective = np.array([False] * given.solo + [True] * given.collective)
        fixed = np.full((3, collective.size), -1.0)
    else:
        listed = solo_first(given)
        collective = np.array([each.collective for each in listed])
        traits = [(each.offer, each.signifier, each.required_autonomy) for each in listed]
        fixed = np.array([[-1.0 if value is None else value for value in each] for each in traits]).T.copy()
    luck = _artefact_luck(collective.size, scenario.seed, replicate)
    position = np.array([_spread(collective, own) for own in luck])
    table = [np.zeros((collective.size, communities)) for _ in range(5)]
    return Artefacts(collective, 0.5 + 0.5 * position[0], 0.5 + position[1], -0.15 + 0.3 * position[2], *fixed, *table)


@kernel
def _artefact_luck(count, seed, replicate):
    """Return the noise that shuffles artefacts, for offer, signifier and required autonomy: shape (3, count)."""
    luck = np.empty((3, count))
    for what in range(3):
        for m in range(count):
            luck[what, m] = uniform(seed, replicate, ARTEFACT, 0, m, what)
    return luck


def _spread(collective: Array, luck: Array) -> Array:
    """Return for each artefact a place in 0 .. 1 among its kind, by its luck; a single one takes the middle."""
    place = np.empty(collective.size)
    for kind in (False, True):
        members = np.flatnonzero(collective == kind)
        order = members[np.argsort(luck[members], kind="stable")]
        place[order] = np.arange(members.size) / (members.size - 1) if members.size > 1 else 0.5
    return place
