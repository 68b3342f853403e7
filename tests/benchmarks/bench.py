"""How fast is ecosim? Ratios and growth, measured side by side in one run, on this machine.

``python -m tests.benchmarks.bench`` prints the figures; with ``--write`` it also writes them into
``docs/performance.md``; with ``--large`` it adds the run of a million learners (several minutes and about 2 GB).

A learner-week is one learner in one week, the departed included; set-up and compiling are left out. An *active*
learner-week is one in which the learner acted. Times are CPU time of this process; each figure is the median of rounds
that take turns, with the smallest beside it.
"""

from __future__ import annotations

import json
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
SCENARIO, ROUNDS, WEEKS = "preset:community-of-practice", 5, 52
RUNS = 20  # of the engine, one after the other, in each round beside the twin: one alone takes a fiftieth of a second
Measured = tuple[float, float]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of ``work()`` and what it returned."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def engine_times(learners: int, weeks: int) -> Measured:
    """Return CPU nanoseconds a learner-week and an active learner-week of the engine, after a warm-up run."""
    from ecosim.model.engine import Engine
    from ecosim.scenario.resolve import load

    scenario = load(SCENARIO, set={"learners": learners, "weeks": weeks}).scenario
    engine = Engine(scenario)
    engine.step()
    seconds, _ = timed(engine.run)
    return seconds / (learners * (weeks - 1)) * 1e9, seconds / float(engine.log.active[1:].sum()) * 1e9


def twin_times(learners: int, weeks: int) -> Measured:
    """Return the same of the naive twin, drawing from ``random.Random`` and ``math``."""
    from ecosim.scenario.resolve import load
    from tests.twin.chance import LooseChance
    from tests.twin.collector import ObservedTwin

    twin = ObservedTwin(load(SCENARIO, set={"learners": learners, "weeks": weeks}).resolved(), LooseChance(1))
    active = 0

    def live() -> None:
        nonlocal active
        for _ in range(weeks):
            twin.step()
            active += sum(one.acted for one in twin.learners)

    seconds, _ = timed(live)
    return seconds / (learners * weeks) * 1e9, seconds / active * 1e9


def median(rows: list[Measured], column: int) -> str:
    """Return the median of a column in nanoseconds, with the smallest in brackets."""
    values = [row[column] for row in rows]
    return f"{statistics.median(values):,.0f} [{min(values):,.0f}]"


def compare_with_twin() -> list[str]:
    """Return the rows that set the engine beside the twin at 1,000 learners."""
    engine_times(1000, WEEKS)
    engine: list[Measured] = []
    twin: list[Measured] = []
    for _ in range(ROUNDS):
        runs = [engine_times(1000, WEEKS) for _ in range(RUNS)]
        engine.append((statistics.mean(run[0] for run in runs), statistics.mean(run[1] for run in runs)))
        twin.append(twin_times(1000, WEEKS))
    ratios = [slow[0] / fast[0] for slow, fast in zip(twin, engine, strict=True)]
    return [
        "| 1,000 learners, 52 weeks | ns a learner-week | ns an active learner-week |",
        "|---|---|---|",
        f"| engine | {median(engine, 0)} | {median(engine, 1)} |",
        f"| naive Mesa twin | {median(twin, 0)} | {median(twin, 1)} |",
        "",
        f"The twin takes **{statistics.median(ratios):.0f} times** as long "
        f"({', '.join(f'{ratio:.0f}' for ratio in ratios)} in the {ROUNDS} rounds).",
    ]


def growth() -> list[str]:
    """Return the rows for 10^3 to 10^5 learners, and the growth exponent of time."""
    sizes = (1_000, 10_000, 100_000)
    rows: dict[int, list[Measured]] = {size: [] for size in sizes}
    for _ in range(ROUNDS):
        for size in sizes:
            rows[size].append(engine_times(size, WEEKS))
    middle = {size: statistics.median(row[0] for row in rows[size]) for size in sizes}
    active = {size: statistics.median(row[1] for row in rows[size]) for size in sizes}
    table = ["| learners | ns a learner-week | ns an active learner-week |", "|---|---|---|"]
    table += [f"| {size:,} | {median(rows[size], 0)} | {median(rows[size], 1)} |" for size in sizes]
    slope = 1 + math.log(middle[sizes[-1]] / middle[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    slope_active = 1 + math.log(active[sizes[-1]] / active[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    return [
        *table,
        "",
        f"Growth exponent from 10^3 to 10^5: **{slope:.2f}** (by active learner-weeks {slope_active:.2f}).",
    ]


def whole_process() -> list[str]:
    """Return the CPU time of ``ecosim run --no-figures`` as a whole process, from a warm cache."""
    command = [sys.executable, "-m", "ecosim", "run", SCENARIO, "--no-figures", "--quiet", "--out"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        for k in range(ROUNDS + 3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([*command, f"{folder}/{k}"], check=True, capture_output=True, cwd=ROOT, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    warm = spent[1:]
    return [
        f"`ecosim run {SCENARIO} --no-figures` (300 learners, 52 weeks), whole process, warm cache: "
        f"**{statistics.median(warm):.2f} s** of CPU [{min(warm):.2f}]."
    ]


def compiling() -> list[str]:
    """Return how long compiling takes on a machine that has never run ecosim."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ECOSIM_CACHE_DIR": folder}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "ecosim", "warmup"], check=True, capture_output=True, cwd=ROOT, env=environment
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [f"Compiling once (`ecosim warmup`, empty cache): {after.ru_utime - before.ru_utime:.0f} s of CPU."]


def a_million() -> list[str]:
    """Return time and memory of 10^6 learners over 52 weeks, in a process of its own."""
    code = (
        "import json, resource, time\n"
        "from ecosim.model.engine import Engine\n"
        "from ecosim.scenario.resolve import load\n"
        f"scenario = load({SCENARIO!r}, set={{'learners': 1_000_000, 'weeks': {WEEKS}}}).scenario\n"
        "begin = time.process_time(); engine = Engine(scenario); built = time.process_time()\n"
        "engine.run(); end = time.process_time()\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(json.dumps([built - begin, end - built, peak / 1e6, float(engine.log.active.sum())]))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    setup, seconds, peak, active = json.loads(said)
    return [
        f"1,000,000 learners, 52 weeks: {seconds:.0f} s of CPU ({seconds / 52e6 * 1e9:,.0f} ns a learner-week, "
        f"{seconds / active * 1e9:,.0f} an active one), set-up {setup:.0f} s, peak memory **{peak:.2f} GB**."
    ]


def kept(page: str) -> list[str]:
    """Return the line on a million learners that the page already holds, if any."""
    return [line for line in page.splitlines() if line.startswith("1,000,000 learners")][:1]


def main() -> None:
    """Measure, print, and write the page when asked."""
    from importlib.metadata import version

    page = PAGE.read_text(encoding="utf-8")
    tools = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    where = f"Python {platform.python_version()}, {tools}, one thread, {platform.machine()}."
    parts = [[where], compare_with_twin(), growth(), whole_process(), compiling()]
    parts.append(a_million() if "--large" in sys.argv else kept(page))
    text = "\n\n".join("\n".join(part) for part in parts if part)
    print(text)
    if "--write" in sys.argv:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)  # as it is now: measuring takes minutes
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
