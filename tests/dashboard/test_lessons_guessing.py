"""Predictions beside the runs: sketches compared in kind words, hands counted."""

from __future__ import annotations

import numpy as np
import pytest

from ecosim.dashboard.lesson import hands, hands_told, load_lesson, score_sketch, scored, told
from ecosim.language import LANGUAGES
from ecosim.report.study.amounts import POINTS
from tests.dashboard.lessons import came

FALL = np.concatenate([np.linspace(1.0, 0.4, 11), np.full(41, 0.4)])  #: quickly at first
BAND = np.stack([FALL - 0.05, FALL, FALL + 0.05])


def test_what_the_runs_do_is_inside_all_the_way() -> None:
    found = score_sketch(FALL, BAND, "en", POINTS)
    assert found.inside == 1.0
    assert found.same_way
    assert "all the way" in found.lines[0]
    assert "it falls" in found.lines[1]
    assert "timing fits" in found.lines[2]
    assert "where the runs end" in found.lines[3]


def test_a_straight_line_is_told_when_and_how_far_it_is_off() -> None:
    found = score_sketch(np.linspace(1.0, 0.6, 52), BAND, "en", POINTS)
    assert 0.0 < found.inside < 0.2
    assert found.same_way
    assert "above them in weeks" in found.lines[0]
    assert "earlier than you thought" in found.lines[2]
    assert "You end 15 points above" in found.lines[3]


def test_a_late_fall_comes_too_late_and_an_early_one_too_soon() -> None:
    late = np.concatenate([np.full(41, 1.0), np.linspace(1.0, 0.4, 11)])
    assert "earlier than you thought" in " ".join(score_sketch(late, BAND, "en").lines)
    turned = np.stack([late - 0.05, late, late + 0.05])
    assert "longer than you thought" in " ".join(score_sketch(FALL, turned, "en").lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_pair_of_ways_has_its_words(lang: str) -> None:
    ways = {"up": np.linspace(0.2, 0.8, 52), "down": np.linspace(0.8, 0.2, 52), "still": np.full(52, 0.5)}
    said = {score_sketch(own, np.stack([other] * 3), lang).lines[1] for own in ways.values() for other in ways.values()}
    assert len(said) == 9
    assert score_sketch(ways["up"], np.stack([ways["down"]] * 3), lang).same_way is False


def test_nothing_drawn_is_nothing_to_compare() -> None:
    found = score_sketch(np.full(52, np.nan), BAND, "en")
    assert found.inside == 0.0
    assert found.lines == ["Nothing has been drawn yet."]


def test_a_part_of_a_curve_is_compared_where_it_is() -> None:
    part = np.full(52, np.nan)
    part[20:30] = 0.4
    assert score_sketch(part, BAND, "en").inside == 1.0
    part[25:30] = 0.1
    found = score_sketch(part, BAND, "en", POINTS)
    assert found.inside == 0.5
    assert "below them in weeks 25 to 29" in found.lines[0]
    assert "25 points below" in found.lines[-1]


def test_a_lesson_knows_its_axis_and_unit() -> None:
    lesson = load_lesson("rewards")
    assert "points" in scored(lesson, np.full(52, 0.9), BAND[:, :52], "en").lines[-1]


def test_hands_are_shares() -> None:
    assert hands([3, 1, 0]) == [0.75, 0.25, 0.0]
    assert hands([0, 0]) == [0.0, 0.0]


def test_hands_are_told_by_what_the_runs_show() -> None:
    lesson = load_lesson("rewards")
    fewer = told(lesson, came(lesson, {"after": "lower"}), "en").answers
    assert hands_told([10, 5, 5], fewer, "en") == "5 of 20 (25%) chose C, which is what the runs show."
    open_ = told(lesson, came(lesson, {"after": "undecided"}), "en").answers
    assert "do not decide" in hands_told([10, 5, 5], open_, "en")
    assert hands_told([0, 0, 0], fewer, "en") == "No hands yet."
