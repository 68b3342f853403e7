"""``report.html`` of a study: one file that asks for nothing, says the verdicts, and tells how to repeat it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosim.language import LANGUAGES, table
from ecosim.report.study.designs import designs
from ecosim.report.study.page import html, write_study_page
from ecosim.report.study.plots import write_figures
from ecosim.report.study.shown import Shown
from ecosim.report.study.verdicts import difference_beside
from tests.report.conftest import flat
from tests.report.study.conftest import BASE, PAIR, STUDIES, made_up, pair_study
from tests.report.test_page import FETCHING, Reader

Study = Callable[[str], Shown]
SESSION = {"begun": "2026-01-02T03:04:05+00:00", "argv": [], "host": "h", "versions": {"ecosim": "1.2"}, "git": None}
ABOUT = {"study": "s", "spec": "abc", "code": "1.2+abc", "seed": 1, "sessions": [SESSION]}


@pytest.fixture(scope="module")
def pages(shown: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the page of the small comparison in each language."""
    made = {}
    for lang in LANGUAGES:
        folder = tmp_path_factory.mktemp(lang)
        write_figures(shown("designs"), folder / "figures", lang)
        path = write_study_page(shown("designs"), folder, folder / "figures", lang, ABOUT)
        made[lang] = path.read_text(encoding="utf-8")
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_for_nothing_and_is_well_formed(pages: dict[str, str], lang: str) -> None:
    said = pages[lang]
    assert "<script" not in said
    reader = Reader(said)
    for tag, attributes, _ in reader.elements:
        assert tag not in {"script", "link", "iframe", "object", "embed", "base", "form"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in FETCHING or value.startswith(("#", "data:image/png;base64,"))
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"data:image/png;base64,[^\"]*", "", said))
    ids = [attributes["id"] for _, attributes, _ in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"].removeprefix("#") for attributes, _ in reader.all("a")]
    targets += [attributes["aria-labelledby"] for attributes, _ in reader.all("section")]
    assert set(targets) <= set(ids)
    assert targets[0] == "answer"
    assert said.count("<table") == said.count("<caption>")
    assert {attributes.get("scope") for attributes, _ in reader.all("th")} <= {"col", "row"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_verdicts_figures_and_how_to_repeat(pages: dict[str, str], shown: Study, lang: str) -> None:
    found = shown("designs").found
    reader = Reader(pages[lang])
    body = " ".join(reader.text("main").split())
    for _, each in found.comparisons:
        assert " ".join(difference_beside(found, each, lang).split()) in body
    images = list(reader.all("img"))
    assert len(images) >= 6
    assert len(list(reader.all("figure"))) == len(images)
    assert "ecosim verify ." in body
    assert "ecosim sweep resolved.yaml --out again" in body
    assert "event" not in body or "design.choice" in body
    assert table(lang)["page"]["banner"] in reader.text("header")


def test_no_french_page_says_an_english_sentence_nor_the_other_way_round(pages: dict[str, str]) -> None:
    texts = {lang: flat(table(lang)["findings"], "findings") for lang in LANGUAGES}
    plain = {lang: "\n".join(said for _, said in Reader(pages[lang]).all("main", "header")) for lang in LANGUAGES}
    for key in texts["en"]:
        for lang, other in (("en", "fr"), ("fr", "en")):
            said = texts[lang][key]
            if len(said) > 25 and "{" not in said and texts["en"][key] != texts["fr"][key]:
                assert said not in plain[other], key


@pytest.mark.parametrize("name", STUDIES)
def test_every_method_has_its_page(shown: Study, tmp_path: Path, name: str) -> None:
    for lang in LANGUAGES:
        reader = Reader(html(shown(name).found, tmp_path, lang, ABOUT))
        assert reader.text("h1")
        assert not list(reader.all("img"))
        assert {"answer", "repeat", "limits"} <= {attributes.get("id") for attributes, _ in reader.all("section")}


def test_designs_say_what_they_change(shown: Study) -> None:
    free, alone = designs(shown("designs").found, "en")
    assert free.baseline
    assert not free.settings
    assert {each.path: each.now for each in alone.settings} == {
        "design.choice": ["0.4"], "events": ["Week 0: all ties are cut"],
    }  # fmt: skip
    assert alone.settings[[each.path for each in alone.settings].index("design.choice")].label == "Choice"


def test_what_users_write_is_text(tmp_path: Path) -> None:
    nasty = "</style><script>alert(1)</script> {{ 7 * 7 }} <b>"
    study = pair_study(title=nasty, question=nasty, designs={**PAIR, "odd<b>": {"title": nasty, "events": []}})
    found = made_up(study, 0.1)
    three = found.values.main[:, [0, 1, 1]]
    said = html(
        type(found)(study, found.values._replace(main=three), [], {"done": 60}, [], True), tmp_path, "en", ABOUT
    )
    assert "<script" not in said
    assert "{{ 7 * 7 }}" in said
    Reader(said)


def test_a_report_stands_beside_the_results(folder: Path) -> None:
    assert (folder / "report.html").is_file()
    assert {each.name for each in (folder / "figures").iterdir()} == {"effects.png", "outcomes.png", "groups.png"}
    said = (folder / "report.html").read_text(encoding="utf-8")
    assert BASE["title"]["fr"] in said
    about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert about["spec"] in said
