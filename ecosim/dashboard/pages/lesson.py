"""One lesson, step by step: predict, observe, explain, try; with what is printed."""

from __future__ import annotations

from typing import TypeVar

import solara

from ecosim.dashboard import session
from ecosim.dashboard.classes import runs_of
from ecosim.dashboard.desk import Desk, Source, Variant
from ecosim.dashboard.lesson import LoadedLesson, answer_key, handout, lesson_here, told
from ecosim.dashboard.lesson.document import Trial
from ecosim.dashboard.pages.look import Look
from ecosim.dashboard.pages.predict import Guess, Predict, Revealed
from ecosim.dashboard.reports import HTML
from ecosim.dashboard.taking import Work
from ecosim.language import text
from ecosim.model.state import Array
from ecosim.report.grammar import sentence
from ecosim.web.controls.table import table
from ecosim.web.elements import Button, Link, details, h
from ecosim.web.ensemble import Ensemble
from ecosim.web.news import for_this_page

STEPS = ("predict", "observe", "explain", "try")
T = TypeVar("T")


@solara.component
def Lesson(name: str) -> None:
    """Show a lesson."""
    lang, loaded = session.lang.value, lesson_here(name)
    step, guess = use_kept(session.steps, name, 0), use_kept(session.guesses, name, Guess())
    ticks = solara.use_reactive(0)
    runs = solara.use_memo(lambda: runs_of(loaded), [name])
    solara.use_effect(lambda: runs.watch(for_this_page(lambda: ticks.set(ticks.value + 1))), [name])
    ticks.value  # noqa: B018  reading it is what makes this part follow the news
    Head(loaded, runs, ticks.value)
    with h("nav", cls="eco-tabs", **{"aria-label": text("dashboard.lesson.steps", lang)}):
        for place, each in enumerate(STEPS):
            on = {"aria-current": "step"} if place == step.value else {}
            label = text("dashboard.lesson.step", lang, number=place + 1, name=text(f"dashboard.lesson.{each}", lang))
            Button(label, lambda place=place: step.set(place), "eco-tab", {"aria-pressed": str(bool(on)).lower(), **on})
    if step.value == 0:
        Predict(loaded, guess)
    elif step.value == 1:
        Revealed(loaded, runs, guess.value, ticks.value)
        Looks(loaded)
    elif step.value == 2:
        Explain(loaded, runs, ticks.value)
    else:
        Further(loaded)
    with h("div", cls="eco-row eco-apart"):
        back = {"disabled": ""} if not step.value else {}
        Button(text("dashboard.tour.back", lang), lambda: step.set(step.value - 1), "eco-button", back)
        if step.value < len(STEPS) - 1:
            after = text(f"dashboard.lesson.to_{STEPS[step.value + 1]}", lang)
            Button(after, lambda: step.set(step.value + 1), "eco-button eco-primary")


def use_kept(kept: solara.Reactive[dict[str, T]], name: str, first: T) -> solara.Reactive[T]:
    """Return a value of the lesson ``name`` that is still there when somebody comes back to it; a hook of Solara's."""
    value: solara.Reactive[T] = solara.use_reactive(
        kept.peek().get(name, first), lambda now: kept.set({**kept.peek(), name: now})
    )
    return value


@solara.component
def Head(loaded: LoadedLesson, runs: Ensemble, ticks: int) -> None:
    """Show what it is about, and what can be printed; ``ticks`` grows with every news of the runs."""
    lang, own = session.lang.value, loaded.lesson
    with h("div", cls="eco-row eco-apart"):
        with h("div", cls="eco-stack"):
            Link(text("dashboard.lesson.all", lang), "/teach")
            h("h1", loaded.title(lang), tabindex="-1")
            h("p", loaded.say(own.question, lang), cls="eco-lead")
        with h("div", cls="eco-row"):
            large = {"aria-pressed": str(session.large.value).lower()}
            Button(text("dashboard.lesson.project", lang), lambda: session.large.set(not session.large.value),
                   "eco-button", large)  # fmt: skip
            Work(text("dashboard.lesson.handout", lang), f"{loaded.name}-{lang}.html", HTML,
                 lambda: handout(loaded, lang).encode())  # fmt: skip
            if runs.found is not None:
                found = runs.found
                Work(text("dashboard.lesson.key", lang), f"{loaded.name}-key-{lang}.html", HTML,
                     lambda: answer_key(loaded, found, lang, bands_of(loaded, runs)).encode())  # fmt: skip
    about = [
        h("p", h("b", text("dashboard.lesson.aim", lang)), " ", loaded.say(own.aim, lang)),
        h("p", h("b", text("dashboard.lesson.misconception", lang)), " ", loaded.say(own.misconception, lang)),
        h("p", text("lessons.minutes", lang, count=own.minutes), " · ", loaded.say(own.audience, lang), cls="eco-fine"),
    ]
    details(text("dashboard.lesson.teacher", lang), *about)


