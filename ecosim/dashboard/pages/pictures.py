"""The pictures of one run under one clock: ties, curves, flow channel, energy, what is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.pages.in_words import InWords
from ecosim.dashboard.pages.person import Person
from ecosim.dashboard.views import course, energy, network, select
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.grammar import sentence
from ecosim.report.words import summary_text
from ecosim.web.controls.form import one
from ecosim.web.elements import h
from ecosim.web.film import Film
from ecosim.web.widgets.channel import channel_of
from ecosim.web.widgets.landscape import landscape_of
from ecosim.web.widgets.player import player_of


@solara.component
def Pictures(film: Film, ghost: Film | None, replicate: int) -> None:
    """Show a film of a replicate, and whom the viewer has selected; ``ghost`` is the run before the changes."""
    lang = session.lang.value
    with h("div", cls="eco-player-bar"):
        player_of(film, lang, week=session.week.value, on_week=session.week.set)
    with h("div", cls="eco-views"):
        Card("network", lambda: Network(film), film, "network")
        Told(film.run)
        if session.learner.value >= 0:
            with h("div", cls="eco-wide"):
                Person(film.loaded, replicate)
        Card("curve", lambda: Course(film, ghost), film, "retention")
        Card("energy", lambda: energy(film, lang), film, "energy_balance")
        Card("channel", lambda: channel_of(film, lang), film, "flow_channel")
        Card("landscape", lambda: landscape_of(film, lang), film, "landscape")


@solara.component
def Network(film: Film) -> None:
    """Show who is tied to whom, and let the viewer name whom she wants to follow."""
    lang, most = session.lang.value, film.learners - 1
    network(film, lang)
    shown = session.learner.value if session.learner.value >= 0 else None
    field = {"kind": "number", "path": "learner", "label": text("dashboard.together.learner", lang, most=most),
             "least": 0, "most": most, "value": shown}  # fmt: skip
    one(field, lang, lambda value: select(-1 if value is None else int(min(max(value, 0), most)), lang))


@solara.component
def Told(run: Any) -> None:
    """Say in words what happened."""
    lang = session.lang.value
    lines = solara.use_memo(lambda: summary_text(run, lang).splitlines(), [run, lang])
    body = [line for line in lines[lines.index("") + 1 :] if line]
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-told"}):
        h("h2", text("dashboard.explore.told", lang), id="eco-told")
        h("ul", *[h("li", line) for line in body], cls="eco-told")


@solara.component
def Course(film: Film, ghost: Film | None) -> None:
    """Show a metric of the viewer's choice week by week."""
    lang = session.lang.value
    weekly = [name for name in film.series if name in METRICS]
    chosen = session.metric.value if session.metric.value in weekly else weekly[0]
    options = [{"value": name, "label": sentence(METRICS[name].say_label(lang))} for name in weekly]
    field = {"kind": "select", "path": "metric", "label": text("dashboard.pictures.metric", lang), "value": chosen,
             "options": options}  # fmt: skip
    one(field, lang, session.metric.set)
    course(film, lang, metric=chosen, ghost=ghost)


@solara.component
def Card(name: str, draw: Callable[[], Any], film: Film, figure: str, cls: str = "") -> None:
    """Show a picture with its words and its numbers."""
    lang = session.lang.value
    with h("section", cls=f"eco-card {cls}", **{"aria-labelledby": f"eco-{name}"}):
        h("h2", text(f"dashboard.pictures.{name}", lang), id=f"eco-{name}")
        draw()
        InWords(figure, film).key(figure)
