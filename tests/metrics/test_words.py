"""Every metric can be read: in plain words, in both languages, with unit, formula and source."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ecosim.language import table
from ecosim.model.metrics import METRICS

SAME_IN_BOTH = {
    *("participation", "effort", "contributions", "flow", "immersion", "apprenance", "compossibles", "instruments"),
}
"""Labels that the two languages share."""
NAMED_IN_THE_MODEL = {
    *("retention", "participation", "mean_flow", "flow_share", "skill_gain", "autonomy", "autonomous_motive"),
    *("persistence", "efficacy", "autotelic_ratio", "mean_degree", "reply_rate", "gini_contributions", "top1_share"),
    *("top10_share", "gini_contributions_all", "top1_share_all", "top10_share_all", "collective_share"),
    *("collaborators_share", "posters_share", "compossibles", "shared_compossibles", "excluded_share", "apprenance"),
    *("apprenance_prevalence", "apprenance_emergence", "apprenance_growth", "apprenance_maintenance"),
    *("apprenance_stability", "carry_over", "reproduction", "reproduction_12", "instruments_share"),
    *("repost_difference", "hazard", "hazard_shape", "return_from_dormancy", "flow_quadrant", "anxiety_quadrant"),
    *("boredom_quadrant", "apathy_quadrant", "need_autonomy", "need_competence", "need_relatedness", "clustering"),
    *("assortativity_skill", "modularity", "tie_survival", "call_reciprocity", "calls_kept"),
}
FRENCH: dict[str, Any] = table("metrics_fr")


def test_all_that_the_model_names_are_there() -> None:
    assert set(METRICS) >= NAMED_IN_THE_MODEL


@pytest.mark.parametrize("name", list(METRICS))
def test_a_metric_says_what_it_is(name: str) -> None:
    metric = METRICS[name]
    for words in (metric.label, metric.unit, metric.over, metric.formula, metric.source):
        assert isinstance(words, str)
        assert words.strip()
    assert isinstance(metric.meaning, str)
    assert re.fullmatch(r"[A-ZÉÀ].*[^.]\.", metric.meaning)
    assert metric.run is not None


@pytest.mark.parametrize("name", list(METRICS))
def test_a_metric_has_its_french(name: str) -> None:
    metric = METRICS[name]
    assert set(FRENCH[name]) == {"label", "meaning"}
    assert re.fullmatch(r"[A-ZÀÉ].*[^.]\.", metric.say_meaning("fr"))
    assert metric.say_meaning("fr") != metric.say_meaning("en")
    assert metric.say_label("fr") != metric.say_label("en") or metric.label in SAME_IN_BOTH
    assert metric.say_over("fr") != metric.say_over("en")


def test_no_orphan_french() -> None:
    assert set(FRENCH) - {"over"} == set(METRICS)
    assert set(FRENCH["over"]) == {METRICS[name].over for name in METRICS}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_labels_tell_metrics_apart(lang: str) -> None:
    labels = [METRICS[name].say_label(lang) for name in METRICS]
    assert len(set(labels)) == len(labels)


def test_french_typography() -> None:
    said = [words for entry in FRENCH.values() for words in entry.values()]
    for words in said:
        assert not re.search(r"[^\u00a0] ?[?!;:%»]", words), words
        assert "\u2019" not in words, words


def test_units_have_names_in_both_languages() -> None:
    units = {METRICS[name].unit for name in METRICS}
    for lang in ("en", "fr"):
        assert units <= set(table(lang)["units"])
