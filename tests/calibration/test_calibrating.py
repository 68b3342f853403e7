"""A calibration gives the same result however it is made, finds what can be found, and says what cannot."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from ecosim.calibration import calibrating
from ecosim.calibration.folder import held, is_calibration, reopened
from ecosim.calibration.resolve import load_calibration
from ecosim.errors import FolderInUse, UsageError
from ecosim.model.metrics import metric
from ecosim.scenario.resolve import load
from ecosim.study.store.opening import frame
from ecosim.study.sweep import How, Silent
from ecosim.study.verification import verified
from tests.study.worlds import ROOT, comes

from .worlds import FAST, FREE, GIVEN, QUICK, asked, everything, found, same

IDLE = {"context.observation.apprenance_level": {"min": 0.4, "max": 0.8}}
"""What changes how something else is counted, and no target."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a calibration that one worker made without a stop."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    found(asked(), folder, How(workers=1))
    return folder


@pytest.mark.long
def test_any_number_of_workers_finds_the_same(plain: Path, tmp_path: Path) -> None:
    found(asked(), tmp_path / "out", How(workers=2))
    same(tmp_path / "out", plain)


SCRIPT = """
import json, sys
from pathlib import Path
from tests.calibration.worlds import asked, found
from ecosim.study.sweep import How
found(asked(), Path(sys.argv[1]), How(workers=2))
"""


@pytest.mark.long
@pytest.mark.parametrize("runs", [10, 70])
def test_a_calibration_that_is_killed_goes_on_to_the_same_end(runs: int, plain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)], cwd=ROOT, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert comes(lambda: count(folder) >= runs or process.poll() is not None)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    held_then = count(folder)
    assert held_then < len(frame(plain))
    heard: list[int] = []

    class Counting(Silent):
        def kept(self, outcomes: list[Any]) -> None:
            heard.append(len(outcomes))

    found(asked(), folder, How(workers=1, listener=Counting()))
    same(folder, plain)
    assert sum(heard) == len(frame(plain)) - held_then


def count(folder: Path) -> int:
    """Return how many runs a folder holds, while it may be written to."""
    try:
        base = sqlite3.connect(f"file:{folder / 'runs.sqlite'}?mode=ro", uri=True, timeout=5.0)
        try:
            return int(base.execute("SELECT count(*) FROM runs").fetchone()[0])
        finally:
            base.close()
    except sqlite3.Error:
        time.sleep(0.01)
        return 0


def test_a_calibration_that_is_complete_makes_no_run_again(plain: Path, inline: None) -> None:
    before = everything(plain)

    class Refusing(Silent):
        def kept(self, outcomes: list[Any]) -> None:
            raise AssertionError("a run was made again")

    found(asked(), plain, How(listener=Refusing()))
    after = everything(plain)
    assert after[0] == before[0]
    assert after[1].equals(before[1])


def test_every_point_has_luck_of_its_own_which_all_cohorts_share(plain: Path) -> None:
    runs = frame(plain)
    assert (runs["replicate"] == runs["point"]).all()
    two = {"cohorts": dict.fromkeys(("first", "second"), GIVEN["cohorts"]["first"]), "replicates": 2}
    made = asked(**two)
    assert made.runs_each == 4


def test_its_folder_holds_what_it_takes_to_go_on_and_to_check_it(plain: Path) -> None:
    assert is_calibration(plain)
    again = held(plain)
    assert again.study.spec() == asked().study.spec()
    assert len(again.proposed) == int(frame(plain)["point"].max()) + 1
    with reopened(plain) as store:
        assert verified(store, 8) == (8, [])


def test_a_folder_with_other_points_is_refused(plain: Path, inline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "screened", lambda lab: lab.lived([{"design.hazard": 0.1}]))
    with pytest.raises(FolderInUse) as error:
        found(asked(), plain)
    assert error.value.problems[0].key == "errors.calibration.diverged"
    assert "point 0" in error.value.say("en")


