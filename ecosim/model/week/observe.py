"""14. Observe: what each learner keeps of the week, and the sums from which all metrics are computed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ecosim.model.week.record import CHANNEL_CELLS, note_apprenance, note_week
from ecosim.model.week.tally import count_bonds, count_week, sum_acts, sum_people


class Log(NamedTuple):
    """Counts and sums of each week, one array over weeks each; the metrics divide them."""

    arrived: Any
    enrolled_at_start: Any
    enrolled: Any
    active: Any
    collective: Any
    left: Any
    returned: Any
    answered: Any
    rejected: Any
    calls: Any
    calls_before: Any
    calls_repeated: Any
    contributions: Any
    effort: Any
    flow: Any
    flow_episodes: Any
    control: Any
    immersion: Any
    unselfconsciousness: Any
    autotelic: Any
    success: Any
    challenge: Any
    skill_of_active: Any
    in_flow_quadrant: Any
    in_anxiety_quadrant: Any
    in_boredom_quadrant: Any
    in_apathy_quadrant: Any
    load: Any
    persistence_of_active: Any
    external_drive_of_active: Any
    gain: Any
    autonomy: Any
    efficacy: Any
    autonomous_motive: Any
    persistence: Any
    external_drive: Any
    need_autonomy: Any
    need_competence: Any
    need_relatedness: Any
    apprenance: Any
    apprenant: Any
    excluded: Any
    instruments: Any
    compossibles: Any
    shared_compossibles: Any
    half_ties: Any
    strength: Any
    was_active: Any
    stayed_active: Any
    was_idle: Any
    woke_up: Any


def new_log(weeks: int) -> Log:
    """Return an empty log of ``weeks`` weeks."""
    return Log(**{name: np.zeros(weeks) for name in Log._fields})


def new_channel() -> Any:
    """Return an empty flow channel: acts, and their summed flow, by (challenge, skill) cell."""
    return np.zeros((2, CHANNEL_CELLS, CHANNEL_CELLS))


def observe(w: Any) -> None:
    """Write the week into learners' records and into the log."""
    log_possibilities(w)
    log_acts(w)
    remember(w)
    log_people(w)


def log_possibilities(w: Any) -> None:
    """Count who was there at the week's start, who had been active, what was possible alone and together."""
    log, t = w.log, w.week
    log.enrolled_at_start[t] = w.present
    (
        log.compossibles[t], log.shared_compossibles[t], log.was_active[t], log.was_idle[t], log.stayed_active[t],
        log.woke_up[t],
    ) = count_week(w.world, *w.links_at_start[:2], w.present)  # fmt: skip


def log_acts(w: Any) -> None:
    """Sum over the week's acts."""
    log, t = w.log, w.week
    log.active[t] = w.count
    (
        log.collective[t], log.answered[t], log.rejected[t], log.success[t], log.control[t], log.immersion[t],
        log.unselfconsciousness[t], log.autotelic[t], log.flow[t], log.challenge[t], log.skill_of_active[t],
        log.effort[t], log.contributions[t], log.flow_episodes[t], log.persistence_of_active[t],
        log.external_drive_of_active[t], log.load[t], counts,
    ) = sum_acts(w.world, w.count, w.p.flow.episode)  # fmt: skip
    log.in_flow_quadrant[t], log.in_anxiety_quadrant[t], log.in_boredom_quadrant[t], log.in_apathy_quadrant[t] = counts


def remember(w: Any) -> None:
    """Write into each learner's record what she did."""
    log, t = w.log, w.week
    calls, log.calls_before[t], log.calls_repeated[t], w.past.calls_returned[t] = note_week(
        w.world, w.channel, w.count, t, w.p.flow.episode, w.p.observation.repost_weeks
    )
    log.calls[t] = len(calls)
    w.calls.append(calls)


def log_people(w: Any) -> None:
    """Sum over people at the week's end."""
    log, t, q = w.log, w.week, w.p.observation
    (
        log.arrived[t], log.enrolled[t], log.left[t], log.returned[t], log.gain[t], log.autonomy[t], log.efficacy[t],
        log.autonomous_motive[t], log.persistence[t], log.external_drive[t], log.need_autonomy[t],
        log.need_competence[t], log.need_relatedness[t],
    ) = sum_people(w.world, t)  # fmt: skip
    log.apprenance[t], log.apprenant[t] = note_apprenance(w.world, q.apprenance_level)
    log.half_ties[t] = w.half_ties
    log.excluded[t], log.instruments[t], strength = count_bonds(
        w.world, *w.links[:3], w.half_ties, q.excluded_tie, w.p.needs.rest, q.instrument_level
    )
    log.strength[t] = 0.5 * strength
