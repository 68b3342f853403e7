"""From a file, a preset or a dictionary to something that runs: what ``ecosim.load`` and ``ecosim.run`` are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.run import Run, reseeded, simulate
from ecosim.scenario.document import Scenario
from ecosim.scenario.resolve import Loaded
from ecosim.scenario.resolve import load as load_scenario

if TYPE_CHECKING:
    from ecosim.model.ecosystem import Ecosystem

Source = str | Path | Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """A scenario that has passed every check, ready to be built or run.

    Parameters
    ----------
    loaded : Loaded
        The scenario as the checks left it, with ``warnings``, ``text()`` and ``hash()``.
    """

    loaded: Loaded

    @property
    def scenario(self) -> Scenario:
        """The checked scenario."""
        return self.loaded.scenario

    @property
    def warnings(self) -> list[str]:
        """What is allowed but perhaps not meant, in English."""
        return [problem.say() for problem in self.loaded.warnings]

    def build(self, seed: int | None = None, replicate: int = 0) -> Ecosystem:
        """Return the ecosystem as a Mesa model, before its first week.

        Parameters
        ----------
        seed : int, optional
            In place of the scenario's.
        replicate : int
            Which luck under this seed.

        Raises
        ------
        UsageError
            When seed or replicate is no whole number from 0 to 2**32 - 1.
        """
        from ecosim.model.ecosystem import Ecosystem  # lazily: importing Mesa takes more than a second

        return Ecosystem(self.loaded, seed=seed, replicate=replicate)

    def run(self, seed: int | None = None, replicate: int = 0, **how: Any) -> Run:
        """Live it to its end, without Mesa; ``how`` as for :func:`ecosim.model.run.simulate`."""
        return simulate(reseeded(self.loaded, seed), replicate, **how)


def load(source: Source, set: Mapping[str, Any] | None = None, seed: int | None = None) -> World:
    """Read and check a scenario.

    Parameters
    ----------
    source : str, Path or mapping
        Path of a file, ``preset:NAME``, or the scenario as a dictionary.
    set : mapping of str to Any, optional
        Dotted path -> value, over what the file says: ``{"design.choice": 0.2, "weeks": 20}``.
    seed : int, optional
        In place of the seed of the file.

    Raises
    ------
    InvalidFile
        With everything that is wrong, each with file, line, column and path.
    UsageError
        When there is no such preset.
    """
    return World(load_scenario(source, set=set, seed=seed, metrics=METRICS, bounds=bounds()))


def run(source: Source, set: Mapping[str, Any] | None = None, seed: int | None = None, replicate: int = 0) -> Run:
    """Read, check and live a scenario; see :func:`load` for the parameters.

    Returns
    -------
    Run
        With ``summary`` (metric -> value), ``weekly`` and ``learners`` (DataFrames), ``graph()``.
    """
    return load(source, set, seed).run(replicate=replicate)
