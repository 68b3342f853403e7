"""Whatever a run does, it costs only itself; whatever happens to the folder or the sweep, what was finished is kept."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecosim.errors import EcosimError, FolderInUse, StorageError
from ecosim.model.metrics.plugin import run_plugins
from ecosim.study import sweep
from ecosim.study.findings import findings
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner import worker
from ecosim.study.runner.order import code_version
from ecosim.study.store.ledger import Ledger
from ecosim.study.store.opening import frame, opened, reading
from ecosim.study.sweep import How, swept

from .worlds import TINY, TWO, Sweep, comes, failures, runs, says_itself, script, study

HEAD = """
import os, signal, time
from pathlib import Path
import ecosim
import ecosim.study.runner.worker as worker
worker.GRACE = 0.5
HERE = Path(__file__).parent

def once(name):
    if (HERE / name).exists():
        return False
    (HERE / name).write_text("")
    return True

@ecosim.metric("boom", label="boom", meaning="It breaks.", run="value")
def boom(eco):
    number = eco.replicate
"""
RUNS = 24
GIVEN: dict[str, Any] = {
    "scenario": TINY, "replicates": RUNS, "metrics": ["retention", "boom"],
    "run": {"timeout_s": 2, "memory_mb": 200, "retries": 0},
}  # fmt: skip
GOOD: dict[str, Any] = {"scenario": TINY, "designs": TWO, "replicates": 10, "metrics": ["retention"]}


@pytest.fixture
def quick_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have workers live runs in plain Python: the first run of each loads no machine code, which takes its time.

    Nothing is lived in this process meanwhile: its kernels would stay as they were at their first call.
    """
    monkeypatch.setenv("ECOSIM_JIT", "0")
    monkeypatch.setattr(sweep, "compile_first", lambda study: None)


def bad(folder: Path, *lines: str) -> How:
    """Return how to sweep with a metric ``boom`` that does these things, then returns the number of the replicate."""
    path = script(folder, "bad.py", HEAD + "".join(f"    {line}\n" for line in (*lines, "return number")))
    run_plugins([path])
    return How(workers=2, plugins=(path,))


@pytest.mark.usefixtures("quick_workers")
def test_a_run_that_raises_hangs_eats_or_kills_costs_only_itself(tmp_path: Path) -> None:
    how = bad(
        tmp_path,
        "if number == 3: raise ValueError('three is too many')",
        "while number == 5: pass",
        "if number == 7: return float(len(bytearray(10**10)))",
        "if number == 9: os.kill(os.getpid(), signal.SIGKILL)",
    )
    asked = load_study({**GIVEN, "seed": 77})
    told: list[Any] = []
    swept(asked, tmp_path / "out", how, lambda store: told.append(findings(store)))
    table = runs(tmp_path / "out")
    status = dict(zip(table["replicate"], table["status"], strict=True))
    assert {k: v for k, v in status.items() if v != "done"} == {
        3: "failed", 5: "quarantined", 7: "failed", 9: "quarantined",
    }  # fmt: skip
    assert len(status) == RUNS
    innocent = table[table["status"] == "done"]
    assert (innocent["boom"] == innocent["replicate"]).all()
    assert innocent["retention"].notna().all()

    known = failures(tmp_path / "out").set_index("replicate")
    assert sorted(known.index) == [3, 5, 7, 9]
    assert "ValueError: three is too many" in known.loc[3, "error"]
    assert "bad.py" in known.loc[3, "traceback"]
    assert "in boom" in known.loc[3, "traceback"]
    assert "MemoryError" in known.loc[7, "error"]
    assert "200 MB" in known.loc[7, "error"]
    assert 'bad.py", line' in known.loc[5, "traceback"], "the watchdog says where the run hung"
    assert "in boom" in known.loc[5, "traceback"]
    assert known.loc[9, "error"].startswith("ProcessExpired")
    assert set(known["settings"]) == {"{}"}
    assert (known.loc[[3, 7], "worker"].str.contains(":")).all()

    (said,) = told
    assert said.counts == {"done": RUNS - 4, "failed": 2, "quarantined": 2}
    assert [each["replicate"] for each in said.failures] == [3, 5, 7, 9]


