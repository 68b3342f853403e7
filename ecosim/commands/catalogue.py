"""``ecosim list``: what there is to run, to read, to turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecosim.commands.options import AsJson, Language, Plugin, Quiet
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import UsageError, nearest
from ecosim.language import text

if TYPE_CHECKING:
    from ecosim.commands.glossary import Entry

Kind = Annotated[str | None, typer.Argument(metavar="cli.metavars.kind", help="cli.options.kind")]


def catalogue(
    kind: Kind = None, plugin: Plugin = None, json: AsJson = False, quiet: Quiet = False, lang: Language = None
) -> None:
    """List what there is of one kind, or how much of each."""
    from ecosim.commands.glossary import KINDS  # lazily: help needs no declarations
    from ecosim.model.metrics.plugin import run_plugins

    speaker = voice(lang, quiet)
    run_plugins(plugin)
    if kind is None:
        _overview({name: list(entries(speaker.lang)) for name, entries in KINDS.items()}, speaker, json)
        return
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        key = "errors.usage.kind_near" if near else "errors.usage.kind"
        raise UsageError(key, value=kind, nearest=near, allowed=", ".join(KINDS))
    found = list(KINDS[kind](speaker.lang))
    if json:
        write_json([as_data(entry) for entry in found])
    elif found:
        columns([_row(entry) for entry in found])
    elif kind == "scenarios":
        speaker.note("cli.list.no_scenarios")


def as_data(entry: Entry) -> dict[str, Any]:
    """Return an entry as it is written in JSON."""
    return {
        "kind": entry.kind,
        "name": entry.name,
        "label": entry.label,
        "meaning": entry.meaning,
        **entry.facts,
    }


def _overview(entries: dict[str, list[Entry]], speaker: Voice, json: bool) -> None:
    """Write how much there is of each kind; in JSON all names."""
    if json:
        write_json({kind: [entry.name for entry in found] for kind, found in entries.items()})
        return
    columns([[kind, str(len(found)), text(f"cli.list.about.{kind}", speaker.lang)] for kind, found in entries.items()])
    speaker.note("cli.list.more")


def _row(entry: Entry) -> list[str]:
    """Return an entry as a line of a list: its name, its default or unit, its label."""
    default = entry.facts.get("default")
    if entry.kind in ("parameter", "lever"):
        return [entry.name, value_in(default), entry.label]
    if entry.kind == "metric":
        return [entry.name, str(entry.facts.get("unit", "")), entry.label]
    return [entry.name, entry.label]


def value_in(value: Any) -> str:
    """Return a value as a file says it."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def columns(rows: list[list[str]]) -> None:
    """Write ``rows`` with their columns aligned."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
