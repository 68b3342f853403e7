"""The forecast test: nothing of the future is seen, forecasts that must be good are, and the verdict is strict."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from ecosim.evidence import targets
from ecosim.evidence.forecast import REGRESSIONS, forecast, foretold, judged, own_settings
from ecosim.evidence.foretelling import accuracy, contestants
from ecosim.evidence.foretelling.accuracy import Estimate, resampled
from ecosim.evidence.foretelling.curve import curve
from ecosim.evidence.foretelling.early import OUTCOMES, Early, cut, early, early_weeks, together
from ecosim.evidence.foretelling.findings import FITTED, HELD_OUT, Contest
from ecosim.evidence.found import found
from ecosim.records.types import STAYED, Panel


def small() -> Panel:
    """Return a log of four learners and ten weeks: one leaves early, one late, two stay."""
    clicks = np.array([[3, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [5] * 10, [0, 2] * 5])
    forum = np.zeros_like(clicks)
    forum[2, :5] = 1
    return Panel(clicks, forum, np.array([1, 6, STAYED, STAYED]), np.array([False, False, True, False]))


def cohort_like(learners: int, luck: np.random.Generator) -> Early:
    """Return learners whose beginning tells their end."""
    eager = luck.random(learners)
    features = np.column_stack([eager + 0.1 * luck.standard_normal(learners), luck.standard_normal(learners)])
    outcomes = np.column_stack([luck.random(learners) > eager, luck.random(learners) < eager, eager])
    return Early(features, outcomes.astype(float))


# The first weeks -----------------------------------------------------------------------------------------------------


def test_the_first_fifth_is_seen_and_who_left_within_it_is_out() -> None:
    panel = small()
    assert early_weeks(panel) == 2
    seen = early(panel, 2)
    assert len(seen.features) == 3
    withdraws, completes, active = seen.outcomes.T
    assert withdraws.tolist() == [1.0, 0.0, 0.0]
    assert completes.tolist() == [0.0, 1.0, 0.0]
    assert active == pytest.approx([3 / 8, 1.0, 0.5])


def test_features_tell_nothing_of_the_future() -> None:
    panel = small()
    later = panel.clicks.copy()
    later[:, 2:] = 99
    changed = early(panel._replace(clicks=later, completed=~panel.completed), 2)
    assert (changed.features == early(panel, 2).features).all()


def test_a_record_is_cut_and_several_are_put_together() -> None:
    panel = small()
    assert cut(panel, 4).clicks.shape == (4, 4)
    both = together([early(panel, 2), early(panel, 2)])
    assert both.features.shape == (6, 4)


# Contestants ---------------------------------------------------------------------------------------------------------


def test_folds_are_even_and_the_base_rate_is_the_mean() -> None:
    fold = contestants.folds(52, np.random.default_rng(1))
    assert sorted(np.bincount(fold)) == [10, 10, 10, 11, 11]
    seen = cohort_like(50, np.random.default_rng(2))
    assert contestants.base_rate(seen) == pytest.approx(np.tile(seen.outcomes.mean(axis=0), (50, 1)))


def test_whoever_can_learn_beats_the_base_rate_where_there_is_something_to_learn() -> None:
    real, other = cohort_like(400, np.random.default_rng(3)), cohort_like(3000, np.random.default_rng(4))
    fold = contestants.folds(400, np.random.default_rng(5))
    said = {
        "base": contestants.base_rate(real),
        "other": contestants.regression(other, real.features),
        "same": contestants.regression_within(real, fold),
        "model": contestants.nearest_lives(other, real.features),
    }
    for contest in judged(real, said, resampled(400, np.random.default_rng(6), 200)):
        for name in ("other", "same", "model"):
            assert contest.came[name].skill.low > 0.0, (contest.outcome, name)
            assert said[name].min() >= 0.0 and said[name].max() <= 1.0
        assert (contest.came["model"].auc is None) == (contest.outcome == "active")
        assert contest.came["base"].skill.value == 0.0


def test_a_model_that_is_as_good_is_not_yet_shown_to_predict_and_a_better_one_is() -> None:
    def contest(high: float) -> Contest:
        behind = {name: Estimate(high - 0.02, high - 0.04, high) for name in REGRESSIONS}
        return Contest("withdraws", 0.2, {}, behind)

    assert contest(-0.001).predicts
    assert not contest(0.01).predicts
    assert not Contest("active", 0.2, {}, {"other": Estimate(-1, -2, -0.5), "same": Estimate(0, -1, 1)}).predicts


# Accuracy ------------------------------------------------------------------------------------------------------------


def test_the_area_under_the_curve_is_the_chance_of_the_right_order() -> None:
    happened = np.array([1.0, 1.0, 0.0, 0.0])
    assert accuracy.auc(np.array([0.9, 0.8, 0.2, 0.1]), happened) == 1.0
    assert accuracy.auc(np.full(4, 0.5), happened) == 0.5
    assert accuracy.auc(np.array([0.9, 0.1, 0.2, 0.1]), happened) == pytest.approx(0.625)
    assert np.isnan(accuracy.auc(np.array([0.1, 0.2]), np.ones(2)))


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    luck = np.random.default_rng(8)
    held = 0
    for _ in range(200):
        each = luck.standard_normal(150)
        found = accuracy.mean(each, resampled(150, luck, 200))
        held += found.low <= 0.0 <= found.high
    assert 0.89 <= held / 200 <= 0.985


def test_an_undefined_estimate_is_null() -> None:
    assert Estimate(0.12345, float("nan"), float("nan")).as_json() == [0.1235, None, None]


def test_a_curve_is_compared_with_what_goes_on() -> None:
    people, weeks = 40, 20
    clicks = np.ones((people, weeks), np.int64)
    for week in range(weeks):
        clicks[: 2 * week, week] = 0
    seen = Panel(clicks, np.zeros_like(clicks), np.full(people, STAYED), np.ones(people, bool))
    made = curve(seen, [seen], 4)
    assert made.errors["model"] == 0.0
    assert made.errors["trend"] == pytest.approx(0.0, abs=1e-9)
    assert made.errors["persistence"] > 0.3
    assert made.best == "model"


# The whole -----------------------------------------------------------------------------------------------------------


def test_a_presentation_is_foretold_the_same_way_twice() -> None:
    one, two = (foretold(HELD_OUT, lives=700, resamples=40) for _ in range(2))
    assert one.as_json() == two.as_json()
    assert one.held_out
    assert one.own == own_settings(HELD_OUT) != ()
    assert [each.outcome for each in one.contests] == list(OUTCOMES)
    panel = targets.panel(HELD_OUT)
    assert one.early == int(0.2 * panel.clicks.shape[1])
    assert one.learners <= panel.clicks.shape[0]
    assert json.loads(json.dumps(one.as_json(), allow_nan=False))["fitted"] is False


def test_the_verdict_is_of_what_was_held_out() -> None:
    kept: dict[str, Any] = found("forecast")
    assert {each["presentation"]: each["held_out"] for each in kept["cohorts"]} == {HELD_OUT: True, FITTED: False}
    contests = next(each for each in kept["cohorts"] if each["held_out"])["contests"]
    assert kept["predicts"] == all(each["predicts"] for each in contests)
    assert kept["verdict"] == ("predicts" if kept["predicts"] else "explains")


@pytest.mark.long
def test_what_is_kept_is_of_this_code() -> None:
    assert forecast().as_json() == found("forecast")
