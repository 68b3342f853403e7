"""The face that Mesa knows: a ``mesa.Model`` over the engine. Below the report, Mesa is touched in this file alone.

Arrays are the truth; learners are looked at through light views that are made when they are asked for, and cost nothing
where they are not. Works with Mesa 3.3 and 3.5.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa  # type: ignore[import-untyped]
import numpy as np

from ecosim.errors import UsageError
from ecosim.language import text
from ecosim.model import tables
from ecosim.model.engine import Choices
from ecosim.model.metrics import METRICS, wanted
from ecosim.model.metrics.bounds import bounds
from ecosim.model.metrics.summary import needs_diary, summary
from ecosim.model.resettled import resettled
from ecosim.model.run import new_engine, reseeded
from ecosim.model.views import Learner, Learners, fixed
from ecosim.scenario.resolve import Loaded, load

if TYPE_CHECKING:
    import networkx
    import pandas


PRESET = "preset:community-of-practice"  #: what lives where no scenario is named
NO_SETTINGS = ("model", "_scenario_id", "rng", "scenario", "replicate")  #: what else is in a ``Scenario`` of Mesa


class Ecosystem(mesa.Model):  # type: ignore[misc]
    """A learning ecosystem as a Mesa model; one step is one week.

    Results never depend on Mesa's generators (``random``, ``rng``) nor on its clock: every draw is keyed by the
    scenario's seed and the replicate, and the engine counts its own weeks. Mesa's generators are there, seeded alike,
    for whatever a user adds.

    Parameters
    ----------
    scenario : str, Path, mapping, Loaded or mesa.experimental.scenarios.Scenario
        ``preset:NAME``, the path of a file, a dictionary, or what has been loaded already. A ``Scenario`` of Mesa 3.5
        is a bundle of these arguments: ``Scenario(rng=1, scenario="preset:xmooc", **{"design.choice": 0.2})``.
    rng : int, optional
        A seed in place of the scenario's; digits in a text will do. Without one every run has the scenario's seed: the
        same arguments are the same run, so that Mesa's ``iterations`` repeat it. Vary ``replicate`` instead.
    replicate : int
        Which luck under this seed.
    **kwargs
        Dotted path -> value, over what the scenario says: ``**{"design.choice": 0.2}``; ``seed`` is ``rng``.

    Attributes
    ----------
    engine : Engine
        The ecosystem itself.
    loaded : Loaded
        The checked scenario.
    running : bool
        Whether there are weeks left.
    datacollector : mesa.DataCollector
        One model variable a weekly metric, collected every week; one of your own may take its place.

    Raises
    ------
    InvalidFile, UsageError
        As from :func:`ecosim.load`; UsageError too when a seed is none.
    """

    def __init__(
        self,
        scenario: str | Path | Mapping[str, Any] | Loaded | Any = PRESET,
        *,
        rng: int | str | None = None,
        replicate: int = 0,
        **kwargs: Any,  # Mesa 3.3 asks for this very name
    ) -> None:
        settings = kwargs
        if hasattr(scenario, "to_dict"):
            bundle = {"scenario": PRESET, "rng": None, "replicate": 0, **scenario.to_dict()}
            scenario, rng = bundle["scenario"], bundle["rng"] if rng is None else rng
            replicate = replicate or bundle["replicate"]
            settings = {name: value for name, value in bundle.items() if name not in NO_SETTINGS} | kwargs
        luck = _one_seed(rng, settings.pop("seed", None))
        if isinstance(scenario, Loaded):
            loaded = resettled(scenario, settings)
        else:
            loaded = load(scenario, set=settings, metrics=METRICS, bounds=bounds())
        self.loaded = reseeded(loaded, luck)
        super().__init__(rng=self.loaded.scenario.seed)
        self.engine = new_engine(self.loaded, replicate)
        if needs_diary(wanted(self.loaded.scenario)):
            self.engine.watch()
        self.datacollector = mesa.DataCollector({name: partial(latest, name) for name in _collected()})
        self._lived = False
        self._mesa_step = self.step  # Mesa's own, which counts steps and calls ours
        self.step = self._refuse_then_step  # type: ignore[method-assign]

    def step(self, choices: Choices | None = None) -> None:
        """Live one week. When the run is over there is a warning and no week: Mesa's pages step on regardless.

        Parameters
        ----------
        choices : mapping of learner -> {artefact, effort, partner}, optional
            What people decided for the learners whom they play.

        Raises
        ------
        UsageError
            When a choice is impossible, as it is when the run is over; nothing has been done then.
        """
        if not self._lived:
            self.engine.step(choices)
        self._lived = False
        self.running = self.engine.running
        self.datacollector.collect(self)

    def _refuse_then_step(self, choices: Choices | None = None) -> None:
        """Refuse a week before Mesa counts it: its step (3.5) takes no arguments, and breaks for good on an error."""
        if choices:
            self.engine.step(choices)
            self._lived = True
        elif not self.engine.running:
            over = text("errors.run.over", weeks=self.loaded.scenario.weeks)
            warnings.warn(over, RuntimeWarning, stacklevel=2)
            return
        self._mesa_step()

    def run_for(self, duration: float) -> None:
        """Live so many weeks, a whole number; as Mesa's method of this name, which Mesa 3.3 lacks.

        Raises
        ------
        UsageError
            When it is no number of weeks; nothing has been done then.
        """
        if not (duration >= 0 and float(duration).is_integer()):
            raise UsageError("mesa.weeks", value=duration)
        for _ in range(int(duration)):
            self.step()

    def run_until(self, end_time: float) -> None:
        """Live on until so many weeks have been lived; see :meth:`run_for`."""
        self.run_for(max(0, end_time - self.engine.week))

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
        fixed()

    register_agent = deregister_agent = remove_all_agents = fixed

    @property
    def agents_by_type(self) -> dict[type, Learners]:
        """All learners under their one type."""
        return {Learner: self.agents}

    @property
    def agent_types(self) -> list[type]:
        """The one type of agents there is."""
        return [Learner]

    @property
    def scenario(self) -> None:
        """Mesa 3.5 keeps its own kind of scenario here, and makes models anew from it; ours is in ``loaded``."""
        return None

    @scenario.setter
    def scenario(self, scenario: Any) -> None:
        """Leave aside the empty one that Mesa gives every model."""

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


def _one_seed(rng: Any, seed: Any) -> Any:
    """Return the seed given by either name, digits as a number: so do the input fields of Mesa's pages give it.

    Raises
    ------
    UsageError
        When the two differ.
    """
    given = [int(each) if isinstance(each, str) and each.strip().isdecimal() else each for each in (rng, seed)]
    found = [each for each in given if each is not None]
    if len(found) == 2 and found[0] != found[1]:
        raise UsageError("mesa.seeds", rng=rng, seed=seed)
    return found[0] if found else None


def _collected() -> list[str]:
    """Return the metrics that are collected every week: those with a series, and a user's own that may have one."""
    names = ((name, METRICS[name]) for name in METRICS)
    return [
        n for n, metric in names if metric.is_weekly is not False and not metric.costly and not metric.counterfactual
    ]


def latest(name: str, model: Ecosystem) -> float:
    """Return the value of a metric in the last week lived; its run value so far where it has no series."""
    series = METRICS[name].weekly(model.engine)
    if series is None:
        return METRICS[name].value(model.engine)
    return float(series[-1]) if series.size else float("nan")
