"""The shape of a session file: a community to live, when to ask what, what the teacher may change, what to debrief.

The tree of this module *is* the language. No outcome of a run is written in a session: whatever comes out is told from
what the class has lived.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ecosim.scenario.parts import MOST_WEEKS, Part, Words
from ecosim.schema import Whole

MOST_MINUTES, MOST_SECONDS, MOST_SHOWN, MOST_POLLS, MOST_MOVES = 240, 600, 4, 12, 24
FEWEST_OPTIONS, MOST_OPTIONS = 2, 4

Step = Literal["join", "predict", "play", "change", "debrief", "close"]
Week = Annotated[Whole, Field(ge=0, le=MOST_WEEKS)]


class Answer(Part):
    """One answer to a poll."""

    text: Words
    """As students read it."""
    low: float | None = None
    """Where the poll has a metric: the lowest value at the end that the answer means."""
    high: float | None = None
    """Where the poll has a metric: where the next answer begins; the last one holds its own end too."""


class Ask(Part):
    """A question to all."""

    week: Week
    """Before which week it is asked; 0 is before the first."""
    question: Words
    """What is asked."""
    metric: str | None = None
    """The weekly metric whose value in the last week decides; without one, opinions are asked for."""
    options: Annotated[list[Answer], Field(max_length=MOST_OPTIONS)]
    """Two to four answers; with a metric from the lowest range to the highest, without gap."""


class Move(Part):
    """A change that the teacher may make between two weeks."""

    name: str
    """Name of the move, which no other has."""
    week: Week | None = None
    """Before which week it is suggested; at any time unless given."""
    text: Words
    """Label of the teacher's button."""
    lever: str
    """The lever that changes: one that may change on the way."""
    value: float
    """What it is set to from the week that comes on."""
    say: Words = ""
    """A sentence to say aloud with it."""


class Alternative(Part):
    """Another design that what was lived is compared with."""

    text: Words
    """What is different there."""
    set: Annotated[dict[str, float], Field(min_length=1)]
    """Lever -> its value from the first week on, in place of all that was done to it."""


class Debrief(Part):
    """What is talked about when the weeks are over."""

    questions: list[Words] = Field(default_factory=list)
    """To talk about, in this order."""
    alternative: Alternative | None = None
    """Another design that what was lived is compared with."""


class Stretch(Part):
    """A stretch of the session."""

    step: Step
    """What happens."""
    minutes: Annotated[Whole, Field(ge=1, le=MOST_MINUTES)]
    """How long it takes."""
    text: Words
    """What the teacher does."""


class Session(Part):
    """One class session."""

    ecosim: Literal[1] = 1
    """Version of the language."""
    kind: Literal["session"] = "session"
    """What this file is."""
    title: Words
    """Name of the session."""
    aim: Words = ""
    """What students can say or do afterwards."""
    minutes: Annotated[Whole, Field(ge=0, le=MOST_MINUTES)] = 0
    """How long it takes; 0 where nobody has said."""
    audience: Words = ""
    """For whom it is."""
    question: Words = ""
    """The question that the class lives through."""
    misconception: Words = ""
    """What people often believe; for the teacher."""
    scenario: dict[str, Any]
    """The community, as a scenario file says it; it extends presets only and names no files."""
    round: Annotated[Whole, Field(ge=0, le=MOST_SECONDS)] = 0
    """Seconds that students have to decide; 0 without a limit."""
    show: Annotated[list[str], Field(min_length=1, max_length=MOST_SHOWN)] = Field(
        default_factory=lambda: ["retention"]
    )
    """Weekly metrics that the teacher's screen draws, the main one first."""
    polls: Annotated[list[Ask], Field(max_length=MOST_POLLS)] = Field(default_factory=list)
    """Questions to all."""
    moves: Annotated[list[Move], Field(max_length=MOST_MOVES)] = Field(default_factory=list)
    """Changes that the teacher may make between two weeks."""
    debrief: Debrief = Field(default_factory=Debrief)
    """What is talked about when the weeks are over."""
    plan: list[Stretch] = Field(default_factory=list)
    """The session minute by minute."""
    notes: list[Words] = Field(default_factory=list)
    """What a teacher should know, say and watch out for."""
    caution: Words = ""
    """What may not be concluded."""
    rests_on: list[str] = Field(default_factory=list)
    """Paths of the assumptions that carry what comes out most."""
    sources: list[str] = Field(default_factory=list)
    """Works, by author and year."""
