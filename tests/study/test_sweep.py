"""A sweep gives the same results however it is made: workers, order, chunks, clusters, interruptions."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from ecosim.study import rounds, sweep
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner import coordinator
from ecosim.study.runner.order import Outcome, Task
from ecosim.study.store.opening import frame
from ecosim.study.sweep import How, swept

from .worlds import ROOT, TINY, TWO, Inline, Sweep, comes, everything, found, members, runs, same, script, study

GIVEN: dict[str, Any] = {
    "scenario": TINY, "designs": TWO, "replicates": 30, "metrics": ["retention", "mean_flow"],
    "run": {"series": "weekly"},
}  # fmt: skip
SPACE: dict[str, Any] = {
    **GIVEN, "vary": {"design.choice": {"levels": [0.2, 0.8]}, "design.hazard": {"levels": [0.01, 0.1]}},
    "method": {"kind": "grid"}, "replicates": 4, "designs": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, ...]:
    """Return what a sweep in this process holds: one run after another."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "Local", lambda workers: Inline())
        swept(load_study(GIVEN), folder, How())
    return everything(load_study(GIVEN), folder)


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_gives_the_same_results(workers: int, plain: Any, tmp_path: Path) -> None:
    swept(load_study(GIVEN), tmp_path / "out", How(workers=workers))
    same(everything(load_study(GIVEN), tmp_path / "out"), plain)


@pytest.mark.parametrize("seconds", [1e-9, 0.02, 1e9])
def test_any_size_of_chunks_gives_the_same_results(
    seconds: float, plain: Any, inline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coordinator, "CHUNK_SECONDS", seconds)
    swept(load_study(GIVEN), tmp_path / "out", How())
    same(everything(load_study(GIVEN), tmp_path / "out"), plain)


