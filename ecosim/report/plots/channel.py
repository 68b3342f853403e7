"""The flow channel: challenge against skill, act by act (Csikszentmihalyi 1975)."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from ecosim.language import number, percent, text
from ecosim.model.week.record import CHANNEL_TOP
from ecosim.report.grammar import joined
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, rows_of

REGIONS = ("flow", "anxiety", "boredom", "apathy")
FINE, COARSE = 2, 4  #: cells of the log that make one square, along each side
COLUMNS = ("skill_from", "challenge_from", "activities", "mean_flow")
NEAR = 0.1  #: an act so near to the line fits
BAND = 0.13  #: above and below the acts, for the names of the regions
BESIDE = 0.95  #: to the left and right of the acts, for the same
SMALLEST = 0.22  #: side of the square of a single act, as a share of its cell
COLORS, FLOW_SHOWN = "viridis", (0.2, 0.9)  #: the same scale on all figures, so that two runs can be compared


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw the flow channel, and beside it how to read it."""
    body = style.dress(figure, run, text("figures.channel.title", lang), lang)
    left, right = body.subplots(1, 2, width_ratios=(1.25, 1.0))
    squares = channel(left, run, lang)
    if squares is not None:
        key_of_flow(figure.colorbar(squares, ax=left, pad=0.02, shrink=0.85, extend="both"), lang)
    _explain(right, run, lang)


def describe(run: Any, lang: str) -> str:
    """Return how many acts fall into each region, the means, and how flow changes with distance from the line."""
    log = run.engine.log
    acts = float(log.active.sum())
    if not acts:
        return text("figures.channel.no_acts", lang)
    sums = {"skill": log.skill_of_active.sum(), "challenge": log.challenge.sum(), "flow": log.flow.sum()}
    return " ".join(
        (
            text("figures.channel.where", lang, acts=number(acts, lang, 0), regions=list_regions(run, lang)),
            text("figures.channel.means", lang, **{name: number(value / acts, lang) for name, value in sums.items()}),
            text("figures.channel.beside", lang, list=joined(_beside(run, lang), lang)),
        )
    )


def list_regions(run: Any, lang: str) -> str:
    """Return which share of the acts lies in each region."""
    found = {text(f"figures.channel.{name}", lang): percent(part, lang) for name, part in shares(run).items()}
    regions = [text("figures.channel.region", lang, region=name.lower(), share=part) for name, part in found.items()]
    return joined(regions, lang)


def _beside(run: Any, lang: str) -> list[str]:
    """Return in words the mean flow on the line where the challenge fits, above it and below it."""
    acts, flow = run.engine.channel
    middles = (np.arange(acts.shape[0]) + 0.5) * CHANNEL_TOP / acts.shape[0]
    away = middles[:, None] - middles[None, :] - run.loaded.scenario.context.challenge.delta
    found = []
    for name, there in (("fits", abs(away) <= NEAR), ("hard", away > NEAR), ("easy", away < -NEAR)):
        if count := acts[there].sum():
            facts = {"width": number(NEAR, lang, 1)} if name == "fits" else {}
            found.append(text(f"figures.near.{name}", lang, flow=number(flow[there].sum() / count, lang), **facts))
    return found


def table(run: Any, lang: str) -> Table:
    """Return acts and their mean flow by squares of skill and challenge, each named by where it begins."""
    acts, flow, side = _merged(run.engine.channel, COARSE)
    rows, columns = np.nonzero(acts)
    count = acts[rows, columns]
    head = tuple(text(f"figures.channel.{name}", lang) for name in COLUMNS)
    corners = [np.round(at * side, 10) for at in (columns, rows)]
    return Table(head, rows_of([*corners, count.astype(int), flow[rows, columns] / count]))


def key_of_flow(bar: Any, lang: str, size: float = style.BODY) -> None:
    """Say on the bar of colours which stand for how much flow."""
    bar.set_label(text("figures.channel.mean_flow", lang), fontsize=size - 1, color=style.INK)
    bar.ax.tick_params(labelsize=size - 1, colors=style.SOFT, labelcolor=style.INK)
    style.in_numbers(bar.ax.yaxis, lang)
    bar.outline.set_edgecolor(style.SOFT)


def shares(run: Any) -> dict[str, float]:
    """Return the share of all acts in each region: challenge and skill above or below the means of their week."""
    log = run.engine.log
    acts = log.active.sum()
    return {name: float(getattr(log, f"in_{name}_quadrant").sum() / acts) if acts else 0.0 for name in REGIONS}


