"""The two pages, from what is kept."""

from __future__ import annotations

from pathlib import Path

from ecosim.language import LANGUAGES
from ecosim.report.reference.markdown import heading, link, page
from ecosim.report.validation import board, calibrated, claims, fitted, foretold, lost, nulls, sources
from ecosim.report.validation.claims import Kept, in_short, kept
from ecosim.report.validation.words import ask

PAGES = {"en": "validation.md", "fr": "fr/validation.md"}


def write_pages(docs: Path) -> list[Path]:
    """Write the pages below ``docs``, and return their paths."""
    written = []
    for lang in LANGUAGES:
        path = docs / PAGES[lang]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_of(lang), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def page_of(lang: str, all_kept: Kept | None = None) -> str:
    """Return the page in a language.

    Parameters
    ----------
    lang : {"en", "fr"}
        Of every word.
    all_kept : Kept, optional
        What was found; without it what is kept beside the data.
    """
    known = kept() if all_kept is None else all_kept
    return page(
        heading(1, ask("title", lang)),
        f"*{link(ask('other', lang), ask('other_page', lang))}*",
        f"<!-- {ask('generated', lang)} -->",
        ask("opening.what", lang),
        in_short(known, lang),
        *sources.section(lang),
        *board.section(known.scoreboard, lang),
        *nulls.section(known.scoreboard, lang),
        *fitted.section(known.scoreboard, lang),
        *calibrated.section(known.calibration, lang),
        *lost.section(known.knockouts, lang),
        *foretold.section(known.forecast, lang),
        *claims.section(known, lang),
    )
