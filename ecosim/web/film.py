"""Films: a run as pages show it, week by week, lived before anybody looks and sent to the browser as a whole.

Shares are bytes: 0 .. 254 stand for 0 .. 1, 255 for none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ecosim.model.engine import Engine
from ecosim.model.follow import landscape
from ecosim.model.metrics.declare import quotient
from ecosim.model.metrics.groups import skill_of
from ecosim.model.networks import pairs_of
from ecosim.model.run import Run, new_engine, simulate
from ecosim.model.state import Array
from ecosim.model.tables import weekly_table
from ecosim.scenario.resolve import Loaded
from ecosim.study.runner.live import deadline
from ecosim.web.places import places_of
from ecosim.web.strands import FULL, Strands, ties_between_enrolled

TO_COME, ENROLLED, GONE = 0, 1, 2  #: in ``Film.status``
NONE = 255  #: in shares: there is none
TRAITS = ("flow", "persistence", "autonomous_motive", "skill")
OFFERED, AFFORDANCE, POSSIBLE, USERS = range(4)  #: places in the last axis of ``Film.landscape``
CHALLENGE_TOP = 1.2  #: the challenge that the byte 254 stands for


@dataclass(frozen=True, eq=False)
class Film:
    """What pages show of a run, of N learners in C communities with M artefacts, E ties, K acts.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    run : Run or None
        The run at its end; ``None`` while it is being lived.
    weeks : int
        Weeks lived.
    series : dict
        Weekly metric -> values, shape (weeks,); besides ``own_energy`` and ``pushed_energy``, mean persistence and
        mean external drive of the active.
    places : array of shape (N, 2)
        Where each stands, -1 .. 1.
    groups : array of int, shape (N,)
        To whose disc she belongs.
    profile : array of int, shape (N,)
        Number of her profile.
    status, community, active, bonds : array of bytes, shape (weeks, N)
        At the end of each week: :data:`TO_COME`, :data:`ENROLLED` or :data:`GONE`; number of the community; whether
        she acted; how many ties that count she has, at most 255.
    flow, persistence, autonomous_motive, skill : array of bytes, shape (weeks, N)
        Shares at the end of each week; flow of her last act, none before the first; skill on her interest.
    pairs, strength : array of shape (E, 2), of bytes (weeks, E)
        Ties, as from :class:`ecosim.web.strands.Strands`; 0 where one of the two is not enrolled, or without a tie.
    act_first : array of int, shape (weeks + 1,)
        Where the acts of each week begin.
    act_learner : array of int, shape (K,)
        Who acted.
    act_skill, act_challenge, act_flow : array of bytes, shape (K,)
        Skill, perceived challenge (254 stands for :data:`CHALLENGE_TOP`) and flow of each act.
    landscape : array of shape (weeks, C, M, 4)
        What is offered, mean affordance, share for whom it is possible, users: :func:`ecosim.model.follow.landscape`.
    """

    loaded: Loaded
    run: Run | None
    weeks: int
    series: dict[str, Array]
    places: Array
    groups: Array
    profile: Array
    status: Array
    community: Array
    active: Array
    bonds: Array
    flow: Array
    persistence: Array
    autonomous_motive: Array
    skill: Array
    pairs: Array
    strength: Array
    act_first: Array
    act_learner: Array
    act_skill: Array
    act_challenge: Array
    act_flow: Array
    landscape: Array

    @property
    def learners(self) -> int:
        """How many learners there are, arrived or not."""
        return int(self.groups.size)


class Recorder:
    """Films an engine week by week; a film can be had at any time.

    Parameters
    ----------
    loaded : Loaded
        The scenario that the engine lives.
    places : (array, array), optional
        Place and group of each learner, where they are known: as ``places`` and ``groups`` of a film. Without them
        they hang on the ties of the first and of the last week that was filmed.
    """

    def __init__(self, loaded: Loaded, places: tuple[Array, Array] | None = None) -> None:
        self.loaded, self._places = loaded, places
        self._weeks: list[dict[str, Array]] = []
        self._strands = Strands(loaded.scenario.learners)
        self._first_ties: tuple[Array, ...] = ()
        self._home = np.empty(0, int)

    def keep(self, eco: Engine) -> None:
        """Keep the week that ``eco`` has just lived."""
        if not self._weeks:
            self._first_ties, self._home = pairs_of(eco.ties)[:2], eco.learners.community.copy()
        pairs, weight = ties_between_enrolled(eco)
        self._strands.keep(pairs, weight)
        bonds = _bonds(eco, pairs, weight)
        self._weeks.append(_people(eco) | _acts(eco) | {"bonds": bonds, "landscape": _landscape(eco)})

    def film(self, eco: Engine, run: Run | None = None) -> Film:
        """Return the film so far.

        Parameters
        ----------
        eco : Engine
            As after the last week that was kept.
        run : Run, optional
            Where it has come to its end.
        """
        pairs, strength = self._strands.made()
        places, groups = self._places or self._placed(eco)
        count = [week["act_learner"].size for week in self._weeks]
        stacked = {name: np.stack([week[name] for week in self._weeks]) for name in (*STATES, "landscape")}
        chained = {name: np.concatenate([week[name] for week in self._weeks]) for name in ACTS}
        told = stacked | chained  # made bytes all at once: a week at a time takes ten times as long
        told |= {name: in_bytes(told[name], top=top) for name, top in SHARES.items()}
        return Film(
            loaded=self.loaded, run=run, weeks=len(self._weeks), series=_series(eco), places=places.astype("f4"),
            groups=groups, profile=eco.learners.profile.copy(), pairs=pairs, strength=strength,
            act_first=np.cumsum([0, *count]), **told,
        )  # fmt: skip

    def _placed(self, eco: Engine) -> tuple[Array, Array]:
        """Return where everybody stands."""
        both = zip(self._first_ties, pairs_of(eco.ties)[:2], strict=True)
        pairs, weight = (np.concatenate(each) for each in both)
        return places_of(pairs, weight, self._home)


STATES = ("status", "community", "active", "bonds", *TRAITS)
ACTS = ("act_learner", "act_skill", "act_challenge", "act_flow")
SHARES = dict.fromkeys((*TRAITS, "act_skill", "act_flow"), 1.0) | {"act_challenge": CHALLENGE_TOP}
"""What is kept as numbers until it is made bytes, and what the byte 254 stands for."""


def film_of(
    loaded: Loaded,
    replicate: int = 0,
    follow: Iterable[int] = (),
    budget: float | None = None,
    places: tuple[Array, Array] | None = None,
) -> Film:
    """Return the film of a scenario, lived now from its first week to its last.

    Parameters
    ----------
    loaded : Loaded
        A scenario that has passed every check.
    replicate : int
        Which luck.
    follow : iterable of int
        Learners whose weeks are recorded.
    budget : float, optional
        Seconds that this may take.
    places : (array, array), optional
        Place and group of each learner, as another film has them: so that the same people stay where they are when
        only the design has changed. Without them they are found, which takes as long as the rest.

    Raises
    ------
    TookTooLong
        When the time is over before the run is.
    UsageError
        When a metric or a learner is impossible.
    """
    recorder = Recorder(loaded, places)
    check = deadline(budget) if budget is not None else None

    def each_week(eco: Engine) -> None:
        if check is not None:
            check()
        recorder.keep(eco)

    run = simulate(loaded, replicate, follow, each_week=each_week)
    return recorder.film(run.engine, run)


def places_ahead(loaded: Loaded, replicate: int = 0) -> tuple[Array, Array]:
    """Return place and group of each learner for a run that people will play: it is lived ahead without them."""
    scout = new_engine(loaded, replicate)
    scout.step()
    first, home = pairs_of(scout.ties)[:2], scout.learners.community.copy()
    both = zip(first, pairs_of(scout.run().ties)[:2], strict=True)
    pairs, weight = (np.concatenate(each) for each in both)
    return places_of(pairs, weight, home)


def in_bytes(share: Array, top: float = 1.0) -> Array:
    """Return shares of ``top`` as bytes, :data:`NONE` for not-a-number."""
    return np.where(np.isnan(share), NONE, np.rint(FULL * np.clip(share / top, 0.0, 1.0))).astype("u1")


def _people(eco: Engine) -> dict[str, Array]:
    """Return how everybody is at the end of the week."""
    people = eco.learners
    come = people.arrival_week < eco.week
    return {
        "status": np.where(people.enrolled, ENROLLED, np.where(come, GONE, TO_COME)).astype("u1"),
        "community": people.community.astype("u1"),
        "active": (people.used >= 0).astype("u1"),
        "flow": np.where(people.weeks_active > 0, people.flow, np.nan),
        "persistence": people.persistence.copy(),
        "autonomous_motive": people.autonomous_motive.copy(),
        "skill": skill_of(people),
    }


def _bonds(eco: Engine, pairs: Array, weight: Array) -> Array:
    """Return how many ties that count everybody has: stronger than ``excluded_tie``."""
    found = np.bincount(pairs[weight > eco.p.observation.excluded_tie].ravel(), minlength=eco.learners.enrolled.size)
    return np.minimum(found, 255).astype("u1")


def _acts(eco: Engine) -> dict[str, Array]:
    """Return the acts of the week."""
    acts, count = eco.acts, eco.count
    return {
        "act_learner": acts.learner[:count].astype("u4"),
        "act_skill": acts.skill[:count].copy(),
        "act_challenge": acts.challenge[:count].copy(),
        "act_flow": acts.flow[:count].copy(),
    }


def _landscape(eco: Engine) -> Array:
    """Return what each artefact was in each community in the week: shape (C, M, 4), not-a-number where nobody was."""
    found = [
        [np.nan if each[name] is None else each[name] for name in ("offered", "affordance", "possible", "users")]
        for each in landscape(eco)
    ]
    return np.array(found, "f4").reshape(len(eco.community_names), -1, 4)


def _series(eco: Engine) -> dict[str, Array]:
    """Return the weekly metrics, and the two stocks that activity lives on."""
    log, weeks = eco.log, eco.week
    energy = {"own_energy": log.persistence_of_active, "pushed_energy": log.external_drive_of_active}
    return weekly_table(eco) | {
        name: np.asarray(quotient(sums[:weeks], log.active[:weeks])) for name, sums in energy.items()
    }
