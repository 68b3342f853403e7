"""The engine: one ecosystem, week by week, on arrays. It knows neither files nor Mesa nor figures."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np

from ecosim.errors import UsageError
from ecosim.model import events
from ecosim.model.begin import artefact_names, create_artefacts, create_learners
from ecosim.model.choice import checked
from ecosim.model.kernel import grouped
from ecosim.model.levers import by_week, lever_tables, new_lever, parameters
from ecosim.model.networks import NETWORKS, distinct, pairs_of, ties_of
from ecosim.model.past import Past
from ecosim.model.state import Array, Ties, World, new_acts, new_week, no_ties
from ecosim.model.watching.diary import Diary
from ecosim.model.week.answer import be_answered
from ecosim.model.week.appraise import appraise
from ecosim.model.week.become import become, take_energy
from ecosim.model.week.challenge import be_challenged
from ecosim.model.week.feel import feel
from ecosim.model.week.instrument import make_instrument
from ecosim.model.week.intend import intend
from ecosim.model.week.learn import learn
from ecosim.model.week.meet import meet
from ecosim.model.week.observe import new_channel, new_log, observe
from ecosim.model.week.perceive import perceive
from ecosim.model.week.stay import stay
from ecosim.model.week.tie import tie
from ecosim.scenario.counts import community_sizes
from ecosim.scenario.design import Design
from ecosim.scenario.document import Scenario

Edges = list[tuple[int, int, float, float]]
Choices = Mapping[int, Mapping[str, Any]]


def links_of(ties: Ties) -> tuple[Array, Array, Array, Array]:
    """Return ties as kernels like them: unsigned numbers need no check for counting from the end."""
    return ties.first.view("u8"), ties.other.view("u4"), ties.weight, ties.ground


class Engine:
    """A learning ecosystem as arrays.

    Parameters
    ----------
    scenario : Scenario
        Checked; communities hold complete designs.
    replicate : int
        Which luck; 0 .. 2**32 - 1. The same replicate under another design meets the same luck.
    edges : list of (i, j, weight, ground), optional
        Ready ties that replace the generated ones.
    """

    def __init__(self, scenario: Scenario, replicate: int = 0, edges: Edges | None = None) -> None:
        self.scenario, self.seed, self.replicate, self.week = scenario, scenario.seed, replicate, 0
        designs, shares = self._communities()
        self.sizes = community_sizes(shares, scenario.learners)
        self.levers = lever_tables(designs, scenario.weeks)
        events.withdraw(self.levers, scenario)
        self._by_week, self.lever = by_week(self.levers), new_lever(len(designs))
        self._moving = bool((self._by_week != self._by_week[0]).any())
        self._stages = events.parameters_from(parameters(scenario.context), scenario)
        self.p = self._stages[0][1]
        self.artefacts = create_artefacts(scenario, len(designs), replicate)
        self.artefact_names = artefact_names(scenario)
        self.learners = create_learners(scenario, self.sizes, len(self.artefact_names), self.p, replicate)
        self.now = new_week(scenario.learners, len(self.artefact_names))
        self.acts, self.count = new_acts(scenario.learners), 0
        self.present = 0
        self.humans: dict[int, dict[str, int]] = {}
        self.log, self.channel, self.past = new_log(scenario.weeks), new_channel(), Past(scenario.weeks)
        self.calls: list[Array] = []
        self.diary: Diary | None = None
        self._open = False
        self.blocks = self._blocks()
        self.ties = no_ties(scenario.learners, 0)
        self.ties_at_start = self._spare = self.ties
        self.links = self.links_at_start = links_of(self.ties)
        self.world = self._world()
        self._ready = self._ready_ties(designs, edges)
        self._arriving = frozenset(np.unique(self.learners.arrival_week).tolist())

    def _communities(self) -> tuple[list[Design], list[float]]:
        """Return the design and the share of each community; one of all learners where none is named."""
        named = list(self.scenario.communities.values())
        self.community_names = list(self.scenario.communities) or ["community"]
        return [each.design for each in named] or [self.scenario.design], [each.share for each in named] or [1.0]

    def _world(self) -> Any:
        """Return what every process works on, in the form in which kernels take it."""
        return grouped(World(self.learners, self.now, self.acts, self.lever, self.artefacts))

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy needs; what kernels take is made anew, of the arrays of the copy."""
        views = ("world", "links", "links_at_start")
        return {name: value for name, value in self.__dict__.items() if name not in views}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.world = self._world()
        self.links, self.links_at_start = links_of(self.ties), links_of(self.ties_at_start)

    @property
    def luck(self) -> tuple[int, int, int]:
        """What every draw of the week is keyed by: week, seed, replicate."""
        return self.week, self.seed, self.replicate

    def _ready_ties(self, designs: list[Design], edges: Edges | None) -> dict[int, tuple[Array, Array, Array]]:
        """Return the ready ties by the week in which they start: the later of their two arrivals."""
        relation = self.scenario.context.relation
        if edges is not None:
            given = sorted((min(i, j), max(i, j), w, ground) for i, j, w, ground in edges)
            pairs = np.array([each[:2] for each in given], np.int64).reshape(-1, 2)
            weight, ground = np.array([each[2] for each in given]), np.array([each[3] for each in given])
        else:
            pairs = self._generated(designs)
            weight = np.full(len(pairs), relation.ready_weight)
            ground = np.full(len(pairs), relation.ready_ground)
        start = self.learners.arrival_week[pairs].max(axis=1) if len(pairs) else np.empty(0, np.int32)
        return {int(w): (pairs[start == w], weight[start == w], ground[start == w]) for w in np.unique(start)}

    def _generated(self, designs: list[Design]) -> Array:
        """Return the pairs that the network of the scenario ties in each community."""
        network, low, parts = self.scenario.context.network, 0, [np.empty((0, 2), np.int64)]
        for design, size in zip(designs, self.sizes, strict=True):
            generate = NETWORKS[network.kind]
            parts.append(generate(network, low, size, design.ready_ties, self.scenario.seed, self.replicate))
            low += size
        return distinct(np.concatenate(parts))

    @property
    def running(self) -> bool:
        """Whether there are weeks left."""
        return self.week < self.scenario.weeks

    @property
    def half_ties(self) -> int:
        """How many half-ties there are: twice the ties."""
        return int(self.ties.first[-1])

    def watch(self) -> Engine:
        """Keep a diary from now on, of which records of instruments can be made; changes nothing else."""
        self.diary = self.diary or Diary(self.scenario.weeks, self.scenario.learners)
        return self

    def open_week(self) -> None:
        """Let the schedule act and what is possible be perceived (0 and 1), so that people can be asked."""
        if self._open:
            return
        if not self.running:
            raise UsageError("errors.run.over", weeks=self.scenario.weeks)
        self._schedule()
        perceive(self)
        self._open = True

    def step(self, choices: Choices | None = None) -> None:
        """Live one week: everything is perceived, done, felt and learned at once, then observed.

        Parameters
        ----------
        choices : mapping of learner -> {artefact, effort, partner}, optional
            What people decided for the learners whom they play; see :meth:`options`.

        Raises
        ------
        UsageError
            When the run is over or a choice is impossible; nothing has been done then.
        """
        self.open_week()
        self.humans = {int(i): checked(self, int(i), dict(choice)) for i, choice in sorted((choices or {}).items())}
        intend(self)
        meet(self)
        be_challenged(self)
        be_answered(self)
        feel(self)
        learn(self)
        make_instrument(self)
        appraise(self)
        become(self)
        take_energy(self)
        tie(self)
        stay(self)
        observe(self)
        self.past.keep(self)
        if self.diary is not None:
            self.diary.keep(self)
        self._open = False
        self.week += 1

    def run(self) -> Engine:
        """Live all weeks that are left."""
        while self.running:
            self.step()
        return self

    def options(self, learner: int) -> list[int]:
        """Return the numbers of the artefacts that ``learner`` may use this week: what a human may choose from."""
        self.open_week()
        if not self.learners.enrolled[learner]:
            return []
        forced = self.levers.forced_collaboration[self.week, self.learners.community[learner]] >= 0.5
        possible = int(self.now.possible[learner])
        together = self.artefacts.collective
        return [m for m in range(together.size) if possible >> m & 1 and (together[m] or not forced)]

    def _schedule(self) -> None:
        """Process 0: arrivals, ready ties, parameters, events."""
        week, scenario, learners = self.week, self.scenario, self.learners
        self.p = [p for first, p in self._stages if first <= week][-1]
        if week == 0 or self._moving:
            for lever, value in zip(self.lever, self._by_week[week], strict=True):
                lever[:] = value
        self.flow_feeds, self.apart = events.flow_feeds(scenario, week), events.alone(scenario, week)
        if week in self._arriving:
            learners.enrolled[learners.arrival_week == week] = True
        if week in self._ready:
            self._add_ties(*self._ready.pop(week))
        if scenario.events:
            self._happen(week)
        if len(self.sizes) > 1:
            self.blocks = self._blocks()
        self.links = links_of(self.ties)

    def _happen(self, week: int) -> None:
        """Let the events of the week act."""
        scenario, learners = self.scenario, self.learners
        if self.apart:
            self.ties.first[:] = 0
        self.ties = events.exchange(self.ties, scenario, week, self.replicate)
        events.swap(learners, scenario, week, len(self.sizes), self.replicate)
        events.seed_experts(learners, self.ties, self.artefact_names, scenario, week, self.replicate)
        struck = events.shocked(scenario, week, scenario.learners, self.replicate)
        self.now.shocked[:] = 0.0 if struck is None else struck

    def _add_ties(self, pairs: Array, weight: Array, ground: Array) -> None:
        """Add ties between people who have just both arrived."""
        before = pairs_of(self.ties)
        self.ties = ties_of(
            self.scenario.learners,
            np.concatenate([before[0], pairs]),
            np.concatenate([before[1], weight]),
            np.concatenate([before[2], ground]),
        )

    def _blocks(self) -> tuple[Array, Array]:
        """Return runs of consecutive learners of one community: their bounds (B + 1,) and their community (B,)."""
        community = self.learners.community
        begins = np.flatnonzero(np.diff(community)) + 1
        bounds = np.concatenate([[0], begins, [community.size]])
        return bounds, community[bounds[:-1]].astype(np.int64)

    def spare_ties(self) -> Ties:
        """Return room for the ties of the week's end: for all there are, and for one more at each end of every call."""
        wanted = self.half_ties + 2 * self.count
        if self._spare.other.size < wanted or self._spare is self.ties:
            self._spare = no_ties(self.scenario.learners, wanted + wanted // 4)
        return self._spare

    def swap_ties(self) -> None:
        """Make the ties of the week's end the present ones; those of its start stay readable until the next week."""
        self.ties_at_start, self.ties, self._spare = self.ties, self._spare, self.ties
        self.links_at_start, self.links = self.links, links_of(self.ties)

    def digest(self) -> str:
        """Return one hash of the whole state: every learner's every state, all ties, content, all weekly sums."""
        whole = sha256()
        count = self.half_ties
        ties = (self.ties.first, self.ties.other[:count], self.ties.weight[:count], self.ties.ground[:count])
        for array in (*self.learners, *ties, self.artefacts.content, self.channel, *self.log):
            whole.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
        return whole.hexdigest()
