"""What is declared of a lever or a parameter, in the words of the reader's language."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ecosim.language import listed, lookup, number, text
from ecosim.scenario.design import Design
from ecosim.scenario.document import Context
from ecosim.schema import Leaf, leaf_of, meaning

DIGITS = 4  #: significant digits of a value as people read it
CLOSE = 0.12  #: as a share of the distance between two anchors: nearer than this, a value is as good as at the anchor
AUTHOR = re.compile(r"(van )?[A-Z][^;]*\b\d{4}")
"""What a source that names an author and a year begins with; the others give reasons, in English."""


class LeafWords(NamedTuple):
    """A lever or parameter as people read it."""

    path: str
    label: str
    meaning: str
    symbol: str
    unit: str
    source: str
    grade: str
    evidence: str


def words_of(path: str, lang: str) -> LeafWords:
    """Return the words of the lever or parameter at the dotted ``path``."""
    block, name = declared_in(path)
    leaf = leaf_at(path)
    french = lang == "fr"
    label = (lookup("terms_fr", f"{path}.label") if french else None) or (leaf.label if leaf else name)
    means = (lookup("terms_fr", f"{path}.meaning") if french else None) or meaning(block, name)
    if leaf is None:  # the weeks of deadlines are a list, and nobody grades them
        return LeafWords(path, label, means, "", "", "", "", "")
    unit = "" if leaf.unit == "1" else lookup(lang, f"units.{leaf.unit}") or leaf.unit
    source = leaf.source if AUTHOR.match(leaf.source) else ""
    return LeafWords(
        path, label, means, leaf.symbol, unit, source, leaf.evidence, text(f"evidence.{leaf.evidence}", lang)
    )


def leaf_at(path: str) -> Leaf | None:
    """Return what is declared at ``path``, ``None`` where it is no number."""
    block, name = declared_in(path)
    fields = {info.alias or field: info for field, info in block.model_fields.items()}
    return leaf_of(fields[name])


def declared_in(path: str) -> tuple[Any, str]:
    """Return the class in which ``path`` is declared, and its name there."""
    top, *inner, name = path.split(".")
    block: Any = Context if top == "context" else Design
    for part in inner:
        block = block.model_fields[part].annotation
    return block, name


def figure(value: float, lang: str) -> str:
    """Return a value that somebody chose, with the digits that it has: no zeros behind, none lost that count."""
    said = f"{value:.{DIGITS}g}"
    if "e" in said:
        return said.replace("-", "\u2212")
    return number(value, lang, len(said.partition(".")[2]))


def anchored(name: str, value: float, lang: str) -> str:
    """Return in the words of its anchors what ``value`` of the lever ``name`` means; empty where it has none."""
    leaf = leaf_at(f"design.{name}")
    anchors = (listed("terms_fr", f"design.{name}.anchors") if lang == "fr" else ()) or (leaf.anchors if leaf else ())
    if leaf is None or not anchors:
        return ""
    low, high = (0.0, 1.0) if leaf.legal == (0, 1) else leaf.plausible
    place = min(max((value - low) / (high - low), 0.0), 1.0) * (len(anchors) - 1)
    below = min(int(place), len(anchors) - 2)
    rest = place - below
    if rest <= CLOSE or rest >= 1.0 - CLOSE:
        return text("page.anchors.at", lang, anchor=anchors[below + round(rest)])
    ends = {"low": anchors[below], "high": anchors[below + 1]}
    side = "lower" if rest < 0.5 - CLOSE else "upper" if rest > 0.5 + CLOSE else "between"
    return text(f"page.anchors.{side}", lang, **ends)
