"""The model by the ODD protocol (Grimm et al. 2020), in seven sections."""

from __future__ import annotations

from ecosim.report.reference.markdown import bullets, link, page
from ecosim.report.reference.odd import beginning, concepts, entities, purpose, schedule, submodels
from ecosim.report.reference.words import say

SECTIONS = {
    "purpose": purpose.section,
    "entities": entities.section,
    "schedule": schedule.section,
    "concepts": concepts.section,
    "beginning": beginning.section,
    "input": beginning.data,
    "submodels": submodels.section,
}
"""Name -> what writes it in a language."""


def build(lang: str) -> str:
    """Return the page."""
    contents = bullets(link(say(f"odd.titles.{name}", lang), "", name) for name in SECTIONS)
    start = f"{say('odd.start', lang)} {say('odd.again', lang)}"
    return page(start, contents, *(page(*section(lang)) for section in SECTIONS.values()))
