"""The levers in words and numbers, and where the presets stand on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.language import lookup, text
from ecosim.report.reference.declared import Declared, levers, number
from ecosim.report.reference.markdown import anchor, code, heading, link, page, plain, table
from ecosim.report.reference.parameters import heads, row
from ecosim.report.reference.words import colon, say
from ecosim.scenario import presets
from ecosim.scenario.design import Design
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import load
from ecosim.scenario.schedule import Schedule
from ecosim.schema import meaning

ABREAST = 4  #: presets side by side in a table that fits a page


def build(lang: str) -> str:
    """Return the page."""
    found = list(levers(lang))
    groups = list(dict.fromkeys(each.leaf.group for each in found))
    parts = [block for group in groups for block in _group(group, found, lang)]
    return page(say("reference.levers.start", lang), *parts, *_deadlines(lang), *_matrix(lang))


def _group(group: str, found: list[Declared], lang: str) -> Iterator[str]:
    """Yield the levers of one group as blocks of the page."""
    yield heading(2, text(f"titles.groups.{group}", lang), f"group-{group}")
    rows = []
    for each in found:
        if each.leaf.group == group:
            cells = row(each, lang)
            cells[1] += f" {say('reference.levers.steps', lang)}" if each.leaf.steps else ""
            cells[1] += f" <br>{_anchors(each, lang)}"
            rows.append(cells)
    yield table(heads(lang), rows)


def _anchors(each: Declared, lang: str) -> str:
    """Return what a lever means at its low, middle and high values."""
    low, high = (0.0, 1.0) if each.leaf.legal == (0, 1) else each.leaf.plausible
    said = zip((low, (low + high) / 2, high), each.anchors, strict=True)
    return " <br>".join(f"{code(f'{value:g}')}{colon(lang)} {plain(words)}" for value, words in said)


def _deadlines(lang: str) -> Iterator[str]:
    """Yield the one setting of a design that is no number."""
    french = lang == "fr"
    label = lookup("terms_fr", "design.deadlines.label") if french else "deadlines"
    words = lookup("terms_fr", "design.deadlines.meaning") if french else meaning(Design, "deadlines")
    name = f"{anchor('design.deadlines')}{code('deadlines')}"
    yield f"{name} (**{label}**, {say('reference.levers.deadlines', lang)}){colon(lang)} {words}"


def _matrix(lang: str) -> Iterator[str]:
    """Yield the values of all levers in all presets, a few presets at a time."""
    yield heading(2, say("reference.levers.matrix", lang), "presets")
    yield say("reference.levers.matrix_start", lang)
    every = {name: load(f"preset:{name}").scenario for name in presets.names()}
    for start in range(0, len(every), ABREAST):
        some = dict(list(every.items())[start : start + ABREAST])
        titles = [link(in_language(each.title, lang), "presets.md", name) for name, each in some.items()]
        rows = []
        for name in Design.model_fields:
            usual, values = getattr(Design(), name), [getattr(each.design, name) for each in some.values()]
            shown = [f"**{shown_value(value)}**" if value != usual else shown_value(value) for value in values]
            rows.append([link(code(name), "", f"design.{name}"), *shown])
        yield table([say("reference.columns.lever", lang), *titles], rows)


def shown_value(value: Any) -> str:
    """Return the value of a lever as a file says it, nothing for an empty list."""
    plain_value = value.plain() if isinstance(value, Schedule) else value
    if isinstance(plain_value, list):
        return code(f"[{', '.join(_knot(each) for each in plain_value)}]") if plain_value else ""
    return code(number(plain_value))


def _knot(knot: Any) -> str:
    """Return a knot of a schedule, or a week."""
    return f"[{knot[0]}, {number(knot[1])}]" if isinstance(knot, list) else str(knot)
