"""Artefacts, communities and their levers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Any

from ecosim.chance import ARTEFACT

from .chance import Chance

NO_LEVERS = ("ready_ties", "deadlines")


def clip(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return x kept within [low, high]."""
    return min(high, max(low, x))


def lever_at(schedule: Any, week: int, steps: bool) -> float:
    """Return a lever's value in a week: a constant, or knots joined by lines (or by steps), flat outside."""
    if not isinstance(schedule, list | tuple):
        return float(schedule)
    if week <= schedule[0][0]:
        return float(schedule[0][1])
    for (start, value), (end, next_value) in pairwise(schedule):
        if start <= week < end:
            return float(value) if steps else value + (next_value - value) * (week - start) / (end - start)
    return float(schedule[-1][1])


@dataclass
class Artefact:
    """A tool, resource or activity space: its place in the spread of each property, or the property itself."""

    number: int
    collective: bool
    offer_factor: float
    signifier_factor: float
    autonomy_offset: float
    offer: float | None = None
    signifier: float | None = None
    required_autonomy: float | None = None


def make_artefacts(given: Any, chance: Chance) -> list[Artefact]:
    """Return the artefacts, solo ones first, from two counts or from a list of descriptions."""
    if isinstance(given, dict):
        described: list[dict[str, Any]] = [{"collective": False}] * given["solo"]
        described = described + [{"collective": True}] * given["collective"]
    else:
        described = sorted(given, key=lambda one: bool(one["collective"]))
    kinds = [bool(one["collective"]) for one in described]
    places = [_spread(kinds, which, chance) for which in range(3)]
    return [
        Artefact(
            number=m,
            collective=kinds[m],
            offer_factor=0.5 + 0.5 * places[0][m],
            signifier_factor=0.5 + places[1][m],
            autonomy_offset=-0.15 + 0.3 * places[2][m],
            offer=one.get("offer"),
            signifier=one.get("signifier"),
            required_autonomy=one.get("required_autonomy"),
        )
        for m, one in enumerate(described)
    ]


def _spread(kinds: list[bool], which: int, chance: Chance) -> list[float]:
    """Return each artefact's place, 0 to 1, among those of its kind: a shuffle keyed by artefact and property."""
    place = [0.5] * len(kinds)
    for kind in (False, True):
        alike = [m for m in range(len(kinds)) if kinds[m] == kind]
        noise = {m: chance.uniform(ARTEFACT, 0, m, which) for m in alike}
        for rank, m in enumerate(sorted(alike, key=lambda one: (noise[one], one))):
            if len(alike) > 1:
                place[m] = rank / (len(alike) - 1)
    return place


class Community:
    """A place with a design; in a week, its levers are attributes of the same names."""

    choice: float
    facilitation: float
    demand: float
    goal_clarity: float
    feedback: float
    incentive: float
    controlling: float
    visibility: float
    openness: float
    solo_offer: float
    collective_offer: float
    signifier_solo: float
    signifier_collective: float
    rejection: float
    forced_collaboration: float
    self_levelled: float
    curriculum_start: float
    curriculum_slope: float
    message_capacity: float
    hazard: float

    def __init__(self, number: int, design: dict[str, Any], artefacts: list[Artefact]) -> None:
        self.number = number
        self.design = design
        self.artefacts = artefacts
        self.content = [0.0] * len(artefacts)
        self.size = 0
        self.offers: list[float] = []
        self.signifiers: list[float] = []
        self.required: list[float] = []
        self.effective_offers: list[float] = []
        self.acting_collectively = 0
        self.messages = 0
        self.deadline = False
        self.curriculum = 0.0

    def set_levers(self, week: int, withdrawn: dict[str, float]) -> None:
        """Take the values of this week: of the schedules, or of a withdrawal."""
        for name, schedule in self.design.items():
            if name not in NO_LEVERS:
                steps = name == "forced_collaboration"
                setattr(self, name, withdrawn[name] if name in withdrawn else lever_at(schedule, week, steps))
        self.deadline = week in (self.design["deadlines"] or [])
        self.curriculum = clip(self.curriculum_start + self.curriculum_slope * week)
        self.offers = [self._offer(one) for one in self.artefacts]
        self.signifiers = [self._signifier(one) for one in self.artefacts]
        self.required = [
            clip(self.demand + one.autonomy_offset if one.required_autonomy is None else one.required_autonomy)
            for one in self.artefacts
        ]

    def _offer(self, artefact: Artefact) -> float:
        """Return an artefact's technical potential this week."""
        lever = self.collective_offer if artefact.collective else self.solo_offer
        return clip(lever * artefact.offer_factor if artefact.offer is None else artefact.offer)

    def _signifier(self, artefact: Artefact) -> float:
        """Return how far an artefact shows itself this week."""
        lever = self.signifier_collective if artefact.collective else self.signifier_solo
        return clip(lever * artefact.signifier_factor if artefact.signifier is None else artefact.signifier)

    def instrumentalise(self, mean_mastery: list[float], share: float) -> None:
        """Raise the offers by what people here master and have produced together."""
        self.effective_offers = [
            clip(offer + share * (1.0 - offer) * (mastered + content) / 2.0) if offer > 0.0 else 0.0
            for offer, mastered, content in zip(self.offers, mean_mastery, self.content, strict=True)
        ]

    def grow_content(self, gains: list[float], keep: float, gain: float) -> None:
        """Let the content of collective artefacts age, and grow by what was gained on them this week."""
        for artefact in self.artefacts:
            if artefact.collective:
                m = artefact.number
                produced = gain * gains[m] / self.size if self.size else 0.0
                self.content[m] = clip(keep * self.content[m] + (1.0 - self.content[m]) * produced)


def block_sizes(shares: list[float], learners: int) -> list[int]:
    """Share out the learners by largest remainders, equal remainders to the first named."""
    quotas = [round(share * learners, 9) for share in shares]
    sizes = [floor(quota) for quota in quotas]
    by_remainder = sorted(range(len(shares)), key=lambda c: (-round(quotas[c] - sizes[c], 9), c))
    for c in by_remainder[: learners - sum(sizes)]:
        sizes[c] += 1
    return sizes
