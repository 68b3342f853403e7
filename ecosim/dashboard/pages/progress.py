"""How far the runs of an ensemble are, and what went wrong with any of them."""

from __future__ import annotations

from ecosim.language import number, text
from ecosim.web.elements import h
from ecosim.web.ensemble import Ensemble


def progress(runs: Ensemble, lang: str) -> None:
    """Say how far the runs are; what failed is told beside it."""
    facts = {"done": number(runs.done, lang, 0), "total": number(runs.total, lang, 0)}
    if runs.state == "running":
        label = text("dashboard.many.progress", lang)
        h("progress", value=str(runs.done), max=str(max(1, runs.total)), aria_label=label)
    h("p", text(f"dashboard.many.state.{runs.state}", lang, **facts), cls="eco-fine", role="status")
    if runs.error is not None:
        h("p", runs.error.say(lang), cls="eco-problems", role="alert")
    counts = runs.found.counts if runs.found is not None else {}
    if lost := sum(count for status, count in counts.items() if status != "done"):
        h("p", text("dashboard.many.lost", lang, count=lost), cls="eco-problems", role="alert")
