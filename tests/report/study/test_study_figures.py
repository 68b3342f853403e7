"""Figures of studies: those that apply are drawn, told in words, and laid out as the numbers that they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ecosim.report.plots import style
from ecosim.report.study.gains import KINDS
from ecosim.report.study.plots import FIGURES, applicable, figure, response, trajectories, write_figures
from ecosim.report.study.shown import Shown
from tests.report.study.conftest import STUDIES, made_up, pair_study

Study = Callable[[str], Shown]
APPLY = {
    "designs": {"effects", "outcomes", "expectations", "groups", "trajectories", "sensitivity"},
    "grid": {"expectations", "response", "sensitivity"},
    "levels": {"response"}, "list": {"response"}, "lhs": {"sensitivity"}, "sobol": {"sensitivity"},
    "morris": {"sensitivity"},
}  # fmt: skip


@pytest.mark.parametrize("name", STUDIES)
def test_only_what_applies_is_drawn(shown: Study, name: str) -> None:
    found = set(applicable(shown(name)))
    assert found - {"flips"} == APPLY[name]


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", STUDIES)
def test_every_figure_is_drawn_told_and_laid_out(shown: Study, tmp_path: Path, name: str, lang: str) -> None:
    study = shown(name)
    for path in write_figures(study, tmp_path, lang):
        with Image.open(path) as image:
            assert image.size == tuple(round(each * style.DPI) for each in style.SIZE)
            assert np.asarray(image.convert("L")).std() > 5.0
        plot = FIGURES[path.stem]
        words, table = plot.describe(study, lang), plot.table(study, lang)
        assert len(words) > 60
        assert words.rstrip().endswith((".", ")"))
        assert "nan" not in words.split()
        assert table.rows
        assert all(len(row) == len(table.head) for row in table.rows)
        assert all(cell == cell for row in table.rows for cell in row)
        assert len(set(table.head)) == len(table.head)


def test_figures_that_no_longer_apply_are_taken_away(shown: Study, tmp_path: Path) -> None:
    (tmp_path / "effects.png").write_bytes(b"old")
    assert [each.name for each in write_figures(shown("list"), tmp_path, "en")] == ["response.png"]
    assert not (tmp_path / "effects.png").exists()


def test_tables_hold_the_numbers(shown: Study) -> None:
    study = shown("designs")
    effects = FIGURES["effects"].table(study, "en").rows
    for row, (_, each) in zip(effects, study.found.comparisons, strict=True):
        made = each.judged.effect
        assert row[3:8] == (made.pairs, made.difference, made.low, made.high, 1.0 - made.level)
    summary = study.found.summary_rows()
    for row, expected in zip(FIGURES["outcomes"].table(study, "en").rows, summary, strict=True):
        assert row[2:5] == (expected["runs"], expected["mean"], expected["low"])
    groups = FIGURES["groups"].table(study, "en").rows
    assert [row[6] for row in groups] == [each["difference"] for each in study.found.groups if each["kind"] in KINDS]
    held = FIGURES["expectations"].table(study, "en").rows
    assert [row[2] for row in held] == [each.value for each in study.found.held]
    indices = FIGURES["sensitivity"].table(study, "en").rows
    assert [row[4] for row in indices] == [each.value for each in study.found.indices]


def test_trajectories_are_medians_over_the_runs(shown: Study) -> None:
    study = shown("designs")
    assert study.series is not None
    own = study.series[(study.series["design"] == "alone") & (study.series["week"] == 3)]["retention"]
    low, middle, high = trajectories.quantiles(study, "alone", "retention")[:, 3]
    assert middle == pytest.approx(own.median())
    assert low == pytest.approx(own.quantile(0.05))
    assert high == pytest.approx(own.quantile(0.95))
    assert set(study.series["point"]) == {0}


def test_a_response_has_a_row_a_point_design_and_metric(shown: Study) -> None:
    study = shown("grid")
    rows = response.table(study, "en").rows
    assert len(rows) == len(study.found.study.points) * 2 * len(study.found.study.wanted)
    assert rows[0][-3] == pytest.approx(np.nanmean(study.found.values.main[0, 0, :, 0]))


def test_designs_that_differ_in_nothing_can_be_drawn() -> None:
    study = Shown(made_up(pair_study(), 0.0, 0.0))
    for name in applicable(study):
        assert figure(name, study, "en").axes


def test_metrics_without_any_value_can_be_drawn() -> None:
    found = made_up(pair_study(), 0.1)
    found.values.main[:, :, :, 1] = np.nan
    study = Shown(found)
    for name in applicable(study):
        assert figure(name, study, "fr").axes
        assert FIGURES[name].describe(study, "fr")


def test_many_designs_and_metrics_fit() -> None:
    designs = {f"a design of long name {each}": {"design": {"choice": each / 10}} for each in range(8)}
    metrics = ["retention", "skill_gain", "mean_flow", "participation", "apprenance", "autotelic_ratio", "reply_rate"]
    study = pair_study(designs=designs, metrics=metrics)
    found = made_up(study, 0.05)
    main = np.concatenate([found.values.main] * 4, axis=1)
    wide = Shown(made_up(study, 0.05).__class__(study, found.values._replace(main=main), [], {"done": 160}, [], True))
    for name in applicable(wide):
        assert figure(name, wide, "en").axes
