"""A sheet of paper for those who teach, as a whole HTML page: its frame, its look, its foot, and a plan in minutes.

What fills it are templates that extend ``sheet.html``. Only what is asked for imports Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

from ecosim.language import text
from ecosim.model.provenance import own_version
from ecosim.report.page import rendered
from ecosim.scenario.parts import in_language

LICENCE = "CC BY 4.0"
PLACE = __name__.rpartition(".")[0]


class Timed(NamedTuple):
    """A stretch of time: its first and last minute, its name, what the teacher does."""

    start: int
    end: int
    step: str
    text: str


def timed(stretches: Sequence[Any], lang: str, named: Callable[[str], str]) -> list[Timed]:
    """Return a plan minute by minute.

    Parameters
    ----------
    stretches : sequence
        Each with ``step``, ``minutes`` and ``text``.
    lang : {"en", "fr"}
        Language of every word.
    named : callable
        What a step is called.
    """
    ends = list(accumulate(each.minutes for each in stretches))
    return [
        Timed(end - each.minutes, end, named(each.step), in_language(each.text, lang))
        for each, end in zip(stretches, ends, strict=True)
    ]


def printed(template: str, document: Any, lang: str, packages: Sequence[str] = (), **facts: Any) -> str:
    """Return a template filled in, as a page that fetches nothing and runs nothing, laid out for A4.

    Parameters
    ----------
    template : str
        Name of the template, which extends ``sheet.html``.
    document : Lesson or Session
        With title, audience and minutes.
    lang : {"en", "fr"}
        Language of every word.
    packages : sequence of str
        Where else templates and styles are looked for, before those of lessons.
    **facts
        What the template says.
    """
    minutes = text("lessons.minutes", lang, count=document.minutes) if document.minutes else ""
    heading = " · ".join(each for each in (minutes, in_language(document.audience, lang)) if each)
    return rendered(
        template, [PLACE, *packages], t=partial(_said, lang), lang=lang, lesson=document, say=partial(_words, lang),
        heading=heading, version=own_version(), licence=LICENCE, **facts,
    )  # fmt: skip


def _said(lang: str, key: str, **facts: Any) -> str:
    """Return a message of lessons in ``lang``."""
    return text(f"lessons.{key}", lang, **facts)


def _words(lang: str, words: Any) -> str:
    """Return a text of a file in ``lang``."""
    return in_language(words, lang)
