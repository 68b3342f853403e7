"""Print the twin's run values over paired seeds: ``python -m tests.twin.figures [seeds] [loose|keyed]``.

They stand beside the figures quoted in ``docs/model.md``, so with the parameters that the page had then.
"""

from __future__ import annotations

import json
import sys
from math import sqrt
from pathlib import Path
from statistics import mean, stdev
from time import perf_counter
from typing import Any

from tests.benchmarks.faithful import THEN

from .chance import KeyedChance, LooseChance
from .model import Twin

QUOTED = {
    "retention": 0.37,
    "participation": 0.37,
    "skill_gain": 0.16,
    "collaborators_share": 0.41,
    "collective_share": 0.31,
    "reply_rate": 0.80,
    "autotelic_ratio": 0.89,
    "mean_degree": 10.5,
}


def defaults() -> dict[str, Any]:
    """Return the complete default scenario."""
    given: dict[str, Any] = json.loads(Path(__file__).with_name("defaults.json").read_text())
    return given


def then() -> dict[str, Any]:
    """Return the default scenario with the parameters of the quoted figures."""
    resolved = defaults()
    for path, value in THEN.items():
        context, block, name = path.split(".")
        resolved[context][block][name] = value
    return resolved


def run(resolved: dict[str, Any], seed: int, keyed: bool) -> dict[str, float]:
    """Run a scenario to its end and return its summary."""
    twin = Twin(resolved, KeyedChance(1, seed) if keyed else LooseChance(seed))
    for _ in range(resolved["weeks"]):
        twin.step()
    return twin.summary()


def with_error(values: list[float]) -> str:
    """Return mean and standard error as text."""
    return f"{mean(values):+.4f} +- {stdev(values) / sqrt(len(values)):.4f}"


def main(seeds: int = 16, kind: str = "loose") -> None:
    """Run free and alone, print means, paired differences and time."""
    keyed = kind == "keyed"
    free, alone = then(), then()
    alone["events"] = [{"week": 0, "do": "alone"}]
    begin = perf_counter()
    with_ties = [run(free, seed, keyed) for seed in range(seeds)]
    seconds = perf_counter() - begin
    without = [run(alone, seed, keyed) for seed in range(seeds)]
    for name in with_ties[0]:
        quoted = f"quoted {QUOTED[name]:g}" if name in QUOTED else ""
        print(f"{name:20} {with_error([one[name] for one in with_ties])}  {quoted}")
    for name in ("retention", "skill_gain"):
        pairs = zip(with_ties, without, strict=True)
        print(f"alone - free: {name:12} {with_error([lone[name] - tied[name] for tied, lone in pairs])}")
    each = 1e6 * seconds / (seeds * free["learners"] * free["weeks"])
    print(f"{each:.1f} microseconds per learner-week, {kind} chance")


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]
