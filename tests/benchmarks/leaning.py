"""Which assumptions do results lean on? Every parameter moved to the ends of its plausible range, one at a time.

``python -m tests.benchmarks.leaning`` prints the parameters that matter most for each preset; with ``--write`` the
measurements go into the data file of ``ecosim.report.leaning``, from which reports read them. Names of presets
(``defaults`` is the scenario that extends none) restrict both to these presets: about a minute each.

Each parameter is set to the low and to the high end while everything else stays as the preset has it, and the same
eight replicates are lived again: the same persons under the same luck, so that the change is the parameter's.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from ecosim import __version__
from ecosim.model.metrics import METRICS
from ecosim.model.run import new_engine
from ecosim.report.leaning import DATA, DEFAULTS, MEASURED, SCALE
from ecosim.scenario import presets
from ecosim.scenario.document import Context
from ecosim.scenario.resolve import Loaded, load
from ecosim.schema import leaves

REPLICATES = 8
SHOWN = 8
Values = list[list[float]]


def opened(preset: str, settings: dict[str, float]) -> Loaded:
    """Return ``preset`` with some parameters set."""
    source: Any = {"title": "defaults"} if preset == DEFAULTS else presets.PREFIX + preset
    return load(source, set=settings)


def lived(loaded: Loaded) -> Values:
    """Return for each metric its value in every replicate."""
    runs = [new_engine(loaded, k).run() for k in range(REPLICATES)]
    return [[METRICS[name].value(run) for run in runs] for name in MEASURED]


def mean(values: Sequence[float]) -> float:
    """Return the mean, the same to the last bit wherever it is computed."""
    return math.fsum(values) / len(values)


def spread(values: Sequence[float]) -> float:
    """Return the standard deviation of a sample."""
    middle = mean(values)
    return math.sqrt(math.fsum((each - middle) ** 2 for each in values) / (len(values) - 1))


def changes(moved: Values, base: Values) -> list[list[int] | None]:
    """Return the mean paired change of each metric and its standard error; ``None`` where it is undefined."""
    found: list[list[int] | None] = []
    for after, before in zip(moved, base, strict=True):
        pairs = [b - a for a, b in zip(before, after, strict=True) if math.isfinite(a) and math.isfinite(b)]
        error = spread(pairs) / math.sqrt(len(pairs)) if len(pairs) > 1 else math.nan
        found.append([whole(mean(pairs)), whole(error)] if len(pairs) > 1 else None)
    return found


def whole(value: float) -> int:
    """Return ``value`` as the data file has it: in whole units of the fourth decimal."""
    return round(value * SCALE)


def at_base(base: Values) -> list[list[int] | None]:
    """Return the mean of each metric over the replicates, and its spread from luck alone."""
    known = [[each for each in values if math.isfinite(each)] for values in base]
    return [[whole(mean(each)), whole(spread(each))] if len(each) > 1 else None for each in known]


def measure(preset: str, paths: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the data file holds of ``preset``, for the parameters at ``paths`` (all without)."""
    wanted, start = set(paths), opened(preset, {})
    base = lived(start)
    found: dict[str, Any] = {}
    for path, _, leaf in leaves(Context, "context"):
        if not wanted or path in wanted:
            now = value_at(start, path)
            ends = [base if end == now else lived(opened(preset, {path: end})) for end in leaf.plausible]
            found[path] = [changes(each, base) for each in ends]
    return {"base": at_base(base), "parameters": found}


def value_at(loaded: Loaded, path: str) -> float:
    """Return the parameter at the dotted ``path``."""
    found: Any = loaded.resolved()
    for part in path.split("."):
        found = found[part]
    return float(found)


def largest(ends: list[Any]) -> int:
    """Return the largest change of any metric."""
    return max((abs(each[0]) for end in ends for each in end if each), default=0)


def written(measured: dict[str, Any]) -> str:
    """Return the text of the data file: a line a parameter, so that a change of it can be read."""
    head = {"ecosim": __version__, "replicates": REPLICATES, "scale": SCALE, "metrics": list(MEASURED)}
    parts = []
    for name, found in measured.items():
        rows = ",\n".join(f"   {json.dumps(path)}: {compact(ends)}" for path, ends in found["parameters"].items())
        parts.append(f'  {json.dumps(name)}: {{"base": {compact(found["base"])}, "parameters": {{\n{rows}}}}}')
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    return "{\n" + ",\n".join(lines) + ',\n "presets": {\n' + ",\n".join(parts) + "}\n}\n"


def compact(value: Any) -> str:
    """Return ``value`` as JSON without spaces."""
    return json.dumps(value, separators=(",", ":"))


def main() -> None:
    """Measure, print what matters most, and write the data file when asked."""
    every = (DEFAULTS, *presets.names())
    names = [each for each in sys.argv[1:] if not each.startswith("-")] or list(every)
    held = json.loads(DATA.read_text(encoding="utf-8"))["presets"] if DATA.exists() else {}
    for name in names:
        held[name] = measure(name)
        print(f"{name}: {held[name]['base']}")
        ranked = sorted(held[name]["parameters"].items(), key=lambda each: -largest(each[1]))
        for path, (low, high) in ranked[:SHOWN]:
            print(f"  {path}  {low}  {high}")
    if "--write" in sys.argv:
        DATA.write_text(written({name: held[name] for name in every if name in held}), encoding="utf-8")


if __name__ == "__main__":
    main()
