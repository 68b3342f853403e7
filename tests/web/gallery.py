"""All widgets on one page, to be looked at: ``solara run tests/web/gallery.py``.

The address may say which scenario, how many learners, which language: ``?scenario=two-circles&learners=300&lang=fr``.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import solara

from ecosim.scenario.resolve import load
from ecosim.web.elements import Button
from ecosim.web.film import Film, film_of
from ecosim.web.widgets.channel import channel_of
from ecosim.web.widgets.chart import chart_of, line
from ecosim.web.widgets.landscape import landscape_of
from ecosim.web.widgets.network import network_of
from ecosim.web.widgets.player import marks_of, player_of

LOOK = """
body, .v-application { background: var(--eco-paper) !important; color: var(--eco-ink) !important; }
.gallery { max-width: 1200px; margin: 0 auto; padding: 16px; font-family: var(--eco-font); }
.gallery section { background: var(--eco-card); border-radius: 10px; padding: 16px; margin: 0 0 16px; }
.gallery h2 { color: var(--eco-ink); font-size: var(--eco-l); margin: 0 0 8px; }
"""


@cache
def filmed(name: str, learners: int, weeks: int, replicate: int) -> Film:
    """Return the film of a scenario of the repository."""
    return film_of(load(f"scenarios/{name}.yaml", {"learners": learners, "weeks": weeks}), replicate)


def section(title: str, *children: Any) -> None:
    """Show something under a title."""
    solara.v.Html(tag="section", children=[solara.v.Html(tag="h2", children=[title]), *children])


def charts(film: Film, lang: str, on_sketched: Any) -> list[Any]:
    """Return charts of all kinds."""
    weekly, marks = film.series, marks_of(film.loaded.scenario, lang)
    flow, motive = weekly["mean_flow"], weekly["autonomous_motive"]
    faint = [flow + 0.1 * np.sin(np.arange(film.weeks) + k) for k in range(12)]
    energy = [line("own energy", weekly["own_energy"]), line("pushed energy", weekly["pushed_energy"], 1)]
    banded = [line("mean flow", flow, 2, flow - 0.1, flow + 0.1, faint), line("autonomous motive", motive, 3)]
    curve = [None] * 10 + [0.8 - 0.01 * week for week in range(film.weeks - 10)]
    enrolled = weekly["participation"]
    return [
        chart_of(energy, lang, caption="Energy", limits=(0, 1), marks=marks),
        chart_of(banded, lang, caption="Bands and single runs", note="Band: 90% of runs."),
        chart_of([line("difference", flow - motive, 1)], lang, caption="Difference", zero=True, marks=marks),
        chart_of(
            [line("active", enrolled)],
            lang,
            caption="Prediction",
            unit="percent",
            limits=(0, 1),
            sketches=[("your prediction", curve)],
        ),
        chart_of(
            [],
            lang,
            caption="Draw",
            unit="percent",
            limits=(0, 1),
            weeks=film.weeks,
            sketch=True,
            playhead=False,
            on_sketched=on_sketched,
        ),
        chart_of([line("nothing", [np.nan] * 5)], lang, caption="Empty"),
    ]


@solara.component
def Page() -> None:
    """Show them all."""
    from importlib.resources import files

    asked = {name: values[0] for name, values in parse_qs(solara.use_router().search or "").items()}
    lang = asked.get("lang", "en")
    luck = solara.use_reactive(0)
    learners, weeks = int(asked.get("learners", "120")), int(asked.get("weeks", "60"))
    film = filmed(asked.get("scenario", "two-circles"), learners, weeks, luck.value)
    week, chosen, drawn = solara.use_reactive(0), solara.use_reactive(-1), solara.use_reactive(())
    solara.Style((files("ecosim.web") / "theme.css").read_text() + LOOK)
    with solara.v.Html(tag="div", class_="gallery"):
        Button("Another luck", lambda: luck.set(luck.value + 1))
        section("player", player_of(film, lang, on_week=week.set))
        section("chart", *charts(film, lang, lambda curve: drawn.set(tuple(curve))))
        section("channel", channel_of(film, lang))
        section("landscape", landscape_of(film, lang))
        section("network", network_of(film, lang, on_selected=chosen.set))
        solara.v.Html(
            tag="p",
            children=[f"Python knows: week {week.value}, chosen {chosen.value}, drawn {drawn.value}"],
            class_="told",
        )
