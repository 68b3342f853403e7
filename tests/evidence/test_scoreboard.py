"""The scoreboard: means, shares and ceilings of lives, worlds that are asked for, and what is kept of it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from ecosim.evidence import found, scoreboard
from ecosim.evidence.cohorts import source_of
from ecosim.evidence.held_out import ACTIVITY, COHORT, COURSE, FITTED, held_out
from ecosim.evidence.living import World, lived
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.scoreboard import chosen, needed, score, scored

DIARY = World(source_of("flow-diary"))


def strict(value: Any) -> Any:
    """Return plain values as JSON gives them back, refusing what JSON does not know."""
    return json.loads(json.dumps(value, allow_nan=False))


def lives_of(name: str, rows: list[list[float]]) -> tuple[list[World], dict[World, Any]]:
    """Return worlds and made-up lives of a pattern with one number: a row for each cohort."""
    worlds = [World(source_of(cohort)) for cohort in PATTERNS[name].cohorts]
    metric = PATTERNS[name].metrics[0]
    return worlds, {world: {metric: np.array(row)} for world, row in zip(worlds, rows, strict=True)}


def test_a_score_is_of_the_mean_and_tells_how_many_lives_hold() -> None:
    worlds, lives = lives_of("A4", [[0.70, 0.80, 0.84]])
    found = score(PATTERNS["A4"], worlds, lives)
    assert found.value[0, 0] == pytest.approx(0.78)
    assert found.spread[0, 0] == pytest.approx(np.std([0.70, 0.80, 0.84], ddof=1))
    assert found.passed
    assert found.within == pytest.approx(1 / 3)
    assert found.observed[0, 0] == pytest.approx(0.78783, abs=1e-4)
    assert found.null is None and found.null_passes is None


def test_a_ceiling_is_what_luck_leaves_to_a_model_that_is_right() -> None:
    sure = score(PATTERNS["A4"], *lives_of("A4", [[0.79, 0.79, 0.79]]))
    unsure = score(PATTERNS["A4"], *lives_of("A4", [[0.5, 0.8, 1.0]]))
    assert sure.ceiling == pytest.approx(1.0)
    assert 0.0 < unsure.ceiling < 0.3


def test_undefined_lives_are_left_out_and_none_defined_is_a_miss() -> None:
    worlds, lives = lives_of("A4", [[0.79, float("nan")]])
    assert score(PATTERNS["A4"], worlds, lives).passed
    worlds, lives = lives_of("A4", [[float("nan"), float("nan")]])
    missed = score(PATTERNS["A4"], worlds, lives)
    assert not missed.passed
    assert strict(missed.as_json())["value"] is None


def test_six_of_seven_presentations_are_enough() -> None:
    rows = [[0.2, 0.2]] * 6 + [[0.9, 0.9]]
    whole = score(PATTERNS["A2"], *lives_of("A2", rows))
    assert whole.passed
    assert len(strict(whole.as_json())["value"]) == 7
    worlds, lives = lives_of("A2", rows)
    assert not score(PATTERNS["A2"], worlds[-2:], lives).passed, "of two given worlds each has to show it"


def test_all_cohorts_are_lived_unless_others_are_asked_for() -> None:
    assert list(chosen(())) == list(PATTERNS)
    assert {world.source for world in needed(chosen(()))} == {
        source_of(cohort) for name in PATTERNS for cohort in PATTERNS[name].cohorts
    }
    assert set(chosen([source_of("flow-diary")])) == {"A24"}
    assert list(chosen(["preset:cmooc"])) == list(PATTERNS)
    changed = chosen(["elsewhere/flow-diary.yaml"], (("weeks", 20),))
    assert changed == {"A24": [World("elsewhere/flow-diary.yaml", (("weeks", 20),))]}


def test_lives_are_the_same_however_many_processes_live_them() -> None:
    heard: list[tuple[int, int]] = []
    small = World(DIARY.source, (("learners", 40),))
    one = lived({small: ["flow_icc"]}, 2, workers=1, told=lambda done, total: heard.append((done, total)))
    two = lived({small: ["flow_icc", "flow_icc"]}, 2, workers=2)
    assert one[small]["flow_icc"].tolist() == two[small]["flow_icc"].tolist()
    assert heard == [(1, 2), (2, 2)]


def test_scores_are_json_and_name_the_worlds_they_are_of() -> None:
    (found,) = scored([DIARY.source], replicates=2, workers=1, nulls=True, settings={"learners": 40})
    told = strict(found.as_json())
    assert {"id", "passed", "value", "band", "null_value", "null_passes"} <= set(told)
    assert len(told["value"]) == len(told["band"]) == len(told["null_value"]) == 4
    assert told["cohorts"] == ["flow-diary"]
    assert told["null_passes"] is False
    other = score(
        PATTERNS["A24"],
        [World("preset:cmooc")],
        {World("preset:cmooc"): dict.fromkeys(PATTERNS["A24"].metrics, np.ones(2))},
    )
    assert other.as_json()["cohorts"] == ["preset:cmooc"]


# What is kept --------------------------------------------------------------------------------------------------------


def test_what_is_kept_has_every_pattern_and_the_held_out_presentation() -> None:
    kept = found.found("scoreboard")
    assert {each["id"] for each in kept["patterns"]} == set(PATTERNS)
    assert all(each["null_passes"] is False for each in kept["patterns"]), "a trivial world shows a pattern"
    assert [row["id"] for row in kept["held_out"]["patterns"]] == list(ACTIVITY)
    assert set(kept["course"]) == {COHORT, FITTED}
    assert all(set(told) == set(COURSE) for told in kept["course"].values())


def test_what_is_kept_is_of_this_code() -> None:
    kept = found.found("scoreboard")
    (now,) = scored([DIARY.source], kept["replicates"], workers=2)
    before = next(each for each in kept["patterns"] if each["id"] == "A24")
    told = strict(now.as_json())
    assert {name: told[name] for name in ("value", "spread", "within")} == {
        name: before[name] for name in ("value", "spread", "within")
    }, "run python -m ecosim.report.validation docs --run"


@pytest.mark.long
def test_all_that_is_kept_is_of_this_code() -> None:
    kept = found.found("scoreboard")
    now = [strict(each.as_json()) for each in scored(replicates=kept["replicates"], nulls=True)]
    assert now == kept["patterns"]
    assert strict(held_out(kept["replicates"])) == {name: kept[name] for name in ("held_out", "course")}


def test_bands_of_the_held_out_presentation_are_as_wide_as_those_of_the_fitted_one() -> None:
    for row in found.found("scoreboard")["held_out"]["patterns"]:
        part = PATTERNS[row["id"]].parts[0]
        low, high = row["band"]
        assert high - low == pytest.approx(part.high - part.low, abs=2e-4)
        assert low < row["observed"] < high
        assert row["passed"] == (low <= row["value"] <= high)


def test_keeping_and_finding_again(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "FOLDER", tmp_path / "findings")
    assert found.found("knockouts") is None
    assert found.unsupported() == ()
    mechanisms = [{"mechanism": "habit", "supported": True}, {"mechanism": "crowd", "supported": False}]
    found.keep("knockouts", {"mechanisms": mechanisms})
    assert found.unsupported() == ("crowd",)


def test_defaults_are_those_of_the_command() -> None:
    assert (scoreboard.REPLICATES, scoreboard.NULLS) == (8, 20)
