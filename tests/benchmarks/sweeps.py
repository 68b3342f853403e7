"""How fast is a sweep? Beside ``mesa.batch_run`` on the naive twin, beside the engine alone, one worker beside two.

``python -m tests.benchmarks.sweeps`` prints the figures, with ``--write`` it also writes them into
``docs/performance.md``. All are ratios of what was measured in turns in one run, but for memory and for the seconds of
summing up. An idle machine is needed: what two workers gain cannot be seen where others have the second processor.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import mesa

from ecosim.scenario.resolve import load
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner.executors import usable_processors
from ecosim.study.runner.live import lived, measured
from ecosim.study.sweep import How, swept
from tests.twin.chance import LooseChance
from tests.twin.collector import ObservedTwin

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- sweeps: written by make bench -->", "<!-- end of sweeps -->"
SCENARIO, LEARNERS, WEEKS = "preset:community-of-practice", 300, 52
RUNS, TWIN_RUNS, ROUNDS = 400, 4, 3
MANY_LEARNERS = 1000  # where the engine is set beside the twin, as in the figures above
MANY = 100_000  # finished runs that are summed up


def a_study(runs: int, **set: Any) -> LoadedStudy:
    """Return a study of so many runs of one scenario."""
    study = {
        "ecosim": 1, "kind": "study", "scenario": SCENARIO, "replicates": runs, "metrics": ["retention", "mean_flow"],
    }  # fmt: skip
    return load_study(study, set={"learners": LEARNERS, "weeks": WEEKS, **set})


class TwinModel(ObservedTwin):
    """The naive twin as ``mesa.batch_run`` wants a model: everything by keyword, ``running`` until the last week."""

    def __init__(self, replicate: int = 0, **_: Any) -> None:
        super().__init__(
            load(SCENARIO, set={"learners": MANY_LEARNERS, "weeks": WEEKS}).resolved(), LooseChance(replicate)
        )
        self.running = True

    def step(self) -> None:
        """Live a week."""
        super().step()
        self.running = self.week < WEEKS


def sweep_seconds(runs: int, workers: int, learners: int = LEARNERS) -> float:
    """Return the wall seconds of a sweep, from open to closed folder."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        swept(a_study(runs, learners=learners), Path(folder) / "out", How(workers=workers))
        return time.perf_counter() - begun


def batch_seconds(runs: int) -> float:
    """Return the wall seconds of ``mesa.batch_run`` on the twin, in this process."""
    begun = time.perf_counter()
    mesa.batch_run(
        TwinModel, {"replicate": list(range(runs))}, number_processes=1, max_steps=WEEKS, display_progress=False
    )
    return time.perf_counter() - begun


def beside_batch_run() -> list[str]:
    """Return how many times as many runs a second a sweep makes as ``mesa.batch_run`` on the twin.

    One process each; and both as they come, a sweep with a worker a processor, ``batch_run`` with one process. Sweeps
    count from open to closed folder.
    """
    sweep_seconds(2, 1)
    processors = usable_processors()
    one, every, theirs = [], [], []
    for _ in range(ROUNDS):
        one.append(RUNS / sweep_seconds(RUNS, 1, MANY_LEARNERS))
        every.append(RUNS / sweep_seconds(RUNS, processors, MANY_LEARNERS))
        theirs.append(TWIN_RUNS / batch_seconds(TWIN_RUNS))
    alone, together = ([fast / slow for fast, slow in zip(ours, theirs, strict=True)] for ours in (one, every))
    both = ", ".join(f"{each:.0f}" for each in together)
    return [
        f"Sweeping {MANY_LEARNERS:,} learners x {WEEKS} weeks, {RUNS} runs: "
        f"{statistics.median(one):.1f} runs a second in one process, {statistics.median(every):.1f} in {processors}, "
        f"against {statistics.median(theirs):.3f} of `mesa.batch_run` on the twin: "
        f"**{statistics.median(alone):.0f} times** as many process for process "
        f"({', '.join(f'{each:.0f}' for each in alone)}), **{statistics.median(together):.0f} times** "
        f"as both come, a worker a processor against one process ({both}).",
    ]


