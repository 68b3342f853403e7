"""Speaking to whoever typed the command: results to standard output, everything else to standard error."""

from __future__ import annotations

import codecs
import json
import math
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from ecosim.errors import Problem
from ecosim.language import LANGUAGES, language_of_locale, text

SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)
"""The language that a command line asks for, wherever in it."""


@dataclass(frozen=True)
class Voice:
    """The language of the user, and whether she wants to hear more than results and errors."""

    lang: str
    quiet: bool = False

    def note(self, key: str, **facts: Any) -> None:
        """Say on standard error what goes on."""
        if not self.quiet:
            print(text(key, self.lang, **facts), file=sys.stderr, flush=True)

    def warn(self, problems: Iterable[Problem]) -> None:
        """Say on standard error what is allowed but perhaps not meant."""
        for problem in problems:
            self.note("cli.warning", said=problem.say(self.lang))

    def tell(self, key: str, **facts: Any) -> None:
        """Write a message to standard output."""
        print(text(key, self.lang, **facts))


def voice(lang: str | None = None, quiet: bool = False) -> Voice:
    """Return a voice that speaks ``lang``, or the language of the command line, or that of the locale."""
    return Voice(lang or SPOKEN.get() or language_of_locale(), quiet)


def asked_language(arguments: list[str]) -> str:
    """Return the language that a command line asks for, before it is parsed: its help and its errors need it."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            said = value if equals else "".join(arguments[place + 1 : place + 2])
            return said if said in LANGUAGES else language_of_locale()
    return language_of_locale()


def write_json(value: Any) -> None:
    """Write ``value`` to standard output as JSON that every reader accepts: no NaN, no infinity."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def plain(value: Any) -> Any:
    """Return ``value`` with numbers of NumPy as numbers of Python, and ``None`` where a number is not finite."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def accept_any_terminal() -> None:
    """Let characters that the terminal or the file cannot show be replaced by similar ones instead of failing."""
    codecs.register_error("similar", _similar)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="similar")


_SIMILAR = {"\u2212": "-", "\u2019": "'", "\u2013": "-", "\u2026": "...", "\u00ab": '"', "\u00bb": '"'}


def _similar(error: UnicodeError) -> tuple[str, int]:
    """Return what to write in place of the characters that cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    said = error.object[error.start : error.end]
    bare = "".join(_SIMILAR.get(each) or unicodedata.normalize("NFKD", each) for each in said)
    return bare.encode("ascii", "ignore").decode() or "?", error.end
