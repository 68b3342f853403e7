"""While weeks are lived: the round, what emerges, what the teacher may change, what the class is asked."""

from __future__ import annotations

import solara

from ecosim.classroom.live import Live, the_live
from ecosim.classroom.pages.changing import Changing
from ecosim.classroom.pages.emerging import Emerging
from ecosim.classroom.pages.joining import Address, People
from ecosim.classroom.pages.news import act, in_room
from ecosim.classroom.pages.polling import Polling, next_week
from ecosim.classroom.pages.together import Together
from ecosim.classroom.phases import CHOOSING, LOBBY, OVER
from ecosim.classroom.phones.told import shown_week
from ecosim.classroom.widgets.countdown import countdown
from ecosim.dashboard import session
from ecosim.language import text
from ecosim.web.controls.form import one
from ecosim.web.elements import Button, details, h

ROUNDS = (0, 30, 60, 90, 120, 180)  #: seconds


@solara.component
def Playing(news: int) -> None:
    """Show the lesson while it goes on; ``news`` grows with whatever happens."""
    lang, live = session.lang.value, the_live()
    Round(news)
    film = live.film()
    with live.reading() as room:
        shared = bool(room.shared)
    with h("div", cls="eco-bench eco-class-bench"):
        with h("div", cls="eco-stack"):
            if shared:
                Together(news)
            if film is None:
                with h("section", cls="eco-card"):
                    h("h2", live.session.title(lang))
                    h("p", live.session.say(live.session.session.question, lang), cls="eco-lead")
                    h("p", text("classroom.teacher.before", lang))
                if live.address:
                    Address()
            else:
                Emerging(film, news)
        with h("div", cls="eco-stack"):
            Polling(news)
            Changing(news)
            if not shared:
                Together(news)
            with live.reading() as room:
                seated = sorted(room.seats.learners().items())
            with h("section", cls="eco-card"):
                details(text("classroom.teacher.who", lang, count=len(seated), here=live.here()), People(seated, news))


@solara.component
def Round(news: int) -> None:
    """Show where the round stands, and what can be done next."""
    lang, live = session.lang.value, the_live()
    with live.reading() as room:
        phase, week, weeks = room.phase, room.course.week, room.course.loaded.scenario.weeks
        decided, seats, paused, left = len(room.choices), len(room.seats.taken), room.paused, live.clock.left
        shown = shown_week(room)
    with (
        h("section", cls="eco-card eco-round", **{"aria-labelledby": "eco-round"}),
        h("div", cls="eco-row eco-apart"),
    ):
        with h("div", cls="eco-stack", style_="gap: 2px"):
            h("h1", text("classroom.page.week", lang, week=shown, last=weeks - 1), id="eco-round", tabindex="-1")
            said = text(f"classroom.teacher.phase.{phase}", lang)
            if phase == CHOOSING:
                said = text("classroom.teacher.decided", lang, decided=decided, seats=seats)
            h("p", said, cls="eco-lead", role="status")
        if phase == CHOOSING:
            countdown(left, not paused, news)
        with h("div", cls="eco-row"):
            _buttons(phase, paused, week, lang)


def _buttons(phase: str, paused: bool, week: int, lang: str) -> None:
    """Show what can be done next."""
    live = the_live()
    if phase == CHOOSING:
        if live.clock.left is not None or paused:
            word = text("classroom.teacher.go_on" if paused else "classroom.teacher.pause", lang)
            Button(word, lambda: act(lambda live: live.pause(not paused)), "eco-button")
        Button(text("classroom.teacher.live", lang), lambda: in_room(lambda room: room.live()),
               "eco-button eco-primary")  # fmt: skip
    elif phase != OVER:
        options = [{"value": str(each), "label": _seconds(each, lang)} for each in sorted({*ROUNDS, live.seconds})]
        field = {"kind": "select", "path": "seconds", "label": text("classroom.teacher.seconds", lang),
                 "value": str(live.seconds), "options": options}  # fmt: skip
        one(field, lang, _set_seconds)
        if phase != LOBBY:
            Button(text("classroom.teacher.end", lang), lambda: in_room(lambda room: room.end()), "eco-button")
        Button(text("classroom.teacher.open", lang, week=week), lambda: act(next_week), "eco-button eco-primary")


def _seconds(count: int, lang: str) -> str:
    """Return how long a round is in words."""
    return text("classroom.teacher.limit" if count else "classroom.teacher.no_limit", lang, seconds=count)


def _set_seconds(value: str) -> None:
    """Let rounds be so long from the next on."""

    def wished(live: Live) -> None:
        live.seconds = int(value)

    if value.isdecimal() and int(value) <= 3600:
        act(wished)
