"""The presets: what each is, the question it serves, and where it differs from the defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.report.reference.levers import shown_value
from ecosim.report.reference.markdown import code, heading, page, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.words import columns, say
from ecosim.scenario import presets
from ecosim.scenario.document import Scenario
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import load

TOLD = ("title", "question", "description")  #: shown in words


def build(lang: str) -> str:
    """Return the page."""
    blocks = [say("reference.presets.start", lang)]
    for name in presets.names():
        scenario = load(f"preset:{name}").scenario
        blocks += [heading(2, f"{in_language(scenario.title, lang)} ({code(name)})", name)]
        blocks += [in_language(scenario.description, lang), f"*{in_language(scenario.question, lang)}*"]
        heads = columns(lang, "name", "value", "usual")
        rows = [
            [linked(code(path), "presets.md"), _shown(new), _shown(old)] for path, new, old in differences(scenario)
        ]
        blocks += [table(heads, rows)]
    return page(*blocks)


def differences(scenario: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """Yield path, value and usual value of all that a scenario sets otherwise than the defaults."""
    usual = Scenario()
    for name in Scenario.model_fields:
        if name not in TOLD:
            yield from _compared(name, getattr(scenario, name), getattr(usual, name))


def _compared(path: str, new: Any, old: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs at ``path`` and below it; groups of one kind are gone into."""
    fields = getattr(type(new), "model_fields", {})
    if fields and type(new) is type(old):
        for name, field in fields.items():
            yield from _compared(f"{path}.{field.alias or name}", getattr(new, name), getattr(old, name))
    elif new != old:
        yield path, new, old


def _shown(value: Any) -> str:
    """Return a value as a scenario file writes it."""
    if hasattr(value, "model_dump"):
        said = ", ".join(f"{key}: {inner}" for key, inner in value.model_dump(mode="json", exclude_none=True).items())
        return code(f"{{{said}}}")
    return shown_value(value) or code("[]")
