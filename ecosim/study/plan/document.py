"""The shape of a study file: which designs or points are compared, how often, on what, and what is expected.

As in :mod:`ecosim.scenario.document`, the tree of this module *is* the language. Designs are overlays of the scenario
and are checked as such in :mod:`ecosim.study.plan.resolve`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ecosim.scenario.document import WORD, Measure, as_measure
from ecosim.scenario.parts import Part, Words
from ecosim.schema import Whole

MOST_DESIGNS, MOST_REPLICATES, MOST_POINTS = 200, 100_000, 10_000_000
FIRST_LOOK, LAST_LOOK, FIXED = 20, 400, 4  #: replicates: sequential from .. to, and a point where nothing is said

Level = Any
Asked = Annotated[Measure, BeforeValidator(as_measure)]
Effect = Annotated[float, Field(ge=0)]


class Factor(Part):
    """What is varied at one dotted path: a range of numbers, or a list of levels."""

    min: float | None = None
    """Lowest value of a range."""
    max: float | None = None
    """Highest value of a range."""
    scale: Literal["linear", "log"] = "linear"
    """How a range is filled; log takes equal steps of the logarithm."""
    steps: Annotated[Whole, Field(ge=2, le=1000)] | None = None
    """Values of a range in a grid, both ends included."""
    levels: Annotated[list[Level], Field(min_length=1, max_length=1000)] | None = None
    """Values one by one: numbers, words, or anything else that a scenario file may hold there."""


class Robustness(Part):
    """How often the comparison is repeated under other assumptions, drawn from the box that ``vary`` spans."""

    samples: Annotated[Whole, Field(ge=2, le=100_000)] = 64
    """Points of a Latin hypercube in the box."""
    replicates: Annotated[Whole, Field(ge=1, le=1000)] = 4
    """Runs of every design at each point."""


class Designs(Part):
    """Compare designs, and perhaps repeat the comparison over the assumption box."""

    kind: Literal["designs"]
    robustness: Robustness | None = None
    """Repeat the comparison under other assumptions; without ``vary`` over the plausible ranges of all parameters."""


class Grid(Part):
    """Every combination of all levels."""

    kind: Literal["grid"]


class Points(Part):
    """Points one by one."""

    kind: Literal["list"]
    points: Annotated[list[dict[str, Level]], Field(min_length=1, max_length=MOST_POINTS)]
    """Dotted path -> value, for each point."""


class Lhs(Part):
    """A Latin hypercube (McKay, Beckman & Conover 1979)."""

    kind: Literal["lhs"]
    samples: Annotated[Whole, Field(ge=2, le=MOST_POINTS)]
    """Number of points."""


class Sobol(Part):
    """Variance-based sensitivity (Sobol' 2001; Saltelli 2010): base * (factors + 2) points.

    With the second order, base * (2 * factors + 2).
    """

    kind: Literal["sobol"]
    base: Annotated[Whole, Field(ge=2, le=1_048_576)] = 64
    """Base sample: a power of two."""
    second_order: bool = False
    """Whether pairs of factors get an index too."""


class Morris(Part):
    """Elementary effects (Morris 1991; Campolongo 2007): trajectories * (factors + 1) points."""

    kind: Literal["morris"]
    trajectories: Annotated[Whole, Field(ge=2, le=100_000)] = 20
    """Number of trajectories."""
    levels: Annotated[Whole, Field(ge=2, le=100)] = 4
    """Values that each factor takes: an even number."""


class Posterior(Part):
    """Parameters as a calibration leaves them: rows of its posterior, each drawn as often as its weight says."""

    kind: Literal["posterior"]
    file: str
    """A posterior.csv, relative to this file: a column ``weight``, and one for each path."""
    samples: Annotated[Whole, Field(ge=2, le=MOST_POINTS)] = 64
    """Number of points: draws with replacement."""


Method = Annotated[Designs | Grid | Points | Lhs | Sobol | Morris | Posterior, Field(discriminator="kind")]


class Replicates(Part):
    """How many runs of every design at each point, and what decides."""

    min: Annotated[Whole, Field(ge=1, le=MOST_REPLICATES)] = FIRST_LOOK
    """At least so many: the first look."""
    max: Annotated[Whole, Field(ge=1, le=MOST_REPLICATES)] = LAST_LOOK
    """At most so many: the last look."""
    until: Literal["resolved", "half_width", "fixed"] = "resolved"
    """Go on until what is expected, and each difference with a smallest effect, is decided; or known to within
    ``half_width``; or for exactly ``max`` runs. Where nothing is expected or named, all differences must be."""
    half_width: dict[str, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    """Metric -> half-width that its interval is to have."""


def _as_replicates(given: Any) -> Any:
    """Return a whole number as a fixed number of replicates."""
    if given is None or isinstance(given, dict | Part):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool) and given >= 1 and given % 1 == 0:
        return {"min": given, "max": given, "until": "fixed"}
    raise PydanticCustomError("ecosim", "errors.study.replicates")


class Compare(Part):
    """How designs are compared."""

    baseline: str | None = None
    """The design that the others are compared with; the first unless given."""
    confidence: Annotated[float, Field(ge=0.5, le=0.9999)] = 0.95
    """Confidence of the intervals, all looks together."""
    smallest_effect: dict[str, Effect] = Field(default_factory=dict)
    """Metric -> the smallest difference that matters."""
    by: list[Literal["profile", "community", "disposition"]] | None = None
    """Who gains and who loses: by profile, by community, by quarter of the initial disposition; all that there is."""


class Expectation(Part):
    """One thing that is expected, written before running."""

    metric: Asked
    """Metric of which something is expected."""
    of: str | None = None
    """A design."""
    against: str | None = None
    """The design that it is compared with."""
    contrast: dict[str, float] = Field(default_factory=dict)
    """Design -> weight; the weighted sum is expected to be higher or lower than zero."""
    above: float | None = None
    """A value that ``of`` is expected to exceed."""
    below: float | None = None
    """A value that ``of`` is expected to stay below."""
    rises_with: Annotated[Measure | None, BeforeValidator(lambda given: given and as_measure(given))] = None
    """A metric with which it is expected to rise (direction higher) or fall (lower) from point to point."""
    interaction: list[str] = Field(default_factory=list)
    """Two factors, ``design`` or a path, whose interaction is expected to have a share of the variance ``above``."""
    direction: Literal["higher", "lower", "same", "open"] | None = None
    """Which way; ``open`` asks without expecting."""
    smallest: Effect | None = None
    """The smallest effect that matters here; that of ``compare`` unless given."""
    status: Literal["built_in", "emergent"] = "emergent"
    """Whether one equation nearly says so, or many have to play together."""
    why: Words = ""
    """The reason, in a sentence."""


class RunRules(Part):
    """How runs are made, which changes none of them."""

    retries: Annotated[Whole, Field(ge=0, le=10)] = 1
    """How often a run is tried again that took its worker down."""
    timeout_s: Annotated[float, Field(gt=0, le=1e6)] = 120.0
    """Seconds after which a run is stopped."""
    memory_mb: Annotated[Whole, Field(ge=64, le=10_000_000)] = 4000
    """Megabytes that a worker may use (Linux)."""
    series: Literal["none", "weekly"] = "none"
    """Whether the weekly series of every run are kept."""


def as_scenario(given: Any) -> Any:
    """Return the name of a scenario, or the scenario itself."""
    if given is None or isinstance(given, str | dict):
        return given
    raise PydanticCustomError("ecosim", "errors.scenario.extends")


class Study(Part):
    """One question: what is compared, how, and what is expected."""

    ecosim: Literal[1] = 1
    """Version of the language."""
    kind: Literal["study"] = "study"
    """What this file is."""
    title: Words = ""
    """Name of the study."""
    question: Words = ""
    """Question that it is to answer."""
    description: Words = ""
    """Where the question comes from, and what to make of an answer."""
    scenario: Annotated[str | dict[str, Any] | None, BeforeValidator(as_scenario)] = None
    """The scenario: a preset (preset:NAME), a path relative to this file, or the scenario itself."""
    designs: Annotated[dict[str, dict[str, Any]], Field(max_length=MOST_DESIGNS)] = Field(default_factory=dict)
    """Name -> what this design changes of the scenario; with ``extends`` it starts from another scenario."""
    vary: dict[str, Factor] = Field(default_factory=dict)
    """Dotted path -> the values that it takes."""
    method: Method = Designs(kind="designs")
    """Which points are run."""
    seed: Annotated[Whole, Field(ge=0, le=WORD)] | None = None
    """Same seed, same study; that of the scenario unless given."""
    replicates: Annotated[Replicates | None, BeforeValidator(_as_replicates)] = None
    """How many runs; sequential where designs are compared, 4 a point elsewhere, unless given."""
    metrics: list[Asked] = Field(default_factory=list)
    """What is measured; the metrics of the scenario unless given."""
    compare: Compare = Field(default_factory=Compare)
    """How designs are compared."""
    expect: list[Expectation] = Field(default_factory=list)
    """What is expected, written before running."""
    run: RunRules = Field(default_factory=RunRules)
    """How runs are made."""
