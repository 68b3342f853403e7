"""The shape of a calibration file: which worlds, what is to be met in them, what is free, and how it is sought.

As in :mod:`ecosim.study.plan.document`, the tree of this module *is* the language. Cohorts are scenarios, and are
checked as such in :mod:`ecosim.calibration.resolve`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ecosim.scenario.document import WORD
from ecosim.scenario.parts import Part, Words
from ecosim.schema import Whole
from ecosim.study.plan.document import Asked, Factor, RunRules, as_scenario

MOST_COHORTS, MOST_TARGETS, MOST_FREE = 50, 500, 100
BEST, AGAIN = 8, 4  #: of the trials of a search so many are lived again, each so often
CONFIRMING = BEST * AGAIN
Share = Annotated[float, Field(ge=0, le=1)]
Above0 = Annotated[float, Field(gt=0, le=1e6)]


class Cohort(Part):
    """One world that data speak of."""

    scenario: Annotated[str | dict[str, Any], BeforeValidator(as_scenario)]
    """Its scenario: a preset (preset:NAME), a path relative to this file, or the scenario itself."""
    set: dict[str, Any] = Field(default_factory=dict)
    """Dotted path -> value: what is known of this world and differs from its scenario."""
    title: Words = ""
    """What people call it."""


class Target(Part):
    """What is to be met: a metric of a cohort, and the band in which it lies."""

    cohort: str
    """In which cohort."""
    metric: Asked
    """Which metric, and over which weeks."""
    low: float
    """Lower end of the band."""
    high: float
    """Upper end of the band."""
    weight: Above0 = 1.0
    """How much it counts beside the others."""
    source: Words = ""
    """Where the band comes from."""


class Range(Part):
    """What a free parameter may be: every value between two ends, equally likely at first."""

    min: float
    """Lowest value."""
    max: float
    """Highest value."""
    scale: Literal["linear", "log"] = "linear"
    """How the range is filled; log takes equal steps of the logarithm."""

    def factor(self) -> Factor:
        """Return the same as a factor of a study."""
        return Factor(min=self.min, max=self.max, scale=self.scale)


class Screened(Part):
    """What every method begins with."""

    screening: Annotated[Whole, Field(ge=20, le=1_000_000)] = 256
    """Points of a Latin hypercube over all that is free."""
    identifiable: Share = 0.3
    """A parameter is fitted if the targets predict at least this share of its variance, else left at its own value."""


class Screening(Screened):
    """Find out which parameters the targets tell anything about, and fit none."""

    kind: Literal["screening"]


class Abc(Screened):
    """Approximate Bayesian computation by sequential Monte Carlo (Toni et al. 2009; pyABC): a posterior."""

    kind: Literal["abc"]
    population: Annotated[Whole, Field(ge=10, le=100_000)] = 100
    """Particles of a generation."""
    generations: Annotated[Whole, Field(ge=1, le=100)] = 5
    """Most generations."""
    tolerance: Annotated[float, Field(ge=0, le=10)] = 0.5
    """Distance, in half-widths of the bands, that is near enough: nearer than data are sure is no nearer."""
    acceptance: Annotated[float, Field(gt=0, le=1)] = 0.02
    """Share of proposals that a generation must accept; with fewer it is given up."""


class Optuna(Screened):
    """The point nearest to the targets, sought by a tree of Parzen estimators (Bergstra et al. 2011; Optuna)."""

    kind: Literal["optuna"]
    trials: Annotated[Whole, Field(ge=1, le=1_000_000)] = 200
    """Points that are tried after the screening."""


Method = Annotated[Abc | Optuna | Screening, Field(discriminator="kind")]


class Budget(Part):
    """When to stop, whatever has been found."""

    runs: Annotated[Whole, Field(ge=1, le=1_000_000_000)] = 20_000
    """Most runs in all."""
    hours: Annotated[float, Field(gt=0, le=1e6)] | None = None
    """Most hours that the runs take one after the other, all sessions together."""


class Calibration(Part):
    """Parameters of several worlds, sought so that all of them look as data say."""

    ecosim: Literal[1] = 1
    """Version of the language."""
    kind: Literal["calibration"] = "calibration"
    """What this file is."""
    title: Words = ""
    """Name of the calibration."""
    question: Words = ""
    """Question that it is to answer."""
    description: Words = ""
    """Where data come from, and what to make of the result."""
    cohorts: Annotated[dict[str, Cohort], Field(min_length=1, max_length=MOST_COHORTS)]
    """Name -> world."""
    targets: Annotated[list[Target], Field(min_length=1, max_length=MOST_TARGETS)]
    """What is to be met."""
    free: Annotated[dict[str, Range], Field(min_length=1, max_length=MOST_FREE)]
    """Dotted path -> range. All cohorts share it; ``cohorts.NAME.path`` is of one cohort only."""
    method: Method = Abc(kind="abc")
    """How it is sought."""
    replicates: Annotated[Whole, Field(ge=1, le=1000)] = 2
    """Runs of every cohort at each point, over which metrics are averaged; every point has luck of its own."""
    budget: Budget = Field(default_factory=Budget)
    """When to stop, whatever has been found."""
    seed: Annotated[Whole, Field(ge=0, le=WORD)] | None = None
    """Same seed, same calibration; that of the first cohort's scenario unless given."""
    run: RunRules = Field(default_factory=RunRules)
    """How runs are made."""
