"""A comparison behind a page: the runs and verdicts of ``ecosim sweep``, stopped at once, and nobody else harmed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import ecosim
from ecosim.errors import InvalidFile, UsageError
from ecosim.study.runner import coordinator
from ecosim.study.runner.live import lived, unpacked, weekly
from ecosim.web import ensemble as module
from ecosim.web.ensemble import TAILS, Ensemble, ensemble_of, quantiles
from ecosim.web.workshop import Workshop

from .crews import BAD_LUCK, BAD_SIZE, TINY, comes, crew, run_hanging, run_slowly, stopping_badly

__all__ = ["crew"]

METRICS = ["retention", "mean_flow", "mean_degree"]
STUDY: dict[str, Any] = {
    "scenario": {**TINY, "learners": 12, "weeks": 5}, "designs": {"a": {}, "b": {"design": {"hazard": 0.3}}},
    "replicates": {"min": 6, "max": 6}, "metrics": METRICS, "seed": 11,
    "compare": {"smallest_effect": {"retention": 0.02}},
}  # fmt: skip
LONG: dict[str, Any] = {**STUDY, "scenario": {"learners": 500, "weeks": 200}, "replicates": {"min": 160, "max": 160}}


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have ensembles make their folders where a test can look."""
    (tmp_path / "folders").mkdir()
    monkeypatch.setattr(module, "mkdtemp", lambda prefix: tempfile.mkdtemp(prefix=prefix, dir=tmp_path / "folders"))
    yield tmp_path / "folders"


def ended(now: Ensemble, seconds: float = 120.0) -> str:
    """Wait until an ensemble has ended; return how."""
    assert comes(lambda: now.state != "running", seconds)
    return now.state


@pytest.fixture(scope="module")
def whole(crew: Workshop) -> Iterator[Ensemble]:
    """Return an ensemble that has been lived to its end."""
    made = ensemble_of(STUDY).live()
    yield made
    made.close()


def straight(now: Ensemble, design: str, metric: str) -> Any:
    """Return the weekly series of all runs of a design, lived here one by one: shape (runs, weeks)."""
    loaded, place = now.study.arm(design).loaded, [each.key for each in now.study.wanted].index(metric)
    engines = [lived(loaded, replicate) for replicate in range(6)]
    rows = [unpacked(weekly(engine, now.study.wanted), len(now.study.wanted))[place] for engine in engines]
    return np.array(rows)


@pytest.mark.parametrize("metric", METRICS)
def test_bands_are_quantiles_of_the_runs(whole: Ensemble, metric: str) -> None:
    runs = {design: straight(whole, design, metric) for design in ("a", "b")}
    for design, each in runs.items():
        np.testing.assert_array_equal(whole.runs(design, metric), each)
        np.testing.assert_array_equal(whole.band(design, metric), np.nanquantile(each, TAILS, axis=0))
    np.testing.assert_array_equal(whole.difference("b", metric), np.nanquantile(runs["b"] - runs["a"], TAILS, axis=0))
    assert not np.nansum(np.abs(whole.difference("a", metric)))
    assert whole.lived("a") == whole.lived("b") == 6


def test_verdicts_are_those_of_the_command_line(whole: Ensemble, tmp_path: Path) -> None:
    swept = ecosim.sweep({**STUDY, "run": {"series": "weekly"}}, out=tmp_path / "swept", workers=1).findings
    found = whole.found
    assert found is not None
    assert found.counts == swept.counts == {"done": 12}
    np.testing.assert_array_equal(found.values.main, swept.values.main)
    for rows in ("summary_rows", "effect_rows"):
        one, other = (each.frame(getattr(each, rows)()) for each in (found, swept))
        assert one.equals(other), rows
        assert len(one)


