"""Figures of a run: a name and a function each; later figures register in the same way.

Importing this package imports matplotlib; nothing below the figures does. All of them draw weekly sums and the flow
channel, which count every learner: none needs a sample, however many learners there are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from ecosim.registry import Registry
from ecosim.report.plots import channel, energy, overview, participation, retention, style

Draw = Callable[[Figure, Any, str], None]

FIGURES: Registry[Draw] = Registry("figure")
FIGURES.add("overview", overview.draw)
FIGURES.add("retention", retention.draw)
FIGURES.add("participation", participation.draw)
FIGURES.add("flow_channel", channel.draw)
FIGURES.add("energy_balance", energy.draw)


def figure(name: str, run: Any, lang: str) -> Figure:
    """Return figure ``name`` of ``run`` in ``lang``.

    Raises
    ------
    UsageError
        When there is no figure of that name.
    """
    made = style.new_figure()
    FIGURES[name](made, run, lang)
    return made


def write_figures(run: Any, folder: Path, lang: str) -> list[Path]:
    """Write every figure of ``run`` into ``folder`` as ``<name>.png``; return the paths, in that order."""
    written = []
    for name in FIGURES:
        path = folder / f"{name}.png"
        style.save(figure(name, run, lang), path)
        written.append(path)
    return written
