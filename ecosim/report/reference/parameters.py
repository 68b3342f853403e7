"""The ledger of all parameters, with how far data support each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from ecosim.language import text
from ecosim.report.reference import unsupported
from ecosim.report.reference.declared import CONDITIONS, Declared, number, parameters
from ecosim.report.reference.markdown import anchor, code, heading, page, plain, table
from ecosim.report.reference.words import columns, grade, joined, say, source, unit
from ecosim.schema import Evidence, Leaf

GRADES = get_args(Evidence)


def build(lang: str) -> str:
    """Return the page."""
    groups = parameters(lang)
    ledger = [block for name, group in groups.items() for block in _group(name, group, lang)]
    counts = [heading(2, say("reference.parameters.grades", lang)), _key(groups, lang), _counts(groups, lang)]
    return page(say("reference.parameters.start", lang), *counts, unsupported.ledger(lang), *ledger)


def _key(groups: dict[str, list[Declared]], lang: str) -> str:
    """Return what each grade means, and how many parameters have it."""
    found = Counter(each.leaf.evidence for group in groups.values() for each in group)
    heads = columns(lang, "grade", "meaning", "count")
    rows = [[grade(name, lang), text(f"evidence_meanings.{name}", lang), str(found[name])] for name in GRADES]
    return table(heads, rows)


def _counts(groups: dict[str, list[Declared]], lang: str) -> str:
    """Return how many parameters of each group have which grade."""
    heads = [say("reference.columns.group", lang), *(grade(name, lang) for name in GRADES)]
    rows = []
    for name, group in groups.items():
        found = Counter(each.leaf.evidence for each in group)
        label = f"[{text(f'titles.blocks.{name}.label', lang)}](#{name})"
        rows.append([label, *(str(found[each]) for each in GRADES)])
    return table([*heads, say("reference.parameters.total", lang)], [[*row, str(_sum(row[1:]))] for row in rows])


def origin(leaf: Leaf, lang: str) -> str:
    """Return the source of a parameter or lever, without what its grade says too."""
    return source("" if leaf.source == leaf.evidence else leaf.source.removeprefix(f"{leaf.evidence}; "), lang)


def _sum(counts: list[str]) -> int:
    return sum(map(int, counts))


def _group(name: str, group: list[Declared], lang: str) -> Iterator[str]:
    """Yield the parameters of one group as blocks of the page."""
    yield heading(2, text(f"titles.blocks.{name}.label", lang), name)
    above = "context." if name == CONDITIONS else f"context.{name}."
    yield f"{text(f'titles.blocks.{name}.line', lang)}. {say('reference.parameters.path', lang, path=above)}"
    yield table(heads(lang), [row(each, lang) for each in group])


def heads(lang: str) -> list[str]:
    """Return the heads of a ledger of parameters or levers."""
    columns = ("name", "meaning", "default", "ranges", "source")
    return [say(f"reference.columns.{name}", lang) for name in columns]


def row(each: Declared, lang: str) -> list[str]:
    """Return the line of one parameter or lever."""
    leaf = each.leaf
    symbol = f" <br>{plain(leaf.symbol)}" if leaf.symbol and leaf.symbol != each.name else ""
    words = f"**{plain(each.label)}**. {plain(each.meaning)}"
    default = f"{code(number(each.default))} <br>{unit(leaf.unit, lang)}"
    ranges = f"{code(leaf.legal)} <br>{code(leaf.plausible)}"
    said = joined([plain(origin(leaf, lang)), grade(leaf.evidence, lang)], lang)
    return [f"{anchor(each.path)}{code(each.name)}{symbol}", words, default, ranges, said]