@pytest.mark.usefixtures("quick_workers")
def test_a_failure_is_named_with_its_parameters(tmp_path: Path) -> None:
    how = bad(tmp_path, "if eco.scenario.design.choice.at(0) > 0.5 and number == 1: raise RuntimeError('so free')")
    vary = {"design.choice": {"levels": [0.2, 0.8]}, "learners": {"levels": [5, 6]}}
    swept(load_study({**GIVEN, "vary": vary, "method": {"kind": "grid"}, "replicates": 3}), tmp_path / "out", how)
    known = failures(tmp_path / "out")
    assert [json.loads(each) for each in known["settings"]] == [
        {"design.choice": 0.8, "learners": 5}, {"design.choice": 0.8, "learners": 6},
    ]  # fmt: skip
    assert len(frame(tmp_path / "out")) == 10


@pytest.mark.usefixtures("quick_workers")
def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    how = bad(tmp_path, "if number == 4 and once('dead'): os.kill(os.getpid(), signal.SIGKILL)")
    swept(load_study(GIVEN), tmp_path / "out", how)
    assert (tmp_path / "dead").exists()
    assert len(frame(tmp_path / "out")) == RUNS
    assert failures(tmp_path / "out").empty


@pytest.mark.usefixtures("quick_workers")
@pytest.mark.parametrize("retries", [0, 2])
def test_a_run_is_given_up_only_after_its_retries(retries: int, tmp_path: Path) -> None:
    how = bad(
        tmp_path,
        "if number == 4:",
        "    with open(HERE / 'tried', 'a') as file: file.write('x')",
        "    os._exit(3)",
    )
    given = {**GIVEN, "replicates": 8, "run": {"retries": retries}}
    swept(load_study(given), tmp_path / "out", how)
    (known,) = failures(tmp_path / "out").to_dict("records")
    assert (known["replicate"], known["status"], known["attempts"]) == (4, "quarantined", retries + 1)
    assert "exit 3" in known["error"]
    assert len((tmp_path / "tried").read_text()) == retries + 2  # once in company, then alone
    assert len(frame(tmp_path / "out")) == 7


@pytest.mark.long
@pytest.mark.usefixtures("quick_workers")
def test_failed_runs_are_tried_again_only_when_that_is_asked(tmp_path: Path) -> None:
    how = bad(
        tmp_path,
        "if (HERE / 'trouble').exists() and number == 2: raise ValueError('trouble')",
        "if (HERE / 'trouble').exists() and number == 3: os._exit(1)",
    )
    (tmp_path / "trouble").write_text("")
    given = load_study({**GIVEN, "replicates": 6})
    swept(given, tmp_path / "out", how)
    (tmp_path / "trouble").unlink()
    swept(given, tmp_path / "out", how)
    assert list(runs(tmp_path / "out")["status"]) == ["done", "done", "failed", "quarantined", "done", "done"]
    swept(given, tmp_path / "out", How(workers=2, plugins=how.plugins, retry_failed=True))
    table = runs(tmp_path / "out")
    assert set(table["status"]) == {"done"}
    assert list(table["boom"]) == list(range(6))
    assert failures(tmp_path / "out").empty


def test_a_run_that_takes_too_long_is_stopped_between_two_weeks(
    inline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "GRACE", 600.0)  # the watchdog would end this process
    asked = study({"weeks": 5000, "learners": 200}, replicates=2, run={"timeout_s": 0.05}, metrics=["retention"])
    swept(asked, tmp_path / "out", How())
    known = failures(tmp_path / "out")
    assert list(known["status"]) == ["failed", "failed"]
    assert "took longer than 0.05 s" in known["error"][0]
    assert "TookTooLong" in known["traceback"][0]


