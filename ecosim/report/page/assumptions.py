"""The assumptions that results lean on: how much they move them, and how far data support them."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple, get_args

from ecosim.language import number, text
from ecosim.model.metrics import METRICS
from ecosim.report.leaning import DEFAULTS, MEASURED, Lean, Shift, leaned_on, luck, replicates
from ecosim.report.page.changes import value_at
from ecosim.report.page.leafwords import LeafWords, figure, leaf_at, words_of
from ecosim.report.page.origin import Origin, nearest_preset, preset_title
from ecosim.scenario.document import Context
from ecosim.schema import Evidence, leaves

DIGITS = 3
GRADES: tuple[Evidence, ...] = get_args(Evidence)


class End(NamedTuple):
    """What one end of a parameter's range does.

    Parameters
    ----------
    value : str
        That end.
    change : str
        Of the result that the parameter moves most.
    bar : float
        The same in shares of the largest change of all.
    changes : list of str
        Of each result.
    """

    value: str
    change: str
    bar: float
    changes: list[str]


class Assumption(NamedTuple):
    """A parameter that results lean on: its words, its value in this run, the result that it moves most, both ends."""

    words: LeafWords
    now: str
    most: str
    ends: list[End]


class Ground(NamedTuple):
    """What the results of a run rest on."""

    source: str
    replicates: int
    results: list[str]
    base: list[str]
    assumptions: list[Assumption]
    total: int
    grades: str


def ground(run: Any, origin: Origin, lang: str) -> Ground:
    """Return the assumptions that the results of ``run`` lean on, as measured on the preset nearest to it."""
    preset = nearest_preset(run.loaded, origin)
    found = leaned_on(preset)
    widest = max((lean.largest(name) for lean in found for name in MEASURED), default=1.0)
    return Ground(
        _source(run, preset, origin, lang),
        replicates(),
        [METRICS[name].say_label(lang) for name in MEASURED],
        [_plus_minus(each, lang) for each in luck(preset).values()],
        [_assumption(lean, run, widest, lang) for lean in found],
        len(list(leaves(Context, "context"))),
        grades(lang),
    )


def _source(run: Any, preset: str, origin: Origin, lang: str) -> str:
    """Return on what it was measured, and why there."""
    if origin.preset:
        return text("page.ground.on_preset", lang, preset=preset_title(preset, lang))
    if preset != DEFAULTS:
        return text("page.ground.on_community", lang, preset=preset_title(preset, lang))
    return text("page.ground.on_defaults", lang)


def _assumption(lean: Lean, run: Any, widest: float, lang: str) -> Assumption:
    """Return one parameter and what it moves."""
    leaf = leaf_at(lean.path)
    assert leaf is not None  # only numbers were measured
    most = max(MEASURED, key=lean.largest)
    ends = []
    for value, end in zip(leaf.plausible, lean.ends, strict=True):
        shift, changes = end[most], [_change(end[name], lang) for name in MEASURED]
        bar = shift.value / widest if shift else 0.0
        ends.append(End(figure(value, lang), _change(shift, lang), bar, changes))
    now = figure(value_at(run.loaded.scenario, lean.path), lang)
    return Assumption(words_of(lean.path, lang), now, METRICS[most].say_label(lang), ends)


def _change(shift: Shift | None, lang: str) -> str:
    """Return a change with its standard error."""
    if shift is None:
        return text("words.undefined", lang)
    if shift == (0.0, 0.0):
        return number(0.0, lang, 0)
    sign, least = "+" if shift.value > 0 else "", 10.0**-DIGITS
    error = number(shift.error, lang, DIGITS) if shift.error >= least / 2 else f"<{number(least, lang, DIGITS)}"
    return text("page.ground.change", lang, change=sign + number(shift.value, lang, DIGITS), error=error)


def _plus_minus(shift: Shift | None, lang: str) -> str:
    """Return a result and its spread from luck alone."""
    if shift is None:
        return text("words.undefined", lang)
    value, spread = (number(each, lang, DIGITS) for each in shift)
    return text("page.ground.change", lang, change=value, error=spread)


def grades(lang: str) -> str:
    """Return in words how many parameters of the model have each grade of evidence."""
    count = Counter(leaf.evidence for _, _, leaf in leaves(Context, "context"))
    said = [text("page.ground.grade", lang, grade=text(f"evidence.{each}", lang), count=count[each]) for each in GRADES]
    return ", ".join(said)
