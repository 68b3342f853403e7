"""A page for who knows Mesa: ``SolaraViz`` with an ecosystem's levers as sliders, metrics as plots, and its ties."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from ecosim.errors import UsageError
from ecosim.model.ecosystem import PRESET, Ecosystem
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.model.world import Source, World, load
from ecosim.report.plots import style
from ecosim.report.plots.live import SIZE, engine_now, network_now, places_of
from ecosim.report.sliders import params_of
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded

SHOWN_LEVERS = ("choice", "facilitation", "openness", "incentive", "hazard")
SHOWN_METRICS = ("retention", "mean_flow", "apprenance")
PLAY = 200  #: milliseconds between two weeks
MOST = 600  #: learners up to whom ties are drawn


def solaraviz(
    model: Ecosystem | World | Source = PRESET,
    *,
    metrics: Iterable[str] = SHOWN_METRICS,
    levers: Iterable[str] = SHOWN_LEVERS,
    model_params: Mapping[str, Any] | None = None,
    components: Iterable[Any] = (),
    lang: str = "en",
    **how: Any,
) -> Any:
    """Return a page of Mesa's ``SolaraViz``, to be shown in a notebook or run by ``solara run app.py``.

    ``app.py`` is ``import ecosim`` and ``page = ecosim.solaraviz("preset:xmooc")``. Reset builds the ecosystem anew
    from what the sliders say. The words around them are Mesa's, in English.

    Limits, all of them Mesa's: all viewers share a *built* ecosystem, so that one's step is everybody's (of a scenario
    each has her own); every step draws every plot anew, a few a second; a play interval of a few milliseconds can
    freeze the page; sliders act on Reset only, and a value that the scenario refuses ends the page. Above 600 learners
    ties are not drawn. Never put Mesa's ``CommandConsole`` on a page that others can reach: it runs their Python.

    Parameters
    ----------
    model : Ecosystem, World, str, Path or mapping
        A built ecosystem, or a scenario: what :func:`ecosim.load` takes or returns.
    metrics : iterable of str
        Metrics with a value a week, one plot each.
    levers : iterable of str
        Levers with a slider each, in every community; those that a scenario changes over time have none.
    model_params : mapping, optional
        As Mesa takes it, dotted path -> value or input; laid over what is made from ``levers``.
    components : iterable
        As Mesa takes it, shown after ours.
    lang : {"en", "fr"}
        Language of the names of levers and metrics.
    **how
        For ``SolaraViz``: ``play_interval`` (ms), ``render_interval`` (weeks), ``name``, ...

    Raises
    ------
    UsageError
        When the extra ``ui`` is not installed, or there is no such lever or weekly metric.
    InvalidFile
        As from :func:`ecosim.load`.
    """
    viz, solara = visualization()
    built = isinstance(model, Ecosystem)
    loaded = model.loaded if isinstance(model, Ecosystem | World) else load(model).loaded
    replicate = model.engine.replicate if isinstance(model, Ecosystem) else 0
    wanted: dict[str, Any] = {
        "components": [*_plots(viz, loaded, metrics, lang), *_network(solara, loaded, lang), *components],
        "model_params": params_of(loaded, levers, lang, replicate) | dict(model_params or {}),
        "name": in_language(loaded.scenario.title, lang) or loaded.name,
        "play_interval": PLAY,
    }

    @solara.component  # type: ignore[untyped-decorator]
    def Page() -> None:
        mine = solara.use_memo(lambda: model if built else Ecosystem(loaded), [])
        viz.SolaraViz(mine, **wanted | how)

    return Page()


def visualization() -> tuple[Any, Any]:
    """Return Mesa's visualization and Solara, imported now.

    Raises
    ------
    UsageError
        When something is missing, or is ipyvuetify from 2 on, with which Mesa's pages stay empty.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Mesa 3.3 breaks a rule of Solara's, which says so on every start
            viz, solara = import_module("mesa.visualization"), import_module("solara")
        version = str(import_module("ipyvuetify").__version__)
    except ImportError as error:
        raise UsageError("mesa.missing", name=error.name or type(error).__name__) from error
    if not version.startswith("1."):
        raise UsageError("mesa.missing", name=f"ipyvuetify<2, != {version}")
    return viz, solara


def _plots(viz: Any, loaded: Loaded, metrics: Iterable[str], lang: str) -> list[Any]:
    """Return a plot of each metric.

    Raises
    ------
    UsageError
        For one that is not collected every week, or does not exist.
    """
    made = []
    for name in metrics:
        if METRICS[name].is_weekly is False or METRICS[name].costly or METRICS[name].counterfactual:
            raise UsageError("mesa.not_weekly", name=name)
        made.append(viz.make_plot_component(name, partial(_dress, name=name, weeks=loaded.scenario.weeks, lang=lang)))
    return made


def _dress(ax: Any, name: str, weeks: int, lang: str) -> None:
    """Name a plot as people do, and give it its whole scales, so that it grows and does not jump."""
    ax.figure.set_size_inches(*SIZE)
    style.tidy(ax)
    ax.set_ylabel("")
    ax.set_title(METRICS[name].say_label(lang), loc="left", color=style.INK)
    ax.set_xlim(-0.5, max(weeks - 0.5, ax.dataLim.x1))
    if name in bounds():
        ax.set_ylim(bounds()[name])
    for line in ax.lines:
        line.set(color=style.STROKES[0].color, marker=style.STROKES[0].marker, markersize=3.0)


def _network(solara: Any, loaded: Loaded, lang: str) -> list[Any]:
    """Return the component that draws who is tied to whom, each learner at her place for the whole run."""
    if not 1 < loaded.scenario.learners <= MOST:
        return []
    utils = import_module("mesa.visualization.utils")

    @solara.component  # type: ignore[untyped-decorator]
    def Network(model: Ecosystem) -> None:
        utils.update_counter.get()  # be drawn anew after every step
        places = solara.use_memo(lambda: places_of(model), [model])
        figure = network_now(engine_now(model), places, lang)
        solara.FigureMatplotlib(figure, format="png", dependencies=[model, model.engine.week])

    return [(Network, 0)]
