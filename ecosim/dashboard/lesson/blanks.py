"""Blanks in the texts of a lesson, which the runs fill: ``{value.DESIGN.METRIC}``, ``{difference.CLAIM}``, ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from ecosim.dashboard.lesson.document import Lesson, Paragraph
from ecosim.errors import nearest
from ecosim.scenario.parts import Bilingual, Words

BLANK = re.compile(r"\{([^{}]*)\}")
OF_CLAIMS = ("difference", "size", "verdict")
PLAIN = ("runs", "weeks", "learners")
WAYS = ("text", "higher", "lower", "equivalent", "undecided")  #: in which a paragraph may be written


def blanks(text: str) -> list[str]:
    """Return the blanks of a text, without their braces."""
    return BLANK.findall(text)


def filled(text: str, value: Callable[[str], str]) -> str:
    """Return ``text`` with every blank replaced by its ``value``."""
    return BLANK.sub(lambda found: value(found[1]), text)


def texts(paragraph: Paragraph) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each text of a paragraph, and where it stands below the paragraph."""
    for way in WAYS:
        words: Words | None = getattr(paragraph, way)
        if isinstance(words, Bilingual):
            yield (way, "en"), words.en
            yield (way, "fr"), words.fr
        elif words is not None:
            yield (way,), words


def allowed(lesson: Lesson, designs: Collection[str], metrics: Collection[str]) -> list[str]:
    """Return every blank that a lesson may leave."""
    made = [f"{kind}.{claim}" for kind in OF_CLAIMS for claim in lesson.claims]
    made += [f"value.{design}.{metric}" for design in designs for metric in metrics]
    return [*made, *(f"name.{design}" for design in designs), *PLAIN]


def near(blank: str, every: Collection[str]) -> str | None:
    """Return the blank that was probably meant."""
    return nearest(blank, every)
