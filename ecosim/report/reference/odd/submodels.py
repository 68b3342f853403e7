"""Section 7: the processes in detail, each with the mechanisms whose equations it is the first to call."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim import chance, equation
from ecosim.equation import is_equation
from ecosim.language import listed
from ecosim.report.reference import unsupported
from ecosim.report.reference.declared import parameters
from ecosim.report.reference.markdown import anchor, code, heading, numbered, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.odd.beginning import FIRST
from ecosim.report.reference.odd.equations import mechanism, returned
from ecosim.report.reference.reading import equations, week
from ecosim.report.reference.tracing import uses
from ecosim.report.reference.words import columns, say

LAST = "observe"
"""Under this process stands what is made of a run afterwards."""


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, say("odd.titles.submodels", lang), "submodels")
    yield say("odd.submodels.start", lang, name="name")
    yield unsupported.odd(lang)
    homes = mechanisms_of()
    for each in week():
        yield heading(3, f"7.{each.number} {code(each.name)}", f"process-{each.name}")
        yield numbered(linked(words) for words in listed(f"reference_{lang}", f"odd.process.{each.name}"))
        for name in (name for name, home in homes.items() if home == each.name):
            yield from mechanism(name, parameters(lang)[name], each.name, lang)
    yield from _primitives(lang)


def mechanisms_of() -> dict[str, str]:
    """Return mechanism -> the process that is the first to call one of its equations, the last one where none does."""
    found = {}
    for name, group in equations().items():
        if name != FIRST:
            found[name] = next((use.process for use in uses() if use.equation in group), LAST)
    return found


def _primitives(lang: str) -> Iterator[str]:
    """Yield the functions on which the equations stand."""
    yield heading(3, f"7.{len(week())} {say('odd.titles.primitives', lang)}", "primitives")
    yield linked(say("odd.submodels.primitives", lang))
    rows = []
    for module in (equation, chance):
        for name, thing in vars(module).items():
            if is_equation(thing) and thing.__module__ == module.__name__ and not name.startswith("_"):
                rows.append([f"{anchor(f'primitive-{name}')}{code(name)}", plain(returned(thing, lang))])
    heads = columns(lang, "name", "does")
    yield table(heads, rows)
