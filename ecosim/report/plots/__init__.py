"""Figures of a run: a name and three functions each (draw, describe, table); others register in the same way.

Importing this package imports matplotlib; nothing below the figures does. What they draw counts every learner, however
many there are, but for the figures that show learners one by one: those say which sample they draw.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from ecosim.registry import Registry
from ecosim.report.plots import (
    channel,
    energy,
    inequality,
    landscape,
    needs,
    network,
    overview,
    participation,
    profiles,
    retention,
    style,
)
from ecosim.report.plots.plot import Plot, plot_of

FIGURES: Registry[Plot] = Registry("figure")
FIGURES.add("overview", plot_of(overview))
FIGURES.add("retention", plot_of(retention))
FIGURES.add("participation", plot_of(participation))
FIGURES.add("flow_channel", plot_of(channel))
FIGURES.add("needs", plot_of(needs))
FIGURES.add("energy_balance", plot_of(energy))
FIGURES.add("network", plot_of(network))
FIGURES.add("landscape", plot_of(landscape))
FIGURES.add("inequality", plot_of(inequality))
FIGURES.add("profiles", plot_of(profiles))


def figure(name: str, run: Any, lang: str) -> Figure:
    """Return figure ``name`` of ``run`` in ``lang``.

    Raises
    ------
    UsageError
        When there is no figure of that name.
    """
    made = style.new_figure()
    FIGURES[name].draw(made, run, lang)
    return made


def write_figures(run: Any, folder: Path, lang: str) -> list[Path]:
    """Write every figure of ``run`` into ``folder`` as ``<name>.png``; return the paths, in that order."""
    written = []
    for name in FIGURES:
        path = folder / f"{name}.png"
        style.save(figure(name, run, lang), path)
        written.append(path)
    return written
