"""What is the same for all designs: how many, how long, which luck; and that the facilitator leaves some day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.report.sliders import REPLICATES
from ecosim.scenario.document import WORD
from ecosim.scenario.resolve import Loaded
from ecosim.web.budget import MOST_LEARNERS, MOST_WEEKS
from ecosim.web.controls.form import form

RANGES = {"learners": (1, MOST_LEARNERS), "weeks": (1, MOST_WEEKS), "seed": (0, WORD)}


@solara.component
def WorldForm(loaded: Loaded) -> None:
    """Show what holds for all designs alike."""
    lang, desk = session.lang.value, session.desk()
    fields = [
        {"kind": "number", "path": name, "label": text(f"dashboard.shared.{name}", lang), "least": least, "most": most,
         "value": getattr(loaded.scenario, name)}
        for name, (least, most) in RANGES.items()
    ]  # fmt: skip
    fields.append({
        "kind": "number", "path": "replicate", "label": text("dashboard.shared.replicate", lang), "least": 0,
        "most": max(REPLICATES, desk.replicate), "value": desk.replicate,
        "help": text("dashboard.shared.replicate_help", lang),
    })  # fmt: skip

    def change(path: str, value: Any) -> None:
        if value is None:
            return
        if path == "replicate":
            session.change(lambda now: replace(now, replicate=int(value)))
        else:
            least, most = RANGES[path]
            session.change(lambda now: now.with_shared(path, int(min(max(value, least), most))))

    form([{"title": text("dashboard.shared.title", lang), "open": False, "fields": fields}], lang, change)
