"""``calibrate``, and what other commands make of its files and folders: outputs, exit codes, resuming."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest

from ecosim.calibration import calibrating
from ecosim.model.metrics import METRICS
from ecosim.study import sweep
from tests.commands.conftest import Ecosim, made_once
from tests.study.worlds import Inline

CALIBRATION = """\
ecosim: 1
kind: calibration
title: {en: Two small worlds, fr: Deux petits mondes}
cohorts:
  large: {scenario: preset:community-of-practice, set: {learners: 60, weeks: 8}}
  small: {scenario: preset:community-of-practice, set: {learners: 40, weeks: 8}}
targets:
  - {cohort: large, metric: participation, low: 0.4, high: 0.5}
  - {cohort: small, metric: retention, low: 0.6, high: 0.7, source: made up}
free:
  context.population.b0_mean: {min: -3, max: 1}
  design.hazard: {min: 0.01, max: 0.3, scale: log}
  context.observation.apprenance_level: {min: 0.4, max: 0.8}
method: {kind: abc, screening: 40, population: 20, generations: 2}
replicates: 1
seed: 3
"""
FOLDER = {
    "runs.sqlite", "calibration.yaml", "resolved.yaml", "provenance.json", "calibration.json", "identifiability.csv",
    "posterior.csv", "calibrated", ".lock",
}  # fmt: skip
FITTED = ["context.population.b0_mean", "design.hazard"]


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs lived in this process."""
    monkeypatch.setattr(sweep, "Local", lambda workers: Inline())


@pytest.fixture
def file(tmp_path: Path, ecosim: Ecosim) -> Path:
    """Return a calibration file in the folder in which commands are typed."""
    path = tmp_path / "mine.yaml"
    path.write_text(CALIBRATION, encoding="utf-8")
    return path


@pytest.fixture
def folder(file: Path, ecosim: Ecosim, finished: Path) -> Path:
    """Return the results folder of a finished calibration."""
    return made_once(finished, lambda: ecosim("calibrate", file, "--out", "here"))


def test_a_calibration_says_what_it_found_and_where(file: Path, ecosim: Ecosim) -> None:
    done = ecosim("calibrate", file, "--out", "here")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "Two small worlds"
    assert "2 cohorts" in lines[2]
    assert "(context.observation.apprenance_level): 0% " in done.out
    assert "under 30%: left at its own value" in done.out
    assert "Participation of large, asked for 0.4 to 0.5: " in done.out
    assert "--set context.population.b0_mean=" in done.out
    assert lines[-1] == "Results: here"
    assert {each.name for each in Path("here").iterdir()} - {"runs.sqlite-shm", "runs.sqlite-wal"} == FOLDER
    assert Path("here/calibration.yaml").read_text(encoding="utf-8") == CALIBRATION


def test_in_french_too(folder: Path, ecosim: Ecosim) -> None:
    done = ecosim("calibrate", folder, "--lang", "fr")
    assert done.out.startswith("Deux petits mondes")
    assert "moins que 30\u00a0%\u00a0: laissé à sa propre valeur" in done.out
    assert done.out.splitlines()[-1] == "Résultats\u00a0: here"
    assert "calibration." not in done.out


def test_json_is_all_of_it(folder: Path, ecosim: Ecosim) -> None:
    done = ecosim("calibrate", folder, "--json")
    assert done.json == json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    assert done.json["fitted"] == FITTED
    assert list(done.json["fixed"]) == ["context.observation.apprenance_level"]
    assert done.json["runs"] == {"done": 2 * done.json["points"]}
    assert done.json["calibration"] == "mine"


def test_without_a_name_the_folder_has_that_of_the_calibration(file: Path, ecosim: Ecosim) -> None:
    words = ("--set", "calibration.method={kind: screening, screening: 20}")
    assert ecosim("calibrate", file, *words).code == 0
    (found,) = Path("results").iterdir()
    assert found.name.startswith("mine-")
    assert "nothing was fitted" not in ecosim("calibrate", file, *words).out


def test_what_a_dry_run_says(file: Path, ecosim: Ecosim) -> None:
    done = ecosim("calibrate", file, "--dry-run", "--workers", "1")
    assert done.out.splitlines()[0] == "160 to 4,120 runs on 1 worker"
    assert ecosim("calibrate", file, "--dry-run", "--json").json["least"] == 160
    assert not Path("results").exists()
    exactly = ("--set", "calibration.method={kind: screening, screening: 20}")
    assert ecosim("calibrate", file, *exactly, "--dry-run", "--workers", "1").out.startswith("40 runs on 1 worker\n")


@pytest.mark.long
def test_truths_are_recovered(file: Path, ecosim: Ecosim) -> None:
    done = ecosim("calibrate", file, "--recover", "1", "--out", "again")
    assert done.code == 0
    assert done.err.splitlines()[-1] == "Truth 1 of 1"
    assert "One truth was chosen, lived, forgotten, and sought." in done.out
    assert "never fitted" in done.out
    found = ecosim("calibrate", file, "--recover", "1", "--out", "again", "--json").json
    assert found["parameters"]["design.hazard"]["truths"] == 1
    assert (
        "Une vérité a été choisie" in ecosim("calibrate", file, "--recover", "1", "--out", "again", "--lang", "fr").out
    )
    assert ecosim("calibrate", file, "--recover", "none").code == 2


