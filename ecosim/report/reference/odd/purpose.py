"""Section 1: what the model is for, and the patterns that it is held against."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim.language import table as words
from ecosim.report.reference.markdown import heading, plain, table
from ecosim.report.reference.words import columns, say


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, say("odd.titles.purpose", lang), "purpose")
    yield say("odd.purpose.what", lang)
    yield say("odd.purpose.use", lang)
    yield heading(3, say("odd.titles.patterns", lang), "patterns")
    yield say("odd.patterns.start", lang)
    heads = columns(lang, "number", "pattern", "kind")
    yield table(
        heads, [[number, plain(said), say(f"odd.patterns.{kind}", lang)] for number, kind, said in patterns(lang)]
    )


def patterns(lang: str) -> list[tuple[str, str, str]]:
    """Return number, status and sentence of every expectation."""
    found = {
        name: each for name, each in words(f"reference_{lang}")["odd"]["patterns"].items() if isinstance(each, dict)
    }
    return [(name.removeprefix("p"), each["status"], each["say"]) for name, each in found.items()]