def machinery() -> list[str]:
    """Return what a sweep adds to the engine's own time: to living the same runs and measuring the same, in a loop."""
    study = a_study(RUNS)
    loaded = study.arms[0].recipe.loaded()
    lived(loaded, 0)
    added, waiting = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for replicate in range(RUNS):
            measured(lived(loaded, replicate), study.wanted, loaded)
        own = time.perf_counter() - begun
        waiting.append(sweep_seconds(1, 1))
        added.append((sweep_seconds(RUNS, 1) - waiting[-1]) / own - 1.0)
    return [
        f"What the machinery adds to {RUNS} runs of {LEARNERS} learners, one worker, over the engine in a loop: "
        f"**{100 * statistics.median(added):.0f} %** ({', '.join(f'{100 * each:.0f}' for each in added)}); "
        f"starting and closing takes {statistics.median(waiting):.1f} s besides.",
    ]


def two_workers() -> list[str]:
    """Return how many times as fast two workers are as one."""
    ratios = []
    for _ in range(ROUNDS):
        start = min(sweep_seconds(1, 1), sweep_seconds(1, 2))
        one, two = sweep_seconds(RUNS, 1) - start, sweep_seconds(RUNS, 2) - start
        ratios.append(one / two)
    return [
        f"Two workers are **{statistics.median(ratios):.2f} times** as fast as one "
        f"({', '.join(f'{each:.2f}' for each in ratios)}).",
    ]


FLAT = """
import json, sys, time
from concurrent.futures import Future
from pathlib import Path
from ecosim.study.runner.coordinator import Coordinator
from ecosim.study.runner.order import Outcome, jobs, order_of, code_version
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner.executors import usable_processors
from ecosim.study.runner.live import lived, measured
from ecosim.study.store.opening import opened
from ecosim.study.findings import findings, write_tables

runs, folder = int(sys.argv[1]), Path(sys.argv[2])
study = load_study({"ecosim": 1, "kind": "study", "scenario": "preset:community-of-practice", "replicates": 10,
    "designs": {"a": {}, "b": {"design": {"choice": 0.2}}}, "metrics": ["retention", "mean_flow", "apprenance"],
    "vary": {"design.demand": {"min": 0.1, "max": 0.9}}, "method": {"kind": "lhs", "samples": runs // 20}})

class Instant:
    workers = 2
    def submit(self, function, packed, name, tasks):
        made = Future()
        made.set_result([Outcome(t.job, "done", 0.001, [0.4 + 0.001 * t.job.replicate, 0.5, None]) for t in tasks])
        return made
    def took_worker(self, error): return False
    def alive(self): return True

with opened(folder, study, code_version()) as store:
    begun = time.perf_counter()
    made = Coordinator(Instant(), order_of(study), study.points.settings, store, 1)
    made.run(jobs(range(len(study.points)), range(10), 2))
    kept = time.perf_counter() - begun
    peak = next(int(line.split()[1]) / 1e3 for line in open("/proc/self/status") if line.startswith("VmHWM"))
    begun = time.perf_counter()
    write_tables(findings(store), folder)
    print(json.dumps([peak, kept, time.perf_counter() - begun]))
"""


def flat() -> list[str]:
    """Return the coordinator's memory at 2,000 and at 100,000 runs that take no time, and how long summing up takes."""
    found = {}
    for runs in (2_000, MANY):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", FLAT, str(runs), f"{folder}/out"],
                check=True,
                capture_output=True,
                text=True,
                cwd=ROOT,
            )
            found[runs] = json.loads(done.stdout)
    (few, _, _), (many, kept, summed) = found[2_000], found[MANY]
    return [
        f"The coordinator's memory peaks at {few:.0f} MB over 2,000 runs and at **{many:.0f} MB** over {MANY:,} "
        f"(which it keeps in {1e6 * kept / MANY:.0f} microseconds each); {MANY:,} finished runs are summed up in "
        f"**{summed:.1f} s**.",
    ]


def rows() -> list[list[str]]:
    """Return all figures, a paragraph each."""
    return [beside_batch_run(), machinery(), two_workers(), flat()]


def main() -> None:
    """Measure, print, and write the page when asked."""
    measured = []
    for paragraph in rows():
        measured.append("\n".join(paragraph))
        print(measured[-1], flush=True)
    if "--write" in sys.argv:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        said = "\n\n".join(measured)
        PAGE.write_text(f"{head}{BEGIN}\n\n{said}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
