"""Pictures of a lesson on paper, as SVG: empty axes to sketch on, and the runs as bands with their middle.

Series differ in lightness and dash, so that a black and white copy can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import isfinite
from typing import NamedTuple

from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.language import number, text
from ecosim.model.state import Array
from ecosim.report.grammar import sentence
from ecosim.report.study.amounts import Amount, amount_of
from ecosim.report.study.saying import said

WIDTH, HEIGHT = 640.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 14.0, 14.0, 44.0
STROKES = (("#12355b", ""), ("#bd4817", "8 4"), ("#4f8fb0", "10 3 2 3"), ("#8a6d00", "2 3"))  #: colour and dash
STEPS = 4  #: of the axis of values
WEEK_STEPS = (1, 2, 4, 8, 13, 26, 52)
MOST_TICKS = 8


class Frame(NamedTuple):
    """Axes: weeks along, values up.

    Parameters
    ----------
    weeks : int
        Number of weeks.
    low, high : float
        Ends of the axis of values.
    """

    weeks: int
    low: float
    high: float

    def x(self, week: float) -> float:
        """Return where a week stands."""
        return LEFT + (WIDTH - LEFT - RIGHT) * week / max(1, self.weeks - 1)

    def y(self, value: float) -> float:
        """Return where a value stands, never outside the axes."""
        share = min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def empty_axes(lesson: LoadedLesson, lang: str) -> str:
    """Return axes without anything on them, as an SVG element."""
    label = text("lessons.picture.empty", lang, metric=_metric(lesson, lang), weeks=lesson.weeks)
    return _svg(lesson, [], label, lang, grid=True)


def bands(lesson: LoadedLesson, series: Mapping[str, Array], lang: str) -> str:
    """Return the runs of every design as an SVG element: the middle, and the range in which nine of ten runs lie.

    Parameters
    ----------
    lesson : LoadedLesson
        Which says what is drawn.
    series : mapping of design -> array of shape (3, weeks)
        Lower end, middle and upper end of ``show.metric``; NaN where there is none.
    lang : {"en", "fr"}
        Language of the labels.
    """
    frame = _frame(lesson)
    drawn = [name for name in (arm.name for arm in lesson.study.arms) if name in series]
    parts = [_band(frame, series[name], *stroke(lesson, name)) for name in drawn]
    parts += [_line(frame, series[name][1], *stroke(lesson, name)) for name in drawn]
    names = ", ".join(lesson.design(name, lang) for name in drawn)
    label = text("lessons.picture.bands", lang, metric=_metric(lesson, lang), designs=names)
    return _svg(lesson, parts, label, lang)


def stroke(lesson: LoadedLesson, design: str) -> tuple[str, str]:
    """Return colour and dash of a design: the same in all pictures of a lesson."""
    place = [arm.name for arm in lesson.study.arms].index(design)
    return STROKES[place % len(STROKES)]


def swatch(color: str, dash: str) -> str:
    """Return a short piece of line for a legend, as an SVG element."""
    line = f'<line x1="1" y1="6" x2="35" y2="6" stroke="{color}" stroke-width="2.6" stroke-dasharray="{dash}"/>'
    return f'<svg class="swatch" viewBox="0 0 36 12" width="36" height="12" aria-hidden="true">{line}</svg>'


def _frame(lesson: LoadedLesson) -> Frame:
    """Return the axes of what a lesson shows."""
    show = lesson.lesson.show
    return Frame(lesson.weeks, show.low, show.high)


def _metric(lesson: LoadedLesson, lang: str) -> str:
    """Return what is drawn, as a label: the metric without the weeks that count."""
    return sentence(lesson.metric(lesson.lesson.show.metric).metric.say_label(lang))


def _svg(lesson: LoadedLesson, parts: list[str], label: str, lang: str, grid: bool = False) -> str:
    """Return a picture: axes, and ``parts`` on them."""
    frame, amount = _frame(lesson), amount_of(lesson.metric(lesson.lesson.show.metric))
    inside = "".join([*_values(frame, amount, lang), *_weeks(frame, lang, grid), *parts])
    head = f'<svg class="picture" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(label)}">'
    return f"{head}{inside}</svg>"


def _values(frame: Frame, amount: Amount, lang: str) -> list[str]:
    """Return the axis of values, with a faint line at each of its steps."""
    made = []
    for step in range(STEPS + 1):
        value = frame.low + (frame.high - frame.low) * step / STEPS
        y = frame.y(value)
        shown = number(amount.scale * value, lang, 0 if amount.unit or float(value).is_integer() else 2)
        shown = said("percent", lang, value=shown) if amount.unit else shown
        made.append(f'<line class="grid" x1="{LEFT:g}" y1="{y:.1f}" x2="{WIDTH - RIGHT:g}" y2="{y:.1f}"/>')
        made.append(f'<text x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end">{escape(shown)}</text>')
    return made


def _weeks(frame: Frame, lang: str, grid: bool) -> list[str]:
    """Return the axis of weeks; on empty axes with a faint line at each of its steps."""
    last = frame.weeks - 1
    step = next((each for each in WEEK_STEPS if last / each <= MOST_TICKS), WEEK_STEPS[-1])
    base, made = HEIGHT - BOTTOM, []
    for week in range(0, frame.weeks, step):
        x = frame.x(week)
        made.append(f'<text x="{x:.1f}" y="{base + 17:g}" text-anchor="middle">{week}</text>')
        top = TOP if grid else base - 5
        made.append(f'<line class="grid" x1="{x:.1f}" y1="{top:g}" x2="{x:.1f}" y2="{base:g}"/>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    made.append(f'<line class="axis" x1="{LEFT:g}" y1="{base:g}" x2="{WIDTH - RIGHT:g}" y2="{base:g}"/>')
    made.append(f'<line class="axis" x1="{LEFT:g}" y1="{TOP:g}" x2="{LEFT:g}" y2="{base:g}"/>')
    label = escape(text("lessons.picture.week", lang))
    return [*made, f'<text x="{middle:g}" y="{HEIGHT - 8:g}" text-anchor="middle">{label}</text>']


def _runs_of(values: Array) -> list[list[int]]:
    """Return the stretches of weeks that have a value."""
    found: list[list[int]] = []
    for week, value in enumerate(values):
        if isfinite(value):
            if found and found[-1][-1] == week - 1:
                found[-1].append(week)
            else:
                found.append([week])
    return found


def _line(frame: Frame, values: Array, color: str, dash: str) -> str:
    """Return a curve, with gaps where it has no value."""
    made = []
    for weeks in _runs_of(values):
        points = " ".join(f"{frame.x(week):.1f},{frame.y(float(values[week])):.1f}" for week in weeks)
        made.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2.6" '
                    f'stroke-dasharray="{dash}" stroke-linejoin="round"/>')  # fmt: skip
    return "".join(made)


def _band(frame: Frame, series: Array, color: str, dash: str) -> str:
    """Return the room between the lower and the upper end."""
    low, _, high = series
    made = []
    for weeks in _runs_of(low + high):
        there = [(week, float(high[week])) for week in weeks] + [(week, float(low[week])) for week in reversed(weeks)]
        points = " ".join(f"{frame.x(week):.1f},{frame.y(value):.1f}" for week, value in there)
        made.append(f'<polygon points="{points}" fill="{color}" fill-opacity="0.14"/>')
    return "".join(made)
