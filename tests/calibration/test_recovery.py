"""Truths that a calibration is not told are found again."""

from __future__ import annotations

import json
from pathlib import Path

import pandas
import pytest

from ecosim.calibration.recovery import Recovered, recovered, summed_up
from ecosim.errors import FolderInUse, UsageError
from ecosim.study.sweep import How

from .worlds import FREE, asked

METHOD = {"kind": "abc", "screening": 60, "population": 60, "generations": 4}


@pytest.mark.long
def test_truths_are_chosen_by_the_seed_and_sought(inline: None, tmp_path: Path) -> None:
    rows = recovered(asked(), tmp_path / "out", How(), 2)
    assert [(each.number, each.path) for each in rows] == [(number, path) for number in (1, 2) for path in FREE]
    assert all(0.01 <= each.truth <= 0.3 for each in rows if each.path == "design.hazard")
    assert len({each.truth for each in rows}) == 4
    told = json.loads((tmp_path / "out" / "recovery.json").read_text(encoding="utf-8"))
    assert told["parameters"]["design.hazard"]["truths"] == 2
    assert len(pandas.read_csv(tmp_path / "out" / "recovery.csv")) == 4
    assert recovered(asked(), tmp_path / "out", How(), 2) == rows


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(FolderInUse):
        recovered(asked(), tmp_path, How(), 1)


def test_a_truth_of_which_nothing_can_be_measured_is_no_truth(tmp_path: Path) -> None:
    never = {"cohort": "first", "metric": "mean_flow", "low": 0.1, "high": 0.2}
    nobody = {"context.population.b0_mean": {"min": -10, "max": -9.9}}
    with pytest.raises(UsageError) as error:
        recovered(asked(targets=[never], free=nobody), tmp_path / "out", How(), 1)
    assert error.value.problems[0].key == "errors.calibration.no_truth"


def test_what_was_not_fitted_is_counted_by_itself() -> None:
    rows = [
        Recovered(1, "a", 0.5, True, 0.5, 0.5, True, True), Recovered(2, "a", 0.5, True, 0.01, 0.9, False, False),
        Recovered(3, "a", 0.5, False, float("nan"), float("nan"), False, False),
    ]  # fmt: skip
    assert summed_up(rows) == {"a": {"truths": 3, "fitted": 2, "within50": 1, "within90": 1}}


@pytest.mark.long
def test_intervals_hold_the_truth_as_often_as_they_say(tmp_path: Path) -> None:
    rows = recovered(asked(method=METHOD), tmp_path / "out", How(), 30)
    for each in summed_up(rows).values():
        assert each["fitted"] == 30
        assert each["within90"] >= 23  # in one of 100 correct calibrations fewer than 23 of 30
        assert each["within50"] >= 8
    ranks = [each.rank for each in rows]
    assert 0.38 < sum(ranks) / len(ranks) < 0.62
