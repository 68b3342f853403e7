"""Who is tied to whom in the week just lived, for a page that is watched: each learner stays where she stands."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.model.networks import pairs_of
from ecosim.model.run import new_engine
from ecosim.model.state import Array
from ecosim.report.layout import closest, groups_of, positions
from ecosim.report.plots import style
from ecosim.report.plots.network import GAP_DECLARED, GAP_FOUND, GONE, HIGH, LOW, PALE_TO_DARK

STRONGEST = 2  #: ties of each learner that are drawn
SIZE = (6.4, 4.4)  #: inches, of a cell of Mesa's page


def places_of(model: Any) -> Array:
    """Return where each learner of ``model`` stands, between -1 and 1 on both axes: shape (learners, 2).

    The same run is lived ahead, so that the ties to come count from the first week on.
    """
    scout = new_engine(model.loaded, model.engine.replicate)
    scout.step()
    first, home = pairs_of(scout.ties), scout.learners.community.copy()
    last = pairs_of(scout.run().ties)
    pairs, weight = (np.concatenate(both) for both in zip(first[:2], last[:2], strict=True))
    if (home != home[0]).any():
        return positions(pairs, weight, np.unique(home, return_inverse=True)[1], GAP_DECLARED)
    return positions(pairs, weight, groups_of(pairs, weight, home.size), GAP_FOUND)


def engine_now(model: Any) -> Any:
    """Return the engine of ``model`` to look at; before its first week another one, in which people have just come."""
    if model.engine.week:
        return model.engine
    scout = new_engine(model.loaded, model.engine.replicate)
    scout.open_week()
    return scout


def network_now(eco: Any, places: Array, lang: str = "en") -> Figure:
    """Return a figure of the ties of ``eco`` as they are, each learner at her place.

    Parameters
    ----------
    eco : Engine
        Between or after its weeks, or with its first week open.
    places : array of shape (learners, 2)
        As from :func:`places_of`.
    lang : {"en", "fr"}
        Language of its words.
    """
    figure = Figure(figsize=SIZE, layout="constrained")
    ax = figure.subplots()
    ax.set(xlim=(-1.08, 1.08), ylim=(-1.08, 1.08), aspect="equal")
    ax.set_axis_off()
    ax.set_title(text("mesa.network", lang, week=number(eco.week, lang, 0)), loc="left", color=style.INK)
    people = eco.learners
    gone = (people.left_week >= 0) & ~people.enrolled
    size = float(np.clip(9000.0 / people.enrolled.size, 8.0, 70.0))
    _draw_ties(ax, eco, places)
    ax.scatter(
        places[gone, 0], places[gone, 1], s=0.4 * size, facecolors="none", edgecolors=GONE, linewidths=0.7, zorder=2
    )
    here = people.enrolled
    color = PALE_TO_DARK((people.persistence[here] - LOW) / (HIGH - LOW))
    ax.scatter(places[here, 0], places[here, 1], s=size, c=color, edgecolors=style.INK, linewidths=0.4, zorder=3)
    said = text("mesa.people", lang, enrolled=number(int(here.sum()), lang, 0), left=number(int(gone.sum()), lang, 0))
    ax.text(0.0, -0.02, said, transform=ax.transAxes, va="top", fontsize=style.SMALL, color=style.SOFT)
    return figure


def _draw_ties(ax: Any, eco: Any, places: Array) -> None:
    """Draw the strongest ties of each among the enrolled, the stronger the clearer."""
    pairs, weight, _ = pairs_of(eco.ties)
    both = eco.learners.enrolled[pairs].all(axis=1)
    pairs, weight = pairs[both], weight[both]
    kept = np.unique(closest(pairs, weight, len(places), STRONGEST)[1])
    colors = np.tile(to_rgba(style.INK), (kept.size, 1))
    colors[:, 3] = np.clip(0.06 + 0.9 * weight[kept], 0.0, 1.0)
    ax.add_collection(LineCollection(list(places[pairs[kept]]), colors=colors, linewidths=0.25 + 1.5 * weight[kept]))
