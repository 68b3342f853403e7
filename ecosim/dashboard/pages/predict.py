"""Predictions of a lesson: a sketch, a choice, a show of hands; and what came out drawn over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import solara

from ecosim.dashboard import session
from ecosim.dashboard.charts import Axis, is_share
from ecosim.dashboard.drawing import banded, drawn
from ecosim.dashboard.lesson import LoadedLesson, hands_told, scored, told
from ecosim.dashboard.lesson.telling import LETTERS
from ecosim.dashboard.pages.progress import progress
from ecosim.language import text
from ecosim.report.grammar import sentence
from ecosim.web.controls.form import form, one
from ecosim.web.elements import h
from ecosim.web.ensemble import Ensemble

MOST_HANDS = 1000


@dataclass(frozen=True)
class Guess:
    """What was predicted.

    Parameters
    ----------
    sketched : tuple of float or None
        A value a week, ``None`` where nothing was drawn; empty without a sketch.
    chosen : str
        Letter of the option, empty without one.
    hands : dict
        Letter -> hands.
    """

    sketched: tuple[float | None, ...] = ()
    chosen: str = ""
    hands: Mapping[str, int] = field(default_factory=dict)


@solara.component
def Predict(loaded: LoadedLesson, guess: solara.Reactive[Guess]) -> None:
    """Ask, before anything is shown."""
    lang, asked = session.lang.value, loaded.lesson.predict
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-asked"}):
        h("h2", loaded.say(asked.question, lang), id="eco-asked")
        h("p", text("dashboard.predict.lead", lang), cls="eco-fine")
        if asked.kind == "curve":
            Sketch(loaded, guess)
        if asked.options:
            Choose(loaded, guess)
            Hands(loaded, guess)


@solara.component
def Sketch(loaded: LoadedLesson, guess: solara.Reactive[Guess]) -> None:
    """Let somebody draw what she expects."""
    lang, show = session.lang.value, loaded.lesson.show
    label = sentence(loaded.metric(show.metric).label(lang))
    h(
        "p",
        text(
            "dashboard.predict.sketch",
            lang,
            metric=label,
            design=loaded.design(loaded.lesson.predict.design or "", lang),
        ),
    )
    drawn(
        [], lang, Axis(show.low, show.high, is_share(loaded.metric(show.metric).metric.name)), loaded.weeks,
        summary=text("dashboard.predict.empty", lang, metric=label), sketch=True, sketched=list(guess.value.sketched),
        on_sketched=lambda values: guess.set(replace(guess.value, sketched=tuple(values))),
    )  # fmt: skip


@solara.component
def Choose(loaded: LoadedLesson, guess: solara.Reactive[Guess]) -> None:
    """Let somebody choose."""
    lang = session.lang.value
    options = [
        {"value": letter, "label": f"{letter}. {loaded.say(option.text, lang)}"}
        for letter, option in zip(LETTERS, loaded.lesson.predict.options, strict=False)
    ]
    asked = {"kind": "radio", "path": "choice", "label": text("dashboard.predict.choose", lang),
             "value": guess.value.chosen, "options": options}  # fmt: skip
    one(asked, lang, lambda letter: guess.set(replace(guess.value, chosen=letter)))


@solara.component
def Hands(loaded: LoadedLesson, guess: solara.Reactive[Guess]) -> None:
    """Let the teacher enter a show of hands."""
    lang = session.lang.value
    fields = [
        {"kind": "number", "path": letter, "label": letter, "value": guess.value.hands.get(letter), "least": 0,
         "most": MOST_HANDS}
        for letter, _ in zip(LETTERS, loaded.lesson.predict.options, strict=False)
    ]  # fmt: skip

    def count(letter: str, value: Any) -> None:
        hands = {**guess.value.hands, letter: int(min(max(value or 0, 0), MOST_HANDS))}
        guess.value = replace(guess.value, hands=hands)

    form([{"title": text("dashboard.predict.hands", lang), "open": False, "fields": fields}], lang, count)


@solara.component
def Revealed(loaded: LoadedLesson, runs: Ensemble, guess: Guess, ticks: int) -> None:
    """Show what the runs say, with what was predicted drawn over it."""
    lang, show = session.lang.value, loaded.lesson.show
    wanted = loaded.metric(show.metric)
    names = [loaded.design(arm.name, lang) for arm in loaded.study.arms]
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-revealed"}):
        h("h2", text("dashboard.predict.revealed", lang), id="eco-revealed")
        progress(runs, lang)
        bands = [runs.band(arm.name, wanted.key) for arm in loaded.study.arms]
        axis = Axis(show.low, show.high, is_share(wanted.metric.name))
        own = np.array(guess.sketched, float)
        sketches = [(text("dashboard.predict.yours", lang), own)] if np.isfinite(own).any() else []
        caption = text("dashboard.predict.drawn", lang, metric=sentence(wanted.label(lang)))
        banded(caption, names, bands, range(len(bands)), axis, lang, sketches=sketches)
        if runs.found is not None:
            Compared(loaded, runs, guess)


@solara.component
def Compared(loaded: LoadedLesson, runs: Ensemble, guess: Guess) -> None:
    """Say in kind words how predictions compare with the runs."""
    lang = session.lang.value
    assert runs.found is not None
    if guess.sketched and loaded.lesson.predict.design:
        band = runs.band(loaded.lesson.predict.design, loaded.metric(loaded.lesson.show.metric).key)
        lines = scored(loaded, np.array(guess.sketched, float), band, lang).lines
        h("h3", text("dashboard.predict.yours", lang))
        h("ul", *[h("li", line) for line in lines])
    answers = told(loaded, runs.found, lang).answers
    if answers and guess.chosen:
        mine = next(each for each in answers if each.letter == guess.chosen)
        h("p", text("dashboard.predict.chosen", lang, letter=mine.letter, verdict=mine.verdict), cls="eco-note")
    counts = [guess.hands.get(each.letter, 0) for each in answers]
    if sum(counts):
        Shares(loaded, counts)
        h("p", hands_told(counts, answers, lang), cls="eco-note")


@solara.component
def Shares(loaded: LoadedLesson, counts: list[int]) -> None:
    """Show a show of hands as bars."""
    whole = sum(counts)
    with h("ul", cls="eco-lines"):
        for letter, count in zip(LETTERS, counts, strict=False):
            bar = h("span", cls="eco-bar-fill", style=f"width: {100 * count / whole:.1f}%")
            h("li", h("b", letter), " ", h("span", bar, cls="eco-bar-track"), f" {count}", cls="eco-row")
