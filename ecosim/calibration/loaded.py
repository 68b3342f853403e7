"""A calibration that has passed every check: its cohorts as designs of a study, its axes and its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ecosim.calibration.document import Calibration
from ecosim.calibration.targets import Aim
from ecosim.study.plan.loaded import Arm, LoadedStudy, scenarios_of
from ecosim.study.plan.space import Axis, Points


@dataclass(frozen=True)
class LoadedCalibration:
    """A calibration that has passed every check.

    Parameters
    ----------
    calibration : Calibration
        As written.
    study : LoadedStudy
        The same as a study, for the runner and the ledger: cohorts are its designs, and its points grow.
    axes : tuple of Axis
        What is free.
    aims : tuple of Aim
        What is to be met.
    proposed : list of dict
        What each point sets, path -> value: the points of ``study``, in the order in which they are thought of.
    """

    calibration: Calibration
    study: LoadedStudy
    axes: tuple[Axis, ...]
    aims: tuple[Aim, ...]
    proposed: list[dict[str, Any]]

    @property
    def seed(self) -> int:
        """Of everything."""
        return self.study.seed

    @property
    def runs_each(self) -> int:
        """How many runs a point takes."""
        return len(self.study.arms) * self.calibration.replicates

    def title(self, lang: str) -> str:
        """Return its title, else the name of its file."""
        return self.study.title(lang)

    def fresh(self, aims: Sequence[Aim] | None = None) -> LoadedCalibration:
        """Return the same with no point thought of yet, and perhaps with other bands for its targets."""
        aims = tuple(aims or self.aims)
        proposed: list[dict[str, Any]] = []
        points = Points(self.axes, listed=proposed)
        bands = [{"low": aim.low, "high": aim.high} for aim in aims]
        targets = [each.model_copy(update=band) for each, band in zip(self.calibration.targets, bands, strict=True)]
        calibration = self.calibration.model_copy(update={"targets": targets})
        made_of = whole_of(calibration, self.study.arms, self.seed)
        study = replace(self.study, points=points, made_of=made_of, given="" if aims != self.aims else self.study.given)
        return LoadedCalibration(calibration, study, self.axes, aims, proposed)


def whole_of(calibration: Calibration, arms: Sequence[Arm], seed: int) -> Mapping[str, Any]:
    """Return a calibration in plain values, complete: it names no other file but the data files beside it."""
    plain = calibration.model_dump(mode="json", by_alias=True, exclude_none=True)
    scenarios, _ = scenarios_of(arms)
    plain["cohorts"] = {arm.name: {"scenario": scenarios[arm.name], "title": arm.title or arm.name} for arm in arms}
    plain["seed"] = seed
    return plain
