"""The face that Mesa knows: a ``mesa.Model`` over the engine. Mesa is touched in this file alone.

Arrays are the truth; learners are looked at through light views that are made when they are asked for, and cost nothing
where they are not. Works with Mesa 3.3 and 3.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa  # type: ignore[import-untyped]
import numpy as np

from ecosim.errors import UsageError
from ecosim.model import tables
from ecosim.model.engine import Choices
from ecosim.model.metrics import METRICS, wanted
from ecosim.model.metrics.bounds import bounds
from ecosim.model.metrics.summary import summary
from ecosim.model.run import new_engine, reseeded
from ecosim.model.views import Learner, Learners
from ecosim.scenario.resolve import Loaded, load

if TYPE_CHECKING:
    import networkx
    import pandas


class Ecosystem(mesa.Model):  # type: ignore[misc]
    """A learning ecosystem as a Mesa model; one step is one week.

    Results never depend on Mesa's generators (``random``, ``rng``) nor on its clock: every draw is keyed by the
    scenario's seed and the replicate, and the engine counts its own weeks. Mesa's generators are there, seeded alike,
    for whatever a user adds.

    Parameters
    ----------
    scenario : str, Path, mapping or Loaded
        ``preset:NAME``, the path of a file, a dictionary, or what has been loaded already.
    seed : int, optional
        In place of the scenario's.
    rng : int, optional
        The same, by the name that Mesa gives it; digits in a text will do.
    replicate : int
        Which luck under this seed.
    **settings
        Dotted path -> value, over what the scenario says: ``**{"design.choice": 0.2}``.

    Attributes
    ----------
    engine : Engine
        The ecosystem itself.
    loaded : Loaded
        The checked scenario.
    running : bool
        Whether there are weeks left.
    datacollector : mesa.DataCollector
        One model variable a weekly metric, collected every week.

    Raises
    ------
    InvalidFile, UsageError
        As from :func:`ecosim.load`; UsageError too when a seed is none.
    """

    def __init__(
        self,
        scenario: str | Path | Mapping[str, Any] | Loaded = "preset:community-of-practice",
        *,
        seed: int | None = None,
        rng: int | str | None = None,
        replicate: int = 0,
        **settings: Any,
    ) -> None:
        luck = _as_seed(rng if seed is None else seed)
        if isinstance(scenario, Loaded):
            if settings:
                raise UsageError("errors.simulate.settings", name=next(iter(settings)))
            self.loaded = reseeded(scenario, luck)
        else:
            self.loaded = reseeded(load(scenario, set=settings, metrics=METRICS, bounds=bounds()), luck)
        super().__init__(rng=self.loaded.scenario.seed)
        self.engine = new_engine(self.loaded, replicate)
        self.datacollector = mesa.DataCollector({name: partial(latest, name) for name in _collected()})
        self._lived = False
        self._counted_step = self.step  # Mesa's own, which counts steps and calls ours
        self.step = self._live_then_count  # type: ignore[method-assign]

    def step(self, choices: Choices | None = None) -> None:
        """Live one week.

        Parameters
        ----------
        choices : mapping of learner -> {artefact, effort, partner}, optional
            What people decided for the learners whom they play.

        Raises
        ------
        UsageError
            When the run is over or a choice is impossible; nothing has been done then.
        """
        if not self._lived:
            self.engine.step(choices)
        self._lived = False
        self.running = self.engine.running
        self.datacollector.collect(self)

    def _live_then_count(self, choices: Choices | None = None) -> None:
        """Live the week before Mesa counts it: its step (3.5) takes no arguments, and breaks for good on an error."""
        self.engine.step(choices)
        self._lived = True
        self._counted_step()

    def run(self) -> Ecosystem:
        """Live all weeks that are left."""
        while self.running:
            self.step()
        return self

    @property
    def agents(self) -> Learners:
        """All learners, those to come and those who have left included, as read-only views."""
        return Learners(self, np.arange(self.loaded.scenario.learners))

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise UsageError("errors.agents.fixed")

    @property
    def agents_by_type(self) -> dict[type, Learners]:
        """All learners under their one type."""
        return {Learner: self.agents}

    @property
    def agent_types(self) -> list[type]:
        """The one type of agents there is."""
        return [Learner]

    @property
    def weekly(self) -> pandas.DataFrame:
        """One row a week lived, one column a metric."""
        return tables.frame(tables.weekly_table(self.engine), "week")

    @property
    def learners(self) -> pandas.DataFrame:
        """One row a learner, as she is now."""
        return tables.frame(tables.learners_table(self.engine), "number")

    def graph(self) -> networkx.Graph[int]:
        """Return the ties as they are now, with what is known of learners and ties."""
        return tables.network(self.engine)

    @property
    def summary(self) -> dict[str, float | None]:
        """Metric -> run value so far; what compares with another run is undefined (use :func:`ecosim.run`)."""
        found = [each for each in wanted(self.loaded.scenario) if not each.metric.counterfactual]
        return summary(found, self.engine, {})

    def digest(self) -> str:
        """Return one hash of the whole state."""
        return self.engine.digest()


def _as_seed(given: Any) -> Any:
    """Return a seed given as digits as a number: so do the input fields of Mesa's pages give it."""
    return int(given) if isinstance(given, str) and given.strip().isdecimal() else given


def _collected() -> list[str]:
    """Return the metrics that are collected every week."""
    names = ((name, METRICS[name]) for name in METRICS)
    return [name for name, metric in names if metric.is_weekly and not metric.costly and not metric.counterfactual]


def latest(name: str, model: Ecosystem) -> float:
    """Return the value of a weekly metric in the last week lived."""
    series = METRICS[name].weekly(model.engine)
    return float(series[-1]) if series is not None and series.size else float("nan")
