"""Something to look at in one run of a lesson: the picture that it names, under the design that it names."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.lesson import LoadedLesson
from ecosim.dashboard.lesson.document import Look as Wanted
from ecosim.dashboard.lesson.page import look_place
from ecosim.dashboard.pages.in_words import FIGURE_OF, InWords
from ecosim.dashboard.pages.person import Person
from ecosim.dashboard.views import VIEWS
from ecosim.language import text
from ecosim.report.story import typical_learner
from ecosim.web.elements import Button, h
from ecosim.web.films import film
from ecosim.web.latest import use_latest
from ecosim.web.widgets.player import player_of


@solara.component
def Look(loaded: LoadedLesson, wanted: Wanted) -> None:
    """Show where to look, and the picture once somebody asks for it."""
    lang = session.lang.value
    opened = solara.use_reactive(False)
    with h("section", cls="eco-card"):
        h("h3", look_place(loaded, wanted, lang))
        h("p", loaded.say(wanted.text, lang))
        label = text(f"dashboard.lesson.{'hide' if opened.value else 'show'}", lang)
        Button(
            label,
            lambda: opened.set(not opened.value),
            "eco-button eco-small",
            {"aria-expanded": str(opened.value).lower()},
        )
        if opened.value:
            Shown(loaded, wanted)


@solara.component
def Shown(loaded: LoadedLesson, wanted: Wanted) -> None:
    """Show the picture of one run."""
    lang = session.lang.value
    scenario = loaded.study.arm(wanted.design).loaded
    shot = use_latest(lambda: film(scenario), [scenario.hash()])
    week = solara.use_reactive(wanted.week if wanted.week is not None else -1)
    if shot.error is not None:
        h("p", shot.error.say(lang), cls="eco-problems", role="alert")
    if shot.value is None:
        h("p", h("span", cls="eco-spin"), role="status")
        return
    made: Any = shot.value
    clock = f"{loaded.name}-{wanted.view}-{wanted.design}-{wanted.week}"
    player_of(made, lang, week=week.value if week.value >= 0 else None, on_week=week.set, clock=clock)
    if wanted.view == "learner":
        Person(scenario, 0, chosen=typical_learner(made.run), now=max(0, week.value))
    else:
        VIEWS[wanted.view](made, lang, clock)
        InWords(FIGURE_OF[wanted.view], made)
