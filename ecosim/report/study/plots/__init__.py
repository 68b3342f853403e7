"""Figures of a study: a name and four functions each (applies, draw, describe, table).

Importing this package imports matplotlib. What a figure shows is a :class:`ecosim.report.study.shown.Shown`; one that
does not apply to a study is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from ecosim.registry import Registry
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table
from ecosim.report.study.plots import (
    effects,
    expectations,
    flips,
    groups,
    outcomes,
    response,
    sensitivity,
    trajectories,
)
from ecosim.report.study.shown import Shown


class StudyPlot(NamedTuple):
    """One figure of studies: whether it applies, and as those of a run, drawn, told in words, laid out as a table."""

    applies: Callable[[Shown], bool]
    draw: Callable[[Figure, Shown, str], None]
    describe: Callable[[Shown, str], str]
    table: Callable[[Shown, str], Table]


def _plot_of(module: Any) -> StudyPlot:
    """Return the figure of a module that offers the four functions."""
    return StudyPlot(module.applies, module.draw, module.describe, module.table)


FIGURES: Registry[StudyPlot] = Registry("figure")
FIGURES.add("effects", _plot_of(effects))
FIGURES.add("outcomes", _plot_of(outcomes))
FIGURES.add("expectations", _plot_of(expectations))
FIGURES.add("groups", _plot_of(groups))
FIGURES.add("trajectories", _plot_of(trajectories))
FIGURES.add("response", _plot_of(response))
FIGURES.add("sensitivity", _plot_of(sensitivity))
FIGURES.add("flips", _plot_of(flips))


def applicable(shown: Shown) -> list[str]:
    """Return the names of the figures that apply to a study, in their order."""
    return [name for name in FIGURES if FIGURES[name].applies(shown)]


def figure(name: str, shown: Shown, lang: str) -> Figure:
    """Return figure ``name`` of a study in ``lang``.

    Raises
    ------
    UsageError
        When there is no figure of that name.
    """
    made = style.new_figure()
    FIGURES[name].draw(made, shown, lang)
    return made


def write_figures(shown: Shown, folder: Path, lang: str) -> list[Path]:
    """Write every figure that applies into ``folder`` as ``<name>.png``, remove those that do not; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    names = applicable(shown)
    for name in FIGURES:
        path = folder / f"{name}.png"
        if name in names:
            style.save(figure(name, shown, lang), path)
            written.append(path)
        else:
            path.unlink(missing_ok=True)
    return written