POINTS = [
    {"learners": 5, "design.ready_ties": 4},
    {"learners": 5, "design.ready_ties": 8},
    {"learners": 9, "design.ready_ties": 8},
]


def test_a_point_that_is_impossible_fails_alone(inline: None, tmp_path: Path) -> None:
    asked = study(method={"kind": "list", "points": POINTS}, replicates=1, metrics=["retention"])
    swept(asked, tmp_path / "out", How())
    assert list(runs(tmp_path / "out")["status"]) == ["done", "failed", "done"]
    (known,) = failures(tmp_path / "out").to_dict("records")
    assert "8 ready ties are too many" in known["error"]
    assert json.loads(known["settings"]) == POINTS[1]


# --- the folder


def refusal(asked: Any, folder: Path, how: How | None = None) -> EcosimError:
    """Return why a folder is refused."""
    with pytest.raises(EcosimError) as caught:
        swept(asked, folder, how or How(workers=1))
    says_itself(caught.value)
    return caught.value


@pytest.mark.long
def test_a_second_coordinator_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    given = {**GOOD, "replicates": 40}
    with Sweep(given, tmp_path / "out") as going:
        going.until_kept(1)
        error = refusal(load_study(given), tmp_path / "out")
        assert isinstance(error, FolderInUse)
        assert error.exit_code == 6
        assert error.problems[0].key == "errors.folder.in_use"
        assert str(going.process.pid) in error.say()
        assert going.ended() == (0, "")
    assert len(frame(tmp_path / "out")) == 80


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"designs": {"calm": {}, "hasty": {"design": {"hazard": 0.4}}}}, "spec"),
        ({"designs": {"calm": {}, "other": {"design": {"hazard": 0.5}}}}, "spec"),
        ({"seed": 5}, "spec"),
        ({"metrics": ["retention", "mean_flow"]}, "spec"),
        ({"run": {"series": "weekly"}}, "spec"),
        ({"scenario": {**TINY, "weeks": 3}}, "spec"),
        ({"method": {"kind": "designs", "robustness": {"samples": 3, "replicates": 1}}}, "spec"),
    ],
)
def test_a_folder_of_another_study_is_refused_and_left_as_it_is(
    more: dict[str, Any], key: str, inline: None, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    swept(load_study(GOOD), folder, How())
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".yaml", ".json")}
    error = refusal(load_study({**GOOD, **more}), folder)
    assert (type(error), error.exit_code, error.problems[0].key) == (FolderInUse, 6, f"errors.folder.{key}")
    assert {name: (folder / name).read_bytes() for name in before} == before
    swept(load_study(GOOD), folder, How())
    assert len(frame(folder)) == 20


def test_what_changes_no_run_may_change(inline: None, tmp_path: Path) -> None:
    swept(load_study(GOOD), tmp_path / "out", How())
    expect = [{"metric": "retention", "of": "hasty", "against": "calm", "direction": "lower"}]
    more = {"expect": expect, "compare": {"confidence": 0.9}, "replicates": 12, "run": {"timeout_s": 5}, "title": "new"}
    told_now: list[Any] = []
    swept(load_study({**GOOD, **more}), tmp_path / "out", How(), lambda store: told_now.append(findings(store)))
    assert len(frame(tmp_path / "out")) == 24
    assert told_now[0].expected_before is False


def test_a_folder_of_another_version_is_refused(inline: None, tmp_path: Path) -> None:
    one = script(tmp_path, "mine.py", "import ecosim\n")
    swept(load_study(GOOD), tmp_path / "out", How(plugins=(one,)))
    script(tmp_path, "mine.py", "import ecosim  # changed\n")
    error = refusal(load_study(GOOD), tmp_path / "out", How(plugins=(one,)))
    assert (error.exit_code, error.problems[0].key) == (6, "errors.folder.code")


def test_a_folder_with_other_tables_is_refused(inline: None, tmp_path: Path) -> None:
    swept(load_study(GOOD), tmp_path / "out", How())
    ledger = Ledger(tmp_path / "out")
    ledger.set_meta({"schema": "0"})
    ledger.close()
    assert refusal(load_study(GOOD), tmp_path / "out").problems[0].key == "errors.folder.schema"


