"""Process 14 for the twin: all that the engine observes each week, collected as a Mesa user would.

One reporter a quantity in a :class:`mesa.DataCollector`, each a loop over the agents; a record of each learner; what
is kept of past weeks: the flow channel, the calls, how long people stay, which ties survive. The names are those of the
engine, and a test holds the two against one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import mesa

from .learner import NOBODY, Learner
from .model import Twin
from .record import Record

Reporter = Callable[[Twin], float]
CELLS, TOP = 44, 1.1  # of the flow channel


class ObservedTwin(Twin):
    """The twin with all that the engine observes: what ``make bench`` sets the engine beside."""

    def __init__(self, resolved: dict, chance: object) -> None:  # type: ignore[type-arg]
        super().__init__(resolved, chance)  # type: ignore[arg-type]
        self.last_partner: dict[int, int] = {}
        self.records = [Record() for _ in self.learners]
        self.channel: Counter[tuple[int, int]] = Counter()
        self.flow_in_channel: Counter[tuple[int, int]] = Counter()
        self.calls: list[list[tuple[int, int]]] = []
        self.calls_returned: list[int] = []
        self.spell = [0] * len(self.learners)
        self.at_risk: Counter[int] = Counter()
        self.ended: Counter[int] = Counter()
        self.strong: set[tuple[int, int]] | None = None
        self.ties_before: dict[int, int] = {}
        self.ties_kept: dict[int, int] = {}
        self.datacollector = mesa.DataCollector(model_reporters=reporters())

    def _observe(self) -> None:
        """Collect, then remember what next week's comparisons need."""
        super()._observe()
        self.datacollector.collect(self)
        self._draw_channel()
        self._list_calls()
        self._count_spells()
        self._count_ties()
        self.last_partner = {one.number: one.partner for one in self.learners}

    def step(self) -> None:
        """Live a week, then add it to everybody's record."""
        super().step()
        for one, record in zip(self.learners, self.records, strict=True):
            record.add(one, self.week - 1)

    def _draw_channel(self) -> None:
        """Add each act to its cell of the flow channel."""
        for one in self.learners:
            if one.acted:
                cell = _cell(one.challenge), _cell(one.skill_before)
                self.channel[cell] += 1
                self.flow_in_channel[cell] += one.flow  # type: ignore[assignment]

    def _list_calls(self) -> None:
        """Keep who called on whom, and count who was called on by her partner."""
        calls = [(one.number, one.partner) for one in self.learners if one.partner != NOBODY]
        self.calls.append(calls)
        self.calls_returned.append(sum(self.learners[j].partner == i for i, j in calls))

    def _count_spells(self) -> None:
        """Count who was enrolled, and who of them left, by week of tenure."""
        for one in self.learners:
            if _present(one):
                self.spell[one.number] += 1
                self.at_risk[self.spell[one.number]] += 1
            if one.left:
                self.ended[self.spell[one.number]] += 1
                self.spell[one.number] = 0

    def _count_ties(self) -> None:
        """Count, every few weeks, the ties of some strength, and how many of the last ones still have it."""
        watch = self.context.observation
        if self.week % watch.survival_weeks == 0:
            strong = {pair for pair, tie in self.ties.items() if tie[0] > watch.excluded_tie}
            if self.strong is not None:
                self.ties_before[self.week] = len(self.strong)
                self.ties_kept[self.week] = len(self.strong & strong)
            self.strong = strong


def _cell(level: float) -> int:
    """Return the row or column of the flow channel to which a level belongs."""
    return min(CELLS - 1, max(0, int(level / TOP * CELLS)))


