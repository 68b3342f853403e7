"""What was compared with what: whose data, what is shipped of them, which patterns lean on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecosim.evidence import targets
from ecosim.evidence.patterns import PATTERNS
from ecosim.language import text
from ecosim.report.reference.markdown import heading, link, plain, table
from ecosim.report.validation.words import ask, heads

SOURCES = {
    "oulad": ("oulad_cohorts", "oulad_weekly_survival", "oulad_activity"),
    "open_courses": ("open_courses",),
    "forum": ("mooc_forum",),
    "friendship": ("friendship_dynamics",),
    "flow": ("flow",),
    "needs": ("needs",),
    "published": ("published",),
}
"""Source -> the shipped files of facts that patterns name."""
DOI = re.compile(r"10\.\d{4,}/[^\s;,]+")


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("sources.title", lang), "sources")
    yield ask("sources.start", lang, data=ask("data", lang))
    yield table(heads("sources.columns", lang), [_row(name, files, lang) for name, files in SOURCES.items()])


def _row(name: str, files: tuple[str, ...], lang: str) -> list[str]:
    """Return the line of one source."""
    cite, what, licence, rows = (plain(_say(name, part, lang)) for part in ("cite", "what", "licence", "rows"))
    leaning = ", ".join(sorted((each for each in PATTERNS if PATTERNS[each].facts in files), key=_number))
    dois = ", ".join(link(doi, f"https://doi.org/{doi}") for doi in dois_of(files))
    return [cite, what, leaning, rows, licence, dois or ask("none", lang)]


def _say(name: str, part: str, lang: str) -> str:
    return text(f"evidence.sources.{name}.{part}", lang)


def _number(pattern: str) -> int:
    return int(pattern[1:])


def dois_of(files: tuple[str, ...]) -> list[str]:
    """Return the DOIs that shipped files say of themselves."""
    return list(dict.fromkeys(doi for name in files for doi in DOI.findall(targets.about(name).get("doi", ""))))
