"""The first page: three ways to a community: a type of it, a few questions, a file."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.brought import wrong_with
from ecosim.dashboard.desk import Source
from ecosim.dashboard.pages.wizard import Wizard
from ecosim.dashboard.world import opened
from ecosim.language import number, text
from ecosim.scenario import presets
from ecosim.scenario.parts import in_language
from ecosim.scenario.yaml_events import LIMIT_MEGABYTES
from ecosim.web.controls.form import one
from ecosim.web.elements import Button, h

ORDER = (
    "community-of-practice", "distance-course", "institutional-class", "xmooc", "cmooc", "interest-group",
    "question-and-answer", "epistemic-wiki", "knowledge-building-class", "community-of-apprenance", "lone-autodidact",
)  # fmt: skip
"""Presets as they are shown: what most people know first; others behind them."""
LARGEST = LIMIT_MEGABYTES * 1_000_000  #: bytes of a file


@solara.component
def Start() -> None:
    """Show the question, and the ways in."""
    lang = session.lang.value
    with h("section", cls="eco-hero"):
        h("h1", text("dashboard.start.title", lang), tabindex="-1")
        h("p", text("dashboard.start.lead", lang), cls="eco-lead")
        h("p", text("dashboard.start.not", lang), cls="eco-fine")
    with h("section", cls="eco-section"):
        h("h2", text("dashboard.start.types", lang))
        with h("ul", cls="eco-cards"):
            for name in sorted(presets.names(), key=lambda each: ORDER.index(each) if each in ORDER else len(ORDER)):
                Card(name).key(name)
    with h("div", cls="eco-two"):
        with h("section", cls="eco-card"):
            h("h2", text("dashboard.start.wizard", lang))
            Wizard()
        with h("section", cls="eco-card"):
            h("h2", text("dashboard.start.file", lang))
            Upload()


@solara.component
def Card(name: str) -> None:
    """Show a type of community: its name, its question, what it is like."""
    lang, router = session.lang.value, solara.use_router()
    scenario = solara.use_memo(lambda: opened(Source("preset", name, name)).scenario, [name])

    def take() -> None:
        session.put(Source("preset", name, name))
        router.push("/explore")

    facts = {"learners": number(scenario.learners, lang, 0), "weeks": number(scenario.weeks, lang, 0)}
    inside = [
        h("span", in_language(scenario.title, lang), cls="eco-card-title"),
        h("span", in_language(scenario.question, lang), cls="eco-card-question"),
        h("span", text("dashboard.start.size", lang, **facts), cls="eco-fine"),
    ]
    with h("li"):
        Button(inside, take, "eco-card eco-card-button")


@solara.component
def Upload() -> None:
    """Take a scenario file, and say at which line it is wrong."""
    lang, router = session.lang.value, solara.use_router()
    problems: solara.Reactive[list[str]] = solara.use_reactive([])

    def take(sent: Any) -> None:
        problems.value = wrong_with(sent["name"], sent["text"], lang)
        if not problems.value:
            session.put(Source("text", sent["text"], sent["name"]))
            router.push("/explore")

    field = {
        "kind": "file", "path": "file", "label": text("dashboard.start.choose", lang), "accept": ".yaml,.yml",
        "most": LARGEST, "large": text("dashboard.start.large", lang, size="{size}"),
        "help": text("dashboard.start.help", lang),
    }  # fmt: skip
    one(field, lang, take)
    if problems.value:
        with h("div", cls="eco-problems", **{"role": "alert"}):
            h("p", text("dashboard.start.refused", lang, count=len(problems.value)))
            h("ul", *[h("li", each) for each in problems.value])
