"""Who gains and who loses: run values by community and by profile."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from ecosim.model.metrics.declare import ratio
from ecosim.model.metrics.summary import plain
from ecosim.model.state import Array

Groups = dict[str, dict[str, dict[str, float | None]]]


QUARTERS = ("lowest", "low", "high", "highest")  #: of the initial disposition


def by_group(eco: Any, kinds: Collection[str] = ("community", "profile")) -> Groups:
    """Return ``{"community": {name: {metric: value}}, "profile": {...}}``, groupings with one group left out.

    A third kind, ``disposition``, is the quarter of all learners in which one's latent disposition lies at the start.

    Values are those of the learners who have arrived, by the community in which they are now: ``learners`` (how many),
    and of the metrics of the same names those that are told learner by learner. ``participation`` is here the active
    weeks of the group over the weeks since its members arrived, the same as the metric where all arrive together.
    """
    groupings = {
        "community": (eco.learners.community, list(eco.community_names)),
        "profile": (eco.learners.profile, list(eco.scenario.context.profiles)),
        "disposition": (quarter_of(eco.learners.latent), list(QUARTERS)),
    }
    return {
        kind: {name: _values(eco, code == number) for number, name in enumerate(names)}
        for kind, (code, names) in groupings.items()
        if kind in kinds and len(names) > 1
    }


def quarter_of(latent: Array) -> Array:
    """Return the quarter of all learners, 0 to 3, in which each one's latent disposition lies."""
    rank = np.argsort(np.argsort(latent, kind="stable"), kind="stable")
    return rank * len(QUARTERS) // max(1, latent.size)


def _values(eco: Any, members: Array) -> dict[str, float | None]:
    """Return the run values of one group."""
    people, watch = eco.learners, eco.p.observation
    here = members & (people.arrival_week < eco.week)
    stay = here & people.enrolled
    since = eco.week - people.arrival_week
    gain = skill_of(people) - people.initial_skill
    found = {
        "learners": float(np.count_nonzero(here)),
        "retention": _share(stay, here),
        "participation": _pooled(people.weeks_active, since, here),
        "flow_share": _pooled(people.weeks_in_flow, people.weeks_active, here),
        "collective_share": _pooled(people.weeks_collective, people.weeks_active, here),
        "collaborators_share": _share(here & (people.weeks_collaborating >= watch.collaborator_weeks), here),
        "posters_share": _share(here & (people.weeks_collective > 0), here),
        "skill_gain": _mean(gain, here),
        "apprenance_maintenance": _share(here & (people.apprenance_longest >= watch.maintenance_weeks), here)
        if eco.week >= watch.maintenance_weeks
        else float("nan"),
        "apprenance": _mean(apprenance_of(people), stay),
        "apprenance_prevalence": _share(stay & (apprenance_of(people) >= watch.apprenance_level), here),
    }
    states = ("autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive", "need_relatedness")
    found |= {name: _mean(getattr(people, name), stay) for name in states}
    return {name: plain(value) for name, value in found.items()}


def skill_of(people: Any) -> Array:
    """Return everybody's skill on her interest."""
    return np.asarray(people.skill[people.interest, np.arange(people.interest.size)])


def apprenance_of(people: Any) -> Array:
    """Return everybody's own apprenance, (M (E + A) / 2 P)^(1/3)."""
    able = 0.5 * (people.efficacy + people.autonomy)
    return np.asarray(np.cbrt(people.autonomous_motive * able * people.persistence))


def _share(part: Array, whole: Array) -> float:
    return ratio(float(np.count_nonzero(part)), float(np.count_nonzero(whole)))


def _mean(values: Array, members: Array) -> float:
    return ratio(float(values[members].sum()), float(np.count_nonzero(members)))


def _pooled(part: Array, whole: Array, members: Array) -> float:
    return ratio(float(part[members].sum()), float(whole[members].sum()))
