"""The shape of a lesson file: what is asked, which runs answer, what students predict, and what is told about it.

As in :mod:`ecosim.study.plan.document`, the tree of this module *is* the language. The study within is checked as any
study is. No number and no outcome of a run is written in a lesson: texts leave blanks for numbers, and what depends on
how a comparison comes out is written for every way in which it may.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ecosim.scenario.parts import Part, Words
from ecosim.schema import Whole

MOST_CLAIMS, MOST_OPTIONS, MOST_MINUTES = 5, 6, 240
DECIDED = ("higher", "lower", "equivalent")  #: what a comparison may be found to be, once it is decided

Decision = Literal["higher", "lower", "equivalent"]
View = Literal["chart", "network", "channel", "landscape", "energy", "learner"]
Step = Literal["open", "predict", "observe", "explain", "try", "close"]


def _as_list(given: Any) -> Any:
    """Return a word alone as a list of one."""
    return [given] if isinstance(given, str) else given


class Claim(Part):
    """One comparison that the lesson rests on."""

    metric: str
    """Key of a metric of the study, such as retention or participation_weeks_13_25."""
    of: str
    """A design."""
    against: str | None = None
    """The design that it is compared with; the baseline of the study unless given."""
    against_metric: str | None = None
    """Where two metrics are compared, the one of ``against``; the same metric unless given."""
    status: Literal["built_in", "emergent"] = "emergent"
    """Whether one equation nearly says so, or many have to play together."""


class Show(Part):
    """What is drawn week by week."""

    metric: str
    """Key of a metric of the study that has a weekly series."""
    claim: str
    """The claim that decides the question."""
    low: float = 0.0
    """Lower end of the axis."""
    high: float = 1.0
    """Upper end of the axis."""


class Option(Part):
    """One thing that may be predicted."""

    text: Words
    """As students read it."""
    when: dict[str, Annotated[list[Decision], BeforeValidator(_as_list)]] = Field(default_factory=dict)
    """Claim -> how it has to come out for this prediction to be right; all of them."""
    otherwise: bool = False
    """Whether it is right where none of the others is."""
    thought: Words = ""
    """What those who choose it often have in mind; for the teacher."""


class Predict(Part):
    """What students commit themselves to before they look."""

    kind: Literal["curve", "choice"]
    """Whether they sketch a curve, or choose."""
    question: Words
    """What they are asked."""
    design: str | None = None
    """With a curve, the design of which they sketch ``show.metric``."""
    options: Annotated[list[Option], Field(max_length=MOST_OPTIONS)] = Field(default_factory=list)
    """What they choose from; with a curve perhaps nothing."""


class Look(Part):
    """Something to look at in one run."""

    view: View
    """Which picture."""
    design: str
    """Under which design."""
    week: Annotated[Whole, Field(ge=0, le=5_200)] | None = None
    """At which week; all of them unless given."""
    text: Words
    """What to look for."""


class Paragraph(Part):
    """A paragraph of the explanation: one text, or one for every way in which a claim may come out."""

    text: Words | None = None
    """The text, true however the runs come out."""
    claim: str | None = None
    """The claim by which one of the following is chosen."""
    higher: Words | None = None
    """Where it is higher."""
    lower: Words | None = None
    """Where it is lower."""
    equivalent: Words | None = None
    """Where there is no difference that matters; a plain sentence says so unless given."""
    undecided: Words | None = None
    """Where the runs do not decide; a plain sentence says so unless given."""


class Trial(Part):
    """Something to try: a change of one of the designs."""

    text: Words
    """What to change, and what to look for."""
    design: str
    """The design that is changed."""
    set: dict[str, Any]
    """Dotted path -> value."""


class Stage(Part):
    """A stretch of the lesson."""

    step: Step
    """What happens."""
    minutes: Annotated[Whole, Field(ge=1, le=MOST_MINUTES)]
    """How long it takes."""
    text: Words
    """What the teacher does."""


class Lesson(Part):
    """One lesson."""

    ecosim: Literal[1] = 1
    """Version of the language."""
    kind: Literal["lesson"] = "lesson"
    """What this file is."""
    title: Words
    """Name of the lesson."""
    aim: Words
    """What students can say or do afterwards."""
    minutes: Annotated[Whole, Field(ge=5, le=MOST_MINUTES)]
    """How long it takes."""
    audience: Words
    """For whom it is."""
    proposition: Annotated[Whole, Field(ge=1, le=100)] | None = None
    """Number of the proposition of the model that it speaks of."""
    question: Words
    """The question that the runs answer."""
    misconception: Words
    """What people often believe; for the teacher."""
    study: dict[str, Any]
    """The study that answers: scenario, designs, metrics, replicates, the smallest effect that matters."""
    claims: Annotated[dict[str, Claim], Field(min_length=1, max_length=MOST_CLAIMS)]
    """Name -> a comparison that the lesson rests on."""
    show: Show
    """What is drawn week by week."""
    predict: Predict
    """What students commit themselves to before they look."""
    observe: Annotated[list[Look], Field(min_length=1)]
    """What to look at."""
    explain: Annotated[list[Paragraph], Field(min_length=1)]
    """What came out, and why."""
    notice: Annotated[list[Words], Field(min_length=1)]
    """What deserves a second look."""
    trials: Annotated[list[Trial], Field(min_length=1, alias="try")]
    """What to change, and run again."""
    extend: Annotated[list[Words], Field(min_length=1)]
    """Where to go from here, beyond the model."""
    plan: Annotated[list[Stage], Field(min_length=1)]
    """The lesson minute by minute."""
    caution: Words
    """What may not be concluded."""
    rests_on: Annotated[list[str], Field(min_length=1)]
    """Paths of the assumptions that carry the finding most."""
    sources: Annotated[list[str], Field(min_length=1)]
    """Works, by author and year."""
