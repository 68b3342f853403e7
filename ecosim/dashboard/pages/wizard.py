"""The questions of the wizard as a form."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.brought import wrong_with
from ecosim.dashboard.desk import Source
from ecosim.dashboard.wizard import ANSWERS, QUESTIONS, USUAL, scenario_text
from ecosim.language import text
from ecosim.web.budget import MOST_LEARNERS, MOST_WEEKS
from ecosim.web.controls.form import form
from ecosim.web.elements import Button, h

LEAST = 10  #: learners, among whom the ready ties of every type of community have room
NUMBERS = {"learners": (LEAST, MOST_LEARNERS), "weeks": (2, MOST_WEEKS), "until": (1, MOST_WEEKS)}


@solara.component
def Wizard() -> None:
    """Ask how many, how long, who, which deadlines, how much tutoring; make a scenario of it."""
    lang, router = session.lang.value, solara.use_router()
    answers = solara.use_reactive(USUAL)
    problems: solara.Reactive[list[str]] = solara.use_reactive([])

    def make() -> None:
        title = text("dashboard.wizard.title", lang, kind=_answer("kind", answers.value["kind"], lang))
        content = scenario_text(answers.value, title)
        problems.value = wrong_with("wizard.yaml", content, lang)
        if not problems.value:
            session.put(Source("text", content, "wizard.yaml"))
            router.push("/explore")

    fields = [_field(name, answers.value, lang) for name in QUESTIONS]
    with h("div", cls="eco-wizard"):
        form(
            [{"title": "", "fields": fields}], lang,
            lambda path, value: answers.set({**answers.value, path: _read(path, value)}),
        )  # fmt: skip
        if problems.value:
            h("ul", *[h("li", each) for each in problems.value], cls="eco-problems", role="alert")
        Button(text("dashboard.wizard.make", lang), make, "eco-button eco-primary")


def _field(name: str, answers: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a question as a field."""
    made = {"path": name, "label": text(f"dashboard.wizard.{name}.ask", lang), "value": answers[name]}
    if name in ANSWERS:
        options = [{"value": each, "label": _answer(name, each, lang)} for each in ANSWERS[name]]
        return {**made, "kind": "select", "options": options}
    least, most = NUMBERS[name]
    return {**made, "kind": "number", "least": least, "most": most,
            "help": text("dashboard.wizard.until.help", lang) if name == "until" else None}  # fmt: skip


def _answer(name: str, value: str, lang: str) -> str:
    """Return an answer in words."""
    return text(f"dashboard.wizard.{name}.{value.replace('-', '_')}", lang)


def _read(name: str, value: Any) -> Any:
    """Return an answer as it is meant: a number within its range."""
    if name not in NUMBERS or value is None:
        return USUAL[name] if value is None else value
    least, most = NUMBERS[name]
    return int(min(max(value, least), most))
