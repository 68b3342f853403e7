"""None, one and many; numbers for people."""

from __future__ import annotations

import re

import pytest

from ecosim.language import table
from ecosim.report.grammar import joined, plural, rate, share, spans, stretches
from tests.report.conftest import flat

TABLES = ("report", "figures", "words", "story")
NARROW, FIXED = "\u202f", "\u00a0"


def ours(lang: str) -> dict[str, str]:
    """Return every text of the report in ``lang``."""
    return {key: said for name in TABLES for key, said in flat(table(lang)[name], name).items()}


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("en", 0, "0 weeks"), ("en", 1, "1 week"), ("en", 2, "2 weeks"), ("en", 1234, "1,234 weeks"),
        ("fr", 0, "0 semaine"), ("fr", 1, "1 semaine"), ("fr", 2, "2 semaines"), ("fr", 1234, f"1{NARROW}234 semaines"),
    ],
)  # fmt: skip
def test_english_and_french_count_each_in_its_way(lang: str, count: int, said: str) -> None:
    assert plural("words.weeks", count, lang) == said


def test_none_has_its_own_words_where_there_are_some() -> None:
    assert plural("words.departures", 0, "en", half=0) == "Nobody ever left."
    assert plural("words.departures", 0, "fr", half=0) == "Personne n'est jamais parti."


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_whatever_has_many_has_one(lang: str) -> None:
    keys = ours(lang)
    for key in keys:
        if key.endswith(".many"):
            assert key.removesuffix("many") + "one" in keys, key


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], ""), ([3], "3"), ([3, 4], "3 and 4"), ([3, 4, 5], "3 to 5"), ([0, 2, 3, 4, 9], "0, 2 to 4 and 9"),
        ([1, 2, 5, 6, 7, 8], "1, 2 and 5 to 8"),
    ],
)  # fmt: skip
def test_stretches_are_said_once(numbers: list[int], said: str) -> None:
    assert stretches(numbers, "en") == said


def test_lists_end_with_and() -> None:
    assert joined([], "en") == ""
    assert joined(["a"], "en") == "a"
    assert joined(["a", "b", "c"], "en") == "a, b and c"
    assert joined(["a", "b", "c"], "fr") == "a, b et c"


def test_weeks_are_named_in_the_right_number() -> None:
    assert spans([4], "en") == "week 4"
    assert spans([4, 5, 6], "fr") == "semaines 4 à 6"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0.0, "0%", f"0{FIXED}%"), (0.001, "less than 1%", f"moins de 1{FIXED}%"),
        (0.005, "less than 1%", f"moins de 1{FIXED}%"), (0.006, "1%", f"1{FIXED}%"), (0.37, "37%", f"37{FIXED}%"),
        (0.996, "more than 99%", f"plus de 99{FIXED}%"), (1.0, "100%", f"100{FIXED}%"),
    ],
)  # fmt: skip
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(value: float, english: str, french: str) -> None:
    assert share(value, "en") == english
    assert share(value, "fr") == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0.0, "0%", f"0{FIXED}%"), (0.0001, "less than 1%", f"moins de 1{FIXED}%"), (0.012, "1.2%", f"1,2{FIXED}%"),
        (0.0994, "9.9%", f"9,9{FIXED}%"), (0.0996, "10%", f"10{FIXED}%"), (0.5, "50%", f"50{FIXED}%"),
    ],
)  # fmt: skip
def test_small_rates_have_a_decimal(value: float, english: str, french: str) -> None:
    assert rate(value, "en") == english
    assert rate(value, "fr") == french


def test_french_has_its_typography() -> None:
    for key, said in ours("fr").items():
        bare = re.sub(r"\{\w+\}", "x", said)
        assert not re.search(r"[^\u00a0][?!;:%»](\s|$)", bare), f"{key}: no-break space missing in {said!r}"
        assert not re.search(r"«[^\u00a0]", bare), f"{key}: no-break space missing in {said!r}"
        assert "\u2019" not in said, f"{key}: straight apostrophes only"


def test_french_is_not_english() -> None:
    english, french = ours("en"), ours("fr")
    same = {
        key
        for key in english
        if english[key] == french[key] and re.search(r"[a-z]{3}", re.sub(r"\{.*?\}", "", english[key]))
    }
    assert {english[key] for key in same} <= {
        "Flow",
        "{value} points",
        "{value} point",
        "contributions",
        "apprenance {value}",
        "apprenance",
        "artefact",
        "possible",
        "{name} (Gini {gini})",
    }