def test_it_is_told_how_far_it_is_and_the_folder_goes_with_it(crew: Workshop, nothing_left: Path) -> None:
    now, heard = ensemble_of(STUDY), []
    assert (now.state, now.folder, now.lived("a"), now.band("a", "retention").shape) == ("ready", None, 0, (3, 5))
    assert np.isnan(now.band("b", "mean_flow")).all()
    unwatch = now.watch(lambda: heard.append((now.done, now.total, now.state)))
    deaf = now.watch(lambda: heard.append("never"))  # type: ignore[arg-type,func-returns-value]
    deaf()
    deaf()
    now.start()
    assert ended(now) == "done"
    assert comes(lambda: heard[-1] == (12, 12, "done"))
    assert heard[0] == (0, 12, "running")
    assert [each[0] for each in heard] == sorted(each[0] for each in heard)
    assert now.folder is not None
    assert (now.folder / "study" / "runs.sqlite").exists()
    unwatch()
    now.changed()
    assert "never" not in heard
    count = len(heard)
    now.changed()
    assert len(heard) == count
    now.close()
    assert now.folder is None
    assert list(nothing_left.iterdir()) == []
    now.close()


@pytest.mark.long
def test_stopping_ends_it_soon_and_leaves_nothing(crew: Workshop, nothing_left: Path) -> None:
    now = ensemble_of(LONG).start()
    assert comes(lambda: now.done > 0)
    begun = time.monotonic()
    now.stop()
    assert ended(now) == "stopped"
    assert time.monotonic() - begun < 8.0
    assert now.found is None
    assert now.error is None
    assert 0 < max(now.lived("a"), now.lived("b")) < 160, "whichever chunk came back first"
    assert comes(lambda: now.folder is None and not list(nothing_left.iterdir()))
    assert ensemble_of(STUDY).live().state == "done", "the same processes go on with what others ask for"


def test_closing_while_it_runs_leaves_nothing(crew: Workshop, nothing_left: Path) -> None:
    for wait in (0.0, 0.3):
        now = ensemble_of(LONG).start()
        time.sleep(wait)
        now.close()
        assert ended(now) == "stopped"
    assert comes(lambda: not list(nothing_left.iterdir()))


FORGOTTEN = """
import json, sys
from ecosim.web.ensemble import ensemble_of
from ecosim.web.workshop import workshop

if __name__ == "__main__":
    kept = ensemble_of(json.loads(sys.argv[1])).live()
    print(kept.folder.exists())
    workshop().close()
"""


@pytest.mark.long
def test_a_folder_that_nobody_closes_goes_when_the_server_ends(tmp_path: Path) -> None:
    words = [sys.executable, "-c", FORGOTTEN, json.dumps(STUDY)]
    done = subprocess.run(
        words, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "True\n"
    assert list(tmp_path.glob("ecosim-page-*")) == []


def test_stopping_what_is_done_takes_nothing_from_it(whole: Ensemble) -> None:
    now = Ensemble(whole.study)
    now.watch(lambda: now.stop() if now.found is not None or now.done == 12 else None)
    now.live()
    assert now.state in ("done", "stopped")
    assert (now.folder is not None) == (now.found is not None), "a report can be had wherever there are findings"
    now.close()


@pytest.mark.long
@pytest.mark.usefixtures("crew")
def test_a_run_without_end_is_stopped_and_told_and_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinator, "run_chunk", run_hanging)
    monkeypatch.setitem(module.RULES, "timeout_s", 3)
    bad = ensemble_of({**STUDY, "scenario": {**TINY, "learners": BAD_SIZE}}).start()
    good = ensemble_of({**STUDY, "seed": 5}).start()
    assert ended(good) == "done"
    assert good.found is not None
    assert good.found.counts == {"done": 12}, "others at the same time, by the same processes, lose no run"
    assert ended(bad) == "done"
    assert bad.found is not None
    assert bad.found.counts == {"done": 10, "quarantined": 2}
    assert {each["replicate"] for each in bad.found.failures} == {BAD_LUCK}
    assert bad.lived("a") == bad.lived("b") == 5
    assert bad.done == 12
    for each in (good, bad):
        each.close()


@pytest.mark.usefixtures("crew")
def test_a_run_that_takes_too_long_is_told_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.RULES, "timeout_s", 0.001)
    now = ensemble_of({**STUDY, "scenario": {"learners": 400, "weeks": 300}, "replicates": {"min": 2, "max": 2}}).live()
    assert now.state == "done"
    assert now.found is not None
    assert now.found.counts == {"failed": 4}
    assert np.isnan(now.band("a", "retention")).all()
    assert np.isnan(now.difference("b", "retention")).all()
    now.close()


