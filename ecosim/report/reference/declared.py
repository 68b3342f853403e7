"""What is declared of parameters and levers, in one language, as the pages show it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ecosim.language import listed, lookup
from ecosim.report.reference.markdown import code, link
from ecosim.scenario.design import LEVERS, Design
from ecosim.scenario.document import Context
from ecosim.scenario.schedule import Schedule
from ecosim.schema import Block, Leaf, leaves, meaning

CONDITIONS = "conditions"
"""The group of the context's own parameters, which belong to no mechanism."""


class Declared(NamedTuple):
    """A parameter or lever: its path in a scenario file, its name there, its words, and what else is declared."""

    path: str
    name: str
    label: str
    meaning: str
    default: Any
    leaf: Leaf
    anchors: tuple[str, ...]

    @property
    def page(self) -> str:
        """The page on which it is declared."""
        return "levers.md" if self.path.startswith("design.") else "parameters.md"

    def linked(self) -> str:
        """Return its name as a link to where it is declared."""
        return link(code(self.name), self.page, self.path)


def blocks() -> dict[str, type[Block]]:
    """Return the mechanisms' groups of parameters by name, in the order of the context."""
    return {
        name: field.annotation
        for name, field in Context.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Block)
    }


@cache
def parameters(lang: str) -> dict[str, list[Declared]]:
    """Return group -> its parameters; the conditions first, then the mechanisms."""
    found: dict[str, list[Declared]] = {name: [] for name in (CONDITIONS, *blocks())}
    for path, field, leaf in leaves(Context, "context"):
        above, _, name = path.removeprefix("context.").rpartition(".")
        block = blocks()[above] if above else Context
        found[above or CONDITIONS].append(_declared(path, name, block, leaf, field.default, lang))
    return found


def parameter(path: str, lang: str) -> Declared:
    """Return the parameter at ``path``, such as ``context.flow.gain``."""
    return next(each for group in parameters(lang).values() for each in group if each.path == path)


@cache
def levers(lang: str) -> tuple[Declared, ...]:
    """Return the levers."""
    return tuple(_levers(lang))


def _levers(lang: str) -> Iterator[Declared]:
    for name, leaf in LEVERS.items():
        default = Design.model_fields[name].default
        value = default.plain() if isinstance(default, Schedule) else default
        yield _declared(f"design.{name}", name, Design, leaf, value, lang)


def lever(name: str, lang: str) -> Declared:
    """Return the lever ``name``."""
    return next(each for each in levers(lang) if each.name == name)


def _declared(path: str, name: str, block: Any, leaf: Leaf, default: Any, lang: str) -> Declared:
    label, words, anchors = leaf.label, meaning(block, name), leaf.anchors
    if lang == "fr":
        label = lookup("terms_fr", f"{path}.label") or ""
        words = lookup("terms_fr", f"{path}.meaning") or ""
        anchors = listed("terms_fr", f"{path}.anchors")
    return Declared(path, name, label, words, default, leaf, anchors)


def number(value: Any) -> str:
    """Return a value as a scenario file says it."""
    return f"{value:g}" if isinstance(value, float) else str(value)
