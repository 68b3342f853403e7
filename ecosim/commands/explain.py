"""``ecosim explain``: what a name means, and all that is declared of it."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecosim.commands.catalogue import as_data, value_in
from ecosim.commands.options import AsJson, Language, Plugin, Quiet
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import UsageError, nearest
from ecosim.language import lookup, text

if TYPE_CHECKING:
    from ecosim.commands.glossary import Entry

WIDTH = 100
Name = Annotated[str, typer.Argument(metavar="cli.metavars.name", help="cli.options.name", show_default=False)]
GUESSED = ("source", "assumed")  #: the grade of evidence says so too
ALIKE = ("legal", "plausible")  #: facts that are a pair of bounds


def explain(
    name: Name, plugin: Plugin = None, json: AsJson = False, quiet: Quiet = False, lang: Language = None
) -> None:
    """Say what a metric, lever, parameter, preset, event, ablation, lesson or session means."""
    from ecosim.commands.glossary import KINDS  # lazily: help needs no declarations
    from ecosim.model.metrics.plugin import run_plugins

    speaker = voice(lang, quiet)
    run_plugins(plugin)
    every = [entry for kind, entries in KINDS.items() if kind != "scenarios" for entry in entries(speaker.lang)]
    found = _named(name.strip(), every)
    if json:
        write_json([as_data(entry) for entry in found])
        return
    print("\n\n".join(page(entry, speaker) for entry in found))


def _named(name: str, every: list[Entry]) -> list[Entry]:
    """Return the entries called ``name``: in full, else by an alias.

    Raises
    ------
    UsageError
        When there is none.
    """
    whole = [entry for entry in every if entry.name == name]
    found = whole or [entry for entry in every if name in entry.aliases]
    found = found or [entry for entry in every if _typed(name) in map(_typed, entry.aliases)]
    if whole:  # a short name may well mean something else too
        found += [entry for entry in every if name in entry.aliases and entry not in whole]
    if not found:
        names = {alias: None for entry in every for alias in (entry.name, *entry.aliases) if alias}
        near = nearest(name, names)
        raise UsageError("errors.usage.name_near" if near else "errors.usage.name", value=name, nearest=near)
    return found


def _typed(name: str) -> str:
    """Return ``name`` without what keyboards do differently: capitals, curly apostrophes, spaces that do not break."""
    return " ".join(name.lower().replace("’", "'").split())


def page(entry: Entry, speaker: Voice) -> str:
    """Return all that is known of one entry, in words."""
    lang = speaker.lang
    title = text(f"cli.explain.titles.{entry.kind}", lang, name=entry.name, label=entry.label)
    words = [fill(each, WIDTH) for each in (entry.meaning, str(entry.facts.get("question", ""))) if each]
    lines = []
    for key, value in entry.facts.items():
        if key != "question" and value not in (None, "", {}, ()) and (key, value) != GUESSED:
            lines += _fact(key, value, lang)
    width = max((len(name) for name, _ in lines), default=0)
    table = [f"  {name.ljust(width)}  {said}".rstrip() for name, said in lines]
    return "\n".join([title, *words, *table])


def _fact(key: str, value: Any, lang: str) -> list[tuple[str, str]]:
    """Return one fact as lines of (what it is, what is said)."""
    name = text(f"cli.explain.facts.{key}", lang)
    if key == "unit":
        return [(name, lookup(lang, f"units.{value}") or value)]
    if key == "evidence":
        return [(name, f"{text(f'evidence.{value}', lang)} ({text(f'evidence_meanings.{value}', lang)})")]
    if key in ALIKE:
        return [(name, text("cli.explain.range", lang, low=value_in(value[0]), high=value_in(value[1])))]
    if isinstance(value, dict):
        rows = [(f"  {inner}", said) for inner, said in _flat(value)]
        return [(name, ""), *rows]
    return [(name, value_in(value))]


def _flat(value: dict[str, Any], above: str = "") -> list[tuple[str, str]]:
    """Return the leaves of nested mappings as (dotted path, value)."""
    rows = []
    for key, inner in value.items():
        path = f"{above}{key}"
        rows += _flat(inner, f"{path}.") if isinstance(inner, dict) else [(path, value_in(inner))]
    return rows
