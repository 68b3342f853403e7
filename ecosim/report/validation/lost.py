"""Without each mechanism: which patterns are lost, and which mechanisms these data do not support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.report.reference.markdown import heading, table
from ecosim.report.reference.unsupported import without
from ecosim.report.validation.words import ask, heads, in_turn


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("lost.title", lang), "knockouts")
    if kept is None:
        yield ask("nothing", lang)
        return
    found = kept["mechanisms"]
    yield ask("lost.start", lang, replicates=kept["replicates"])
    yield table(heads("lost.columns", lang), [_line(each, lang) for each in sorted(found, key=_weight)])
    names = [without(each["mechanism"], lang) for each in found if not each["supported"]]
    facts = {"count": len(names), "total": len(found), "names": in_turn(names, lang)}
    yield ask("lost.unsupported" if names else "lost.all_supported", lang, **facts)


def _weight(each: dict[str, Any]) -> int:
    """Return by what mechanisms are sorted: those first whose loss costs most."""
    return -len(each["lost"])


def _line(each: dict[str, Any], lang: str) -> list[str]:
    """Return the line of one mechanism."""
    lost, won = (", ".join(sorted(each[name], key=lambda p: int(p[1:]))) for name in ("lost", "won"))
    return [without(each["mechanism"], lang), lost or ask("none", lang), won or ask("none", lang)]