def test_stopping_does_not_wait_for_runs_that_are_out(crew: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordinator, "run_chunk", run_slowly)
    now = ensemble_of(STUDY).start()
    assert comes(lambda: now.total > 0)
    time.sleep(0.3)
    begun = time.monotonic()
    now.stop()
    assert ended(now) == "stopped"
    assert time.monotonic() - begun < 8.0
    monkeypatch.undo()


@pytest.mark.long
def test_a_mistake_of_ours_ends_it_and_is_told(
    crew: Workshop, nothing_left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "findings", stopping_badly)
    now = ensemble_of(STUDY).live()
    assert now.state == "failed"
    assert now.error is not None
    assert "ZeroDivisionError" in now.error.say("fr")
    assert list(nothing_left.iterdir()) == []


@pytest.mark.long
def test_when_the_workshop_closes_it_is_told(crew: Workshop, nothing_left: Path) -> None:
    now = ensemble_of(LONG).start()
    assert comes(lambda: now.done > 0)
    crew.close()
    assert ended(now) == "failed"
    assert now.error is not None
    assert "{" not in now.error.say("fr")
    assert comes(lambda: not list(nothing_left.iterdir()))
    again = ensemble_of(STUDY).live()
    assert again.state == "done"
    again.close()


def test_what_is_too_large_or_wrong_or_names_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too many here"):
        ensemble_of({**STUDY, "replicates": {"min": 161, "max": 161}})
    with pytest.raises(InvalidFile, match="hazrd"):
        ensemble_of({**STUDY, "designs": {"a": {}, "b": {"design": {"hazrd": 1}}}})
    there = tmp_path / "world.yaml"
    there.write_text("ecosim: 1\nkind: scenario\nlearners: 20\nweeks: 2\n", encoding="utf-8")
    given = {**STUDY, "scenario": str(there)}
    with pytest.raises(InvalidFile):
        ensemble_of(given)
    assert ensemble_of(given, allow_files=True).study.arms[0].loaded.scenario.learners == 20


def test_rules_of_the_page_stand_above_those_of_a_study() -> None:
    run = ensemble_of({**STUDY, "run": {"timeout_s": 10_000, "memory_mb": 100_000, "retries": 5}}).study.study.run
    assert (run.timeout_s, run.memory_mb, run.retries, run.series) == tuple(
        module.RULES[name] for name in ("timeout_s", "memory_mb", "retries", "series")
    )


SERIES = hnp.arrays(
    "f4", st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.floats(0, 1, width=32) | st.just(np.nan)
)


@given(SERIES)
def test_quantiles_leave_out_what_is_not_there(runs: Any) -> None:
    found = quantiles(runs)
    assert found.shape == (3, runs.shape[1])
    for week in range(runs.shape[1]):
        known = runs[:, week][np.isfinite(runs[:, week])]
        if known.size:
            np.testing.assert_allclose(found[:, week], np.quantile(known, TAILS), rtol=1e-6)
        else:
            assert np.isnan(found[:, week]).all()
    assert (np.diff(found[:, np.isfinite(found[0])], axis=0) >= 0).all()
    assert quantiles(np.empty((0, 4))).shape == (3, 4)


def test_threads_that_read_while_runs_come_in_see_whole_series(crew: Workshop) -> None:
    now, wrong = ensemble_of({**STUDY, "replicates": {"min": 40, "max": 40}}), []

    def read() -> None:
        while now.state in ("ready", "running"):
            band = now.band("a", "retention")
            if band.shape != (3, 5) or (now.lived("a") and not np.isfinite(now.band("a", "retention")).all()):
                wrong.append(band)
            time.sleep(0.002)

    reader = threading.Thread(target=read)
    reader.start()
    now.live()
    reader.join(10.0)
    assert wrong == []
    assert now.lived("b") == 40
    now.close()