def test_words_and_run_rules_may_change_between_sessions(plain: Path) -> None:
    targets = [{**each, "source": "elsewhere"} for each in GIVEN["targets"]]
    changed = asked(title="Another", targets=targets, run={"timeout_s": 7})
    assert changed.study.spec() == asked().study.spec()
    assert asked(replicates=2).study.spec() != asked().study.spec()
    assert asked(budget={"runs": 5000}).study.spec() != asked().study.spec()


@pytest.mark.long
def test_runs_that_failed_are_tried_again_and_what_follows_from_them_too(inline: None, tmp_path: Path) -> None:
    fails = [True]

    @metric("frail", label="frail", meaning="Fails at first.", run="value")
    def frail(eco: Any) -> float:
        if fails[0] and eco.replicate % 3 == 0:
            raise ZeroDivisionError("no luck")
        return float(eco.scenario.context.learning.zpd)

    given = asked(
        FAST, targets=[{"cohort": "first", "metric": "frail", "low": 0.1, "high": 0.12}],
        free={"context.learning.zpd": {"min": 0.05, "max": 0.3}}, method={**QUICK, "identifiable": 0.0},
    )  # fmt: skip
    assert found(given, tmp_path / "out").counts["failed"] > 20
    fails[0] = False
    found(given, tmp_path / "out", How(retry_failed=True))
    found(given, tmp_path / "new")
    same(tmp_path / "out", tmp_path / "new")


def test_the_posterior_is_narrower_than_the_prior_and_near_the_truth(plain: Path) -> None:
    told = json.loads((plain / "calibration.json").read_text(encoding="utf-8"))
    assert told["fitted"] == list(FREE)
    assert told["fixed"] == {}
    for path in FREE:
        assert told["posterior"][path]["narrowed"] > 0.3
    assert 0.02 < told["posterior"]["design.hazard"]["median"] < 0.13  # of which 0.7 of the group stay for 8 weeks
    assert told["steps"][0]["distance"] > told["steps"][1]["distance"]
    assert [each["metric"] for each in told["targets"]] == ["participation", "retention"]


def test_particles_are_rows_that_a_study_can_take(plain: Path) -> None:
    rows = pandas.read_csv(plain / "posterior.csv")
    assert list(rows) == ["weight", *FREE]
    assert len(rows) == QUICK["population"]
    assert rows["weight"].sum() == pytest.approx(1.0)
    assert rows["design.hazard"].between(0.01, 0.3).all()


def test_every_cohort_at_the_point_is_a_scenario_that_runs(plain: Path) -> None:
    told = json.loads((plain / "calibration.json").read_text(encoding="utf-8"))
    world = load(plain / "calibrated" / "first.yaml")
    assert world.scenario.context.population.b0_mean == told["point"]["context.population.b0_mean"]
    assert world.scenario.learners == 60
    rows = pandas.read_csv(plain / "posterior.csv")
    assert told["point"]["design.hazard"] in rows["design.hazard"].tolist()


def test_a_parameter_that_does_nothing_is_left_alone_and_named(inline: None, tmp_path: Path) -> None:
    result = found(asked(free={**FREE, **IDLE}), tmp_path / "out")
    (idle,) = [each for each in result.screening.told if each.path in IDLE]
    assert not idle.fitted
    assert list(result.plain()["fixed"]) == list(IDLE)
    assert list(result.best) == list(FREE)
    later = frame(tmp_path / "out").query("point >= 40")
    assert later[next(iter(IDLE))].isna().all()
    assert later["design.hazard"].notna().all()


def test_nothing_is_fitted_where_nothing_is_told(inline: None, tmp_path: Path) -> None:
    result = found(asked(FAST, free=IDLE), tmp_path / "out")
    assert result.fit is None
    assert (result.parameters, result.met, result.best, result.particles) == ([], [], {}, 0)
    assert not (tmp_path / "out" / "posterior.csv").exists()


