"""A study may draw its points from the posterior of a calibration."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ecosim.errors import InvalidFile
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.store.opening import held, reading
from ecosim.study.sweep import How, swept
from ecosim.study.verification import verified

from .worlds import TINY, runs

TABLE = "weight,design.hazard,learners\n0.75,0.02,5\n0.25,0.4,6\n0,0.9,7\n"


def asked(folder: Path, table: str = TABLE, samples: int = 400, **parts: Any) -> LoadedStudy:
    """Return a study of the posterior ``table``."""
    (folder / "posterior.csv").write_text(table, encoding="utf-8")
    method = {"kind": "posterior", "file": str(folder / "posterior.csv"), "samples": samples}
    given = {"scenario": TINY, "method": method, "metrics": ["retention"], "replicates": 1}
    return load_study({**given, **parts})


def test_rows_are_drawn_as_often_as_their_weight_says(tmp_path: Path) -> None:
    found = Counter(asked(tmp_path).points.settings(point)["learners"] for point in range(400))
    assert found[5] == pytest.approx(300, abs=30)
    assert found[6] == 400 - found[5]


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    one, two, other = (asked(tmp_path, seed=seed).points.listed for seed in (1, 1, 2))
    assert one == two
    assert one != other


def test_parameters_stay_together_and_whole_numbers_whole(tmp_path: Path) -> None:
    study = asked(tmp_path)
    assert {tuple(row.items()) for row in study.points.listed} == {
        (("design.hazard", 0.02), ("learners", 5)), (("design.hazard", 0.4), ("learners", 6)),
    }  # fmt: skip
    assert all(isinstance(row["learners"], int) for row in study.points.listed)


def test_a_results_folder_keeps_the_posterior_and_needs_no_other(inline: None, tmp_path: Path) -> None:
    study = asked(tmp_path, samples=6)
    swept(study, tmp_path / "out", How())
    (tmp_path / "posterior.csv").unlink()
    again = held(tmp_path / "out")
    assert again.spec() == study.spec()
    swept(again, tmp_path / "out", How())
    assert len(runs(tmp_path / "out")) == 6
    with reading(tmp_path / "out") as store:
        assert verified(store, 6) == (6, [])


def test_the_folder_of_a_calibration_will_do(tmp_path: Path) -> None:
    asked(tmp_path)
    method = {"kind": "posterior", "file": str(tmp_path), "samples": 3}
    assert len(load_study({"scenario": TINY, "method": method}).points) == 3


def test_what_is_of_one_cohort_only_is_left_out_and_named(tmp_path: Path) -> None:
    study = asked(tmp_path, "weight,design.hazard,cohorts.mooc.design.choice\n1,0.1,0.5\n", samples=2)
    assert list(study.points.listed) == [{"design.hazard": 0.1}] * 2
    (warning,) = [each for each in study.warnings if each.key.startswith("warnings.posterior")]
    for lang in ("en", "fr"):
        assert "cohorts.mooc.design.choice" in warning.say(lang)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "is no posterior"),
        ("design.hazard\n0.1\n", "is no posterior"),
        ("weight\n1\n", "is no posterior"),
        ("weight,design.hazard,design.hazard\n1,0.1,0.1\n", "is no posterior"),
        ("weight,design.hazard\n1\n", "line 2"),
        ("weight,design.hazard\n1,0.1\n1,much\n", "line 3"),
        ("weight,design.hazard\n-1,0.1\n", "line 2"),
        ("weight,design.hazard\n1,nan\n", "line 2"),
        ("weight,design.hazard\n0,0.1\n", "there is no weight"),
        ("weight,cohorts.a.design.hazard\n1,0.1\n", "no parameter that all worlds share"),
        ("weight,design.hazrd\n1,0.1\n", "did you mean design.hazard?"),
        ("weight,design.choice\n1,1.5\n", "1.5 is out of range"),
        ("weight,learners\n1,5.5\n", "a whole number"),
    ],
)
def test_what_is_no_posterior_is_refused(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(InvalidFile) as error:
        asked(tmp_path, table)
    assert said in error.value.say("en")
    assert error.value.problems[0].path.startswith("method.file")
    assert "None" not in error.value.say("fr")


def test_it_must_be_there_and_varies_alone(tmp_path: Path) -> None:
    method = {"kind": "posterior", "file": str(tmp_path / "none.csv")}
    with pytest.raises(InvalidFile, match="does not exist"):
        load_study({"scenario": TINY, "method": method})
    with pytest.raises(InvalidFile, match="vary has no use here"):
        asked(tmp_path, vary={"design.choice": {"min": 0.1, "max": 0.9}})
    with pytest.raises(InvalidFile, match="the design calm sets"):
        asked(tmp_path, designs={"calm": {"design": {"hazard": 0.01}}, "other": {}})
    with pytest.raises(InvalidFile, match="may not name files"):
        text = b"ecosim: 1\nkind: study\nscenario: preset:xmooc\nmethod: {kind: posterior, file: posterior.csv}\n"
        load_study(text, allow_files=False)