def channel(ax: Axes, run: Any, lang: str, size: float = style.BODY, shared: bool = False) -> PolyCollection | None:
    """Draw all acts of the run: the larger a square the more acts, its colour their mean flow; return the squares.

    With ``shared`` the regions are named beside the plot with their shares of the acts, and the squares are coarser.
    """
    style.tidy(ax, size)
    ax.grid(False)
    log, step = run.engine.log, run.loaded.scenario.context.challenge.delta
    acts = float(log.active.sum())
    squares = _squares(run.engine.channel, COARSE if shared else FINE) if acts else None
    if squares is not None:
        ax.add_collection(squares)
    challenge, skill = (log.challenge.sum() / acts, log.skill_of_active.sum() / acts) if acts else (0.5, 0.5)
    for line, mean in ((ax.axhline, challenge), (ax.axvline, skill)):
        line(mean, color=style.SOFT, linewidth=1.0, linestyle=(0, (1, 2)))
    fits = text("figures.channel.fits", lang)
    start = 0.0 if shared else -0.5
    ax.plot([start, 2.0], [start + step, 2.0 + step], color=style.INK, linewidth=1.4, label=fits)
    side, band = (BESIDE, 0.0) if shared else (0.0, BAND)
    ax.set(xlim=(-side, CHANNEL_TOP + side), ylim=(-band, CHANNEL_TOP + band), aspect="equal")
    for axis, name in ((ax.xaxis, "skill"), (ax.yaxis, "challenge")):
        axis.set_major_locator(FixedLocator([0.0, 0.5, 1.0] if shared else [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]))
        style.in_numbers(axis, lang)
        axis.set_label_text(text(f"figures.channel.{name}", lang))
    names = {name: text(f"figures.channel.{name}", lang) for name in REGIONS}
    if shared and acts:
        names = {name: f"{names[name]} {percent(share, lang)}" for name, share in shares(run).items()}
    if shared:
        _name_beside(ax, names, size)
    else:
        _name_regions(ax, float(np.clip(skill, 0.35, 0.75)), names, size)
    return squares


def _merged(logged: Any, merged: int) -> tuple[Any, Any, float]:
    """Return acts and summed flow of every ``merged`` x ``merged`` cells, by (challenge, skill), and their side."""
    cells = logged.shape[1] // merged
    acts, flow = logged.reshape(2, cells, merged, cells, merged).sum(axis=(2, 4))
    return acts, flow, CHANNEL_TOP / cells


def _squares(logged: Any, merged: int) -> PolyCollection:
    """Return a square for every ``merged`` x ``merged`` cells with acts, its area in proportion to their number."""
    acts, flow, side = _merged(logged, merged)
    rows, columns = np.nonzero(acts)
    half = 0.5 * side * np.maximum(SMALLEST, np.sqrt(acts[rows, columns] / acts.max()))
    x, y = (columns + 0.5) * side, (rows + 0.5) * side
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    outline = np.stack([np.stack([x + a * half, y + b * half], axis=1) for a, b in corners], axis=1)
    squares = PolyCollection(list(outline), cmap=COLORS, linewidths=0.3, edgecolors=style.SOFT)
    squares.set_array(flow[rows, columns] / acts[rows, columns])
    squares.set_clim(*FLOW_SHOWN)
    return squares


def _name_regions(ax: Axes, middle: float, names: dict[str, str], size: float) -> None:
    """Write the names of the regions on both sides of the mean skill, above and below the acts."""
    for name, said in names.items():
        able, hard = name in ("flow", "boredom"), name in ("flow", "anxiety")
        ax.text(
            middle + (0.015 if able else -0.015), CHANNEL_TOP + 0.8 * BAND if hard else -0.8 * BAND,
            said, ha="left" if able else "right", va="top" if hard else "bottom",
            fontsize=size - 0.5, fontweight="bold", color=style.INK,
        )  # fmt: skip


def _name_beside(ax: Axes, names: dict[str, str], size: float) -> None:
    """Write the names of the regions to the left and right of the plot, above and below, where no act can be."""
    for name, said in names.items():
        able, hard = name in ("flow", "boredom"), name in ("flow", "anxiety")
        ax.text(
            CHANNEL_TOP + 0.04 if able else -0.04, 0.97 * CHANNEL_TOP if hard else 0.03 * CHANNEL_TOP,
            said.replace(" ", "\n", 1), ha="left" if able else "right", va="top" if hard else "bottom",
            fontsize=size - 0.5, fontweight="bold", color=style.INK, bbox=style.BEHIND,
        )  # fmt: skip


def _explain(ax: Axes, run: Any, lang: str) -> None:
    """Write how many acts there were, what each region means, and how to read the plot."""
    ax.set_axis_off()
    acts, delta = int(run.engine.log.active.sum()), run.loaded.scenario.context.challenge.delta
    said = text("figures.channel.acts" if acts else "figures.channel.no_acts", lang, acts=number(acts, lang, 0))
    ax.text(0.0, 0.98, said, fontsize=style.BODY, color=style.INK, va="top")
    if not acts:
        return
    for row, (name, share) in enumerate(shares(run).items()):
        top, label = 0.87 - 0.155 * row, f"{text(f'figures.channel.{name}', lang)} {percent(share, lang)}"
        meaning = textwrap.fill(text(f"figures.channel.{name}_means", lang), 50)
        ax.text(0.0, top, label, fontsize=style.BODY, fontweight="bold", color=style.INK, va="top")
        ax.text(0.0, top - 0.06, meaning, fontsize=style.SMALL, color=style.SOFT, va="top", linespacing=1.25)
    read = textwrap.fill(text("figures.channel.read", lang, step=number(delta, lang)), 50)
    ax.text(0.0, 0.0, read, fontsize=style.SMALL, color=style.SOFT, va="bottom", linespacing=1.25)
