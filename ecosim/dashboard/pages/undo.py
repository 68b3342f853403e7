"""The way back and forth through what was changed."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.web.elements import Button, h


@solara.component
def UndoRedo() -> None:
    """Show both ways; the one that leads nowhere cannot be pressed."""
    lang, history = session.lang.value, session.history.value
    with h("div", cls="eco-row"):
        for name, there, step in (("undo", history.past, history.undone), ("redo", history.future, history.redone)):
            off = {} if there else {"disabled": ""}
            go = lambda step=step: session.history.set(step())  # noqa: E731
            Button(text(f"dashboard.{name}", lang), go, "eco-button eco-small", off)
