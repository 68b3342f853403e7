"""Who gains and who loses: the difference from the baseline, group by group."""

from __future__ import annotations

from math import isfinite

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.report.grammar import sentence
from ecosim.report.plots import style
from ecosim.report.plots.plot import Table, plain
from ecosim.report.study.amounts import amount_of
from ecosim.report.study.gains import KINDS, gains, groups_told
from ecosim.report.study.naming import design_name, group_name, metric_name, metric_of
from ecosim.report.study.plots.look import amounts_on, beside, folded, heading, stroke_of, unit_label, zero
from ecosim.report.study.saying import listed, said
from ecosim.report.study.shown import Shown

MOST_PANELS, MOST_OTHERS, MOST_GROUPS = 3, 3, 16
GAP = 1.0  #: rows between two kinds of groups

Group = tuple[str, str]


def applies(shown: Shown) -> bool:
    """Tell whether there are groups with a difference."""
    return bool(_metrics(shown)) and bool(shown.others)


def _metrics(shown: Shown) -> list[str]:
    """Return the metrics that are told by group."""
    there = {row["metric"] for row in shown.found.groups if row["kind"] in KINDS and isfinite(row["difference"])}
    return [each.key for each in shown.found.study.wanted if each.key in there]


def _groups(shown: Shown) -> list[Group]:
    """Return the groups of each kind, in the order of the scenario, as many as there is room for."""
    there = dict.fromkeys((row["kind"], row["group"]) for row in shown.found.groups if row["kind"] in KINDS)
    ordered = [key for kind in KINDS for key in there if key[0] == kind]
    return ordered[:MOST_GROUPS]


def draw(figure: Figure, shown: Shown, lang: str) -> None:
    """Draw a panel a metric, a row a group, a dot with its interval for each design."""
    body = heading(figure, shown, "groups", lang)
    places = _places(_groups(shown))
    metrics = _metrics(shown)[:MOST_PANELS]
    axes = beside(body, len(metrics))
    for number, (ax, metric) in enumerate(zip(axes, metrics, strict=True)):
        _panel(ax, shown, metric, places, lang)
        _rows(ax, shown, places, lang, named=number == 0)
    style.legend_below(body, axes, fewest=1)


def _places(groups: list[Group]) -> dict[Group, float]:
    """Return the height at which each group stands, with a gap between kinds."""
    places: dict[Group, float] = {}
    at, before = 0.0, ""
    for group in groups:
        at += GAP if before and before != group[0] else 0.0
        places[group], before = at, group[0]
        at += 1.0
    return places


def _rows(ax: Axes, shown: Shown, places: dict[Group, float], lang: str, named: bool) -> None:
    """Name the rows at the left, and kinds of groups above theirs."""
    names = [folded(sentence(group_name(shown.found, *group, lang)), 22) for group in places]
    ax.set_yticks(list(places.values()), names if named else [""] * len(names), fontsize=style.SMALL)
    ax.set_ylim(max(places.values()) + 0.7, -0.7)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=style.FAINT, linewidth=0.8)
    firsts = {kind: min(at for (own, _), at in places.items() if own == kind) for kind, _ in places}
    for kind, at in firsts.items() if named else ():
        ax.annotate(
            said(f"groups.by_{kind}", lang), (0.0, at - 0.45), (-6.0, 0.0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", va="bottom", fontsize=style.SMALL - 1, color=style.SOFT,
            style="italic",
        )  # fmt: skip


def _panel(ax: Axes, shown: Shown, metric: str, places: dict[Group, float], lang: str) -> None:
    """Draw what each design does to each group on one metric."""
    style.tidy(ax)
    zero(ax)
    others = shown.others[:MOST_OTHERS]
    step = 0.56 / max(1, len(others))
    for number, design in enumerate(others):
        shift = (number - 0.5 * (len(others) - 1)) * step
        stroke = stroke_of(shown, design)
        told = [each for kind in KINDS for each in groups_told(shown.found, design, metric, kind)]
        for each in told:
            row = each.row
            if (at := places.get((row["kind"], row["group"]))) is None:
                continue
            clear = each.word not in ("undecided", "equivalent")
            ax.hlines(
                at + shift, row["low"], row["high"], color=stroke.color, linewidth=2.0, alpha=1.0 if clear else 0.55
            )
            ax.plot([row["difference"]], [at + shift], marker=stroke.marker, color=stroke.color, markersize=6.5,
                    markerfacecolor=stroke.color if clear else "white", linestyle="none", zorder=3)  # fmt: skip
        name = style.literal(design_name(shown.found, design, lang))
        ax.plot([], [], marker=stroke.marker, color=stroke.color, linewidth=2.0, label=name)
    amount = amount_of(metric_of(shown.found, metric))
    amounts_on(ax.xaxis, amount, lang, 4)
    ax.set_xlabel(unit_label(amount, lang, difference=True), fontsize=style.SMALL)
    style.caption(ax, sentence(metric_name(shown.found, metric, lang)))


def describe(shown: Shown, lang: str) -> str:
    """Return who gains and who loses, where it is clear."""
    told = gains(shown.found, lang)
    base = said("figures.groups.words", lang, against=design_name(shown.found, shown.found.study.baseline, lang))
    if not told:
        return f"{base} {said('groups.nobody', lang)}"
    parts = [said("figures.list", lang, head=each.said, list=listed(each.more, lang)) for each in told]
    return " ".join([base, *parts])


def table(shown: Shown, lang: str) -> Table:
    """Return the mean and the difference of every design for every group."""
    rows = []
    for row in (each for each in shown.found.groups if each["kind"] in KINDS):
        names = (
            said(f"groups.by_{row['kind']}", lang), group_name(shown.found, row["kind"], row["group"], lang),
            metric_name(shown.found, row["metric"], lang), design_name(shown.found, row["design"], lang),
        )  # fmt: skip
        rows.append((*names, *(plain(row[name]) for name in ("mean", "pairs", "difference", "low", "high"))))
    columns = ("kind", "group", "metric", "design", "mean", "pairs", "difference", "low", "high")
    return Table(tuple(said(f"figures.column.{name}", lang) for name in columns), rows)
