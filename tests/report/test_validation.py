"""The pages on the world: made from what is kept, the same in both languages, and nothing that fails is hidden."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ecosim.evidence.found import found
from ecosim.language import LANGUAGES, lookup, table
from ecosim.report.reference import unsupported
from ecosim.report.validation import words
from ecosim.report.validation.board import cause_of
from ecosim.report.validation.claims import Kept, kept
from ecosim.report.validation.pages import PAGES, page_of, write_pages
from ecosim.report.validation.words import band, figure, rows_of, spread_over

DOCS = Path(__file__).resolve().parents[2] / "docs"
CALIBRATION = {
    "method": "abc_smc", "runs": {"done": 900, "failed": 2},
    "screening": [
        {"path": "context.intention.habit", "r2": 0.81, "low": 0.74, "high": 0.86, "fitted": True},
        {"path": "context.flow.gain", "r2": 0.02, "low": -0.08, "high": 0.09, "fitted": False},
    ],
    "posterior": {"context.intention.habit": {"median": 1.52, "q05": 1.3, "q95": 1.71, "narrowed": 0.64}},
    "targets": [
        {"cohort": "oulad-bbb2013b", "metric": "log_stays", "low": 0.76, "high": 0.82, "within": 0.93}
        | {"median": 0.79, "q05": 0.77, "q95": 0.81},
        {"cohort": "mine", "metric": "log_gini.last_quarter", "low": 0.5, "high": 0.6, "within": 0.0}
        | {"median": None, "q05": None, "q95": None},
    ],
}  # fmt: skip
NONE = Kept(None, None, None, None)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Return the pages as the code makes them now."""
    return {lang: page_of(lang) for lang in LANGUAGES}


# What is kept --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_made_from_what_is_kept(pages: dict[str, str], lang: str) -> None:
    written = (DOCS / PAGES[lang]).read_text(encoding="utf-8")
    assert written == pages[lang], "run `make docs`"


