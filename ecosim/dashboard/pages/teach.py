"""All lessons: what each aims at, how long it takes, and what it asks."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.dashboard.lesson import is_brought, lesson_here, names_here
from ecosim.language import text
from ecosim.web.elements import Link, h


@solara.component
def Teach() -> None:
    """Show the lessons as cards."""
    lang = session.lang.value
    h("h1", text("dashboard.teach.title", lang), tabindex="-1")
    h("p", text("dashboard.teach.lead", lang), cls="eco-lead")
    with h("ul", cls="eco-cards"):
        for name in names_here():
            with h("li"):
                Card(name).key(name)
    h("p", text("dashboard.teach.phones", lang), " ", h("code", "ecosim class"), cls="eco-note")


@solara.component
def Card(name: str) -> None:
    """Show one lesson."""
    lang, loaded = session.lang.value, lesson_here(name)
    own = loaded.lesson
    inside = [
        h("span", loaded.title(lang), cls="eco-card-title"),
        h("span", loaded.say(own.question, lang), cls="eco-card-question"),
        h(
            "span",
            text("lessons.minutes", lang, count=own.minutes),
            " · ",
            loaded.say(own.audience, lang),
            cls="eco-fine",
        ),
    ]
    if is_brought(name):
        inside.append(h("span", text("dashboard.teach.own", lang), cls="eco-tag"))
    Link(inside, f"/teach/{name}", "eco-card eco-card-link")