def reporters() -> dict[str, Reporter]:
    """Return a function for each quantity of the engine's log that a week leaves in the twin."""
    made: dict[str, Reporter] = {
        "arrived": lambda t: sum(one.arrival_week <= t.week for one in t.learners),
        "enrolled": lambda t: sum(one.enrolled for one in t.learners),
        "active": lambda t: sum(one.acted for one in t.learners),
        "left": lambda t: sum(one.left for one in t.learners),
        "returned": lambda t: sum(one.returned for one in t.learners),
        "gain": lambda t: sum(one.skill[one.interest] - one.first_skill for one in t.learners),
        "calls": lambda t: sum(one.partner != NOBODY for one in t.learners),
        "calls_before": lambda t: sum(partner != NOBODY for partner in t.last_partner.values()),  # type: ignore[attr-defined]
        "calls_repeated": _calls_repeated,
        "contributions": lambda t: sum(one.effort for one in t.learners if one.acts_collectively),
        "effort": lambda t: sum(one.effort for one in t.learners if one.acted),
        "flow_episodes": _episodes,
        "skill_of_active": lambda t: sum(one.skill_before for one in t.learners if one.acted),
        "persistence_of_active": lambda t: sum(one.persistence for one in t.learners if one.acted),
        "external_drive_of_active": lambda t: sum(one.external_drive for one in t.learners if one.acted),
        "load": lambda t: sum(one.load for one in t.learners if _present(one)),
        "apprenance": lambda t: sum(own_apprenance(one) for one in t.learners if one.enrolled),
        "apprenant": _apprenant,
        "excluded": _excluded,
        "instruments": _instruments,
        "compossibles": lambda t: sum(len(one.compossibles) for one in t.learners),
        "shared_compossibles": _shared,
        "half_ties": lambda t: 2 * len(t.ties),
        "strength": lambda t: sum(tie[0] for tie in t.ties.values()),
        "was_active": lambda t: sum(one.used >= 0 for one in t.learners if _present(one)),
        "stayed_active": lambda t: sum(one.used >= 0 for one in t.learners if one.acted),
    }
    for name in ("flow", "control", "immersion", "unselfconsciousness", "autotelic", "success", "challenge"):
        made[name] = _over_active(name)
    made["collective"] = _over_active("acts_collectively")
    made["answered"], made["rejected"] = _over_active("answered"), _over_active("rejected")
    for name in ("autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive", "need_autonomy"):
        made[name] = _over_enrolled(name)
    made["need_competence"], made["need_relatedness"] = (
        _over_enrolled("need_competence"),
        _over_enrolled("need_relatedness"),
    )
    for quadrant, hard, able in (("flow", 1, 1), ("anxiety", 1, 0), ("boredom", 0, 1), ("apathy", 0, 0)):
        made[f"in_{quadrant}_quadrant"] = _quadrant(bool(hard), bool(able))
    return made


def own_apprenance(one: Learner) -> float:
    """Return (M (E + A) / 2 P)^(1/3)."""
    return float((one.autonomous_motive * (one.efficacy + one.autonomy) / 2.0 * one.persistence) ** (1.0 / 3.0))


def _present(one: Learner) -> bool:
    """Tell whether the learner was enrolled at the week's start."""
    return (one.enrolled and not one.returned) or one.left


def _over_active(name: str) -> Reporter:
    """Return the sum of a property over those who acted."""
    return lambda t: sum(getattr(one, name) for one in t.learners if one.acted)


def _over_enrolled(name: str) -> Reporter:
    """Return the sum of a state over the enrolled."""
    return lambda t: sum(getattr(one, name) for one in t.learners if one.enrolled)


def _calls_repeated(t: Twin) -> float:
    last: dict[int, int] = t.last_partner  # type: ignore[attr-defined]
    return sum(one.partner != NOBODY and last.get(one.number) == one.partner for one in t.learners)


def _episodes(t: Twin) -> float:
    return sum(one.flow >= t.context.flow.episode for one in t.learners if one.acted)


def _apprenant(t: Twin) -> float:
    level = t.context.observation.apprenance_level
    return sum(own_apprenance(one) >= level for one in t.learners if one.enrolled)


def _excluded(t: Twin) -> float:
    weakest, rest = t.context.observation.excluded_tie, t.context.needs.rest
    return sum(
        one.need_relatedness < rest and all(tie[0] <= weakest for tie in one.ties.values())
        for one in t.learners
        if one.enrolled
    )


def _instruments(t: Twin) -> float:
    level = t.context.observation.instrument_level
    return sum(mastery > level for one in t.learners if one.enrolled for mastery in one.mastery)


def _shared(t: Twin) -> float:
    collective = {one.number for one in t.artefacts if one.collective}
    total = 0
    for one in t.learners:
        mine = one.compossibles & collective
        total += sum(len(mine & t.learners[j].compossibles) for j in one.neighbours) if mine else 0
    return total


def _quadrant(hard: bool, able: bool) -> Reporter:
    """Return how many acts had challenge and skill above (or below) the week's means."""

    def count(t: Twin) -> float:
        active = [one for one in t.learners if one.acted]
        if not active:
            return 0
        challenge = sum(one.challenge for one in active) / len(active)
        skill = sum(one.skill_before for one in active) / len(active)
        return sum((one.challenge >= challenge) == hard and (one.skill_before >= skill) == able for one in active)

    return count
