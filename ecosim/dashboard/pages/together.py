"""One run of each design, side by side under the same luck, week by week; and one learner in all of them."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.desk import Desk
from ecosim.dashboard.pages.in_words import InWords
from ecosim.dashboard.world import design_label, loaded_of
from ecosim.language import text
from ecosim.report.story import story
from ecosim.report.story.versus import facts_of
from ecosim.web.controls.form import one
from ecosim.web.controls.table import table
from ecosim.web.elements import h
from ecosim.web.films import film, followed
from ecosim.web.latest import use_latest
from ecosim.web.widgets.network import network_of
from ecosim.web.widgets.player import player_of

CLOCK = "compare"


@solara.component
def Together(desk: Desk) -> None:
    """Show the networks of all designs, which are possible, under one clock, then one learner under each."""
    lang = session.lang.value
    worlds = [loaded_of(desk, place) for place in range(len(desk.variants))]
    shot = use_latest(lambda: [film(each, desk.replicate, worlds[0]) for each in worlds],
                      [*(each.hash() for each in worlds), desk.replicate])  # fmt: skip
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-together"}):
        h("h2", text("dashboard.together.title", lang), id="eco-together")
        h("p", text("dashboard.together.lead", lang), cls="eco-fine")
        if shot.error is not None:
            h("p", shot.error.say(lang), cls="eco-problems", role="alert")
        if shot.value is None:
            h("p", h("span", cls="eco-spin"), role="status")
            return
        films = shot.value
        player_of(max(films, key=lambda each: each.weeks), lang, clock=CLOCK)
        with h("div", cls="eco-designs"):
            for place, each in enumerate(films[: len(desk.variants)]):
                with h("figure", cls=f"eco-figure eco-design eco-d{place}"):
                    h("figcaption", h("b", design_label(desk, place, lang)))
                    first: dict[str, Any] = {"legend": place == 0, "choices": None if place == 0 else []}
                    network_of(each, lang, trait=session.trait.value, on_trait=session.trait.set, clock=CLOCK,
                               selected=session.learner.value, on_selected=session.learner.set, **first)  # fmt: skip
                    InWords("network", each)
        One(desk, worlds)


@solara.component
def One(desk: Desk, worlds: list[Any]) -> None:
    """Show what became of one learner under each design."""
    lang, learner = session.lang.value, session.learner.value
    most = min(each.scenario.learners for each in worlds) - 1
    field = {"kind": "number", "path": "learner", "label": text("dashboard.together.learner", lang, most=most),
             "least": 0, "most": most, "value": learner if learner >= 0 else None}  # fmt: skip
    h("h3", text("dashboard.together.one", lang))
    one(field, lang, lambda value: session.learner.set(-1 if value is None else int(min(max(value, 0), most))))
    wanted = learner if 0 <= learner <= most else -1
    shot = use_latest(lambda: None if wanted < 0 else [followed(each, desk.replicate, wanted) for each in worlds],
                      [*(each.hash() for each in worlds), desk.replicate, wanted])  # fmt: skip
    if not shot.value or wanted < 0 or len(shot.value) != len(worlds) or wanted not in shot.value[0].followed:
        return
    names = [design_label(desk, place, lang) for place in range(len(worlds))]
    columns = [facts_of(run, wanted, lang) for run in shot.value]
    rows = [(label, *[column[label] for column in columns]) for label in columns[0]]
    table((text("versus.head", lang, learner=wanted), *names), rows)
    with h("div", cls="eco-designs"):
        for name, run in zip(names, shot.value, strict=True):
            told = story(run, wanted, lang)
            with h("div"):
                h("h4", name)
                h(
                    "ol",
                    *[h("li", h("b", when), " ", said) for when, said in told.weeks],
                    cls="eco-lines eco-scroll",
                    tabindex="0",
                )
                h("div", *[h("p", line) for line in told.end], cls="eco-note")