def test_pages_are_written_where_they_belong(tmp_path: Path, pages: dict[str, str]) -> None:
    assert write_pages(tmp_path) == [tmp_path / PAGES[lang] for lang in LANGUAGES]
    assert (tmp_path / "fr" / "validation.md").read_text(encoding="utf-8") == pages["fr"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_pattern_that_fails_has_a_documented_cause(lang: str) -> None:
    failing = [each["id"] for each in found("scoreboard")["patterns"] if not each["passed"]]
    missing = [name for name in failing if lookup(lang, f"evidence.causes.{name}") is None]
    assert not missing, f"write [evidence.causes] for {missing} in evidence_{lang}.toml"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_fails_stands_first_with_its_cause(pages: dict[str, str], lang: str) -> None:
    scores = found("scoreboard")["patterns"]
    failing = [each["id"] for each in scores if not each["passed"]]
    for name in failing:
        assert f"- **{name}, " in pages[lang]
        assert cause_of(name, lang) in pages[lang]
    shown = re.findall(r"^\| (A\d+) \|.* \|$", pages[lang].partition('id="nulls"')[0], re.MULTILINE)
    assert shown[: len(failing)] == sorted(failing, key=lambda name: int(name[1:]))
    assert set(shown) == {each["id"] for each in scores}


def test_causes_of_what_is_shown_stay_off_the_page(pages: dict[str, str]) -> None:
    shown = {each["id"] for each in found("scoreboard")["patterns"] if each["passed"]}
    for name, said in table("en")["evidence"]["causes"].items():
        assert (said in pages["en"]) == (name not in shown)


def test_counts_on_the_page_are_those_of_what_is_kept(pages: dict[str, str]) -> None:
    all_kept = kept()
    assert all_kept.scoreboard is not None and all_kept.knockouts is not None and all_kept.forecast is not None
    scores, mechanisms = all_kept.scoreboard["patterns"], all_kept.knockouts["mechanisms"]
    assert f"{sum(each['passed'] for each in scores)} of {len(scores)} patterns" in pages["en"]
    without = sum(not each["supported"] for each in mechanisms)
    assert f"({without} of {len(mechanisms)})" in pages["en"] or not without
    assert f"**Verdict: {all_kept.forecast['verdict']}.**" in pages["en"]
    assert "AAA 2013J" in pages["en"].partition('id="held-out"')[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mechanisms_that_are_not_supported_are_named_in_the_ledger_and_in_the_odd(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsupported, "unsupported", lambda: ("crowd", "flow_persistence"))
    ledger, odd = unsupported.ledger(lang), unsupported.odd(lang)
    assert "(#context.response.crowd)" in ledger
    assert "(events.md#ablation-crowd)" in odd and "(events.md#ablation-flow_persistence)" in odd
    monkeypatch.setattr(unsupported, "unsupported", lambda: ())
    assert unsupported.ledger(lang) == unsupported.odd(lang) == ""


# What is not kept ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_nothing_says_so(lang: str) -> None:
    page = page_of(lang, NONE)
    assert page.count(words.ask("nothing", lang)) == 6
    assert words.ask("calibration.nothing", lang) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_calibration_is_told_where_there_is_one(lang: str) -> None:
    part = page_of(lang, NONE._replace(calibration=CALIBRATION)).partition('id="calibration"')[2]
    part = part.partition('id="knockouts"')[0]
    assert "902" in part and "`abc_smc`" in part
    habit = next(line for line in part.splitlines() if "`context.intention.habit`" in line)
    gain = next(line for line in part.splitlines() if "`context.flow.gain`" in line)
    assert figure(1.52, lang) in habit and words.ask("calibration.yes", lang) in habit
    assert figure(1.52, lang) not in gain and words.ask("calibration.no", lang) in gain
    assert words.cohort_name("oulad-bbb2013b", lang) in part
    assert "`mine`" in part and "`log_gini.last_quarter`" in part


# Both languages ------------------------------------------------------------------------------------------------------


def headings(page: str) -> list[int]:
    """Return the levels of the headings of a page."""
    return [len(marks) for marks in re.findall(r"^(#+) ", page, re.MULTILINE)]


def test_french_mirrors_english(pages: dict[str, str]) -> None:
    english, french = pages["en"], pages["fr"]
    assert headings(english) == headings(french)
    for mark in ("\n| ", "\n- ", "<a id=", "https://doi.org/", "**", "`"):
        assert english.count(mark) == french.count(mark), mark
    cells = [[line.count(" | ") for line in page.splitlines() if line.startswith("| ")] for page in (english, french)]
    assert cells[0] == cells[1]
    assert numbers(english, "en") == numbers(french, "fr")


def numbers(page: str, lang: str) -> list[str]:
    """Return the numbers in the tables of a page, as English writes them."""
    rows = "\n".join(line for line in page.splitlines() if line.startswith("| "))
    text = re.sub(r"\]\([^)]*\)|`[^`]*`", "", rows)
    text = text.replace("\u202f", "").replace(",", ".") if lang == "fr" else text.replace(",", "")
    return re.findall(r"−?\d+\.\d+", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_lead_somewhere(pages: dict[str, str], lang: str) -> None:
    here = DOCS / PAGES[lang]
    for target, place in re.findall(r"\]\((?!https)([^)#\s]*)(?:#([^)\s]+))?\)", pages[lang]):
        path = (here.parent / target).resolve() if target else here
        assert path.exists(), target
        if place:
            assert f'<a id="{place}"></a>' in path.read_text(encoding="utf-8"), f"{target}#{place}"


def test_no_words_are_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from ecosim import language

    asked, find = set(), language._found
    monkeypatch.setattr(language, "_found", lambda name, key: (asked.add(key), find(name, key))[1])
    page_of("fr")
    page_of("fr", NONE)
    page_of("fr", NONE._replace(calibration=CALIBRATION))
    known = {f"evidence.page.{key}" for key in flat(table("fr")["evidence"]["page"])}
    either = re.compile(
        r"evidence\.page\.(help.*|ran|no_cause|(opening|claims)\.(explains|predicts)|forecast\.verdict_.*"
        r"|board\.none_fails|claims\.held(_all)?|claims\.course(_fine)?|fitted\.opposite|lost\.(un|all_)supported"
        r"|nulls\.yes|board\.(fails?|miss|missed)|forecast\.predicts|least)"
    )
    assert not {key for key in known - asked if not either.fullmatch(key)}


def flat(tree: dict[str, Any], prefix: str = "") -> set[str]:
    """Return the dotted keys of a table of words."""
    found: set[str] = set()
    for key, value in tree.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return found


# Numbers -------------------------------------------------------------------------------------------------------------


def test_numbers_have_three_digits_and_bands_those_that_they_have() -> None:
    assert [figure(each, "en") for each in (0.78783, 3.5267, 11.63, 0.0040, 0.0, None, -0.4336)] == [
        "0.788", "3.53", "11.6", "0.0040", "0", "–", "−0.434",
    ]  # fmt: skip
    assert figure(0.5, "fr") == "0,500"
    assert band(0.04, 0.1, "en") == "0.04 to 0.1"
    assert band(1.0, None, "fr") == "1 ou plus"
    assert spread_over([0.2, None, 0.2], "en") == "0.200"
    assert spread_over([0.1, 0.3], "en") == "0.100 to 0.300"
    assert spread_over([None], "en") == "–"


def test_shortened_scores_are_rows_again() -> None:
    def rows(value: Any, metrics: list[str], bands: Any) -> list[Any]:
        score = {"value": value, "observed": value, "null_value": None, "metrics": metrics, "band": bands}
        return [row.value for row in rows_of(score)]

    assert rows(0.3, ["a"], [0, 1]) == [[0.3]]
    assert rows(None, ["a"], [0, 1]) == [[None]]
    assert rows([0.3, 0.4], ["a"], [0, 1]) == [[0.3, 0.4]]
    assert rows([0.3, 0.4], ["a", "b"], [[0, 1], [0, None]]) == [[0.3], [0.4]]
    assert rows([[1, 2], [3, 4]], ["a", "b"], [[0, 1], [0, 1]]) == [[1, 3], [2, 4]]
