"""What all widgets have in common: their scripts and style, their words, numbers without not-a-number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from ecosim.language import lookup


@cache
def script(*names: str) -> str:
    """Return the scripts of a widget as one, behind the one that all have in common."""
    folder = files(__package__)
    return "\n".join((folder / f"{each}.js").read_text(encoding="utf-8") for each in ("common", *names))


@cache
def style() -> str:
    """Return the style of all widgets."""
    return (files(__package__) / "widgets.css").read_text(encoding="utf-8")


def words_of(widget: str, names: Iterable[str], lang: str) -> dict[str, str]:
    """Return the words of a widget; what the browser fills in stands in them in braces.

    Raises
    ------
    KeyError
        When there is no such word: a mistake in the program.
    """
    found = {name: lookup(lang, f"web.{widget}.{name}") for name in names}
    if missing := [name for name, said in found.items() if said is None]:
        raise KeyError(f"no words {missing} of {widget} in {lang}")
    return {name: said for name, said in found.items() if said is not None}


def plain(values: Any) -> list[float | None]:
    """Return numbers as JSON knows them: rounded to five digits behind the point, ``None`` for not-a-number."""
    rounded = np.round(np.array([np.nan if each is None else each for each in values], float), 5)
    return [value if np.isfinite(value) else None for value in rounded.tolist()]
