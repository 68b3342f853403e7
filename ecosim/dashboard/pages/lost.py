"""What an address shows behind which there is nothing."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.web.elements import Link, h


@solara.component
def Lost() -> None:
    """Say that there is nothing here, and where there is something."""
    lang = session.lang.value
    h("h1", text("dashboard.lost.title", lang), tabindex="-1")
    Link(text("dashboard.lost.back", lang), "/", "eco-button eco-primary")
