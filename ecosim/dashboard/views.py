"""The pictures of a film by name, each a function of the film, the language and the clock that it follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecosim.dashboard import session
from ecosim.dashboard.charts import axis_of
from ecosim.dashboard.drawing import curve, drawn
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import sentence
from ecosim.web.film import Film
from ecosim.web.widgets.channel import channel_of
from ecosim.web.widgets.landscape import landscape_of
from ecosim.web.widgets.network import TRAITS, network_of
from ecosim.web.widgets.player import marks_of


def network(film: Film, lang: str, clock: str = "main") -> Any:
    """Show who is tied to whom."""
    return network_of(
        film, lang, trait=session.trait.value, on_trait=session.trait.set, choices=[*TRAITS, "community"],
        selected=session.learner.value, on_selected=lambda learner: select(learner, lang), clock=clock,
    )  # fmt: skip


def select(learner: int, lang: str) -> None:
    """Follow a learner, and say where she is told of."""
    if learner >= 0 and learner != session.learner.value:
        session.say(text("dashboard.person.below", lang, learner=learner))
    session.learner.value = learner


def course(film: Film, lang: str, clock: str = "main", metric: str = "retention", ghost: Film | None = None) -> Any:
    """Show a metric week by week, and as it was before the changes."""
    label = sentence(METRICS[metric].say_label(lang))
    found = {text("dashboard.explore.now", lang) if ghost else label: film.series[metric]}
    if ghost is not None:
        found[text("dashboard.explore.ghost", lang)] = ghost.series[metric]
    lines = [curve(name, stroke, values) for stroke, (name, values) in enumerate(found.items())]
    axis = axis_of(metric, list(found.values()))
    weeks = max(film.weeks, ghost.weeks if ghost else 0)
    return drawn(lines, lang, axis, weeks, summary=label, clock=clock, marks=marks_of(film.loaded.scenario, lang))


def energy(film: Film, lang: str, clock: str = "main") -> Any:
    """Show what activity lives on: persistence of the active, and what drives them from outside."""
    found = {name: film.series[f"{name}_energy"] for name in ("own", "pushed")}
    lines = [
        curve(text(f"dashboard.pictures.{name}", lang), stroke, values)
        for stroke, (name, values) in enumerate(found.items())
    ]
    axis = axis_of("persistence", list(found.values()))
    return drawn(lines, lang, axis, film.weeks, summary=text("dashboard.pictures.energy", lang), clock=clock,
                 marks=marks_of(film.loaded.scenario, lang))  # fmt: skip


VIEWS: dict[str, Callable[..., Any]] = {
    "network": network,
    "chart": course,
    "channel": lambda film, lang, clock="main": channel_of(film, lang, clock=clock),
    "landscape": lambda film, lang, clock="main": landscape_of(film, lang, clock=clock),
    "energy": energy,
}
