"""Shipped facts: the statistics of simulated records, run on the shipped rows, give them to the digits printed."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecosim.evidence import targets
from ecosim.records import activity, staying_on, withdrawal
from ecosim.records.regression import odds_ratio
from ecosim.records.reports import need_weights
from ecosim.records.types import NeedReports

DATA = Path(targets.__file__).parent / "data"
FILES = sorted(path for path in DATA.iterdir() if path.name != "README.md")
COHORTS, WATCHED = targets.presentations(), targets.observed()
FIVE, FOUR = 5.01e-6, 5.01e-5  #: half of the last digit printed
RIDGE = 1e-3  #: relative: printed hazard ratios are of days and shrunken by a ridge of 1e-4, ours of weeks and not


def cohort(presentation: str) -> Any:
    """Return the printed row of a presentation."""
    return targets.table("oulad_cohorts").set_index("presentation").loc[presentation]


def printed(presentation: str) -> Any:
    """Return what is printed of the activity of a presentation."""
    return targets.facts("oulad_activity")["presentations"][presentation]


@pytest.mark.parametrize("presentation", COHORTS)
def test_withdrawal_is_as_printed(presentation: str) -> None:
    record, row = targets.withdrawals(presentation), cohort(presentation)
    assert record.week.size == row["n_started"]
    assert withdrawal.withdrawn_share(record) == pytest.approx(row["withdrawn_frac"], abs=FOUR)
    there = withdrawal.survival(record)
    for week in (4, 8, 12, 16, 20, 26):
        assert there[week] == pytest.approx(row[f"S_w{week}"], abs=FOUR)


@pytest.mark.parametrize("presentation", COHORTS)
def test_survival_by_week_is_as_printed(presentation: str) -> None:
    record, table = targets.withdrawals(presentation), targets.table("oulad_weekly_survival")
    rows = table[table["presentation"] == presentation]
    assert withdrawal.by_week(record).tolist() == rows["events"].tolist()
    assert withdrawal.survival(record) == pytest.approx(rows["survival"].to_numpy(), abs=FIVE)


@pytest.mark.parametrize("presentation", COHORTS)
def test_weibulls_shape_is_as_printed(presentation: str) -> None:
    found, row = withdrawal.weibull(targets.withdrawals(presentation)), cohort(presentation)
    assert found.shape == pytest.approx(row["weibull_shape"], abs=FOUR)
    assert found.scale == pytest.approx(row["weibull_scale_weeks"], rel=1e-4)  # the printed search stopped earlier


@pytest.mark.parametrize("presentation", WATCHED)
@pytest.mark.parametrize(
    ("measure", "key"),
    [
        (activity.stay_active, "p_active_next_given_active"),
        (activity.return_active, "p_active_next_given_inactive_enrolled"),
        (activity.icc_log_clicks, "icc_log_weekly_clicks"),
        (activity.lag1_log_clicks, "lag1_autocorr_log_clicks_within"),
        (activity.click_gini, "gini_total_clicks"),
        (activity.early_completion, "spearman_clicks_w0_3_vs_complete"),
    ],
)
def test_activity_is_as_printed(presentation: str, measure: Any, key: str) -> None:
    expected = printed(presentation)[key]
    expected = expected["value"] if isinstance(expected, dict) else expected
    assert measure(targets.panel(presentation)) == pytest.approx(expected, abs=FIVE)


@pytest.mark.parametrize("presentation", WATCHED)
def test_active_shares_by_week_are_as_printed(presentation: str) -> None:
    table = targets.table("oulad_activity_weekly")
    rows = table[table["presentation"] == presentation]
    record = targets.panel(presentation)
    assert activity.active_share(record) == pytest.approx(rows["active_frac_of_enrolled"].to_numpy(), abs=FOUR)
    assert activity.enrolled(record).sum(axis=0).tolist() == rows["n_enrolled"].tolist()


@pytest.mark.parametrize("presentation", WATCHED)
def test_the_hazard_ratio_of_the_forum_is_as_printed_but_for_days_and_a_ridge(presentation: str) -> None:
    found = staying_on.forum_withdrawal(targets.panel(presentation))
    cox = printed(presentation)["cox_landmark_day28_unregistration"]
    raw, adjusted = cox["forum_any_unadjusted"]["forum_any"], cox["adjusted"]["forum_any"]
    assert found.raw == pytest.approx([raw["HR"], *raw["ci95"]], rel=RIDGE)
    near = 0.07 if presentation == "AAA2013J" else 0.002  # the printed one is adjusted for credits besides clicks
    assert found.adjusted == pytest.approx([adjusted["HR"], *adjusted["ci95"]], rel=near)


def test_panels_count_as_many_as_were_seen() -> None:
    for presentation in WATCHED:
        record = targets.panel(presentation)
        assert record.clicks.shape == (printed(presentation)["n_started"], printed(presentation)["weeks"])
        share = record.forum.sum() / record.clicks.sum()
        assert share == pytest.approx(printed(presentation)["forum_share_of_clicks"], abs=FIVE)
        assert record.completed.mean() == pytest.approx(printed(presentation)["complete_frac"]["value"], abs=FIVE)
        assert (record.forum <= record.clicks).all()


def test_weights_of_needs_follow_from_the_printed_correlations() -> None:
    austria = targets.facts("needs")["austria"]
    names, matrix = ["comp", "auto", "sr", "lm"], np.eye(4)
    for i, one in enumerate(names):
        for j, other in enumerate(names[i + 1 :], i + 1):
            matrix[i, j] = matrix[j, i] = austria["corr"][one][other]["r"]
    raw = np.random.default_rng(1).normal(size=(4, 40))
    white = np.linalg.solve(np.linalg.cholesky(np.cov(raw)), raw - raw.mean(axis=1, keepdims=True))
    found = need_weights(NeedReports(*(np.linalg.cholesky(matrix) @ white)))
    weights = [austria["std_beta_intrinsic_learning_motivation"][name]["b"] for name in names[:3]]
    assert list(found) == pytest.approx([*weights, austria["R2_lm"]], abs=2e-5)


def test_the_odds_ratio_of_an_answered_first_post_follows_from_its_shares() -> None:
    first = targets.facts("mooc_forum")["courses"]["DLT1"]["first_post_reply"]
    answered, not_answered = first["return_after7d_if_replied"], first["return_after7d_if_not"]
    exposed = np.repeat([True, False], [answered["n"], not_answered["n"]])
    returned = np.concatenate(
        [np.arange(each["n"]) < round(each["value"] * each["n"]) for each in (answered, not_answered)]
    )
    assert odds_ratio(exposed, returned).value == pytest.approx(first["odds_ratio"]["value"], abs=FIVE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_says_whose_it_is_and_is_named_in_the_readme(path: Path) -> None:
    assert f"`{path.name}`" in (DATA / "README.md").read_text(encoding="utf-8")
    if path.suffix == ".json":
        assert {"source", "licence", "how"} <= set(targets.facts(path.stem)["about"])
        return
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    head = [line.split(":")[0] for line in text.splitlines() if line.startswith("# ")]
    assert {"# source", "# licence"} <= set(head)


def test_tables_are_ones_own_and_records_closed() -> None:
    mine = targets.table("oulad_cohorts")
    mine["weeks"] = 0
    assert (targets.table("oulad_cohorts")["weeks"] > 30).all()
    with pytest.raises(ValueError, match="read-only"):
        targets.panel("BBB2013B").clicks[0, 0] = 1


def test_a_presentation_without_rows_has_no_panel() -> None:
    with pytest.raises(KeyError, match="GGG2013J"):
        targets.panel("GGG2013J")


def test_patterns_name_files_that_are_there() -> None:
    patterns = targets.facts("patterns")["patterns"]
    assert [each["id"] for each in patterns] == [f"A{number}" for number in range(1, 27)]
    assert {each["target"] for each in patterns} <= {path.name.split(".")[0] for path in FILES}


def test_reading_the_names_imports_nothing_heavy() -> None:
    code = (
        "import sys, ecosim.evidence.targets; print({'pandas', 'scipy', 'statsmodels', 'networkx'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
