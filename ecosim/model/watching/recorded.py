"""Records that nobody simulated - of a real cohort, or of a trivial world - in the place of a watched run.

Metrics that read a diary cannot tell the difference: the same code is run on data and on simulation.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ecosim.model.watching.diary import name_of

Record = dict[Callable[[Any], Any], Any]


def as_watched(records: Record) -> SimpleNamespace:
    """Return what metrics take for a run of which these are the records.

    Parameters
    ----------
    records : dict
        What makes a record of a run (:func:`ecosim.model.watching.platform.panel`, ...) -> the record.
    """
    made = {(name_of(make), 0): record for make, record in records.items()}
    return SimpleNamespace(week=0, diary=SimpleNamespace(made=made))
