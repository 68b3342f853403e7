"""What emerges: ties, curves with the class's answers over them, challenges, what is possible."""

from __future__ import annotations

import numpy as np
import solara

from ecosim.classroom.live import the_live
from ecosim.classroom.pages.lever import lever_said
from ecosim.classroom.pages.polling import axis_with, overlay
from ecosim.dashboard import session
from ecosim.dashboard.charts import said
from ecosim.dashboard.drawing import curve, drawn
from ecosim.dashboard.views import network
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import sentence
from ecosim.web.controls.table import table
from ecosim.web.elements import details, h
from ecosim.web.film import Film
from ecosim.web.widgets.channel import channel_of
from ecosim.web.widgets.chart import line
from ecosim.web.widgets.landscape import landscape_of
from ecosim.web.widgets.player import player_of

EARLIER = [8, 5]  #: dashes of the playing before
FAINT = [2, 3]  #: dashes of what was answered


@solara.component
def Emerging(film: Film, news: int) -> None:
    """Show what has been lived so far."""
    lang, live = session.lang.value, the_live()
    with h("div", cls="eco-player-bar"):
        player_of(film, lang, order={"do": "end", "n": film.weeks})
    with h("div", cls="eco-views"):
        with h("section", cls="eco-card eco-wide-network", **{"aria-labelledby": "eco-network"}):
            h("h2", text("dashboard.pictures.network", lang), id="eco-network")
            network(film, lang)
        for metric in live.session.session.show:
            if metric in film.series:
                Course(film, metric, news).key(metric)
        with h("section", cls="eco-card", **{"aria-labelledby": "eco-channel"}):
            h("h2", text("dashboard.pictures.channel", lang), id="eco-channel")
            channel_of(film, lang)
        with h("section", cls="eco-card", **{"aria-labelledby": "eco-landscape"}):
            h("h2", text("dashboard.pictures.landscape", lang), id="eco-landscape")
            landscape_of(film, lang)


@solara.component
def Course(film: Film, metric: str, news: int) -> None:
    """Show a metric week by week, what the class thought of it, and what was changed when."""
    lang, live = session.lang.value, the_live()
    weeks, values = film.loaded.scenario.weeks, film.series[metric]
    with live.reading() as room:
        polls = [each for each in room.polls if each.metric == metric and not each.open]
        bands = overlay(polls[-1], weeks, lang) if polls else []
        marks = [
            {"week": each.week, "label": lever_said(each.lever, lang), "kind": "event"}
            for each in room.course.facts.changes
        ]
    label = sentence(METRICS[metric].say_label(lang))
    axis = axis_with(metric, values, bands)
    lines = [curve(label, 0, values)]
    if metric in live.before:
        lines.append(line(text("classroom.teacher.before_this", lang), live.before[metric], 0, dash=EARLIER))
    for place, (name, low, high) in enumerate(bands):
        lines.append(line(name, 0.5 * (low + high), 1 + place % 3, low, high, dash=FAINT))
    there = values[np.isfinite(values)]
    summary = text("classroom.teacher.now", lang, metric=label,
                   value=said(float(there[-1]) if there.size else float("nan"), axis, lang))  # fmt: skip
    with h("section", cls="eco-card", **{"aria-labelledby": f"eco-{metric}"}):
        h("h2", label, id=f"eco-{metric}")
        drawn(lines, lang, axis, weeks, summary=summary, clock="main", marks=marks)
        h("p", summary, cls="eco-fine")
        rows = [(week, said(float(value), axis, lang)) for week, value in enumerate(values)]
        details(text("dashboard.table", lang), table((text("figures.week", lang), label), rows))