def test_any_order_of_runs_gives_the_same_results(
    plain: Any, inline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight = rounds.jobs

    def shuffled(*arguments: Any, **apart: bool) -> Iterator[Any]:
        made = list(straight(*arguments, **apart))
        random.Random(4).shuffle(made)
        return iter(made)

    monkeypatch.setattr(rounds, "jobs", shuffled)
    swept(load_study(GIVEN), tmp_path / "out", How())
    same(everything(load_study(GIVEN), tmp_path / "out"), plain)


def test_a_grid_has_a_run_for_each_point_and_replicate(inline: None, tmp_path: Path) -> None:
    asked = load_study(SPACE)
    swept(asked, tmp_path / "out", How())
    table = runs(tmp_path / "out")
    assert len(table) == table["run_id"].nunique() == 16
    for row in table.to_dict("records"):
        settings = asked.points.settings(row["point"])
        assert {path: row[path] for path in settings} == settings


def test_designs_share_their_luck_and_replicates_do_not(inline: None, tmp_path: Path) -> None:
    asked = study(designs={"one": {}, "same": {"title": "the same"}}, replicates=6, metrics=["mean_flow", "retention"])
    swept(asked, tmp_path / "out", How())
    table = runs(tmp_path / "out").pivot(index="replicate", columns="design", values="mean_flow")
    assert table["one"].equals(table["same"])
    assert table["one"].nunique() >= 5


def test_points_that_happen_to_be_the_same_are_runs_of_their_own(inline: None, tmp_path: Path) -> None:
    asked = study(
        vary={"learners": {"min": 5, "max": 6}, "design.choice": {"levels": [0.2, 0.8]}},
        method={"kind": "sobol", "base": 8}, replicates=2,
    )  # fmt: skip
    swept(asked, tmp_path / "out", How())
    table = runs(tmp_path / "out")
    assert len(table) == 2 * 8 * 4
    values = table.drop(columns=["run_id", "point"])
    assert (
        len(values.drop_duplicates()) == len(values[["learners", "design.choice", "replicate"]].drop_duplicates()) == 8
    )


def test_a_sweep_that_is_complete_makes_no_run_again(inline: None, tmp_path: Path) -> None:
    asked, heard = load_study(GIVEN), []

    class Telling:
        planned = stopping = staticmethod(lambda *facts: None)
        kept = staticmethod(heard.extend)

    swept(asked, tmp_path / "out", How(listener=Telling()))  # type: ignore[arg-type]
    assert len(heard) == 60
    before = everything(asked, tmp_path / "out")
    swept(asked, tmp_path / "out", How(listener=Telling()))  # type: ignore[arg-type]
    assert len(heard) == 60
    same(everything(asked, tmp_path / "out"), before)


def test_more_replicates_keep_those_that_are_there(inline: None, tmp_path: Path) -> None:
    swept(load_study(GIVEN, set={"study.replicates": 5}), tmp_path / "out", How())
    few = runs(tmp_path / "out")
    swept(load_study(GIVEN), tmp_path / "out", How())
    assert runs(tmp_path / "out").head(10).equals(few)
    assert len(runs(tmp_path / "out")) == 60


def test_looks_go_on_only_until_the_difference_is_decided(inline: None, tmp_path: Path) -> None:
    given = {**GIVEN, "replicates": {"min": 10, "max": 40}, "metrics": ["retention"]}
    found_clear = found(load_study(given), tmp_path / "clear")
    assert found_clear.replicates == 10
    assert found_clear.effect_rows()[0]["verdict"] == "worse"
    alike = {**given, "designs": {"calm": {}, "hasty": {"design": {"hazard": 0.0005}}}}
    assert found(load_study(alike), tmp_path / "alike").replicates in (20, 40)


# --- clusters

SCHEDULER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None)
    print(cluster.scheduler_address, *(each.pid for each in cluster.workers.values()), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str], list[int]]]:
    """Yield the address of a Dask cluster, the process of its scheduler, and those of its two workers."""
    path = script(tmp_path, "cluster.py", SCHEDULER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__ADMIN__LOG_FORMAT": "%(message)s"}
    process = subprocess.Popen(
        [sys.executable, str(path)], cwd=tmp_path, env=environment, text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    address, *workers = process.stdout.readline().split()
    try:
        yield address, process, [int(each) for each in workers]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        for each in members(process.pid):
            os.kill(each, signal.SIGKILL)
        process.communicate()


@pytest.mark.long
def test_a_cluster_gives_the_same_results(cluster: Any, plain: Any, tmp_path: Path) -> None:
    with Sweep(GIVEN, tmp_path / "out", cluster=cluster[0]) as going:
        assert going.ended() == (0, "")
    same(everything(load_study(GIVEN), tmp_path / "out"), plain)


@pytest.mark.long
def test_a_worker_of_a_cluster_that_dies_costs_nothing(cluster: Any, tmp_path: Path) -> None:
    given = {**GIVEN, "replicates": 150}
    with Sweep(given, tmp_path / "out", cluster=cluster[0]) as going:
        going.until_kept(10)
        os.kill(cluster[2][0], signal.SIGKILL)
        assert going.ended() == (0, "")
    table = frame(tmp_path / "out")
    assert len(table) == table["run_id"].nunique() == 300


@pytest.mark.long
def test_a_cluster_whose_scheduler_dies_is_lost_and_the_sweep_goes_on_elsewhere(
    cluster: Any, plain: Any, tmp_path: Path
) -> None:
    with Sweep({**GIVEN, "replicates": 2000}, tmp_path / "out", cluster=cluster[0]) as going:
        going.until_kept(10)
        os.killpg(cluster[1].pid, signal.SIGKILL)
        code, said = going.ended(15.0)
    assert (code, said) == (69, "ClusterLost errors.sweep.lost\n")
    kept = len(frame(tmp_path / "out"))
    assert 10 <= kept < 4000
    swept(load_study(GIVEN), tmp_path / "out", How(workers=2))
    table = runs(tmp_path / "out")
    assert table[table["replicate"] < 30].reset_index(drop=True).equals(plain[0])


def test_no_cluster_at_all_is_said(tmp_path: Path) -> None:
    with Sweep(GIVEN, tmp_path / "out", cluster=str(tmp_path / "missing.json")) as going:
        assert going.ended() == (69, "ClusterLost errors.sweep.no_scheduler_file\n")


# --- interruptions


def killed_and_resumed(given: dict[str, Any], folder: Path, moments: list[int]) -> None:
    """Kill a sweep after so many runs each, and take it up again; in the end let it run."""
    for kept in moments:
        with Sweep(given, folder) as going:
            going.until_kept(kept)
            going.signal(signal.SIGKILL)
            going.process.wait()
            assert going.is_gone(), f"left behind: {going.members()}"
        if (folder / "runs.sqlite").exists():
            frame(folder)
    with Sweep(given, folder) as going:
        assert going.ended(300.0) == (0, "")
        assert going.is_gone()


@pytest.mark.long
def test_a_killed_sweep_that_is_taken_up_again_equals_one_that_was_not(plain: Any, tmp_path: Path) -> None:
    killed_and_resumed(GIVEN, tmp_path / "out", [1, 9, 25])
    same(everything(load_study(GIVEN), tmp_path / "out"), plain)


@pytest.mark.long
def test_a_long_sweep_that_is_killed_thirty_times_equals_one_that_was_not(tmp_path: Path) -> None:
    given = {**GIVEN, "scenario": {"learners": 10, "weeks": 3, "design": {"ready_ties": 3}}, "replicates": 1500}
    chance = random.Random(12)
    killed_and_resumed(given, tmp_path / "out", [chance.choice([0, 1, chance.randrange(1, 150)]) for _ in range(30)])
    swept(load_study(given), tmp_path / "plain", How(workers=2))
    whole = everything(load_study(given), tmp_path / "out")
    assert len(whole[0]) == 3000
    same(whole, everything(load_study(given), tmp_path / "plain"))


@pytest.mark.long
def test_a_stopped_sweep_keeps_what_is_in_flight_and_goes_on(plain: Any, tmp_path: Path) -> None:
    with Sweep({**GIVEN, "replicates": 1000}, tmp_path / "out") as going:
        going.until_kept(20)
        going.signal(signal.SIGINT)
        assert going.ended() == (130, "Interrupted errors.sweep.interrupted\n")
        assert going.is_gone()
    assert 20 <= len(frame(tmp_path / "out")) < 2000
    swept(load_study(GIVEN), tmp_path / "out", How(workers=2))
    table = runs(tmp_path / "out")
    assert table[table["replicate"] < 30].reset_index(drop=True).equals(plain[0])


@pytest.mark.long
def test_a_growing_folder_is_readable_at_any_moment(tmp_path: Path) -> None:
    folder, sizes = tmp_path / "out", []
    with Sweep({**GIVEN, "replicates": 150}, folder) as going:
        going.until_kept(1)
        done = threading.Thread(target=going.ended)
        done.start()
        while done.is_alive():
            sizes.append(len(frame(folder)))
        done.join()
        assert going.process.returncode == 0
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 3
    assert len(frame(folder)) == 300


@pytest.mark.long
def test_a_script_without_a_guard_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    text = (
        "from pathlib import Path\nfrom ecosim.study.plan.resolve import load_study\n"
        "from ecosim.study.sweep import How, swept\n"
        "with open('ran', 'a') as file:\n    file.write('once ')\n"
        f"swept(load_study({GIVEN!r}), Path('out'), How(workers=2))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script(tmp_path, "mine.py", text))], cwd=tmp_path, timeout=60, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
    )  # fmt: skip
    assert done.stderr == b""
    assert (tmp_path / "ran").read_text() == "once "
    assert len(frame(tmp_path / "out")) == 60


# --- memory


class Fast:
    """An executor that lives nothing: outcomes are there at once."""

    workers = 2

    def submit(self, function: Any, packed: bytes, name: str, tasks: list[Task]) -> Future[Any]:
        """Return made-up outcomes."""
        made: Future[Any] = Future()
        made.set_result(
            [Outcome(each.job, "done", 1e-4, [0.5, 0.25], '{"profile":{}}', b"", worker="x") for each in tasks]
        )
        return made

    def took_worker(self, error: BaseException) -> bool:
        """Never."""
        return False

    def alive(self, patient: bool = True) -> bool:
        """Always."""
        return True

    def close(self, now: bool) -> None:
        """Nothing to let go."""


def peak(points: int, folder: Path) -> int:
    """Return how many bytes a coordinator of twice as many runs as ``points`` has at most."""
    vary = {"design.choice": {"min": 0.1, "max": 0.9}}
    asked = study(vary=vary, method={"kind": "lhs", "samples": points}, replicates=2, metrics=GIVEN["metrics"])
    tracemalloc.start()
    try:
        swept(asked, folder, How())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_a_coordinator_needs_no_more_memory_for_more_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "Local", lambda workers: Fast())
    peak(100, tmp_path / "first")  # imports
    few, many = peak(1_000, tmp_path / "few"), peak(20_000, tmp_path / "many")
    assert len(frame(tmp_path / "many")) == 40_000
    assert many < few + 1_000_000, f"{few:,} bytes for 2,000 runs, {many:,} for 40,000"


def test_what_is_awaited_and_does_not_come_is_said() -> None:
    assert not comes(lambda: False, 0.05)
