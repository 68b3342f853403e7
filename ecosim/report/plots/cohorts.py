"""Who is compared with whom where people are grouped, and what each learner was at the start and is at the end."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.language import text
from ecosim.model.begin import create_learners
from ecosim.model.levers import parameters
from ecosim.model.metrics.groups import apprenance_of, skill_of
from ecosim.model.state import Array
from ecosim.report.naming import community_name, profile_name

STATES = ("skill", "autonomous_motive", "persistence", "apprenance")
THIRDS = ("low", "middle", "high")


class Cohort(NamedTuple):
    """Some learners who belong together: what people call them, and who of all learners they are (n,)."""

    name: str
    members: Array


class Cohorts(NamedTuple):
    """A grouping: ``profile``, ``community``, ``community_now``, ``autonomy`` or ``everybody``, and its groups."""

    kind: str
    groups: list[Cohort]


class Course(NamedTuple):
    """One state of all learners, at the start and at the end, each (n,)."""

    start: Array
    end: Array


def cohorts(run: Any, lang: str) -> Cohorts:
    """Return the groups of those who have come: profiles, else communities, else thirds by autonomy at the start.

    Where people move between communities they count where they are now. Fewer than three learners are one group.
    """
    scenario, people = run.loaded.scenario, run.engine.learners
    came = people.arrival_week < run.engine.week
    profiles, communities = list(scenario.context.profiles), list(scenario.communities)
    if len(profiles) > 1:
        names = [profile_name(scenario, name, lang) for name in profiles]
        return Cohorts("profile", _coded(names, people.profile, came))
    if len(communities) > 1:
        moving = scenario.context.migration.mobility > 0.0 or any(event.do == "swap" for event in scenario.events)
        names = [community_name(scenario, name, lang) for name in communities]
        return Cohorts("community_now" if moving else "community", _coded(names, people.community, came))
    if np.count_nonzero(came) < len(THIRDS):
        return Cohorts("everybody", [Cohort(text("figures.profiles.all", lang), came)])
    return Cohorts("autonomy", _thirds(at_start(run).autonomy, came, lang))


def _coded(names: list[str], code: Array, came: Array) -> list[Cohort]:
    """Return a group for each name, of those who have come and have its place as their code."""
    return [Cohort(name, came & (code == place)) for place, name in enumerate(names)]


def _thirds(values: Array, came: Array, lang: str) -> list[Cohort]:
    """Return three groups of those who have come, equal in size, in ascending order of ``values``."""
    who = np.flatnonzero(came)
    found = []
    for name, part in zip(THIRDS, np.array_split(who[np.argsort(values[who], kind="stable")], 3), strict=True):
        members = np.zeros(came.size, bool)
        members[part] = True
        found.append(Cohort(text(f"figures.profiles.{name}", lang), members))
    return found


def at_start(run: Any) -> Any:
    """Return the learners of ``run`` as they were before the first week: the same draws once more."""
    scenario, engine = run.loaded.scenario, run.engine
    artefacts = len(engine.artefact_names)
    return create_learners(scenario, engine.sizes, artefacts, parameters(scenario.context), run.replicate)


def courses(run: Any) -> dict[str, Course]:
    """Return skill on the interest, autonomous motive, persistence and apprenance of every learner, start and end.

    Who has left keeps what she had then, but for skill, which fades.
    """
    ends = [_states(people) for people in (at_start(run), run.engine.learners)]
    return {name: Course(*(each[name] for each in ends)) for name in STATES}


def _states(people: Any) -> dict[str, Array]:
    """Return the states that are compared."""
    return {
        "skill": skill_of(people),
        "autonomous_motive": people.autonomous_motive,
        "persistence": people.persistence,
        "apprenance": apprenance_of(people),
    }
