"""The patterns: each with words, facts, cohorts and a trivial world that fails; real records give what is printed."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.errors import InvalidFile
from ecosim.evidence import cohorts, targets
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.real import OPEN_UNIVERSITY, observed_values, real_records
from ecosim.evidence.scoreboard import null_values
from ecosim.language import LANGUAGES, lookup, table
from ecosim.model.metrics import METRICS
from ecosim.model.watching.recorded import as_watched

SEVERAL = {"A10", "A21", "A23"}  #: have more numbers than ``patterns.json`` has bands
SHIPPED = [name for name in PATTERNS if PATTERNS[name].cohorts[0].startswith(OPEN_UNIVERSITY)]

each_pattern = pytest.mark.parametrize("name", list(PATTERNS))


def test_all_patterns_are_registered() -> None:
    assert sorted(PATTERNS, key=lambda name: int(name[1:])) == [f"A{number}" for number in range(1, 27)]


@each_pattern
def test_a_pattern_has_facts_cohorts_metrics_and_words(name: str) -> None:
    pattern = PATTERNS[name]
    assert targets.about(pattern.facts)["source"]
    assert set(pattern.cohorts) <= set(cohorts.names())
    assert set(pattern.metrics) <= set(METRICS)
    assert 1 <= pattern.least <= len(pattern.cohorts)
    for lang in LANGUAGES:
        assert lookup(lang, f"evidence.patterns.{name}.title")
        assert lookup(lang, f"evidence.nulls.{name}")
        for cohort in pattern.cohorts:
            assert lookup(lang, f"evidence.cohorts.{cohort}")
            assert lookup(lang, f"evidence.fitting.{cohort}")


def test_no_words_of_a_pattern_that_is_not() -> None:
    for lang in LANGUAGES:
        words = table(lang)["evidence"]
        assert set(words["patterns"]) == set(words["nulls"]) == set(PATTERNS)
        assert set(words["causes"]) <= set(PATTERNS)
        assert set(words["cohorts"]) <= set(cohorts.names())


@each_pattern
def test_a_band_is_the_one_that_is_written_down(name: str) -> None:
    written = next(each for each in targets.facts("patterns")["patterns"] if each["id"] == name)["band"]
    if name in SEVERAL:
        return
    bands = written if isinstance(written[0], list) else [written]
    assert [[part.low, part.high] for part in PATTERNS[name].parts] == bands


@each_pattern
def test_what_was_observed_lies_in_the_band(name: str) -> None:
    pattern, seen = PATTERNS[name], observed_values(PATTERNS[name])
    assert seen.shape == (len(pattern.cohorts), len(pattern.parts))
    known = np.isfinite(seen).all(axis=1)
    assert known.any()
    assert pattern.passed(seen[known].tolist()) or not known.all()


@each_pattern
def test_a_trivial_world_fails(name: str) -> None:
    assert not PATTERNS[name].passed(null_values(PATTERNS[name], times=2).tolist())


@pytest.mark.parametrize("name", SHIPPED)
def test_real_records_give_what_is_printed(name: str) -> None:
    for cohort in PATTERNS[name].cohorts:
        eco = as_watched(real_records(cohort))
        for part in PATTERNS[name].parts:
            value = METRICS[part.metric].value(eco)
            assert np.isfinite(value)
            if part.observed is not None:
                assert value == pytest.approx(part.observed, rel=2e-3), part.metric


def test_an_undefined_value_is_in_no_band() -> None:
    part = PATTERNS["A4"].parts[0]
    assert part.holds(part.low) and part.holds(part.high)
    assert not part.holds(float("nan"))


def test_a_pattern_of_several_cohorts_has_to_hold_in_most_of_them() -> None:
    pattern = PATTERNS["A2"]
    fine, off = [0.2], [0.9]
    assert pattern.passed([fine] * 6 + [off])
    assert not pattern.passed([fine] * 5 + [off] * 2)


def test_a_cohort_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(InvalidFile, match="did you mean oulad-aaa2013j"):
        cohorts.source_of("oulad-aaa2013k")
    with pytest.raises(InvalidFile, match="there is no calibrated cohort zzzz"):
        cohorts.source_of("zzzz")


@pytest.mark.parametrize("name", cohorts.names())
def test_a_calibrated_cohort_is_valid_but_for_unusual_values(name: str) -> None:
    warnings = cohorts.loaded(cohorts.source_of(name)).warnings
    assert {each.key for each in warnings} <= {"warnings.implausible"}
