"""``sweep``, ``compare``, ``report``, ``verify`` and ``run`` on a results folder: outputs, exit codes, resuming."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest

from ecosim.model.metrics import METRICS
from tests.commands.conftest import Ecosim, clean_environment, made_once

STUDY = """\
ecosim: 1
kind: study
title: {en: Alone or together, fr: Seul ou ensemble}
scenario: preset:community-of-practice
designs:
  free: {title: {en: Together, fr: Ensemble}}
  alone: {title: {en: Alone, fr: Seul}, events: [{week: 0, do: alone}]}
replicates: 4
metrics: [retention, participation]
compare: {smallest_effect: {retention: 0.5}}
expect:
  - {metric: participation, of: alone, against: free, direction: lower, status: emergent}
"""
SMALL = ("--set", "learners=30", "--set", "weeks=6", "--workers", "1")
TABLES = {"summary.csv", "effects.csv", "groups.csv", "verdicts.json"}
FOLDER = TABLES | {"runs.sqlite", "study.yaml", "resolved.yaml", "provenance.json", "export", ".lock"}


@pytest.fixture
def study(tmp_path: Path, ecosim: Ecosim) -> Path:
    """Return a study file in the folder in which commands are typed."""
    path = tmp_path / "question.yaml"
    path.write_text(STUDY, encoding="utf-8")
    return path


@pytest.fixture
def swept(study: Path, ecosim: Ecosim, finished: Path) -> Path:
    """Return the results folder of a finished sweep."""
    return made_once(finished, lambda: ecosim("sweep", study, *SMALL, "--out", "here", "--no-figures"))


def test_a_sweep_says_what_it_found_and_where(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("sweep", study, *SMALL, "--out", "here", "--no-figures")
    assert done.code == 0
    assert done.out.startswith("Alone or together")
    assert done.out.splitlines()[-1] == "Results: here"
    assert {each.name for each in Path("here").iterdir()} == FOLDER
    assert Path("here/study.yaml").read_text(encoding="utf-8") == STUDY


def test_in_french_too(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("sweep", study, *SMALL, "--out", "here", "--no-figures", "--lang", "fr")
    assert done.out.startswith("Seul ou ensemble")
    assert done.out.splitlines()[-1] == "Résultats\u00a0: here"


def test_json_is_the_verdicts(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("sweep", study, *SMALL, "--out", "here", "--no-figures", "--json")
    assert done.json == json.loads(Path("here/verdicts.json").read_text(encoding="utf-8"))
    assert {each["verdict"] for each in done.json["comparisons"] if each["metric"] == "retention"} == {"equivalent"}
    assert done.json["runs"] == {"done": 8}


def test_a_report_is_written_with_figures(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("sweep", study, *SMALL, "--out", "here")
    assert done.out.splitlines()[-1] == f"Report: {Path('here') / 'report.html'}"
    assert any(Path("here/figures").glob("*.png"))
    assert "<script" not in Path("here/report.html").read_text(encoding="utf-8")


def test_runs_and_series_are_exported_with_every_digit(study: Path, ecosim: Ecosim) -> None:
    words = ("--set", "study.run={series: weekly}", "--out", "here", "--no-figures")
    ecosim("sweep", study, *SMALL, *words)
    assert {each.name for each in Path("here/export").iterdir()} == {"runs.csv", "runs.parquet", "series.parquet"}
    runs = pandas.read_parquet("here/export/runs.parquet")
    pandas.testing.assert_frame_equal(pandas.read_csv("here/export/runs.csv"), runs, check_exact=True)
    assert [tuple(row) for row in runs.sort_values("run_id").itertuples(index=False)] == rows(Path("here"))
    series = pandas.read_parquet("here/export/series.parquet")
    assert len(series) == 8 * 6
    last = series[(series.week == 5) & (series.design == "alone")].set_index("replicate").retention
    assert last.to_dict() == pytest.approx({r: one(Path("here"), "retention", "alone", r) for r in range(4)})


def test_without_a_name_the_folder_has_that_of_the_study(study: Path, ecosim: Ecosim) -> None:
    ecosim("sweep", study, *SMALL, "--no-figures")
    (found,) = Path("results").iterdir()
    assert found.name.startswith("question-")


def test_a_second_sweep_makes_no_run_again(swept: Path, study: Path, ecosim: Ecosim) -> None:
    before = rows(swept)
    assert ecosim("sweep", study, *SMALL, "--out", swept, "--no-figures").code == 0
    assert ecosim("sweep", swept, "--no-figures").code == 0
    assert rows(swept) == before
    assert (swept / "study.yaml").read_text(encoding="utf-8") == STUDY


def test_more_replicates_may_be_asked_for_later(swept: Path, ecosim: Ecosim) -> None:
    done = ecosim("sweep", swept, "--set", "study.replicates=10", "--no-figures", "--json")
    assert done.json["runs"] == {"done": 20}


def test_what_a_dry_run_says(study: Path, ecosim: Ecosim) -> None:
    some = ("--set", "study.replicates={min: 4, max: 8, until: resolved}")
    done = ecosim("sweep", study, *SMALL, *some, "--dry-run")
    assert done.code == 0
    assert done.out.splitlines()[0] == "8 to 16 runs on 1 worker: as many as it takes to decide"
    assert not Path("results").exists()
    found = ecosim("sweep", study, *SMALL, *some, "--dry-run", "--json").json
    assert (found["least"], found["most"], found["workers"]) == (8, 16, 1)
    assert found["minutes_most"] > found["minutes_least"] > 0


@pytest.mark.parametrize(
    "change", [("--set", "weeks=7"), ("--seed", "9"), ("--set", "study.metrics=[retention, apprenance]")]
)
def test_the_folder_of_another_study_is_refused(
    swept: Path, study: Path, ecosim: Ecosim, change: tuple[str, str]
) -> None:
    before = rows(swept)
    done = ecosim("sweep", study, *SMALL, *change, "--out", swept)
    assert done.code == 6
    assert "belongs to another study" in done.err
    assert rows(swept) == before


def test_a_folder_with_other_files_is_refused(study: Path, ecosim: Ecosim) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work", encoding="utf-8")
    done = ecosim("sweep", study, *SMALL, "--out", "mine")
    assert done.code == 6
    assert [each.name for each in Path("mine").iterdir()] == ["thesis.txt"]


BROKEN = """\
import os, signal
from ecosim import metric

