"""The levers of a scenario as fields of a form: every slider is generated from the lever's declaration."""

from __future__ import annotations

from typing import Any

from ecosim.dashboard.desk import Desk
from ecosim.dashboard.world import path_label, scenario_of
from ecosim.language import listed, text
from ecosim.report.page.courses import value_in_words
from ecosim.report.page.leafwords import LeafWords, words_of
from ecosim.report.sliders import lever_slider
from ecosim.scenario.design import LEVERS, SCHEDULED, Design
from ecosim.scenario.document import Scenario

GROUPS = ("support", "freedom", "people", "possibilities", "climate", "rewards", "time")
FIRST = ("support", "freedom")  #: groups that stand open at first


def groups_of(desk: Desk, now: Scenario, lang: str, community: str = "") -> list[dict[str, Any]]:
    """Return the levers of the active design, grouped, as :func:`ecosim.web.controls.form.form` takes them.

    Parameters
    ----------
    desk : Desk
        What was changed.
    now : Scenario
        The active design, checked.
    lang : {"en", "fr"}
        Language of the words.
    community : str
        Whose levers, where there are several communities.
    """
    base = scenario_of(desk).scenario
    made = []
    for group in GROUPS:
        fields = [
            _field(desk, base, now, name, community, lang) for name, leaf in LEVERS.items() if leaf.group == group
        ]
        if group == "time":
            fields.append(_deadlines(desk, base, now, community, lang))
        changed = sum(each["changed"] for each in fields)
        count = text("dashboard.levers.changed", lang, count=changed) if changed else ""
        title = text(f"dashboard.levers.groups.{group}", lang)
        made.append({"title": title, "open": group in FIRST, "count": count, "fields": fields})
    return made


def lever_path(name: str, community: str = "") -> str:
    """Return the dotted path of a lever, of one community where there are several."""
    return f"communities.{community}.design.{name}" if community else f"design.{name}"


def design_of(scenario: Scenario, community: str = "") -> Design:
    """Return the levers of a community, of the only one without its name."""
    return scenario.communities[community].design if community else scenario.design


def _field(desk: Desk, base: Scenario, now: Scenario, name: str, community: str, lang: str) -> dict[str, Any]:
    """Return one lever of the desk as a field."""
    path = lever_path(name, community)
    value = getattr(design_of(now, community), name)
    was = text("dashboard.levers.was", lang, value=value_in_words(getattr(design_of(base, community), name), lang))
    more = {"scheduled": name in SCHEDULED, "weeks": now.weeks, "changed": path in desk.variant.changes, "was": was}
    return lever_field(name, path, value, lang) | more


def lever_field(name: str, path: str, value: Any, lang: str) -> dict[str, Any]:
    """Return a lever as a field of a form: a slider with its anchors, its plausible range, its meaning and source.

    Parameters
    ----------
    name, path : str
        Its name, and what the form calls it.
    value : float or Schedule
        What it is now.
    lang : {"en", "fr"}
        Language of the words.
    """
    leaf, words = LEVERS[name], words_of(f"design.{name}", lang)
    knots = getattr(value, "knots", ((0, value),))
    slider = lever_slider(words.label, float(knots[0][1]), leaf)
    unit = leaf.legal == (0, 1)
    low, high = (0, 1) if unit else (slider["min"], slider["max"])
    return {
        "kind": "lever", "path": path, "label": words.label,
        "value": knots[0][1] if len(knots) == 1 else [list(knot) for knot in knots],
        "low": low, "high": high, "step": slider["step"], "legal": list(leaf.legal), "plausible": list(leaf.plausible),
        "anchors": list(_anchors(name, lang)), "anchored": [low, high] if unit else list(leaf.plausible),
        "unit": "" if leaf.unit in ("share", "1", "probability") else words.unit,
        "meaning": words.meaning, "source": _source(words, lang), "scheduled": False, "weeks": 1, "changed": False,
        "was": "",
    }  # fmt: skip


def _anchors(name: str, lang: str) -> tuple[str, ...]:
    """Return what a lever means at the low end, in the middle and at the high end of its scale."""
    return (listed("terms_fr", f"design.{name}.anchors") if lang == "fr" else ()) or LEVERS[name].anchors


def _source(words: LeafWords, lang: str) -> str:
    """Return how far data support the lever, and who says so."""
    key = "sourced" if words.source else "unsourced"
    return text(f"dashboard.levers.{key}", lang, evidence=words.evidence, source=words.source, symbol=words.symbol)


def _deadlines(desk: Desk, base: Scenario, now: Scenario, community: str, lang: str) -> dict[str, Any]:
    """Return the weeks of deadlines as a field of text."""
    path = lever_path("deadlines", community)
    weeks = design_of(now, community).deadlines
    return {
        "kind": "text", "path": path, "label": path_label(path, now, lang), "value": ", ".join(map(str, weeks)),
        "help": text("dashboard.levers.deadlines", lang), "changed": path in desk.variant.changes, "longest": 300,
    }  # fmt: skip


def read_deadlines(said: str) -> list[int] | None:
    """Return the weeks that somebody typed, ``None`` where it is no list of weeks."""
    parts = [part for part in said.replace(";", ",").replace(" ", ",").split(",") if part]
    if not all(part.isdecimal() and len(part) < 7 for part in parts):
        return None
    return sorted({int(part) for part in parts})
