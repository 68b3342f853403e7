"""Whether needs are met, and what that makes of people's motives, autonomy and sense of efficacy."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecosim.language import number, text
from ecosim.report.grammar import joined
from ecosim.report.plots import style
from ecosim.report.plots.labels import Name, label_ends, spread_ends
from ecosim.report.plots.marks import mark_deadlines, mark_events, marked
from ecosim.report.plots.plot import Table, by_week, ends, sentences

NEEDS = ("need_autonomy", "need_competence", "need_relatedness")
SELVES = ("autonomous_motive", "autonomy", "efficacy")


def draw(figure: Figure, run: Any, lang: str) -> None:
    """Draw how far the three needs are met, and beneath it what the enrolled are and want."""
    body = style.dress(figure, run, text("figures.needs.title", lang), lang)
    top, bottom = body.subplots(2, 1, sharex=True)
    named = [(top, _means(top, run, NEEDS, "needs", lang)), (bottom, _means(bottom, run, SELVES, "selves", lang))]
    style.in_weeks(top, run.loaded.scenario.weeks, lang, named=False)
    style.in_weeks(bottom, run.loaded.scenario.weeks, lang)
    mark_deadlines(bottom, run, text("figures.deadline", lang))
    style.legend_below(body, [top, bottom], fewest=1)
    mark_events([top, bottom], run, lang)
    for ax, names in named:
        spread_ends(ax, names)


def _means(ax: Axes, run: Any, names: tuple[str, ...], caption: str, lang: str) -> list[Name]:
    """Draw the weekly means of some states of the enrolled, each with its name at the end; return the names."""
    style.tidy(ax)
    weekly = run.weekly_table()
    found = []
    for stroke, name in zip(style.STROKES, names, strict=False):
        style.series(ax, stroke, weekly[name], "_" + name)
        found.append((stroke, weekly[name], text(f"figures.needs.{name}", lang)))
    style.say_empty(ax, weekly[names[0]], text("figures.needs.nobody", lang))
    ax.set(ylim=(0.0, 1.03), yticks=(0.0, 0.25, 0.5, 0.75, 1.0))
    style.in_numbers(ax.yaxis, lang, 2)
    style.caption(ax, text(f"figures.needs.{caption}", lang))
    return label_ends(ax, found)


def describe(run: Any, lang: str) -> str:
    """Return the courses of needs, motive, autonomy and efficacy in words."""
    span = ends(run.weekly_table()[NEEDS[0]])
    if span is None:
        return sentences(text("figures.needs.nobody_enrolled", lang), marked(run, lang))
    needs, selves = (joined([_move(run, name, span, lang) for name in names], lang) for names in (NEEDS, SELVES))
    form = "needs_week" if span[0] == span[1] else "needs_course"
    facts = {"end": span[1], "list": needs} | ({} if span[0] == span[1] else {"start": span[0]})
    selves = text("figures.needs.selves_course", lang, list=selves)
    return sentences(text(f"figures.needs.{form}", lang, **facts), selves, marked(run, lang))


def _move(run: Any, name: str, span: tuple[int, int], lang: str) -> str:
    """Return the first and the last value of one series in words."""
    values, said = run.weekly_table()[name], text(f"figures.needs.{name}", lang)
    first, last = (number(values[week], lang) for week in span)
    if span[0] == span[1]:
        return text("figures.needs.stands", lang, name=said, last=last)
    return text("figures.needs.moves", lang, name=said, first=first, last=last)


def table(run: Any, lang: str) -> Table:
    """Return the means of needs, motive, autonomy and efficacy, by week."""
    weekly = run.weekly_table()
    columns = {
        text("figures.needs.need_column", lang, name=text(f"figures.needs.{name}", lang)): weekly[name]
        for name in NEEDS
    }
    columns |= {text(f"figures.needs.{name}", lang): weekly[name] for name in SELVES}
    return by_week(columns, lang)
