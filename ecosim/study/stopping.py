"""When enough runs have been made at a point: what was asked is decided, or known closely enough."""

from __future__ import annotations

import numpy as np

from ecosim.model.state import Array
from ecosim.study.plan.checks import form_of
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.statistics.comparison import compared, level_at
from ecosim.study.statistics.expectations import Held, Values, held
from ecosim.study.statistics.paired import student

ONE_POINT = ("against", "contrast", "value")  #: forms of expectations that the runs of one point decide


def decided(study: LoadedStudy, values: Array, replicates: int) -> bool:
    """Tell whether nothing more is to be learned at a point.

    Parameters
    ----------
    study : LoadedStudy
        The question, with the rule of when to stop.
    values : array of shape (designs, replicates, metrics)
        What has been lived there.
    replicates : int
        After how many of them this is a look.
    """
    rule = study.replicates
    if rule.until == "fixed" or replicates >= rule.max:
        return replicates >= rule.max
    return _resolved(study, values, replicates) if rule.until == "resolved" else _close(study, values, replicates)


def _resolved(study: LoadedStudy, values: Array, replicates: int) -> bool:
    """Tell whether all that matters is decided: what is expected, and differences with a smallest effect.

    Where a study names neither, every difference has to be decided.
    """
    expected = study.kind == "designs" and any(form_of(each) in ONE_POINT for each in study.study.expect)
    if expected and any(map(_open, held(study, Values(values[None], values[None][:0])))):
        return False
    named = set(study.study.compare.smallest_effect)
    wanted = named if named or expected else {each.key for each in study.wanted}
    found = (each for each in compared(study, values, replicates) if each.metric in wanted)
    return all(each.judged.word != "undecided" for each in found)


def _open(each: Held) -> bool:
    """Tell whether more runs could tell what became of an expectation; one that asks openly wants to know the side."""
    return (each.word if each.verdict == "open" else each.verdict) == "undecided"


def _close(study: LoadedStudy, values: Array, replicates: int) -> bool:
    """Tell whether every mean of which a half-width is asked is known to within it."""
    level, keys = level_at(study, replicates), [each.key for each in study.wanted]
    for metric, width in study.replicates.half_width.items():
        for row in values[:, :, keys.index(metric)]:
            made = student(row[np.isfinite(row)], level)
            if not 0.5 * (made.high - made.low) <= width:
                return False
    return True
