"""Markdown as GitHub reads it: tables, anchors, links, and plain text that must not be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"[*|]|<(?=[A-Za-z/])|(?<![^\W_])_|_(?![^\W_])")
_SPACES = re.compile(r"[ \n]+")  # a no-break space stays
_CODE = re.compile(r"``?([^`]+)``?")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar within a cell is escaped already, see :func:`plain` and :func:`code`."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_SPACES.sub(' ', cell).strip(' ') for cell in line)} |" for line in lines)


def code(said: object) -> str:
    """Return what is typed as it stands; nothing where there is nothing."""
    text = str(said).replace("|", "\\|")
    return f"`{text}`" if text else ""


def plain(said: str) -> str:
    """Return text in which stars, bars and the like are themselves; what stands in back-quotes stays code."""
    parts = _CODE.split(said)
    return "".join(code(part) if place % 2 else _MARKUP.sub(r"\\\g<0>", part) for place, part in enumerate(parts))


def anchor(name: str) -> str:
    """Return a place that links of the form ``page.md#name`` lead to, whatever the language of the heading."""
    return f'<a id="{name}"></a>'


def link(words: str, page: str = "", name: str = "") -> str:
    """Return a link to a page, to a place in it, or to a place in this page."""
    return f"[{words}]({page}{'#' if name else ''}{name})"


def heading(level: int, words: str, name: str = "") -> str:
    """Return a heading, with an anchor before it where it has a name."""
    line = f"{'#' * level} {words}"
    return f"{anchor(name)}\n\n{line}" if name else line


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str], first: int = 1) -> str:
    """Return a numbered list."""
    return "\n".join(f"{place}. {item}" for place, item in enumerate(items, first))


def page(*blocks: str) -> str:
    """Return blocks with an empty line between them, those that are empty left out."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"