def test_the_results_can_be_verified_and_repeated(folder: Path, ecosim: Ecosim) -> None:
    assert ecosim("verify", folder).out == "20 runs lived again: the same to the last bit.\n"
    done = ecosim(
        "run", folder, "--design", "small", "--point", "50", "--replicate", "50", "--out", "one", "--no-figures"
    )
    assert "The same run as in the ledger, to the last bit." in done.err


def test_a_study_draws_from_the_posterior(folder: Path, ecosim: Ecosim) -> None:
    text = (
        "ecosim: 1\nkind: study\ntitle: T\nscenario: preset:community-of-practice\nreplicates: 1\n"
        "metrics: [retention]\nmethod: {kind: posterior, file: here/posterior.csv, samples: 5}\n"
    )
    Path("next.yaml").write_text(text, encoding="utf-8")
    small = ("--set", "learners=30", "--set", "weeks=4")
    done = ecosim("sweep", "next.yaml", *small, "--out", "next", "--no-figures")
    assert done.code == 0
    assert "5 points (draws from a posterior)" in done.out
    rows = pandas.read_csv("next/export/runs.csv")
    particles = pandas.read_csv(folder / "posterior.csv")
    assert rows["design.hazard"].isin(particles["design.hazard"]).all()
    assert ecosim("verify", "next").code == 0


def test_a_world_at_the_point_runs_and_can_be_extended(folder: Path, ecosim: Ecosim) -> None:
    assert ecosim("run", folder / "calibrated" / "small.yaml", "--out", "one", "--no-figures").code == 0
    text = "ecosim: 1\nkind: scenario\ntitle: Mine\nextends: here/calibrated/small.yaml\nweeks: 5\n"
    Path("more.yaml").write_text(text, encoding="utf-8")
    assert ecosim("validate", "more.yaml").out == "more.yaml: valid\n"


def test_kinds_of_files_are_not_mixed_up(file: Path, folder: Path, ecosim: Ecosim) -> None:
    for command, source in (("sweep", file), ("run", file), ("sweep", folder), ("report", folder)):
        done = ecosim(command, source)
        assert (done.code, "use ecosim calibrate" in done.err) == (3, True), command
    Path("study.yaml").write_text("ecosim: 1\nkind: study\nscenario: preset:xmooc\n", encoding="utf-8")
    done = ecosim("calibrate", "study.yaml")
    assert (done.code, "use ecosim sweep" in done.err) == (3, True)
    done = ecosim("calibrate", "study.yaml", "--lang", "fr")
    assert "utilisez ecosim sweep" in done.err
    assert ecosim("validate", file).out == f"{file}: valid\n"


def test_a_mistake_is_told_with_its_place(file: Path, ecosim: Ecosim) -> None:
    file.write_text(CALIBRATION.replace("cohort: small", "cohort: smal"), encoding="utf-8")
    for command in ("calibrate", "validate"):
        done = ecosim(command, file)
        assert done.code == 3
        assert "mine.yaml:9:14: targets.1.cohort: there is no cohort" in done.out + done.err


def test_the_folder_of_another_calibration_is_refused(folder: Path, file: Path, ecosim: Ecosim) -> None:
    for change in (("--seed", "9"), ("--set", "weeks=7"), ("--set", "calibration.replicates=2")):
        assert ecosim("calibrate", file, *change, "--out", folder).code == 6
    assert ecosim("calibrate", file, "--out", folder).code == 0


def test_a_missing_library_is_a_usage_error(file: Path, ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrating, "find_spec", lambda name: None)
    done = ecosim("calibrate", file)
    assert (done.code, 'pip install "ecosim[calibrate]"' in done.err) == (2, True)


FRAIL = """\
from ecosim import metric

@metric("frail", label="frail", meaning="Fails now and then.", run="value")
def frail(eco):
    if eco.replicate == 7:
        raise ZeroDivisionError("no luck")
    return 1.0
"""


@pytest.fixture
def no_trace() -> Iterator[None]:
    """Take the metric that a test declares out again."""
    yield
    METRICS.remove("frail")


def test_runs_that_fail_are_counted_and_count_as_worst(file: Path, ecosim: Ecosim, no_trace: None) -> None:
    Path("frail.py").write_text(FRAIL, encoding="utf-8")
    text = CALIBRATION.replace("free:", "  - {cohort: small, metric: frail, low: 0, high: 2}\nfree:")
    file.write_text(text, encoding="utf-8")
    done = ecosim("calibrate", file, "--plugin", "frail.py", "--out", "here")
    assert done.code == 4
    assert "failed" in done.out


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_new_calibration_is_valid(ecosim: Ecosim, lang: str) -> None:
    assert ecosim("new", "--calibration", "--lang", lang).code == 0
    assert ecosim("validate", "calibration.yaml").out == "calibration.yaml: valid\n"
    assert ecosim("new", "--calibration").code == 2  # it is there already


def test_the_schema_is_printed(ecosim: Ecosim) -> None:
    assert ecosim("schema", "calibration").json["title"] == "ecosim calibration"
