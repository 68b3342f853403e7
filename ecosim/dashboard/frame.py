"""What stands around every page: name, places to go, language, look, and at the foot what it is not."""

from __future__ import annotations

from typing import Any

import solara

from ecosim import __version__
from ecosim.dashboard import session
from ecosim.dashboard.arrival import use_arrival
from ecosim.dashboard.tour import Tour
from ecosim.language import LANGUAGES, text
from ecosim.web.controls.shell import ShellWidget
from ecosim.web.elements import Button, Link, h

PLACES = ("explore", "compare", "teach", "take")
THEMES = ("auto", "light", "dark")


@solara.component
def Frame(page: str, children: Any = ()) -> None:
    """Show a page in its frame; ``page`` is the first part of its address."""
    ready = use_arrival()
    lang = session.lang.value
    if not ready:
        return
    with h("div", cls="eco"):
        h("a", text("dashboard.frame.skip", lang), cls="eco-skip", href="#eco-main")
        Head(page)
        h("main", Trouble(), *children, cls=f"eco-main eco-page-{page or 'start'}", id="eco-main")
        Foot()
        name = text(f"dashboard.frame.{page or 'home'}" if page in ("", *PLACES) else "dashboard.lost.title", lang)
        Shell(page, name)
        if not session.toured.value:
            Tour()


@solara.component
def Trouble() -> None:
    """Say what kept somebody from arriving where her link leads."""
    lang = session.lang.value
    lines = session.trouble.value.splitlines()
    with h("div", cls="eco-problems eco-row eco-apart", role="alert", hidden=None if lines else ""):
        h("div", *[h("p", line) for line in lines])
        Button(text("dashboard.person.close", lang), lambda: session.trouble.set(""), "eco-button eco-small")


@solara.component
def Head(page: str) -> None:
    """Show the name, the places, and the switches."""
    lang = session.lang.value
    with h("header", cls="eco-head"):
        Link(
            [h("span", "eco", cls="eco-name-first"), "sim"],
            "/",
            "eco-name",
            {"aria-label": text("dashboard.frame.home", lang)},
        )
        with h("nav", cls="eco-nav", **{"aria-label": text("dashboard.frame.nav", lang)}):
            for place in PLACES:
                here = {"aria-current": "page"} if place == page else {}
                Link(text(f"dashboard.frame.{place}", lang), f"/{place}", "eco-place", here)
        with h("div", cls="eco-switches"):
            switches(lang)
            tour = {"aria-label": text("dashboard.frame.tour", lang), "title": text("dashboard.frame.tour", lang)}
            Button("?", lambda: session.toured.set(False), "eco-switch", tour)


def switches(lang: str) -> None:
    """Show what everybody may switch: language, look, size."""
    for each in LANGUAGES:
        on = {"aria-pressed": str(each == lang).lower(), "lang": each,
              "aria-label": text("dashboard.frame.language", each)}  # fmt: skip
        Button(each.upper(), lambda each=each: session.lang.set(each), "eco-switch", on)
    _theme(lang)
    large = {"aria-pressed": str(session.large.value).lower(), "title": text("dashboard.frame.large", lang),
             "aria-label": text("dashboard.frame.large", lang)}  # fmt: skip
    Button("A+", lambda: session.large.set(not session.large.value), "eco-switch", large)


def _theme(lang: str) -> Any:
    """Show the switch between the looks: it goes round."""
    now = session.theme.value or "auto"
    then = THEMES[(THEMES.index(now) + 1) % len(THEMES)]
    said = text("dashboard.frame.theme", lang, now=text(f"dashboard.frame.{now}", lang))
    signs = {"auto": "◐", "light": "☀", "dark": "☾"}
    return Button(signs[now], lambda: session.theme.set(then), "eco-switch", {"aria-label": said, "title": said})


@solara.component
def Foot() -> None:
    """Show what ecosim is not."""
    lang = session.lang.value
    h(
        "footer",
        h("p", text("dashboard.frame.foot", lang)),
        h("p", f"ecosim {__version__}", cls="eco-fine"),
        cls="eco-foot",
    )


@solara.component
def Shell(page: str, name: str) -> None:
    """Let the browser do what only it can, and hear what only it knows; ``name`` is what the page is called."""
    lang = session.lang.value

    def see(seen: dict[str, Any]) -> None:
        session.origin.value = seen["origin"]
        session.toured.value = bool(seen["toured"])
        if not session.theme.value:
            session.theme.value = seen["theme"]

    ShellWidget.element(
        lang=lang, theme=session.theme.value, title=f"{name} · ecosim", large=session.large.value, page=page,
        order=session.order.value, content=session.content.value, toured=session.toured.value, on_seen=see,
    )  # fmt: skip
