"""Everything that the page says of a run, gathered for its templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecosim.language import text
from ecosim.report.citation import LICENCE, citation
from ecosim.report.page import opening
from ecosim.report.page.assumptions import ground
from ecosim.report.page.changes import happenings, lever_changes, parameter_changes, preset_levers, world_changes
from ecosim.report.page.glossary import terms
from ecosim.report.page.origin import origin_of, preset_title
from ecosim.report.page.people import followed, groups
from ecosim.report.page.pictures import pictures
from ecosim.report.page.repeat import repeat
from ecosim.scenario.parts import in_language

PARTS = (
    "told", "figures", "groups", "person", "settings", "ground", "limits", "repeat", "cite", "licence", "values",
    "glossary",
)  # fmt: skip
"""Parts of the page in their order; those that have nothing to show are left out."""
DAY = 10  #: letters of a date


def content(run: Any, figures: Path, lang: str, provenance: dict[str, Any], choices: str) -> dict[str, Any]:
    """Return everything that the page says, by the names that its templates use.

    See :func:`ecosim.report.page.write_page` for the parameters.
    """
    scenario, origin = run.loaded.scenario, origin_of(run.loaded)
    setting, points, closing = opening.told(run, lang)
    shown = {"figures": pictures(run, figures, lang), "groups": groups(run, lang)}
    return {
        "parts": [name for name in PARTS if shown.get(name, True)],
        "made_by": provenance["versions"]["ecosim"],
        "day": provenance["begun"][:DAY],
        "title": in_language(scenario.title, lang) or run.loaded.name,
        "question": in_language(scenario.question, lang),
        "description": in_language(scenario.description, lang),
        "setting": setting,
        "points": points,
        "closing": closing,
        "tiles": opening.tiles(run, lang),
        "values": opening.all_values(run, lang),
        "pictures": shown["figures"],
        "groups": shown["groups"],
        "followed": followed(run, choices, lang),
        "origin": origin,
        "preset": preset_title(origin.preset, lang) if origin.preset else "",
        "levers": lever_changes(scenario, origin, lang),
        "preset_levers": preset_levers(origin, lang) if origin.preset else [],
        "parameters": parameter_changes(scenario, origin.scenario, lang),
        "world": world_changes(scenario, origin.scenario, lang),
        "happenings": list(happenings(scenario, lang)),
        "warnings": [(each.path, text(each.key, lang, **each.facts)) for each in run.loaded.warnings],
        "ground": ground(run, origin, lang),
        "seed_rule": text("provenance.seed_rule", lang),
        "repeat": repeat(run, origin, provenance, choices, lang),
        "cite": citation(run, provenance, lang),
        "licence": LICENCE,
        "terms": terms(lang),
        "provenance": provenance,
    }
