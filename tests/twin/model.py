"""The twin's model: who is there, the order of the week, ties, and a few summaries."""

from __future__ import annotations

from math import floor, nan
from types import SimpleNamespace
from typing import Any

import mesa

from ecosim import chance as key

from .chance import Chance
from .learner import NOBODY, Learner, Tie
from .places import Community, block_sizes, make_artefacts


class Twin(mesa.Model):
    """The model of ``docs/model.md``, naively.

    Parameters
    ----------
    resolved : dict
        A complete scenario, every parameter by name.
    chance : Chance
        Where draws come from.
    """

    def __init__(self, resolved: dict[str, Any], chance: Chance) -> None:
        super().__init__(rng=0)
        self.resolved = resolved
        self.chance = chance
        self.week = 0
        context = resolved["context"]
        self.context = _named(context)
        self.profiles: list[dict[str, Any]] = list(context["profiles"].values())
        self.arrivals: dict[str, Any] = context["arrivals"]
        self.artefacts = make_artefacts(resolved["artefacts"], chance)
        self.collective_count = sum(one.collective for one in self.artefacts)
        self.communities: list[Community] = []
        self.learners: list[Learner] = []
        self._settle()
        self.ties: dict[tuple[int, int], Tie] = {}
        self.ready_ties = self._network(context["network"]["kind"])
        self.alone = False
        self.flow_persistence_ablated = False
        self._check_events()
        self.totals: dict[str, float] = dict.fromkeys(
            ("active", "collective", "answered", "flow", "persistence", "external_drive"), 0.0
        )
        self.participation: list[float] = []

    # ---- before the first week -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Make the communities and their learners, in blocks of learner numbers."""
        count = self.resolved["learners"]
        entries = list(self.resolved["communities"].values()) or [{"share": 1.0, "design": self.resolved["design"]}]
        for c, size in enumerate(block_sizes([entry["share"] for entry in entries], count)):
            self.communities.append(Community(c, entries[c]["design"], self.artefacts))
            self.communities[c].size = size
            for _ in range(size):
                self.learners.append(Learner(self, len(self.learners), c))

    def _network(self, kind: str) -> dict[int, list[tuple[int, int]]]:
        """Return the ready ties by the week in which they start."""
        if kind not in ("random", "none"):
            raise NotImplementedError(f"network {kind}")
        ready: dict[int, set[tuple[int, int]]] = {}
        first = 0
        for community in self.communities if kind == "random" else []:
            for i in range(first, first + community.size):
                wanted = floor(community.design["ready_ties"] / 2.0 + self.chance.uniform(key.TIE_COUNT, 0, i))
                for slot in range(wanted):
                    j = first + floor(self.chance.uniform(key.TIE_PARTNER, 0, i, slot) * community.size)
                    if i != j:
                        start = max(self.learners[i].arrival_week, self.learners[j].arrival_week)
                        ready.setdefault(start, set()).add((min(i, j), max(i, j)))
            first += community.size
        return {week: sorted(pairs) for week, pairs in ready.items()}

    def _check_events(self) -> None:
        """Refuse events that the twin does not know, rather than ignore them."""
        for event in self.resolved["events"]:
            known = event.get("do", "mark") in ("mark", "withdraw", "shock", "alone", "ablate")
            if not known or (event.get("do") == "ablate" and event["mechanism"] != "flow_persistence"):
                raise NotImplementedError(f"event {event}")

    # ---- the week --------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Do one week, process by process; each process is done by everybody before the next begins."""
        self._begin_week()
        self._do("be_guided", "perceive", "intend", "meet")
        self._count_messages()
        self._do("be_challenged", "read_messages", "be_answered", "feel", "learn")
        self._grow_content()
        self._do("make_instrument", "appraise", "become", "take_energy")
        self._relate()
        self._do("decide_to_stay", "go_or_come", "look_elsewhere")
        self._observe()
        self._do("end_week")
        self.week += 1

    def _do(self, *processes: str) -> None:
        """Let everybody do one process after the other."""
        for process in processes:
            self.agents.do(process)

    def _begin_week(self) -> None:
        """Process 0: events, ties that start, arrivals, levers."""
        self._happen()
        if not self.alone:
            p = self.context.relation
            for pair in self.ready_ties.get(self.week, []):
                self._tie(pair, p.ready_weight, p.ready_ground)
        self._do("start_week")
        withdrawn = self._withdrawn()
        for community in self.communities:
            community.set_levers(self.week, withdrawn)
            community.size = 0
        for learner in self.learners:
            self.communities[learner.community].size += 1
            if learner.arrival_week == self.week:
                learner.enrolled = True
        self._instrumentalise()

    def _happen(self) -> None:
        """Let the events of this week happen that change more than levers."""
        for event in self.resolved["events"]:
            if event["week"] == self.week and event.get("do") == "alone":
                self.alone = True
                for pair in list(self.ties):
                    self._untie(pair)
            elif event["week"] == self.week and event.get("do") == "ablate":
                self.flow_persistence_ablated = True

    def _withdrawn(self) -> dict[str, float]:
        """Return the levers that are withdrawn by now, and to what; the latest withdrawal holds."""
        past = [one for one in self.resolved["events"] if one.get("do") == "withdraw" and one["week"] <= self.week]
        return {name: event["to"] for event in sorted(past, key=lambda one: one["week"]) for name in event["levers"]}

    def shocks_on(self, learner: int) -> int:
        """Return how many shocks strike a learner this week; an event strikes the same learners all along."""
        count = 0
        for event in self.resolved["events"]:
            if event.get("do") == "shock" and event["week"] <= self.week < event["week"] + event["weeks"]:
                count += self.chance.uniform(key.SHOCK, event["week"], learner) < event["share"]
        return count

    def _instrumentalise(self) -> None:
        """Raise each community's offers by its mastery and content."""
        for community in self.communities:
            enrolled = [one for one in self.learners if one.enrolled and one.community == community.number]
            mean = [0.0] * len(self.artefacts)
            if enrolled:
                mean = [sum(one.mastery[m] for one in enrolled) / len(enrolled) for m in range(len(self.artefacts))]
            community.instrumentalise(mean, self.context.affordance.instrumentalisation)

    def _count_messages(self) -> None:
        """Count, in each community, who acts collectively and how much is contributed."""
        for community in self.communities:
            community.acting_collectively = community.messages = 0
        for learner in self.learners:
            if learner.acts_collectively:
                learner.here.acting_collectively += 1
                learner.here.messages += learner.effort

    def _grow_content(self) -> None:
        """Let what was learned on collective artefacts leave content in each community."""
        p = self.context.learning
        gains = [[0.0] * len(self.artefacts) for _ in self.communities]
        for learner in self.learners:
            if learner.acts_collectively:
                gains[learner.community][learner.artefact] += learner.gain
        for community in self.communities:
            community.grow_content(gains[community.number], p.content_keep, p.content_gain)

    # ---- ties ------------------------------------------------------------------------------------------------------

    def _tie(self, pair: tuple[int, int], w: float, ground: float) -> None:
        """Tie two learners: one pair of numbers that both share."""
        i, j = pair
        self.ties[pair] = self.learners[i].ties[j] = self.learners[j].ties[i] = [w, ground]

    def _untie(self, pair: tuple[int, int]) -> None:
        """Forget a tie."""
        i, j = pair
        del self.ties[pair], self.learners[i].ties[j], self.learners[j].ties[i]

    def _relate(self) -> None:
        """Process 12: ties fade, calls strengthen them, the weak and those beyond the slots go."""
        if self.alone:
            return
        p = self.context.relation
        for tie in self.ties.values():
            tie[0] *= p.keep
            tie[1] *= p.ground_keep
        for caller in self.learners:
            if caller.partner != NOBODY:
                pair = (min(caller.number, caller.partner), max(caller.number, caller.partner))
                if pair not in self.ties:
                    self._tie(pair, 0.0, 0.0)
                tie = self.ties[pair]
                gain = p.gain_answered if caller.answered and not caller.rejected else p.gain_ignored
                tie[0] = 1.0 - (1.0 - tie[0]) * (1.0 - gain)
                if caller.answered:
                    tie[1] = 1.0 - (1.0 - tie[1]) * (1.0 - p.ground_gain)
        for pair in [pair for pair, tie in self.ties.items() if tie[0] < p.weakest]:
            self._untie(pair)
        self._enforce_slots(p.tie_slots)

    def _enforce_slots(self, slots: int) -> None:
        """Drop every pair that ranks beyond the slots at either end."""
        beyond: set[tuple[int, int]] = set()
        for learner in self.learners:
            if len(learner.ties) > slots:
                ranked = []
                for j, tie in learner.ties.items():
                    low, high = min(learner.number, j), max(learner.number, j)
                    ranked.append((-tie[0], -self.chance.uniform(key.SLOT, self.week, low, high), j))
                for _, _, j in sorted(ranked)[slots:]:
                    beyond.add((min(learner.number, j), max(learner.number, j)))
        for pair in beyond:
            self._untie(pair)

    # ---- what comes out --------------------------------------------------------------------------------------------

    @property
    def content(self) -> list[list[float]]:
        """Return the content of each artefact in each community."""
        return [community.content for community in self.communities]

    def _observe(self) -> None:
        """Add this week to the totals from which the summaries are made."""
        active = [one for one in self.learners if one.acted]
        arrived = sum(one.arrival_week <= self.week for one in self.learners)
        if arrived:
            self.participation.append(len(active) / arrived)
        self.totals["active"] += len(active)
        for one in active:
            self.totals["collective"] += one.acts_collectively
            self.totals["answered"] += one.answered
            self.totals["flow"] += one.flow
            self.totals["persistence"] += one.persistence
            self.totals["external_drive"] += one.external_drive

    def summary(self) -> dict[str, float]:
        """Return the run values of some metrics, so far."""
        everybody, total = self.learners, self.totals
        arrived = sum(one.arrival_week < self.week for one in everybody)
        gains = sum(one.skill[one.interest] - one.first_skill for one in everybody)
        return {
            "retention": _share(sum(one.enrolled for one in everybody), arrived),
            "participation": _share(sum(self.participation), len(self.participation)),
            "mean_flow": _share(total["flow"], total["active"]),
            "skill_gain": gains / len(everybody),
            "mean_degree": 2.0 * len(self.ties) / len(everybody),
            "reply_rate": _share(total["answered"], total["collective"]),
            "autotelic_ratio": _share(total["persistence"], total["persistence"] + total["external_drive"]),
            "collective_share": _share(total["collective"], total["active"]),
            "collaborators_share": sum(one.weeks_collaborating >= 3 for one in everybody) / len(everybody),
        }

    def sigma(self, x: float) -> float:
        """Return the logistic function of x."""
        return 1.0 / (1.0 + self.chance.exp(-x))


def _named(given: Any) -> Any:
    """Return nested dicts as objects with attributes; ``lambda`` becomes ``lambda_``."""
    if not isinstance(given, dict):
        return given
    return SimpleNamespace(**{("lambda_" if name == "lambda" else name): _named(one) for name, one in given.items()})


def _share(part: float, whole: float) -> float:
    """Return a share, not a number where there is nothing to share."""
    return part / whole if whole else nan
