"""Up to four designs side by side: the same learners, the same luck, and how sure a difference is."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.dashboard.comparing import study_of
from ecosim.dashboard.desk import MOST_DESIGNS, Desk
from ecosim.dashboard.pages.outcome import Outcome
from ecosim.dashboard.pages.progress import progress
from ecosim.dashboard.pages.together import Together
from ecosim.dashboard.pages.undo import UndoRedo
from ecosim.dashboard.world import all_possible, changes_in_words, design_label, loaded_of, scenario_of
from ecosim.errors import EcosimError
from ecosim.language import number, text
from ecosim.scenario.parts import in_language
from ecosim.study.statistics.cost import cost_of
from ecosim.web.controls.form import one
from ecosim.web.elements import Button, Link, h
from ecosim.web.ensemble import Ensemble, ensemble_of
from ecosim.web.news import for_this_page

RUNS = (20, 40, 80, 160)


@solara.component
def Compare() -> None:
    """Show the designs, one run of each side by side, and what many runs say."""
    lang, desk = session.lang.value, session.desk()
    h("h1", text("dashboard.compare.title", lang), tabindex="-1")
    h(
        "p",
        text("dashboard.compare.lead", lang, title=in_language(scenario_of(desk).scenario.title, lang)),
        cls="eco-lead",
    )
    Designs()
    if len(desk.variants) > 1:
        Many()
        if all_possible(desk):
            Together(desk)
    else:
        h("p", text("dashboard.compare.alone", lang), cls="eco-note")


@solara.component
def Designs() -> None:
    """Show each design: its name, what it changes, what it costs."""
    lang, desk, router = session.lang.value, session.desk(), solara.use_router()
    with h("div", cls="eco-designs"):
        for place in range(len(desk.variants)):
            Design(desk, place).key(f"design-{place}")
    with h("div", cls="eco-row"):

        def add() -> None:
            session.change(lambda now: now.with_copy())
            router.push("/explore")

        full = {"disabled": ""} if len(desk.variants) >= MOST_DESIGNS else {}
        Button(text("dashboard.compare.add", lang), add, "eco-button eco-primary", full)
        UndoRedo()


@solara.component
def Design(desk: Desk, place: int) -> None:
    """Show one design; of the desk as it is given, for on a newer one there may be no such design any more."""
    lang, router = session.lang.value, solara.use_router()
    with h("section", cls=f"eco-card eco-design eco-d{place}"):
        field = {"kind": "text", "path": "name", "label": text("dashboard.compare.name", lang), "longest": 40,
                 "value": design_label(desk, place, lang)}  # fmt: skip

        def rename(said: str) -> None:
            session.change(lambda now: now.turned_to(place).with_name(said.strip()).turned_to(now.active))

        one(field, lang, rename)
        if place == 0:
            h("p", h("span", text("dashboard.compare.baseline", lang), cls="eco-tag"))
        Differs(desk, place)
        with h("div", cls="eco-row"):

            def work() -> None:
                session.turn(lambda now: now.turned_to(place))
                router.push("/explore")

            Button(text("dashboard.compare.work", lang), work, "eco-button eco-small")
            if place:
                pin = lambda: session.change(lambda now: now.with_baseline(place))  # noqa: E731
                Button(text("dashboard.compare.pin", lang), pin, "eco-button eco-small")
            if len(desk.variants) > 1:
                name = design_label(desk, place, lang)
                label = {"aria-label": text("dashboard.compare.remove_named", lang, name=name)}
                remove = lambda: session.change(lambda now: now.without(place))  # noqa: E731
                Button(text("dashboard.compare.remove", lang), remove, "eco-button eco-quiet eco-small", label)


@solara.component
def Differs(desk: Desk, place: int) -> None:
    """List every lever that a design changes, and what it costs."""
    lang = session.lang.value
    try:
        changes, cost = changes_in_words(desk, place, lang), cost_of(loaded_of(desk, place).scenario)
    except EcosimError as error:
        h("p", error.say(lang), cls="eco-problems", role="alert")
        return
    if changes:
        h("ul", *[
            h("li", text("dashboard.levers.change", lang, label=label, before=before, after=after))
            for _, label, before, after in changes
        ], cls="eco-lines")  # fmt: skip
    else:
        h("p", text("dashboard.compare.unchanged", lang), cls="eco-fine")
    facts = {"facilitator": number(cost.facilitator_weeks, lang, 1), "incentive": number(cost.incentive_weeks, lang, 1)}
    key = "cost" if cost.incentive_weeks else "cost_facilitator"
    h("p", text(f"dashboard.compare.{key}", lang, **facts), cls="eco-fine")


@solara.component
def Many() -> None:
    """Have many runs made, watch the bands fill in, and read the verdict."""
    lang, desk = session.lang.value, session.desk()
    now: Ensemble | None = session.ensemble.value
    session.ticks.value  # noqa: B018  reading it is what makes this part follow the news
    problem: solara.Reactive[str] = solara.use_reactive("")
    study = study_of(desk, session.replicates.value)
    stale = now is not None and session.compared.value != study

    def news() -> None:
        session.ticks.value += 1

    def start() -> None:
        if session.ensemble.value is not None:
            session.ensemble.value.close()
        problem.value = ""
        try:
            made = ensemble_of(study, desk.source.kind == "path")
            made.watch(for_this_page(news))
            session.ensemble.value = made.start()
            session.compared.value = study
        except EcosimError as error:
            problem.value = error.say(session.lang.value)

    with h("section", cls="eco-card", **{"aria-labelledby": "eco-many"}):
        h("h2", text("dashboard.many.title", lang), id="eco-many")
        h("p", text("dashboard.many.lead", lang), cls="eco-fine")
        with h("div", cls="eco-row"):
            options = [{"value": str(each), "label": text("dashboard.many.runs", lang, count=each)} for each in RUNS]
            field = {"kind": "select", "path": "runs", "label": text("dashboard.many.most", lang),
                     "value": str(session.replicates.value), "options": options}  # fmt: skip
            one(field, lang, lambda value: session.replicates.set(int(value)))
            running = now is not None and now.state == "running"
            if running and now is not None:
                Button(text("dashboard.many.stop", lang), now.stop, "eco-button")
            else:
                Button(text("dashboard.many.again" if now and stale else "dashboard.many.start", lang), start,
                       "eco-button eco-primary")  # fmt: skip
        if problem.value:
            h("p", problem.value, cls="eco-problems", role="alert")
        if now is not None:
            progress(now, lang)
            if stale:
                h("p", text("dashboard.many.stale", lang), cls="eco-note")
            if now.found is not None:
                Link(text("dashboard.many.take", lang), "/take")
            Outcome(now, session.ticks.value)
