"""The smaller parts of a scenario file: texts, people, arrivals, artefacts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from ecosim.schema import Whole

MOST_ARTEFACTS = 16
MOST_WEEKS = 5_200

Share = Annotated[float, Field(ge=0, le=1)]


class Part(BaseModel):
    """A part of a document: frozen, strict, nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True, allow_inf_nan=False)


def _choice(form: Any, key: str) -> Discriminator:
    """Return what picks one of several forms of a value by ``form(value)``, refusing all else with message ``key``."""
    return Discriminator(form, custom_error_type="ecosim", custom_error_message=f"errors.scenario.{key}")


#: Tags of such forms; they stand in pydantic's error locations, but in no document.
FORMS = ("<text>", "<languages>", "<counts>", "<list>")


class Bilingual(Part):
    """A text in both languages."""

    en: str
    """The text in English."""
    fr: str
    """The text in French."""


def _form_of_words(given: Any) -> str | None:
    if isinstance(given, str):
        return "<text>"
    return "<languages>" if isinstance(given, dict | Bilingual) else None


Words = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[Bilingual, Tag("<languages>")], _choice(_form_of_words, "words")
]


def in_language(words: str | Bilingual | None, lang: str) -> str:
    """Return ``words`` in ``lang``; a plain text stands for both languages, ``None`` for nothing."""
    if words is None or isinstance(words, str):
        return words or ""
    return words.fr if lang == "fr" else words.en


class Spread(Part):
    """Mean and spread of a disposition or of skill where they differ from the population's."""

    mean: Share | None = None
    """Mean of the profile; the population's when left out."""
    sd: Share | None = None
    """Spread within the profile; the population's when left out."""


class PropensitySpread(Part):
    """Mean and spread of the log-odds of acting where they differ from the population's."""

    mean: Annotated[float, Field(ge=-10, le=10)] | None = None
    """Mean of the profile; the population's when left out."""
    sd: Annotated[float, Field(ge=0, le=5)] | None = None
    """Spread within the profile; the population's when left out."""


class Profile(Part):
    """A named share of learners."""

    share: Share
    """Share of all learners; the shares of all profiles add up to 1."""
    label: Words | None = None
    """Name shown to people."""
    autonomy: Spread = Field(default_factory=Spread)
    """Autonomy at the start."""
    efficacy: Spread = Field(default_factory=Spread)
    """Sense of efficacy at the start."""
    autonomous_motive: Spread = Field(default_factory=Spread)
    """Autonomous motive at the start."""
    persistence: Spread = Field(default_factory=Spread)
    """Persistence at the start."""
    skill: Spread = Field(default_factory=Spread)
    """Skill at the start."""
    propensity: PropensitySpread = Field(default_factory=PropensitySpread)
    """Log-odds of acting when nothing attracts and nothing pushes."""
    access: Share | None = None
    """Probability that conditions let a learner act in a week, where it differs from the others'."""


class AtStart(Part):
    """Everybody is there in week 0."""

    kind: Literal["start"] = "start"


class Uniform(Part):
    """Each learner arrives in a week drawn evenly from 0 .. until."""

    kind: Literal["uniform"]
    until: Annotated[Whole, Field(ge=0, le=MOST_WEEKS)]
    """Last week of arrivals."""
    at_start: Share = 0.0
    """Share of the learners who are there in week 0; the others arrive evenly."""


Arrivals = Annotated[AtStart | Uniform, Field(discriminator="kind")]


class ArtefactCounts(Part):
    """So many artefacts of each kind; offers, signs and requirements are spread over them."""

    collective: Annotated[Whole, Field(ge=0, le=MOST_ARTEFACTS)] = 9
    """Artefacts for working together."""
    solo: Annotated[Whole, Field(ge=0, le=MOST_ARTEFACTS)] = 3
    """Artefacts for working alone."""


class Artefact(Part):
    """One named artefact; what is left out takes its place in the spread that the levers give."""

    name: str
    """Name by which events call it."""
    label: Words | None = None
    """Name shown to people."""
    collective: bool
    """Whether it is used together (true) or alone (false)."""
    offer: Share | None = None
    """Technical potential."""
    signifier: Share | None = None
    """How far it shows what it is for."""
    required_autonomy: Share | None = None
    """Autonomy that its use takes."""


def _form_of_artefacts(given: Any) -> str | None:
    if isinstance(given, list):
        return "<list>"
    return "<counts>" if isinstance(given, dict | ArtefactCounts) else None


Artefacts = Annotated[
    Annotated[ArtefactCounts, Tag("<counts>")] | Annotated[list[Artefact], Tag("<list>")],
    _choice(_form_of_artefacts, "artefacts"),
]
