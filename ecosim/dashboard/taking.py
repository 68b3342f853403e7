"""A button that has something made and hands it to the browser to be saved."""

from __future__ import annotations

from collections.abc import Callable

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.web.elements import Button, h
from ecosim.web.latest import Latest, Shot
from ecosim.web.news import for_this_page


@solara.component
def Work(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    """Show a button that has something made, in a thread, and then downloads it."""
    lang = session.lang.value
    busy, error = solara.use_reactive(False), solara.use_reactive("")

    def show(shot: Shot) -> None:
        if shot.busy:
            return
        busy.value = False
        if shot.error is not None:
            error.value = shot.error.say(lang)
        else:
            save(name, mime, shot.value, lang)

    def start() -> None:
        busy.value, error.value = True, ""
        Latest(for_this_page(show)).want(make)

    with h("div", cls="eco-row"):
        Button(label, start, "eco-button", {"disabled": ""} if busy.value else {})
        if busy.value:
            h("p", h("span", cls="eco-spin"), " ", text("dashboard.take.making", lang), role="status", cls="eco-fine")
        if error.value:
            h("p", error.value, cls="eco-problems", role="alert")


def save(name: str, mime: str, content: bytes, lang: str) -> None:
    """Have the browser save a file."""
    session.ask("download", name=name, mime=mime, content=content, say=text("dashboard.take.saved", lang, name=name))
