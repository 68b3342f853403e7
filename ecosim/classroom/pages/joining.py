"""Before the first week: how to join, who is there, how large the community is."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.classroom.live import the_live
from ecosim.classroom.pages.news import act, in_room
from ecosim.classroom.pages.polling import next_week
from ecosim.classroom.phases import LOBBY
from ecosim.classroom.qr import as_image
from ecosim.classroom.session.notes import notes
from ecosim.dashboard import session
from ecosim.dashboard.reports import HTML
from ecosim.dashboard.taking import Work
from ecosim.language import text
from ecosim.report.grammar import sentence
from ecosim.web.budget import MOST_LEARNERS
from ecosim.web.controls.form import one
from ecosim.web.elements import Button, details, h


@solara.component
def Joining(news: int) -> None:
    """Show how to join; ``news`` grows with whatever happens."""
    lang, live = session.lang.value, the_live()
    taught = live.session
    with live.reading() as room:
        phase, seated = room.phase, sorted(room.seats.learners().items())
        learners, seats = room.course.loaded.scenario.learners, len(seated) + len(room.seats.free)
    h("h1", taught.title(lang), tabindex="-1")
    h("p", taught.say(taught.session.question, lang), cls="eco-lead")
    with h("div", cls="eco-two"):
        Address()
        with h("section", cls="eco-card eco-stack", **{"aria-labelledby": "eco-who"}):
            h("h2", text("classroom.teacher.who", lang, count=len(seated), here=live.here()), id="eco-who")
            People(seated, news)
            h("p", text("classroom.teacher.others", lang, learners=learners, others=learners - len(seated)))
            h("p", text("classroom.teacher.seats", lang, count=seats), cls="eco-fine")
            if phase == LOBBY:
                field = {"kind": "number", "path": "learners", "label": text("classroom.teacher.size", lang),
                         "least": 2, "most": MOST_LEARNERS, "value": learners}  # fmt: skip
                one(field, lang, lambda value: value and act(lambda live: live.resize(int(value))))
                Button(text("classroom.teacher.begin", lang), lambda: act(next_week), "eco-button eco-primary")
    with h("div", cls="eco-row"):
        Work(text("classroom.teacher.notes", lang), f"{taught.name}-{lang}.html", HTML,
             lambda: notes(taught, lang).encode())  # fmt: skip


@solara.component
def Address() -> None:
    """Show the address, its picture and the PIN; or that phones do not reach this room."""
    lang, live = session.lang.value, the_live()
    with h("section", cls="eco-card eco-stack", **{"aria-labelledby": "eco-address"}):
        h("h2", text("classroom.teacher.how", lang), id="eco-address")
        if not live.address:
            h("p", text("classroom.teacher.alone", lang), cls="eco-note")
            return
        with h("div", cls="eco-row eco-join"):
            h("img", src=as_image(live.join_link()), alt=text("classroom.teacher.qr", lang), cls="eco-qr")
            with h("div", cls="eco-stack"):
                h("p", h("b", live.join_address().removeprefix("http://")), cls="eco-join-address")
                h("p", text("classroom.teacher.pin", lang), " ", h("b", live.room.pin), cls="eco-join-pin")
        details(text("classroom.teacher.fails", lang), h("p", text("classroom.teacher.fails_why", lang)))


@solara.component
def People(seated: Any, news: int) -> None:
    """Show who is there; a name can be hidden, a seat taken away."""
    lang, live = session.lang.value, the_live()
    if not seated:
        h("p", text("classroom.teacher.nobody", lang), cls="eco-fine")
        return
    with h("ul", cls="eco-lines eco-people eco-scroll", tabindex="0"):
        for learner, seat in seated:
            name = seat.shown or text("classroom.phone.person", lang, learner=learner)
            away = "" if live.connected[seat.token] > 0 or seat.token in live.room.shared else " · " + text(
                "classroom.teacher.away", lang
            )  # fmt: skip
            with h("li", cls="eco-row eco-apart").key(seat.token):
                h("span", sentence(name) + away)
                with h("span", cls="eco-row"):
                    if seat.name:
                        word = text(f"classroom.teacher.{'show' if seat.hidden else 'hide'}", lang)
                        Button(word, lambda i=learner, on=not seat.hidden: in_room(lambda room: room.hide(i, on)),
                               "eco-button eco-quiet eco-small", {"aria-label": f"{word}: {name}"})  # fmt: skip
                    word = text("classroom.teacher.remove", lang)
                    Button(word, lambda i=learner: in_room(lambda room: room.remove(i)),
                           "eco-button eco-quiet eco-small", {"aria-label": f"{word}: {name}"})  # fmt: skip
