"""What the teacher may change between weeks: what the session suggests, and any lever that may move on the way."""

from __future__ import annotations

import solara

from ecosim.classroom.course import Change
from ecosim.classroom.live import the_live
from ecosim.classroom.pages.lever import lever_form, lever_said
from ecosim.classroom.pages.news import in_room
from ecosim.classroom.phases import OVER
from ecosim.classroom.session.document import Move
from ecosim.dashboard import session
from ecosim.language import number, text
from ecosim.web.elements import Button, details, h

FIRST = "facilitation"  #: the lever that is offered first


@solara.component
def Changing(news: int) -> None:
    """Show what can be changed, and what has been."""
    lang, live = session.lang.value, the_live()
    with live.reading() as room:
        phase, week, changes = room.phase, room.course.week, room.course.facts.changes
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-change"}):
        h("h2", text("classroom.teacher.change", lang), id="eco-change")
        if changes:
            h("ul", *[h("li", changed(each, lang)) for each in changes], cls="eco-lines")
        else:
            h("p", text("classroom.teacher.unchanged", lang), cls="eco-fine")
        if phase == OVER:
            return
        made = {each.lever: each.value for each in changes}
        for move in live.session.session.moves:
            Suggested(move, week, made.get(move.lever) == move.value)
        details(text("classroom.teacher.levers", lang), Levers(news))


def changed(change: Change, lang: str) -> str:
    """Return a change in words."""
    facts = {"lever": lever_said(change.lever, lang), "value": number(change.value, lang), "week": change.week}
    return text("classroom.teacher.changed", lang, **facts)


@solara.component
def Suggested(move: Move, week: int, made: bool) -> None:
    """Show a change that the session suggests, with what to say; one that has been made looks so."""
    lang, live = session.lang.value, the_live()
    due = move.week == week and not made

    def make() -> None:
        in_room(lambda room: room.change(move.lever, move.value))

    with h("div", cls="eco-stack", style_="gap: 4px"):
        label, state = live.session.say(move.text, lang), {"aria-pressed": str(made).lower()}
        Button(f"✓ {label}" if made else label, make, "eco-button eco-primary" if due else "eco-button", state)
        said = live.session.say(move.say, lang)
        when = "" if move.week is None else text("classroom.teacher.when", lang, week=move.week)
        h("p", " ".join(each for each in (when, said) if each), cls="eco-fine")


@solara.component
def Levers(news: int) -> None:
    """Let the teacher set any lever from the week that comes on."""
    lang, live = session.lang.value, the_live()
    lever = solara.use_reactive(FIRST)
    wanted: solara.Reactive[float | None] = solara.use_reactive(None)
    with live.reading() as room:
        course, week = getattr(room.course.loaded.scenario.design, lever.value), room.course.week
    now = float(course.at(min(week, live.scenario.weeks - 1)))

    def turn(other: str) -> None:
        lever.value, wanted.value = other, None

    def make() -> None:
        value = now if wanted.value is None else wanted.value
        in_room(lambda room: room.change(lever.value, value))
        wanted.value = None

    lever_form(lever.value, now if wanted.value is None else wanted.value, lang, turn, wanted.set)
    Button(text("classroom.teacher.from_now", lang, week=week), make, "eco-button")
