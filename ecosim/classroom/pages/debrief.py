"""After the weeks: what would have come without the class, or with another design; what to talk about; what to keep."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import solara

from ecosim.classroom.debrief import Debrief, debrief, sentences, told_to, world_name
from ecosim.classroom.export import exported
from ecosim.classroom.live import Live, the_live
from ecosim.classroom.pages.changing import FIRST, changed
from ecosim.classroom.pages.lever import lever_form
from ecosim.classroom.pages.news import act, in_room
from ecosim.dashboard import session
from ecosim.dashboard.charts import axis_of, said
from ecosim.dashboard.comparing import METRICS as COMPARED
from ecosim.dashboard.drawing import curve, drawn
from ecosim.dashboard.reports import ZIP
from ecosim.dashboard.taking import Work
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import sentence
from ecosim.web.controls.form import one
from ecosim.web.controls.table import table
from ecosim.web.elements import Button, details, h
from ecosim.web.latest import use_latest
from ecosim.web.workshop import workshop


@solara.component
def Debriefing(news: int) -> None:
    """Show what the class has changed, and lead the talk about it."""
    lang, live = session.lang.value, the_live()
    with live.reading() as room:
        week, ended = room.course.week, room.ended
    h("h1", text("classroom.debrief.title", lang), tabindex="-1")
    if week:
        Compared(news)
        Taking(ended)
    else:
        h("p", text("classroom.debrief.early", lang), cls="eco-note")


@solara.component
def Compared(news: int) -> None:
    """Show what was lived beside what would have come."""
    lang, live = session.lang.value, the_live()
    asked: solara.Reactive[dict[str, float] | None] = solara.use_reactive(_suggested(live))
    with live.reading() as room:
        week = room.course.week
    h("p", text("classroom.debrief.lead", lang), cls="eco-lead")
    Alternative(asked)
    shot = use_latest(lambda: made(live, asked.value), [week, asked.value, _state(live)])
    if shot.error is not None:
        h("p", shot.error.say(lang), cls="eco-problems", role="alert")
    if shot.busy:
        h("p", h("span", cls="eco-spin"), " ", text("classroom.debrief.busy", lang), role="status")
    if shot.value is not None:
        Found(shot.value)


def _suggested(live: Live) -> dict[str, float] | None:
    """Return the other design that the session suggests."""
    other = live.session.session.debrief.alternative
    return dict(other.set) if other is not None else None


def _state(live: Live) -> tuple[Any, ...]:
    """Return what the comparison depends on besides."""
    with live.reading() as room:
        return len(room.course.facts.changes), tuple(sorted(room.seats.learners()))


def made(live: Live, alternative: dict[str, float] | None) -> Debrief:
    """Return what would have come, lived now in other processes; every student is told of her own learner."""
    with live.reading() as room:
        facts, seated = room.course.facts, sorted(room.seats.learners())
    wanted = list(dict.fromkeys([*live.session.session.show, *(each for each in COMPARED if each != "skill_gain")]))
    found = debrief(facts, seated, wanted, alternative, submit=workshop().comparing().submit)
    live.debrief(lambda learner, lang: told(found, learner, lang))
    return found


def told(found: Debrief, learner: int, lang: str) -> dict[str, Any] | None:
    """Return what a phone is told of its learner in both worlds."""
    lots = found.lots(learner)
    if "lived" not in lots:
        return None
    series = {name: [each for each in asdict(lot)["persistence"] if each is not None] for name, lot in lots.items()}
    return {"t": "debrief", "lines": told_to(lots, lang), "with": series["lived"], "without": series.get("model", [])}


@solara.component
def Alternative(asked: solara.Reactive[dict[str, float] | None]) -> None:
    """Let the teacher choose the other design that is compared with what was lived."""
    lang, live = session.lang.value, the_live()
    now = asked.value or {}
    lever = solara.use_reactive(next(iter(now), FIRST))
    other = live.session.session.debrief.alternative
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-other"}):
        h("h2", text("classroom.debrief.other", lang), id="eco-other")
        if other is not None:
            same = asked.value == dict(other.set)
            Button(sentence(live.session.say(other.text, lang)), lambda: asked.set(dict(other.set)), "eco-button",
                   {"aria-pressed": str(same).lower()})  # fmt: skip
        value = now.get(lever.value)
        if value is None:
            value = float(getattr(live.scenario.design, lever.value).at(0))

        def change(given: float | None) -> None:
            if given is not None:
                asked.value = {lever.value: float(given)}

        details(text("classroom.teacher.levers", lang), lever_form(lever.value, value, lang, lever.set, change))


@solara.component
def Found(found: Debrief) -> None:
    """Show the worlds beside one another, and what they say."""
    lang = session.lang.value
    keys = [name for name in found.worlds["lived"].series if name in METRICS]
    chosen = session.metric.value if session.metric.value in keys else keys[0]
    with h("div", cls="eco-two"):
        with h("div", cls="eco-stack"):
            with h("section", cls="eco-card", **{"aria-labelledby": "eco-worlds"}):
                h("h2", text("classroom.debrief.worlds", lang), id="eco-worlds")
                options = [{"value": name, "label": sentence(METRICS[name].say_label(lang))} for name in keys]
                one({"kind": "select", "path": "metric", "label": text("dashboard.outcome.metric", lang),
                     "value": chosen, "options": options}, lang, session.metric.set)  # fmt: skip
                Worlds(found, chosen)
            Talk()
        with h("div", cls="eco-stack"):
            for part in sentences(found, lang):
                with h("section", cls="eco-card", **{"aria-label": part.heading}):
                    h("h2", part.heading)
                    if part.lead:
                        h("p", part.lead)
                    h("ul", *[h("li", h("b", *each.partition(":")[:2]), each.partition(":")[2]) for each in part.lines],
                      cls="eco-lines")  # fmt: skip


@solara.component
def Worlds(found: Debrief, metric: str) -> None:
    """Draw a metric in every world, under the luck of the class."""
    lang = session.lang.value
    names = {name: sentence(world_name(name, lang, found.alternative)) for name in found.worlds}
    values = {
        name: np.array([np.nan if each is None else each for each in world.series[metric]])
        for name, world in found.worlds.items()
    }
    axis = axis_of(metric, list(values.values()))
    lines = [curve(names[name], place, values[name]) for place, name in enumerate(values)]
    ends = [
        text("classroom.debrief.one_end", lang, name=names[name], value=said(float(each[-1]), axis, lang))
        for name, each in values.items()
    ]
    summary = text("classroom.debrief.ends", lang, ends=" · ".join(ends))
    drawn(lines, lang, axis, found.weeks, summary=summary)
    h("p", summary, cls="eco-fine")
    head = (text("figures.week", lang), *names.values())
    rows = [(week, *[said(float(each[week]), axis, lang) for each in values.values()]) for week in range(found.weeks)]
    details(text("dashboard.table", lang), table(head, rows))


@solara.component
def Talk() -> None:
    """Show what to talk about, what was changed, and what may not be concluded."""
    lang, live = session.lang.value, the_live()
    own = live.session.session
    with live.reading() as room:
        changes = room.course.facts.changes
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-talk"}):
        h("h2", text("classroom.debrief.talk", lang), id="eco-talk")
        h("ul", *[h("li", live.session.say(each, lang)) for each in own.debrief.questions])
        if changes:
            h("p", h("b", text("classroom.debrief.changes", lang)))
            h("ul", *[h("li", changed(each, lang)) for each in changes], cls="eco-lines")
        caution = live.session.say(own.caution, lang)
        if caution:
            h("p", caution, cls="eco-note")


@solara.component
def Taking(ended: bool) -> None:
    """Let the teacher keep the lesson, without names, and end it."""
    lang, live = session.lang.value, the_live()

    def archive() -> bytes:
        with live.reading() as room:
            facts = room.course.facts
        return exported(facts, lang)

    with h("section", cls="eco-card", **{"aria-labelledby": "eco-again"}):
        h("h2", text("classroom.debrief.again", lang), id="eco-again")
        h("p", text("classroom.debrief.again_why", lang))
        Button(text("classroom.debrief.once_more", lang), lambda: act(lambda live: live.again()), "eco-button")
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-keep"}):
        h("h2", text("classroom.debrief.keep", lang), id="eco-keep")
        h("p", text("classroom.debrief.keep_why", lang))
        with h("div", cls="eco-row"):
            Work(text("classroom.debrief.archive", lang), "class.zip", ZIP, archive)
            if not ended:
                Button(text("classroom.teacher.end", lang), lambda: in_room(lambda room: room.end()), "eco-button")