@metric("frail", label="frail", meaning="Fails at replicate 1.", run="value")
def frail(eco):
    if eco.replicate == 1:
        raise ZeroDivisionError("no luck")
    return 1.0
"""


@pytest.fixture
def no_trace() -> Iterator[None]:
    """Take the metric that a test declares out again."""
    yield
    METRICS.remove("frail")


def test_runs_that_fail_are_counted_and_may_be_tried_again(study: Path, ecosim: Ecosim, no_trace: None) -> None:
    Path("frail.py").write_text(BROKEN, encoding="utf-8")
    words = ("--plugin", "frail.py", "--set", "study.metrics=[retention, frail]", "--out", "here", "--no-figures")
    done = ecosim("sweep", study, *SMALL, *words, "--json")
    assert done.code == 4
    assert done.json["runs"]["failed"] == 2
    Path("frail.py").write_text(BROKEN, encoding="utf-8")  # the same script: another would be another study
    assert ecosim("sweep", study, *SMALL, *words, "--retry-failed", "--json").json["runs"] == done.json["runs"]


def test_strict_exits_with_5_when_something_is_undecided(study: Path, ecosim: Ecosim) -> None:
    study.write_text(STUDY.replace("retention: 0.5", "retention: 0.0001"), encoding="utf-8")
    small = ("--set", "learners=12", "--set", "weeks=2", "--workers", "1", "--no-figures")
    assert ecosim("sweep", study, *small, "--out", "lax").code == 0
    assert ecosim("sweep", study, *small, "--out", "strict", "--strict").code == 5


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("direction: lower", "question.yaml:12:66: expect.0.direction"),
        ("participation, of: alone", "question.yaml:12:"),
        ("scenario: preset:community-of-practice", "question.yaml:"),
    ],
)
def test_a_mistake_is_told_with_its_place(study: Path, ecosim: Ecosim, mistake: str, said: str) -> None:
    study.write_text(STUDY.replace(mistake, mistake + "x"), encoding="utf-8")
    for command in ("sweep", "validate", "compare"):
        done = ecosim(command, study)
        assert done.code == 3
        assert said in done.out + done.err
        assert "Traceback" not in done.err


def test_a_scenario_is_no_study_and_a_study_no_scenario(study: Path, ecosim: Ecosim) -> None:
    Path("world.yaml").write_text("ecosim: 1\nkind: scenario\n", encoding="utf-8")
    done = ecosim("sweep", "world.yaml")
    assert (done.code, "use ecosim run" in done.err) == (3, True)
    done = ecosim("run", study)
    assert (done.code, "use ecosim sweep" in done.err) == (3, True)


def test_valid_studies_are_valid(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("validate", study)
    assert (done.code, done.out) == (0, f"{study}: valid\n")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_new_study_is_valid(ecosim: Ecosim, lang: str) -> None:
    assert ecosim("new", "--study", "--from", "preset:xmooc", "--lang", lang).code == 0
    assert ecosim("validate", "study.yaml").code == 0
    assert ecosim("new", "--study").code == 2  # it is there already


def test_two_presets_are_compared(ecosim: Ecosim) -> None:
    done = ecosim(
        "compare", "preset:xmooc", "preset:cmooc", *SMALL, "--metric", "retention", "--smallest", "retention=0.02",
        "--replicates", "4", "--out", "here", "--no-figures", "--json",
    )  # fmt: skip
    assert done.code == 0
    (found,) = done.json["comparisons"]
    assert (found["design"], found["against"], found["pairs"], found["smallest_effect"]) == ("cmooc", "xmooc", 4, 0.02)


def test_a_study_is_compared_as_it_says(study: Path, ecosim: Ecosim) -> None:
    done = ecosim("compare", study, *SMALL, "--out", "here", "--no-figures", "--json")
    assert done.json["runs"] == {"done": 8}
    assert ecosim("compare", study, "--replicates", "5").code == 2
    assert ecosim("compare", "preset:xmooc").code == 2
    assert ecosim("compare", "preset:xmooc", "preset:cmooc", "--smallest", "retention").code == 2


def test_results_are_verified_to_the_last_bit(swept: Path, ecosim: Ecosim) -> None:
    done = ecosim("verify", swept)
    assert (done.code, done.out) == (0, "8 runs lived again: the same to the last bit.\n")
    change(swept, "UPDATE runs SET retention = retention + 1e-15 WHERE design = 'alone' AND replicate = 2")
    done = ecosim("verify", swept)
    assert done.code == 5
    assert "design alone point 0 replicate 2 retention" in done.out
    assert ecosim("verify", swept, "--json").json["differences"][0]["metric"] == "retention"


def test_a_run_is_verified_too(ecosim: Ecosim) -> None:
    small = ("--set", "learners=12", "--set", "weeks=4", "--set", "design.ready_ties=3")
    assert ecosim("run", "preset:xmooc", *small, "--out", "one", "--no-figures").code == 0
    assert ecosim("verify", "one").code == 0
    path = Path("one/summary.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(found | {"retention": found["retention"] / 3 + 0.1}), encoding="utf-8")
    assert ecosim("verify", "one").code == 5


def test_a_folder_without_results_is_refused(ecosim: Ecosim) -> None:
    Path("empty").mkdir()
    for command in ("verify", "report"):
        done = ecosim(command, "empty")
        assert (done.code, "holds neither" in done.err) == (3, True)
    assert ecosim("run", "empty").code == 3


def test_one_run_of_a_sweep_is_repeated_exactly(swept: Path, ecosim: Ecosim) -> None:
    done = ecosim("run", swept, "--design", "alone", "--replicate", "3", "--out", "again", "--no-figures", "--json")
    assert done.code == 0
    assert "The same run as in the ledger, to the last bit." in done.err
    assert done.json["retention"] == one(swept, "retention", "alone", 3)
    done = ecosim("run", swept, "--design", "alone", "--replicate", "300", "--out", "other", "--no-figures")
    assert "has not made this run" in done.err


def test_which_run_has_to_be_said(swept: Path, ecosim: Ecosim) -> None:
    assert "Give --design, one of: free, alone" in ecosim("run", swept).err
    assert "did you mean alone?" in ecosim("run", swept, "--design", "alon").err
    assert "no point 3" in ecosim("run", swept, "--design", "alone", "--point", "3").err
    assert ecosim("run", swept, "--design", "alone", "--set", "weeks=3").code == 2
    assert ecosim("run", "preset:xmooc", "--point", "1").code == 2


@pytest.mark.parametrize(
    ("lang", "head"), [("en", "The same person under the same luck"), ("fr", "La même personne sous le même hasard")]
)
def test_a_learner_is_told_under_each_design(swept: Path, ecosim: Ecosim, lang: str, head: str) -> None:
    done = ecosim("run", swept, "--learner", "4", "--lang", lang)
    assert done.out.startswith(head)
    together, alone = ("Together", "Alone") if lang == "en" else ("Ensemble", "Seul")
    assert together in done.out
    assert alone in done.out
    told = ecosim("run", swept, "--learner", "4", "--json").json
    assert list(told) == ["Together", "Alone"]
    assert len(told["Alone"]) == 6


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_report_is_written_anew_in_either_language(swept: Path, ecosim: Ecosim, lang: str) -> None:
    before = {name: (swept / name).read_bytes() for name in TABLES}
    done = ecosim("report", swept, "--lang", lang)
    assert done.code == 0
    assert {name: (swept / name).read_bytes() for name in TABLES} == before
    assert f'lang="{lang}"' in (swept / "report.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_the_report_of_a_run_is_written_anew(ecosim: Ecosim) -> None:
    small = ("--set", "learners=12", "--set", "weeks=4", "--set", "design.ready_ties=3")
    ecosim("run", "preset:xmooc", *small, "--out", "one", "--no-figures")
    summary = Path("one/summary.json").read_bytes()
    done = ecosim("report", "one", "--lang", "fr")
    assert done.code == 0
    assert 'lang="fr"' in Path("one/report.html").read_text(encoding="utf-8")
    assert Path("one/summary.json").read_bytes() == summary


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_interrupted_it_keeps_what_is_finished_and_says_how_to_go_on(study: Path, tmp_path: Path) -> None:
    words = ("sweep", study, "--set", "learners=200", "--set", "study.replicates=500", "--out", "here", "--no-figures")
    process = subprocess.Popen(
        [sys.executable, "-m", "ecosim", *map(str, words)],
        cwd=tmp_path, env=clean_environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    try:
        wait_for_runs(tmp_path / "here", process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, err
    assert "to go on: ecosim sweep" in err
    assert "Traceback" not in err
    kept = rows(tmp_path / "here")
    assert 0 < len(kept) < 1000
    assert {row[5] for row in kept} == {"done"}


def wait_for_runs(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a sweep has kept some runs."""
    while process.poll() is None:
        try:
            if rows(folder):
                return
        except sqlite3.OperationalError:
            continue
    raise AssertionError(process.communicate())


def rows(folder: Path) -> list[Any]:
    """Return what the ledger of ``folder`` holds."""
    base = sqlite3.connect(f"file:{folder / 'runs.sqlite'}?mode=ro", uri=True)
    try:
        return base.execute("SELECT * FROM runs ORDER BY run_id").fetchall()
    finally:
        base.close()


def one(folder: Path, metric: str, design: str, replicate: int) -> float:
    """Return one value of the ledger."""
    base = sqlite3.connect(folder / "runs.sqlite")
    found = base.execute(
        f"SELECT {metric} FROM runs WHERE design = ? AND replicate = ? AND point = 0", (design, replicate)
    ).fetchone()
    base.close()
    return float(found[0])


def change(folder: Path, query: str) -> None:
    """Change the ledger behind ecosim's back."""
    base = sqlite3.connect(folder / "runs.sqlite")
    with base:
        base.execute(query)
    base.close()
