"""Record what small runs and scenario files give, bit by bit: run it when the model has changed on purpose.

``python -m tests.model.record_digests`` rewrites ``digests.json`` and ``baselines.json`` beside this file and says what
moved; the changelog says why. ``python -m tests.model.record_digests --print`` only prints the digests, for the tests
that compare processes, processors and the compiler.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from ecosim.model.engine import Engine
from ecosim.model.world import load as load_world
from ecosim.scenario import presets
from ecosim.scenario.resolve import load
from tests.benchmarks.faithful import THEN

HERE = Path(__file__).parent
DIGESTS, BASELINES = HERE / "digests.json", HERE / "baselines.json"
SCENARIOS = sorted((HERE.parents[1] / "scenarios").glob("*.yaml"))
SIZE = {"learners": 40, "weeks": 8}

EVERYTHING: dict[str, Any] = {
    "title": "everything at once",
    "seed": 7,
    **SIZE,
    "context": {
        "access": 0.9,
        "distraction": 0.1,
        "arrivals": {"kind": "uniform", "until": 4},
        "network": {"kind": "scale_free"},
        "profiles": {"new": {"share": 0.6, "skill": {"mean": 0.2}}, "old": {"share": 0.4, "access": 0.7}},
        "relation": {"tie_slots": 4},
        "migration": {"mobility": 0.5},
    },
    "communities": {
        "here": {
            "share": 0.5,
            "design": {
                "facilitation": {"fade": "smooth", "from": 0.8, "until": 6},
                "signifier_collective": 0.5,
                "rejection": 0.3,
                "incentive": 0.5,
                "message_capacity": 2,
                "deadlines": [3],
            },
        },
        "there": {
            "share": 0.5,
            "design": {"forced_collaboration": [[0, 0], [4, 1]], "openness": 0.9, "signifier_collective": 0.4},
        },
    },
    "artefacts": [
        {"name": "forum", "collective": True, "offer": 0.9},
        {"name": "book", "collective": False},
        {"name": "wiki", "collective": True, "required_autonomy": 0.6},
    ],
    "events": [
        {"week": 1, "do": "seed_experts", "artefact": "wiki", "share": 0.2, "place": "central"},
        {"week": 2, "do": "shock", "weeks": 2, "share": 0.5},
        {"week": 3, "do": "swap", "share": 0.3},
        {"week": 4, "do": "rotate", "every": 2},
        {"week": 5, "do": "shuffle"},
        {"week": 6, "do": "withdraw", "levers": ["incentive"], "to": 0.1},
        {"week": 7, "do": "ablate", "mechanism": "habit"},
    ],
}
"""A small world in which everything happens that can happen in one."""

SMALL: dict[str, Any] = {f"preset:{name}": f"preset:{name}" for name in presets.names()} | {
    "everything": EVERYTHING,
    "then": EVERYTHING,
}
"""Name -> source of the runs whose digests are recorded; ``then`` has the parameters before the comparison with data.

Its digest is older than that comparison, and must not move: the quoted figures of ``docs/model.md`` can be had again.
"""


def digest(name: str) -> str:
    """Return the digest of one of the small runs."""
    found = load(SMALL[name], set=SIZE | (THEN if name == "then" else {}))
    return Engine(found.scenario, 1, found.edges).run().digest()


def digests() -> dict[str, str]:
    """Return the digest of each of the small runs."""
    return {name: digest(name) for name in SMALL}


def baseline(path: Path) -> dict[str, float | None]:
    """Return the run values of every metric of a scenario file, ``None`` where one is undefined.

    Modularity is left out: the partition is a library's, and another one on another Python. So are the metrics that
    read a diary: regressions, partitions and random networks, which have tests of their own (``tests/records``).
    """
    from ecosim.model.metrics import METRICS

    names = [name for name in METRICS if name != "modularity" and not METRICS[name].watched]
    summary = load_world(path, set={"metrics": names}).run().summary
    return {key: None if value is None or math.isnan(value) else float(value) for key, value in summary.items()}


def baselines() -> dict[str, dict[str, float | None]]:
    """Return the run values of every scenario file."""
    return {path.stem: baseline(path) for path in SCENARIOS}


def record(path: Path, made: dict[str, Any]) -> None:
    """Write ``made`` to ``path`` and say what is new, gone or moved."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name in sorted({*before, *made}):
        state = "new" if name not in before else "gone" if name not in made else "moved"
        if before.get(name) != made.get(name):
            print(f"{path.name}: {name}: {state}")
    path.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(json.dumps(digests()))
    else:
        record(DIGESTS, digests())
        record(BASELINES, baselines())