@pytest.mark.long
def test_a_parameter_of_one_cohort_reaches_no_other(inline: None, tmp_path: Path) -> None:
    own = "cohorts.second.design.hazard"
    cohorts = dict.fromkeys(("first", "second"), GIVEN["cohorts"]["first"])
    targets = [{"cohort": name, "metric": "retention", "low": 0.6, "high": 0.7} for name in cohorts]
    free = {own: {"min": 0.01, "max": 0.3, "scale": "log"}}
    result = found(asked(cohorts=cohorts, targets=targets, free=free), tmp_path / "out")
    moves = result.screening.told[0].moves
    assert moves["second.retention"] < -0.8
    assert abs(moves["first.retention"]) < 0.5
    hazards = {name: load(tmp_path / "out" / "calibrated" / f"{name}.yaml").scenario.design.hazard for name in cohorts}
    assert hazards["second"].plain() == result.best[own]
    assert hazards["first"].plain() != result.best[own]


@pytest.mark.long
def test_a_search_finds_a_point_that_meets_the_targets(inline: None, tmp_path: Path) -> None:
    method = {"kind": "optuna", "screening": 40, "trials": 24}
    result = found(asked(method=method), tmp_path / "out")
    assert result.particles == 1
    assert result.fit is not None
    assert result.fit.stopped == "trials"
    assert result.plain()["distance"] < np.median(result.screening.lived.away) / 2
    assert set(result.best) == set(FREE)
    found(asked(method=method), tmp_path / "again")
    same(tmp_path / "out", tmp_path / "again")


def test_a_screening_fits_nothing(inline: None, tmp_path: Path) -> None:
    result = found(asked(FAST, method={"kind": "screening", "screening": 20}), tmp_path / "out")
    assert (result.fit, len(result.asked.proposed)) == (None, 20)


def test_a_budget_is_kept(inline: None, tmp_path: Path) -> None:
    result = found(asked(budget={"runs": 130}), tmp_path / "out")
    assert result.fit is not None
    assert result.fit.stopped == "budget"
    assert sum(result.counts.values()) <= 130
    assert result.particles == QUICK["population"]


def test_hours_are_a_budget_too(inline: None, tmp_path: Path) -> None:
    result = found(asked(budget={"hours": 1e-6}), tmp_path / "out")
    assert result.fit is not None
    assert (result.fit.stopped, result.particles, result.best) == ("budget", 0, {})
    assert len(result.asked.proposed) == QUICK["screening"]


@pytest.mark.parametrize("method", [QUICK, {"kind": "optuna"}])
def test_a_missing_library_is_named_with_what_brings_it(
    method: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as error:
        found(asked(method=method), tmp_path / "out")
    for lang in ("en", "fr"):
        assert "ecosim[calibrate]" in error.value.say(lang)
    assert not (tmp_path / "out").exists()


def test_the_complete_file_is_the_same_calibration(plain: Path) -> None:
    again = load_calibration(plain / "resolved.yaml")
    assert again.study.spec() == asked().study.spec()
    assert again.aims == asked().aims
    assert again.axes == asked().axes


def test_of_a_cohort_nothing_is_measured_but_what_is_asked_of_it(inline: None, tmp_path: Path) -> None:
    cohorts = dict.fromkeys(("first", "second"), FAST["cohorts"]["first"])
    targets = [{"cohort": "first", "metric": "retention", "low": 0.6, "high": 0.7},
               {"cohort": "second", "metric": "participation", "low": 0.4, "high": 0.5}]  # fmt: skip
    method = {"kind": "screening", "screening": 20}
    found(asked(FAST, cohorts=cohorts, targets=targets, method=method), tmp_path / "out")
    runs = frame(tmp_path / "out").set_index("design")
    assert runs.loc["first", "participation"].isna().all()
    assert runs.loc["first", "retention"].notna().all()
    with reopened(tmp_path / "out") as store:
        assert verified(store, 10) == (10, [])