def test_a_folder_with_other_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    error = refusal(load_study(GOOD), tmp_path)
    assert (error.exit_code, error.problems[0].key) == (6, "errors.folder.other_files")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    error = refusal(load_study(GOOD), tmp_path / "out")
    assert (type(error), error.exit_code) == (StorageError, 74)


def test_a_folder_can_be_read_without_being_written_to(inline: None, tmp_path: Path) -> None:
    swept(load_study(GOOD), tmp_path / "out", How())
    with opened(tmp_path / "out", load_study(GOOD), code_version()), reading(tmp_path / "out") as store:
        assert store.counts() == {"done": 20}
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.ledger.set_meta({"x": "y"})


# --- the disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    made = subprocess.run(mount, capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.long
def test_a_full_disk_is_said_and_the_sweep_goes_on_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    given = {**GOOD, "run": {"series": "weekly"}, "replicates": 600}
    with Sweep(given, small_disk / "out") as going:
        assert going.ended() == (74, "StorageError errors.storage.full_resume\n")
        assert going.is_gone()
    kept = runs(small_disk / "out")
    assert 20 < len(kept) < 1200
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    with Sweep(given, small_disk / "out") as going:
        assert 0 < going.until_kept(10**6) <= 1200 - len(kept)
        assert going.ended() == (0, "")
    whole = runs(small_disk / "out")
    assert len(whole) == 1200
    assert whole.merge(kept, how="inner").shape == kept.shape
    base = sqlite3.connect(small_disk / "out" / "runs.sqlite")
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("SELECT sum(runs) FROM parts").fetchone() == (1200,)
    assert base.execute("SELECT count(*) FROM stage").fetchone() == (0,)
    base.close()


def test_a_disk_that_fills_up_within_a_transaction_loses_only_that_transaction(
    inline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight, count = Ledger.add_runs, []

    def full(self: Ledger, base: Any, rows: Any) -> None:
        straight(self, base, rows)
        count.append(1)
        if len(count) == 3:
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Ledger, "add_runs", full)
    error = refusal(load_study(GOOD), tmp_path / "out")
    assert (error.exit_code, error.problems[0].key) == (74, "errors.storage.full_resume")
    assert "ecosim" in error.say()
    kept = len(frame(tmp_path / "out"))
    assert 0 < kept < 20
    swept(load_study(GOOD), tmp_path / "out", How())
    assert len(frame(tmp_path / "out")) == 20


# --- stopping


@pytest.mark.usefixtures("quick_workers")
def test_a_second_ctrl_c_stops_at_once_and_leaves_nobody_behind(tmp_path: Path) -> None:
    how = bad(tmp_path, "if number > 1:", "    (HERE / f'in-{number}').write_text('')", "    while True: pass")
    given = {**GIVEN, "run": {"timeout_s": 300}}
    with Sweep(given, tmp_path / "out", workers=2, plugins=[str(each) for each in how.plugins]) as going:
        assert going.until_kept(1) == 1
        assert comes(lambda: any(tmp_path.glob("in-*")))
        going.signal(signal.SIGINT)
        going.until_stopping()
        going.signal(signal.SIGINT)
        code, _ = going.ended(20.0)
        assert code in (130, -signal.SIGINT)
        assert going.is_gone()
    assert set(frame(tmp_path / "out")["replicate"]) <= {0, 1}


@pytest.mark.long
def test_a_sweep_whose_process_is_terminated_ends_like_one_that_was_stopped(tmp_path: Path) -> None:
    with Sweep({**GOOD, "replicates": 1000}, tmp_path / "out") as going:
        going.until_kept(20)
        going.signal(signal.SIGTERM)
        assert going.ended() == (130, "Interrupted errors.sweep.interrupted\n")
        assert going.is_gone()
    assert len(frame(tmp_path / "out")) >= 20