@solara.component
def Looks(loaded: LoadedLesson) -> None:
    """Show what to look at in one run."""
    lang = session.lang.value
    with h("section", cls="eco-stack"):
        h("h2", text("dashboard.lesson.look", lang))
        for place, look in enumerate(loaded.lesson.observe):
            Look(loaded, look).key(f"look-{place}")


@solara.component
def Explain(loaded: LoadedLesson, runs: Ensemble, ticks: int) -> None:
    """Say what came out, and why; nothing before the runs are made."""
    lang = session.lang.value
    if runs.found is None:
        h("p", text("dashboard.lesson.wait", lang), role="status")
        return
    said = told(loaded, runs.found, lang)
    with h("section", cls="eco-card"):
        for line in said.paragraphs:
            h("p", line, cls="eco-read")
        if said.answers:
            h("h2", text("dashboard.lesson.answers", lang))
            h("ul", *[
                h("li", h("span", each.verdict, cls=f"eco-tag eco-fit-{each.fit}"), " ", h("b", f"{each.letter}. "),
                  each.text, h("br"), h("span", each.why, cls="eco-fine"))
                for each in said.answers
            ], cls="eco-lines")  # fmt: skip
        head = (text("dashboard.lesson.measure", lang), *map(sentence, said.designs))
        details(text("dashboard.table", lang), table(head, [(name, *values) for name, values in said.rows]))
        h("h2", text("dashboard.lesson.sure", lang))
        h("ul", *[h("li", each.line, " ", h("span", each.status, cls="eco-tag")) for each in said.claims])
        h("p", said.caution, cls="eco-note")
        h("ul", *[h("li", each) for each in said.assumptions], cls="eco-fine")


@solara.component
def Further(loaded: LoadedLesson) -> None:
    """Show what deserves a second look, what to try, and what to ask next."""
    lang, own, router = session.lang.value, loaded.lesson, solara.use_router()

    def open_trial(trial: Trial) -> None:
        session.change(lambda _: trial_desk(loaded, trial))
        router.push("/explore")

    with h("div", cls="eco-two"):
        with h("section", cls="eco-card"):
            h("h2", text("dashboard.lesson.notice", lang))
            h("ul", *[h("li", loaded.say(each, lang)) for each in own.notice])
        with h("section", cls="eco-card"):
            h("h2", text("dashboard.lesson.trials", lang))
            for trial in own.trials:
                h("p", loaded.say(trial.text, lang))
                Button(
                    text("dashboard.lesson.open", lang), lambda trial=trial: open_trial(trial), "eco-button eco-small"
                )
        with h("section", cls="eco-card"):
            h("h2", text("dashboard.lesson.extend", lang))
            h("ul", *[h("li", loaded.say(each, lang)) for each in own.extend])


def trial_desk(loaded: LoadedLesson, trial: Trial) -> Desk:
    """Return a desk on which a thing to try lies beside the design that it changes."""
    arm = loaded.study.arm(trial.design)
    source = Source("text", arm.loaded.text(), f"{loaded.name}.yaml")
    return Desk(source, {}, (Variant(), Variant("", dict(trial.set))), 1)


def bands_of(loaded: LoadedLesson, runs: Ensemble) -> dict[str, Array]:
    """Return of every design the band of what a lesson draws."""
    return {arm.name: runs.band(arm.name, loaded.lesson.show.metric) for arm in loaded.study.arms}
