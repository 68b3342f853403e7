"""Messages of what studies found: those under ``findings`` in the tables of words."""

from __future__ import annotations

from typing import Any

from ecosim.language import text
from ecosim.report.grammar import plural


def said(key: str, lang: str, /, **facts: Any) -> str:
    """Return the message ``findings.<key>`` in ``lang`` with ``facts`` filled in."""
    return text(f"findings.{key}", lang, **facts)


def counted(what: str, count: int, lang: str) -> str:
    """Return so many ``runs``, ``points``, ``designs``, ... in words."""
    return plural(f"findings.count.{what}", count, lang)


def listed(parts: list[str], lang: str) -> str:
    """Return ``parts``, which may hold commas, one after another."""
    return said("semicolon", lang).join(parts)
