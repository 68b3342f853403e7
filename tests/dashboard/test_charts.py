"""Curves in units that people read: axes hold what is drawn, words and tables say the same as the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ecosim.dashboard.charts import Axis, axis_of, is_share, said
from ecosim.dashboard.drawing import bands_in_words, bands_table, curve
from ecosim.language import LANGUAGES
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds

VALUES = st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf])
ARRAYS = st.lists(hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=6), elements=VALUES), max_size=3)
WEEKLY = [name for name in METRICS if METRICS[name].is_weekly is not False]


@given(st.sampled_from(sorted(METRICS)), ARRAYS, st.booleans())
def test_an_axis_holds_all_that_is_drawn(metric: str, found: list[Any], signed: bool) -> None:
    axis = axis_of(metric, found, signed)
    assert np.isfinite([axis.low, axis.high]).all()
    assert axis.low < axis.high
    known = np.concatenate([each.ravel() for each in found]) if found else np.empty(0)
    known = known[np.isfinite(known)]
    if not signed and bounds().get(metric) == (0, 1):
        assert (axis.low, axis.high) == (0.0, 1.0), "the same for all pictures of it, so that they can be compared"
    elif known.size:
        assert axis.low <= known.min()
        assert known.max() <= axis.high
    if signed:
        assert axis.low == -axis.high
    else:
        assert axis.low <= 0.0 <= axis.high


def test_shares_are_read_in_per_cent() -> None:
    assert is_share("retention")
    assert not is_share("mean_degree")
    axis = Axis(0.0, 1.0, True)
    assert [said(0.374, axis, lang) for lang in LANGUAGES] == ["37%", "37\u00a0%"]
    assert [said(1234.5, Axis(0.0, 2000.0, False), lang) for lang in LANGUAGES] == ["1,234.50", "1\u202f234,50"]
    assert {said(value, axis, "en") for value in (np.nan, np.inf)} == {"–"}


@pytest.mark.parametrize("metric", WEEKLY)
def test_every_weekly_metric_can_be_drawn(metric: str) -> None:
    axis = axis_of(metric, [np.array([0.2, np.nan, 0.4])])
    assert axis.low <= 0.2 < 0.4 <= axis.high
    assert axis_of(metric, [np.full(3, np.nan)]).high > axis_of(metric, []).low


def test_a_line_and_a_band_are_taken_apart() -> None:
    band = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, np.nan]])
    one, other = curve("a", 0, band[1]), curve("b", 1, band)
    assert one["values"] == [0.3, 0.4]
    assert other["values"] == [0.3, 0.4]
    assert (other["low"], other["high"]) == ([0.1, 0.2], [0.5, None])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_say_where_each_band_ends(lang: str) -> None:
    axis = Axis(0.0, 1.0, True)
    short = np.array([[0.1, 0.2, np.nan], [0.3, 0.4, np.nan], [0.5, 0.6, np.nan]])
    told = bands_in_words(["calm", "hasty", "nobody"], [short + 0.1, short, np.full((3, 3), np.nan)], axis, lang)
    gap = "\u00a0" if lang == "fr" else ""
    for number in ("30", "50", "70", "20", "40", "60"):
        assert f"{number}{gap}%" in told
    assert "calm" in told.lower()
    assert "nobody" not in told.lower(), "of whom there is nothing to say"
    assert "1" in told
    assert bands_in_words([], [], axis, lang) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_has_every_number(lang: str) -> None:
    pytest.importorskip("solara")
    band = np.array([[0.1, np.nan], [0.3, 0.4], [0.5, 0.6]])
    content = bands_table(["calm", "hasty"], [band, band + 0.1], Axis(0.0, 1.0, True), lang).kwargs["content"]
    assert len(content["head"]) == 7
    made = [cell for row in content["rows"] for cell in row]
    for share in (10, 30, 50, 40, 60, 20, 70):
        assert any(each.startswith(f"{share}") for each in made)
    assert made.count("–") == 2
    assert {"0", "1"} <= set(made)
