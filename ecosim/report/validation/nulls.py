"""Trivial worlds: what each is, and whether it shows the pattern after all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import text
from ecosim.report.reference.markdown import heading, plain, table
from ecosim.report.validation.words import ask, by_number, heads, in_turn, rows_of, spread_over


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("nulls.title", lang), "nulls")
    if kept is None:
        yield ask("nothing", lang)
        return
    yield ask("nulls.start", lang, times=kept["nulls"])
    yield table(heads("nulls.columns", lang), [_line(each, lang) for each in by_number(kept["patterns"])])


def _line(score: dict[str, Any], lang: str) -> list[str]:
    """Return the line of one trivial world."""
    said = in_turn((spread_over(row.null, lang) for row in rows_of(score)), lang)
    world = plain(text(f"evidence.nulls.{score['id']}", lang))
    return [score["id"], world, said, ask(f"nulls.{'yes' if score['null_passes'] else 'no'}", lang)]
