"""The tour of a first visit: five short steps, two minutes, to be left at any moment."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.web.elements import Button, h

STEPS = ("what", "watch", "turn", "compare", "not")


@solara.component
def Tour() -> None:
    """Show one step after another."""
    lang, step = session.lang.value, solara.use_reactive(0)
    name, last = STEPS[step.value], step.value == len(STEPS) - 1

    def leave() -> None:
        session.toured.value = True
        session.ask("focus", at="main h1")

    solara.use_effect(lambda: session.ask("focus", at=".eco-tour-box"), [step.value])
    dialog = {"role": "dialog", "aria-modal": "true", "aria-labelledby": "eco-tour-title", "tabindex": "-1"}
    with h("div", cls="eco-tour"), h("div", cls="eco-card eco-tour-box", **dialog):
        h("p", text("dashboard.tour.step", lang, step=step.value + 1, steps=len(STEPS)), cls="eco-fine")
        h("h2", text(f"dashboard.tour.{name}.title", lang), id="eco-tour-title")
        h("p", text(f"dashboard.tour.{name}.text", lang))
        with h("div", cls="eco-row eco-apart"):
            Button(text("dashboard.tour.leave", lang), leave, "eco-button eco-quiet", {"data-leave": ""})
            with h("div", cls="eco-row"):  # with keys: who presses twice means the same button twice
                if step.value:
                    Button(text("dashboard.tour.back", lang), lambda: step.set(step.value - 1)).key("back")
                onward = leave if last else lambda: step.set(step.value + 1)
                label = text(f"dashboard.tour.{'done' if last else 'next'}", lang)
                Button(label, onward, "eco-button eco-primary").key("onward")
