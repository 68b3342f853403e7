"""Which reference pages there are, and where they are written: ``docs/reference`` and ``docs/fr/reference``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ecosim.language import LANGUAGES
from ecosim.report.reference import commands, events, levers, metrics, parameters, presets, terms
from ecosim.report.reference.markdown import bullets, heading, link
from ecosim.report.reference.odd import build as odd
from ecosim.report.reference.words import colon, say

INDEX = "README"
FOLDERS = {"en": "reference", "fr": "fr/reference"}
OTHER = {"en": "../fr/reference", "fr": "../../reference"}

PAGES: dict[str, Callable[[str], str]] = {
    "odd": odd,
    "parameters": parameters.build,
    "levers": levers.build,
    "metrics": metrics.build,
    "presets": presets.build,
    "events": events.build,
    "commands": commands.build,
    "terms": terms.build,
}
"""Name -> what writes it in a language."""


def build(lang: str) -> dict[str, str]:
    """Return file name -> text of all pages in ``lang``; always the same for the same code."""
    made = {INDEX: _index(lang), **{name: make(lang) for name, make in PAGES.items()}}
    return {f"{name}.md": _head(name, lang) + body for name, body in made.items()}


def _head(name: str, lang: str) -> str:
    """Return what stands above every page: its title, and the ways to the other pages and the other language."""
    ways = [link(say("reference.other_language", lang), f"{OTHER[lang]}/{name}.md")]
    if name != INDEX:
        ways.insert(0, link(say("reference.back", lang), f"{INDEX}.md"))
    note = f"<!-- {say('reference.generated', lang)} -->"
    return "\n\n".join([note, heading(1, say(f"reference.pages.{name}.title", lang)), " · ".join(ways)]) + "\n\n"


def _index(lang: str) -> str:
    """Return the list of the pages."""
    model = {"model": say("reference.model", lang), "model_link": say("reference.model_link", lang)}
    entries = []
    for name in PAGES:
        title, line = (say(f"reference.pages.{name}.{each}", lang) for each in ("title", "line"))
        entries.append(f"{link(title, f'{name}.md')}{colon(lang)} {line}")
    return (
        "\n\n".join(
            [say("reference.pages.README.line", lang), bullets(entries), say("reference.index.start", lang, **model)]
        )
        + "\n"
    )


def write(docs: Path) -> list[Path]:
    """Write all pages below ``docs``, take away those that are no more, and return what was written."""
    written = []
    for lang in LANGUAGES:
        folder, made = docs / FOLDERS[lang], build(lang)
        folder.mkdir(parents=True, exist_ok=True)
        for old in set(folder.glob("*.md")) - {folder / name for name in made}:
            old.unlink()
        for name, page in made.items():
            (folder / name).write_text(page, encoding="utf-8", newline="\n")
            written.append(folder / name)
    return written
