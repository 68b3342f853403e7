"""A study that has passed every check: its designs, points, metrics, and what tells it from others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from ecosim.errors import Problem
from ecosim.model.metrics import Wanted
from ecosim.model.metrics.summary import asked_for
from ecosim.scenario.document import Measure
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded
from ecosim.scenario.writer import write
from ecosim.study.plan.document import Designs, Posterior, Replicates, Study
from ecosim.study.plan.recipe import Recipe
from ecosim.study.plan.space import Axis, Points


@dataclass(frozen=True)
class Arm:
    """One design of a study.

    Parameters
    ----------
    name : str
        As the file calls it.
    recipe : Recipe
        What travels, and says which scenario it is.
    own : frozenset of str
        Dotted paths that the design sets itself.
    title : str or mapping
        What people call it.
    asked : frozenset of str, optional
        Keys of the metrics that are measured of it; without it all of the study's.
    """

    name: str
    recipe: Recipe
    own: frozenset[str]
    title: Any = ""
    asked: frozenset[str] | None = None

    @cached_property
    def loaded(self) -> Loaded:
        """The scenario with nothing varied."""
        return self.recipe.loaded()

    def measured(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Return those of the metrics of a study that are measured of this design."""
        return [each for each in wanted if self.asked is None or each.key in self.asked]

    def label(self, lang: str) -> str:
        """Return what people call it: its title, else its name."""
        said = self.title if isinstance(self.title, str) else self.title.get(lang, "")
        return said or self.name.replace("_", " ").replace("-", " ")


@dataclass(frozen=True)
class LoadedStudy:
    """A study that has passed every check.

    Parameters
    ----------
    study : Study
        As written.
    name : str
        Name of its file without folder and ending.
    given : str
        Its text, empty for a dictionary.
    arms : tuple of Arm
        Its designs, the baseline among them; one of the scenario as it is where none is named.
    points : Points
        Where it is run; with method ``designs`` the first is the scenario as it is, the others the assumption box.
    measures : tuple of Measure
        What is measured: what is asked for, and what expectations need.
    seed : int
        Of every run.
    replicates : Replicates
        As written, or the default of the method.
    warnings : list of Problem
        What is allowed but perhaps not meant.
    files : mapping of str to str
        Name -> text of the data files that the study itself names.
    made_of : mapping, optional
        Where it is made of another kind of file: what that file says, complete, instead of a study.
    """

    study: Study
    name: str
    given: str
    arms: tuple[Arm, ...]
    points: Points
    measures: tuple[Measure, ...]
    seed: int
    replicates: Replicates
    warnings: list[Problem]
    files: Mapping[str, str] = field(default_factory=dict)
    made_of: Mapping[str, Any] | None = None

    @property
    def kind(self) -> str:
        """The method."""
        return str(self.study.method.kind)

    @cached_property
    def wanted(self) -> list[Wanted]:
        """The metrics, as lines of a summary."""
        return asked_for(self.measures)

    @property
    def baseline(self) -> str:
        """The design that the others are compared with."""
        return self.study.compare.baseline or self.arms[0].name

    @property
    def box(self) -> Designs | None:
        """The method, where it repeats the comparison over the assumption box."""
        method = self.study.method
        return method if isinstance(method, Designs) and method.robustness else None

    @property
    def file(self) -> str:
        """Name of the file that it is, in a results folder."""
        return "study.yaml" if self.made_of is None else f"{self.made_of['kind']}.yaml"

    def title(self, lang: str) -> str:
        """Return its title, else the name of its file."""
        return in_language(self.study.title, lang) or self.name.replace("-", " ")

    def arm(self, name: str) -> Arm:
        """Return the design called ``name``."""
        return next(arm for arm in self.arms if arm.name == name)

    def resolved(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the complete study in plain values, which runs alone, and the data files that belong beside it."""
        scenarios, files = scenarios_of(self.arms)
        if self.made_of is not None:
            return dict(self.made_of), files
        plain = self.study.model_dump(mode="json", by_alias=True, exclude_none=True)
        plain.pop("scenario", None)
        titles = {arm.name: arm.title or arm.name for arm in self.arms}
        plain["designs"] = {name: {"extends": scenarios[name], "title": title} for name, title in titles.items()}
        if self.box is not None:
            plain["vary"] = {axis.path: _factor(axis) for axis in self.points.axes}
        plain["seed"] = self.seed
        plain["metrics"] = [each.model_dump(mode="json") for each in self.measures]
        plain["replicates"] = self.replicates.model_dump(mode="json", exclude_none=True)
        if isinstance(self.study.method, Posterior):
            plain["method"]["file"] = next(iter(self.files))
        return plain, {**files, **self.files}

    def text(self) -> str:
        """Return the complete study as YAML."""
        return write(self.resolved()[0])

    def registered(self) -> str:
        """Return a hash of what must stand before the first run: what is expected, what matters, when to stop.

        Whether a claim is built in, and why it is expected, are words about it.
        """
        words = {"status", "why"}
        whole = {
            "expect": [each.model_dump(mode="json", exclude=words) for each in self.study.expect],
            "compare": self.study.compare.model_dump(mode="json", exclude={"by"}),
            "replicates": self.replicates.model_dump(mode="json"),
        }
        return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()

    def spec(self) -> str:
        """Return the SHA-256 of all that decides what the runs are: designs, points, metrics, series, seed.

        How many replicates, how they are compared and what is expected may change between two sessions on a folder.
        """
        method = self.study.method.model_dump(mode="json")
        if isinstance(self.study.method, Posterior):
            method["file"] = dict(self.files)  # wherever it lies
        axes = [repr(axis) for axis in self.points.axes]
        everything = {
            "designs": {arm.name: arm.loaded.hash() for arm in self.arms},
            "method": method,
            "axes": axes,
            "metrics": [each.key for each in self.wanted],
            "series": self.study.run.series,
            "seed": self.seed,
        }
        if self.made_of is not None:
            everything["made_of"] = _deciding(self.made_of)
        return sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()


WORDS = frozenset({"title", "question", "description", "source"})
"""Keys of what a study is made of that are words about it; designs and run rules are told apart elsewhere, or not."""


def _deciding(value: Any) -> Any:
    """Return what decides the runs, of what a study is made of."""
    if isinstance(value, Mapping):
        passed = WORDS | {"run", "cohorts"}
        return {name: _deciding(inner) for name, inner in value.items() if name not in passed}
    return [_deciding(each) for each in value] if isinstance(value, list) else value


def scenarios_of(arms: Sequence[Arm]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Return every design's scenario in plain values, and the data files that belong beside them."""
    made, files = {}, {}
    for arm in arms:
        values = json.loads(json.dumps(arm.recipe.values))
        for name, text in arm.recipe.files.items():
            own = f"{arm.name}-{name}"
            files[own] = text
            values["context"]["network"]["file"] = own
        rest = {name: value for name, value in values.items() if name not in ("ecosim", "kind")}
        made[arm.name] = {"ecosim": 1, "kind": "scenario", **rest}
    return made, files


def _factor(axis: Axis) -> dict[str, Any]:
    """Return an axis as a study file says it."""
    if axis.levels:
        return {"levels": list(axis.levels)}
    return {"min": axis.low, "max": axis.high, "scale": "log" if axis.log else "linear"}
