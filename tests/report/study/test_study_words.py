"""The words of a study: verdicts, amounts, rules and expectations say what the numbers say, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from math import nan
from typing import Any

import numpy as np
import pytest

from ecosim.language import LANGUAGES, table
from ecosim.report.grammar import share
from ecosim.report.study.amounts import PLAIN, POINTS, between, confidence, difference, level
from ecosim.report.study.expected import expectation_text
from ecosim.report.study.naming import factor_name, point_name
from ecosim.report.study.outcomes import outcomes
from ecosim.report.study.places import changes, conditions_text, rule_text
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown
from ecosim.report.study.verdicts import rounded, verdict_text
from ecosim.report.study.words import sections, study_text
from ecosim.study.findings import Findings
from ecosim.study.statistics.expectations import Box, Held
from ecosim.study.statistics.flips import Condition, FlipMap, Rule
from tests.report.conftest import flat
from tests.report.study.conftest import STUDIES, made_up, pair_study

NARROW, FIXED = "\u202f", "\u00a0"
Study = Callable[[str], Shown]


def first(found: Findings, lang: str) -> str:
    """Return the verdict on the first metric in words."""
    return verdict_text(found, found.comparisons[0][1], lang)


@pytest.mark.parametrize(
    ("change", "spread", "english", "french"),
    [
        (0.1, 0.01, "better", "meilleur"),
        (-0.1, 0.01, "worse", "moins bon"),
        (0.0, 0.01, "equivalent (inside 2.0 points", "équivalent (à moins de 2,0 points"),
        (0.012, 0.2, "undecided (about", "indécis (environ"),
    ],
)
def test_a_verdict_is_said_in_plain_words(change: float, spread: float, english: str, french: str) -> None:
    found = made_up(pair_study(compare={"smallest_effect": {"retention": 0.02}}), change, spread)
    for lang, word in (("en", english), ("fr", french)):
        assert word in first(found, lang)
        assert word in study_text(found, lang)


def test_more_runs_would_hardly_decide_a_difference_that_lies_on_the_boundary() -> None:
    found = made_up(pair_study(), 0.0, 0.1)
    assert "more runs would hardly decide it" in first(found, "en") or "about" in first(found, "en")
    comparison = found.comparisons[0][1]
    never = comparison._replace(judged=comparison.judged._replace(word="undecided", more=float("inf")))
    assert "more runs would hardly decide it" in verdict_text(found, never, "en")
    assert "plus de simulations ne trancheraient guère" in verdict_text(found, never, "fr")


def test_equal_runs_are_the_same_and_a_single_pair_is_too_few() -> None:
    found = made_up(pair_study(), 0.0, 0.0)
    assert first(found, "en").endswith("the same in every run")
    one = replace(found, values=found.values._replace(main=found.values.main[:, :, :1]))
    assert "too few runs for an interval" in first(one, "en")
    none = replace(found, values=found.values._replace(main=np.full_like(found.values.main, np.nan)))
    assert "no pair of runs has a value" in first(none, "en")
    assert study_text(none, "fr")


def test_a_metric_without_a_better_direction_is_higher_or_lower() -> None:
    study = pair_study(metrics=["gini_contributions", "mean_degree"])
    neutral = [each.key for each in study.wanted if each.metric.better is None]
    found = made_up(study, 0.1)
    for _, each in found.comparisons:
        if each.metric in neutral:
            assert verdict_text(found, each, "en").endswith(": higher")


def test_shares_are_read_in_points_and_levels_as_they_are() -> None:
    assert difference(-0.062, POINTS, "en", 0.011) == "−6.2 points"
    assert difference(-0.062, POINTS, "fr", 0.011) == "−6,2 points"
    assert difference(0.0341, PLAIN, "en", 0.0112) == "+0.034"
    assert difference(float("nan"), POINTS, "en") == "undefined"
    assert level(0.6123, POINTS, "fr", 0.02) == f"61,2{FIXED}%"
    assert between(-0.02, 0.04, POINTS, "en") == "−2.0 to +4.0"
    assert between(float("nan"), 0.1, POINTS, "en") == ""
    assert difference(1e-9, POINTS, "en", 0.01) == "0.0 points"


def test_confidence_has_only_the_digits_that_it_needs() -> None:
    assert confidence(0.95, "en") == "95%"
    assert confidence(0.9664, "fr") == f"96,6{FIXED}%"
    assert confidence(0.9999, "en") == "99.99%"


def test_estimated_numbers_of_replicates_are_rounded() -> None:
    assert [rounded(each) for each in (1.0, 37.0, 123.0, 1234.0)] == [1, 37, 130, 1300]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STUDIES)
def test_the_page_of_words_says_that_it_does_not_forecast(shown: Study, name: str, lang: str) -> None:
    told = study_text(shown(name).found, lang)
    assert told.startswith({"en": "Company", "fr": "La compagnie"}[lang])
    assert told.endswith(table(lang)["findings"]["closing"])
    assert "nan" not in told.lower().split()
    assert not re.search(r"\bp\s*[=<]|None|inf\b", told)
    assert "{" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_tells_designs_costs_expectations_and_where_they_change_places(shown: Study, lang: str) -> None:
    found = shown("designs").found
    keys = [section.key for section in sections(found, lang)]
    assert keys[:2] == ["outcomes", "expect"]
    assert {"costs", "sensitivity", "flips"} <= set(keys)
    told = study_text(found, lang)
    for row in found.comparisons:
        assert verdict_text(found, row[1], lang).partition(": " if lang == "en" else f"{FIXED}: ")[2] in told
    for each in found.held:
        assert expectation_text(found, each, lang) in told


def test_expectations_say_verdict_status_and_share_of_the_box() -> None:
    study = pair_study(expect=STUDIES["designs"]["expect"][:1])
    found = made_up(study, -0.1)
    box = Box(0.9, 0.8, 0.95, 64, 0, -0.05, -0.06, -0.04, "supported")
    held = found.held[0]._replace(box=box)
    english, french = (expectation_text(found, held, lang) for lang in LANGUAGES)
    assert english.startswith("Retention is lower under “Alone” than under “free” (emergent). Supported: −10.00 points")
    assert "as expected at 90% of 64 points (80% to 95%)" in english
    assert f"90{FIXED}% de 64 points" in french
    some = expectation_text(found, held._replace(box=box._replace(none=25)), "en")
    assert "as expected at 90% of 39 points where there is a difference, of 64 points (80% to 95%)" in some
    nowhere = expectation_text(found, held._replace(box=box._replace(none=64, share=nan)), "fr")
    assert "aucun point ne montre de différence" in nowhere
    assert "(émergent)" in french
    words: dict[str, str] = {"contradicted": "Contradicted", "undecided": "Undecided", "open": "Open"}
    for verdict, word in words.items():
        other: Held = held._replace(verdict=verdict)  # type: ignore[arg-type]
        assert f"{word}: " in expectation_text(found, other, "en")
    late = made_up(study, -0.1, expected_before=False)
    assert "they are no predictions" in study_text(late, "en")


def test_groups_are_told_only_where_the_difference_is_clear() -> None:
    def row(group: str, low: float, high: float) -> dict[str, Any]:
        return {"kind": "disposition", "group": group, "metric": "retention", "design": "alone", "mean": 0.5,
                "pairs": 20, "difference": 0.5 * (low + high), "low": low, "high": high}  # fmt: skip

    rows = [row("lowest", -0.2, -0.1), row("low", -0.1, 0.1), row("high", 0.05, 0.07), row("highest", -0.01, 0.2)]
    told = study_text(made_up(pair_study(), 0.1, groups=rows), "en")
    assert "losing: lowest quarter (−15.0 points); gaining: third quarter (+6.0 points)" in told
    assert "second quarter" not in told
    both = [row("lowest", -0.2, -0.1), row("low", -0.3, -0.2), row("high", -0.07, -0.05)]
    told = study_text(made_up(pair_study(), 0.1, groups=both), "en")
    assert "all lose; least: third quarter (−6.0 points), most: second quarter (−25.0 points)" in told


def test_who_is_left_out_stands_beside_the_means(shown: Study) -> None:
    found = shown("designs").found
    rows = [each for each in found.groups if each["metric"] == "excluded_share"]
    assert [each["design"] for each in rows] == [arm.name for arm in found.study.arms]
    assert (
        f"Left out at the end, of those still there (no tie, and not accepted): {share(rows[0]['mean'], 'en')} under"
        in (study_text(found, "en"))
    )
    assert "Isolés à la fin, parmi ceux qui sont encore là" in study_text(found, "fr")


def test_failures_are_named() -> None:
    failed = {"design": "alone", "point": 0, "replicate": 3, "error": "MemoryError: more than 4000 MB"}
    told = study_text(made_up(pair_study(), 0.1, failures=[failed], counts={"done": 39, "failed": 1}), "en")
    assert "1 run failed and is counted nowhere." in told
    assert "Alone, replicate 3, the scenario as it is: MemoryError: more than 4000 MB" in told


def test_rules_name_their_factors_once_with_both_ends(shown: Study) -> None:
    found = shown("designs").found
    path = "context.staying.h_W"
    rule = Rule((Condition(path, True, 2.54), Condition(path, False, 3.96)), 7, -0.02, -0.03, -0.01, 0.0)
    assert conditions_text(found, rule, "en") == [f"{factor_name(path, 'en')} is between 2.5 and 4"]
    assert conditions_text(found, Rule(rule.conditions[:1], 7, 0.0, -0.1, 0.1, 0.0), "fr")[0].endswith("dépasse 2,5")


def test_a_side_is_named_only_where_it_is_clear(shown: Study) -> None:
    found = shown("designs").found
    flip = FlipMap("alone", "free", "retention", 0.5, (), 0.3, ("context.staying.h_W",))
    split = Condition("context.staying.h_W", True, 2.5), Condition("context.staying.h_W", False, 2.5)
    low, high = Rule(split[:1], 30, -0.02, -0.03, -0.01, 0.1), Rule(split[1:], 34, 0.01, -0.01, 0.03, 0.6)
    assert not changes(flip._replace(rules=(low, high)))
    assert rule_text(found, flip._replace(rules=(low, high)), low, "en").startswith("“Alone” loses where")
    assert rule_text(found, flip._replace(rules=(low, high)), high, "en").startswith("no clear difference where")
    clear = high._replace(low=0.005)
    assert changes(flip._replace(rules=(low, clear)))
    assert rule_text(found, flip._replace(rules=(low, clear)), clear, "fr").startswith(
        "«\u00a0Seul\u00a0» l'emporte là où"
    )


def test_factors_without_a_label_go_by_their_path() -> None:
    assert factor_name("context.network.rewiring", "fr") == "recâblage"
    assert factor_name("context.network.nonsense", "en") == "context.network.nonsense"
    assert factor_name("communities.north.design.choice", "en") == "choice (north)"
    assert factor_name("design", "en") == "the choice of design"
    assert point_name({f"a{each}": 1 for each in range(9)}, 17, "en") == "point 17"


def test_points_say_their_range_and_how_often_a_design_wins(shown: Study) -> None:
    found = shown("grid").found
    lines = outcomes(found, "en")[0].more
    assert len(lines) == 3
    assert lines[-1].startswith("“Alone” against “free”: ")
    counts = [int(each) for each in re.findall(r"at (\d+) points?", lines[-1])]
    assert sum(counts) == len(found.study.points)


def test_french_has_its_spaces_and_both_languages_their_quotes() -> None:
    for key, message in flat(table("fr")["findings"], "findings").items():
        assert not re.search(r" [:;?!%»]|« (?!\{)|[’]", message.replace("{", "").replace("}", "")), key
        assert not re.search(r"[^\u00a0\s][;?!»]", message), key
    for key, message in flat(table("en")["findings"], "findings").items():
        assert "«" not in message, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_has_many_has_one(lang: str) -> None:
    keys = flat(table(lang)["findings"], "findings")
    for key in keys:
        if key.endswith(".many") and ".count." in key:
            assert key.removesuffix("many") + "one" in keys


def test_said_refuses_what_nobody_wrote() -> None:
    with pytest.raises(KeyError):
        said("no.such.message", "en")
