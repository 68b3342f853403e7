"""The words of the reference pages, ``reference_en.toml`` and ``reference_fr.toml``.

What is said in the code stands there in English; its French stands under the English sentence itself, so that a
sentence that changes has no French any more, and the test says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ecosim.language import lookup, table, text

CITATION = re.compile(r"(van )?[A-ZÀ-Þ].*\d{4}.*")
"""What cites authors and years reads alike in both languages."""
FITTED = "fitted to "
"""With this begins the source of what was fitted to data that somebody published."""


def say(key: str, lang: str, /, **values: Any) -> str:
    """Return the words under ``key`` in ``lang`` with ``values`` filled in.

    Raises
    ------
    KeyError
        When there are none: a mistake in the program, which a test finds.
    """
    found = lookup(f"reference_{lang}", key)
    if found is None:
        raise KeyError(f"no words {key!r} in ecosim/language/reference_{lang}.toml")
    return found.format(**values) if values else found


def said(key: str, lang: str) -> str | None:
    """Return the words under ``key`` in ``lang``, or ``None``."""
    return lookup(f"reference_{lang}", key)


def translated(english: str, lang: str) -> str:
    """Return a sentence of the code in ``lang``.

    Raises
    ------
    KeyError
        When it has no French, or has been changed since.
    """
    sentence = " ".join(english.split())
    if lang == "en" or not sentence:
        return sentence
    french: str | None = table("reference_fr")["sentences"].get(sentence)
    if french is None:
        raise KeyError(f"no French in ecosim/language/reference_fr.toml, [sentences], for {sentence!r}")
    return french


def source(words: str, lang: str) -> str:
    """Return where something comes from: citations as they are, all else translated."""
    return joined(sources(words, lang), lang)


def sources(words: str, lang: str) -> list[str]:
    """Return the parts of a source, each in ``lang``."""
    parts = words.split("; ") if cites(words) else [words]
    return [part if CITATION.fullmatch(part) else translated(part, lang) for part in parts]


def cites(words: str) -> bool:
    """Tell whether a source is what somebody published."""
    return bool(CITATION.fullmatch(words.removeprefix(FITTED)))


def unit(name: str, lang: str) -> str:
    """Return a unit in words."""
    return lookup(lang, f"units.{name}") or name


def grade(name: str, lang: str) -> str:
    """Return a grade of evidence in a word."""
    return text(f"evidence.{name}", lang)


def joined(parts: Iterable[str], lang: str) -> str:
    """Return parts with semicolons between them, those that are empty left out."""
    return ("\u00a0; " if lang == "fr" else "; ").join(part for part in parts if part)


def colon(lang: str) -> str:
    """Return the colon of a language: French has a no-break space before it."""
    return "\u00a0:" if lang == "fr" else ":"


def columns(lang: str, *names: str) -> list[str]:
    """Return the heads of a table."""
    return [say(f"reference.columns.{name}", lang) for name in names]
