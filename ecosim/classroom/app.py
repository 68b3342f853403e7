"""The teacher's screen as Solara finds it."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.classroom.live import the_live
from ecosim.classroom.pages.debrief import Debriefing
from ecosim.classroom.pages.joining import Joining
from ecosim.classroom.pages.news import use_news
from ecosim.classroom.pages.playing import Playing
from ecosim.classroom.phases import LOBBY, OVER
from ecosim.dashboard import session
from ecosim.dashboard.arrival import use_arrival
from ecosim.dashboard.frame import Foot, Shell, Trouble, switches
from ecosim.language import text
from ecosim.web.elements import Button, Link, h

STEPS = ("join", "play", "debrief")

step = solara.reactive("")  #: what the teacher looks at; empty: what the lesson is at


@solara.component
def Page() -> None:
    """Show the lesson."""
    ready, news = use_arrival(), use_news()
    lang = session.lang.value
    if not ready:
        return
    live = the_live()
    with live.reading() as room:
        phase = room.phase
    shown = step.value or {LOBBY: "join", OVER: "debrief"}.get(phase, "play")
    with h("div", cls="eco"):
        h("a", text("dashboard.frame.skip", lang), cls="eco-skip", href="#eco-main")
        Head(shown, news)
        with h("main", cls="eco-main eco-page-class", id="eco-main"):
            Trouble()
            {"join": Joining, "play": Playing, "debrief": Debriefing}[shown](news)
        Foot()
        Shell(shown, live.session.title(lang))


@solara.component
def Head(shown: str, news: int) -> None:
    """Show where the lesson stands, how to join, and the switches."""
    lang, live = session.lang.value, the_live()
    with h("header", cls="eco-head"):
        Link([h("span", "eco", cls="eco-name-first"), "sim"], "/", "eco-name",
             {"aria-label": text("dashboard.frame.home", lang)})  # fmt: skip
        with h("div", cls="eco-nav", role="group", **{"aria-label": text("classroom.teacher.steps", lang)}):
            for each in STEPS:
                on = {"aria-pressed": str(each == shown).lower()}
                Button(text(f"classroom.teacher.{each}", lang), lambda each=each: step.set(each), "eco-tab", on)
        if live.address and shown != "join":
            h("span", text("classroom.teacher.at", lang, address=live.join_address().removeprefix("http://"),
                           pin=live.room.pin), cls="eco-fine eco-join-small")  # fmt: skip
        with h("div", cls="eco-switches"):
            switches(lang)


@solara.component
def Layout(children: Any) -> None:
    """Show nothing of Solara's own around a page."""
    h("div", *children, cls="eco-root")


routes = [solara.Route(path="/", component=Page, layout=Layout)]
