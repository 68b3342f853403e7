"""What a declared metric does with what its function returns, and what may be declared."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ecosim.errors import UsageError
from ecosim.model.metrics import METRICS, metric, named
from ecosim.model.metrics.declare import Rule

WEEKS_LIVED, WEEKS = 5, 8
ECO = SimpleNamespace(week=WEEKS_LIVED, scenario=SimpleNamespace(weeks=WEEKS))


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """Take out again what a test declares."""
    before = set(METRICS)
    yield
    for name in set(METRICS) - before:
        METRICS.remove(name)


def declared(found: Any, run: Rule | None = None, **more: Any) -> Any:
    """Return a metric whose function returns ``found``."""
    metric("mine", run=run, **more)(lambda eco, *other: found)
    return METRICS["mine"]


def series(*values: float) -> Any:
    """Return a weekly array as long as the run, with rubbish in the weeks to come."""
    return np.array([*values, *[99.0] * (WEEKS - len(values))])


def test_a_number_is_the_run_value() -> None:
    mine = declared(0.25)
    assert mine.value(ECO) == 0.25
    assert mine.weekly(ECO) is None
    assert mine.is_weekly is None


def test_an_array_is_a_weekly_series_and_its_mean_the_run_value() -> None:
    mine = declared(series(1.0, 2.0, nan, 4.0, 5.0))
    assert mine.value(ECO) == 3.0
    np.testing.assert_array_equal(mine.weekly(ECO), [1.0, 2.0, nan, 4.0, 5.0])


def test_an_array_may_be_as_long_as_the_weeks_lived() -> None:
    assert declared(np.arange(5.0)).value(ECO) == 2.0


def test_a_pair_is_pooled() -> None:
    mine = declared((series(1.0, 0.0, 2.0, 0.0, 0.0), series(2.0, 0.0, 2.0, 4.0, 0.0)))
    assert mine.value(ECO) == 3.0 / 8.0
    np.testing.assert_array_equal(mine.weekly(ECO), [0.5, nan, 1.0, 0.0, nan])


@pytest.mark.parametrize(("run", "expected"), [("mean", 0.5), ("pooled", 3.0 / 8.0), ("end", 0.0)])
def test_the_rule_that_is_stated_holds(run: Rule, expected: float) -> None:
    mine = declared((series(1.0, 0.0, 2.0, 0.0), series(2.0, 0.0, 2.0, 4.0)), run)
    eco = SimpleNamespace(week=4, scenario=ECO.scenario)
    assert mine.value(eco) == expected
    assert mine.is_weekly is True


def test_a_week_without_a_value_at_the_end_is_undefined() -> None:
    mine = declared((series(1.0, 1.0), series(2.0, 0.0)), "end")
    assert np.isnan(mine.value(SimpleNamespace(week=2, scenario=ECO.scenario)))


@pytest.mark.parametrize(("lived", "expected"), [(1, 1.0), (4, 4.0), (5, 4.5), (8, 7.5)])
def test_the_last_quarter_is_rounded_up_to_whole_weeks(lived: int, expected: float) -> None:
    mine = declared(np.arange(1.0, 9.0))
    assert mine.value(SimpleNamespace(week=lived, scenario=ECO.scenario), "last_quarter") == expected


def test_the_last_quarter_leaves_out_weeks_without_a_value() -> None:
    mine = declared((series(1.0, 1.0, 1.0, 0.0, 3.0), series(1.0, 1.0, 1.0, 0.0, 4.0)))
    assert mine.value(ECO, "last_quarter") == 0.75


@pytest.mark.parametrize(("span", "expected"), [((0, 0), 1.0), ((1, 2), 2.5), ((3, 9), 4.5), ((5, 9), float("nan"))])
def test_some_of_the_weeks_both_ends_included(span: tuple[int, int], expected: float) -> None:
    mine = declared(np.arange(1.0, 6.0))
    assert mine.value(SimpleNamespace(week=5, scenario=ECO.scenario), span) == pytest.approx(expected, nan_ok=True)


def test_nothing_is_defined_before_the_first_week() -> None:
    unborn = SimpleNamespace(week=0, scenario=ECO.scenario)
    for run in ("mean", "end", "pooled"):
        mine = declared((series(), series()), run)
        assert np.isnan(mine.value(unborn))
        assert mine.weekly(unborn).size == 0
        METRICS.remove("mine")


def test_a_metric_with_one_value_has_no_last_quarter() -> None:
    for span in ("last_quarter", (0, 2)):
        with pytest.raises(UsageError, match="one value a run"):
            declared(0.25).value(ECO, span)  # type: ignore[arg-type]
        METRICS.remove("mine")


@pytest.mark.parametrize("found", [np.arange(3.0), np.zeros((5, 2)), (np.zeros(5), np.zeros(3))])
def test_an_array_of_another_shape_is_refused(found: Any) -> None:
    with pytest.raises(UsageError, match="shape"):
        declared(found).value(ECO)


def test_a_comparison_needs_something_to_compare_with() -> None:
    metric("mine", run="value", counterfactual="shock")(lambda eco, other: float(eco.week - other.week))
    assert np.isnan(METRICS["mine"].value(ECO))
    assert METRICS["mine"].value(ECO, other=SimpleNamespace(week=3)) == 2.0


@pytest.mark.parametrize("name", ["", "two words", "1st", "week", "flow_last_quarter", "flow_weeks_0_11", "a.b"])
def test_names_that_cannot_be_columns_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        metric(name)(lambda eco: 0.0)
    assert name not in METRICS


def test_a_name_is_given_once() -> None:
    with pytest.raises(UsageError, match="already a metric retention"):
        metric("retention")(lambda eco: 0.0)


def test_a_cell_may_be_run_twice() -> None:
    for number in (1.0, 2.0):

        @metric("mine")
        def steady(eco: Any, number: float = number) -> float:
            return number

    assert METRICS["mine"].value(ECO) == 2.0


def test_another_function_cannot_take_a_users_name() -> None:
    @metric("mine")
    def first(eco: Any) -> float:
        return 1.0

    with pytest.raises(UsageError, match="already"):

        @metric("mine")
        def second(eco: Any) -> float:
            return 2.0

    assert METRICS["mine"].value(ECO) == 1.0


def test_an_unknown_metric_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="did you mean retention") as found:
        named("retentoin")
    assert "retention" in found.value.say("fr")
    with pytest.raises(UsageError, match="no metric xyzzy"):
        named("xyzzy")


def test_words_of_ones_own_metric() -> None:
    plain = declared(0.0)
    assert (plain.say_label(), plain.say_label("fr"), plain.say_meaning("fr")) == ("mine", "mine", "")
    METRICS.remove("mine")
    both = declared(0.0, label={"en": "steadiness", "fr": "constance"}, meaning="How steady.", over={"en": "all"})
    assert (both.say_label("en"), both.say_label("fr")) == ("steadiness", "constance")
    assert (both.say_meaning("fr"), both.say_over("fr")) == ("How steady.", "all")
