"""Which assumptions the results of each preset lean on most: measured, not guessed.

``tests/benchmarks/leaning.py`` moves every parameter to the ends of its plausible range, one at a time, under the same
luck, and keeps in ``leaning.json`` by how much five results change. Here that file is read.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).with_name("leaning.json")
SCALE = 10_000  #: the file counts in whole units of the fourth decimal
DEFAULTS = "defaults"  #: the scenario that extends no preset
MEASURED = ("retention", "participation", "mean_flow", "autotelic_ratio", "apprenance")
"""The results of which it is known what they lean on; all lie between 0 and 1."""
EACH = 3  #: parameters that are told of each result
CLEAR = 2.0  #: standard errors that a change must exceed to count


class Shift(NamedTuple):
    """By how much a result changes, with the standard error of that; or a result with its spread from luck alone."""

    value: float
    error: float


Shifts = dict[str, Shift | None]


class Lean(NamedTuple):
    """What comes of moving one parameter.

    Parameters
    ----------
    path : str
        Its dotted path.
    ends : pair of dict
        At the low and at the high end of its plausible range: result -> change, ``None`` where it is undefined.
    """

    path: str
    ends: tuple[Shifts, Shifts]

    def largest(self, name: str) -> float:
        """Return the size of the largest change of a result that is clear of luck, 0 without any."""
        shifts = [end[name] for end in self.ends]
        return max((abs(each.value) for each in shifts if each and abs(each.value) > CLEAR * each.error), default=0.0)


@cache
def _data() -> dict[str, Any]:
    """Return what was measured."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def replicates() -> int:
    """Return how many paired replicates were lived at each end."""
    return int(_data()["replicates"])


def luck(preset: str) -> Shifts:
    """Return each result of ``preset`` as it stands, with its spread from luck alone."""
    return _shifts(_data()["presets"][preset]["base"])


def leans(preset: str) -> list[Lean]:
    """Return what was measured of ``preset``, a parameter after the other in the order of the model."""
    rows = _data()["presets"][preset]["parameters"]
    return [Lean(path, (_shifts(low), _shifts(high))) for path, (low, high) in rows.items()]


def leaned_on(preset: str, each: int = EACH) -> list[Lean]:
    """Return the parameters that move some result of ``preset`` most: so many for each result, strongest first."""
    every = leans(preset)
    found: dict[str, Lean] = {}
    for name in MEASURED:
        ranked = sorted(every, key=lambda lean: -lean.largest(name))
        found |= {lean.path: lean for lean in ranked[:each] if lean.largest(name) > 0.0}
    return sorted(found.values(), key=lambda lean: -max(map(lean.largest, MEASURED)))


def _shifts(given: list[list[int] | None]) -> Shifts:
    """Return the numbers of the file by result."""
    pairs = zip(MEASURED, given, strict=True)
    return {name: Shift(*(part / SCALE for part in found)) if found else None for name, found in pairs}
