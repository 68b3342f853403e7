"""``report.html``: it asks for nothing, says everything in both languages, and what it says of a run is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import ecosim.report.page as room
from ecosim.cli import main
from ecosim.language import LANGUAGES, table, text
from ecosim.model.run import Run, simulate
from ecosim.report import page
from ecosim.report.folder import write_results
from ecosim.report.page import courses, leafwords, origin, people, pictures, repeat
from ecosim.report.page.changes import lever_changes, parameter_changes, world_changes
from ecosim.report.story import typical_learner
from ecosim.scenario import presets
from ecosim.scenario.design import LEVERS
from ecosim.scenario.resolve import load
from tests.report.conftest import flat

ROOT = Path(__file__).parents[2]
HERE = Path(room.__file__).parent
VOID = {"meta", "img", "br", "hr", "input", "link", "path", "rect"}  #: elements without an end (those of SVG close it)
FETCHING = {"src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "data", "background", "cite"}
Lived = Callable[..., Run]


class Reader(HTMLParser):
    """Reads a page: its elements in order, each with its attributes, depth and text; refuses what is out of balance."""

    def __init__(self, said: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.feed(said)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        said: list[str] = []
        self.elements.append((tag, {name: value or "" for name, value in attrs}, said))
        if tag not in VOID:
            self.open.append((tag, said))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, said in self.open:
            said.append(data)

    def all(self, *tags: str) -> Iterator[tuple[dict[str, str], str]]:
        """Yield attributes and text of every element of these kinds."""
        for tag, attributes, said in self.elements:
            if tag in tags:
                yield attributes, "".join(said)

    def text(self, tag: str = "body", **having: str) -> str:
        """Return the text of the first element of a kind with these attributes."""
        return next(said for attributes, said in self.all(tag) if having.items() <= attributes.items())


@pytest.fixture(scope="session")
def drawn(small: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the figures of a small run."""
    from ecosim.report.plots import write_figures

    folder = tmp_path_factory.mktemp("figures")
    write_figures(small, folder, "en")
    return folder


@pytest.fixture(scope="session")
def pages(small: Run, drawn: Path) -> dict[str, str]:
    """Return the page of the small run in each language."""
    return {lang: page.html(small, drawn, lang, small.provenance()) for lang in LANGUAGES}


def made(run: Run, lang: str = "en", **how: Any) -> Reader:
    """Return the page of ``run`` without figures, read."""
    return Reader(page.html(run, HERE / "nowhere", lang, run.provenance(), **how))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_for_nothing(pages: dict[str, str], lang: str) -> None:
    reader = Reader(pages[lang])
    for tag, attributes, _ in reader.elements:
        assert tag not in {"script", "link", "iframe", "object", "embed", "base", "form"}
        assert "http-equiv" not in attributes
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in FETCHING or value.startswith(("#", "data:image/png;base64,")), (tag, name, value[:60])
    style = reader.text("style")
    assert "@import" not in style
    assert "url(" not in style
    assert not any("url(" in attributes.get("style", "") for _, attributes, _ in reader.elements)
    assert not re.search(r"https?:|//[a-z]", re.sub(r"data:image/png;base64,[^\"]*", "", pages[lang]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_well_formed_and_can_be_found_one_s_way_in(pages: dict[str, str], lang: str) -> None:
    said = pages[lang]
    assert said.lstrip().lower().startswith("<!doctype html>")
    reader = Reader(said)
    assert next(reader.all("html"))[0]["lang"] == lang
    assert len(said.encode()) < 3_000_000
    ids = [attributes["id"] for _, attributes, _ in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"].removeprefix("#") for attributes, _ in reader.all("a")]
    targets += [attributes["aria-labelledby"] for attributes, _ in reader.all("section")]
    assert set(targets) <= set(ids)
    assert targets[0] == "told"
    levels = [int(tag[1]) for tag, _, _ in reader.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    headings = [found.strip() for _, found in reader.all("h1", "h2", "h3", "h4")]
    assert all(headings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_captions_and_every_head_a_scope(pages: dict[str, str], lang: str) -> None:
    reader = Reader(pages[lang])
    tables = pages[lang].count("<table")
    captions = [found.strip() for _, found in reader.all("caption")]
    assert tables == len(captions) > 5
    assert all(captions)
    assert {attributes.get("scope") for attributes, _ in reader.all("th")} <= {"col", "row", "rowgroup"}
    regions = [attributes for attributes, _ in reader.all("div") if attributes.get("class") == "scroll"]
    assert regions
    assert all(each["tabindex"] == "0" and each["role"] == "region" and each["aria-label"] for each in regions)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_there_with_words_and_numbers(
    pages: dict[str, str], small: Run, drawn: Path, lang: str
) -> None:
    from ecosim.report.plots import FIGURES

    reader = Reader(pages[lang])
    images = [attributes for attributes, _ in reader.all("img")]
    assert len(images) == len(FIGURES) == len(list(drawn.iterdir()))
    assert all(each["alt"].strip() and int(each["width"]) > 100 < int(each["height"]) for each in images)
    assert len({each["alt"] for each in images}) == len(images)
    words = [found for _, found in reader.all("figcaption")]
    for name, said in zip(FIGURES, words, strict=True):
        assert FIGURES[name].describe(small, lang).strip() in said
    assert list(table(lang)["page"]["names"]) == list(FIGURES)
    shown = [found for _, found in reader.all("figure")]
    for name, said in zip(FIGURES, shown, strict=True):
        for head in FIGURES[name].table(small, lang).head:
            assert head in said


def test_a_table_that_is_too_long_says_so(small: Run, drawn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_ROWS", 5)
    found = pictures.pictures(small, drawn, "en")
    by_week = next(each for each in found if each.name == "retention")
    assert (len(by_week.grid.rows), by_week.grid.total) == (5, 12)
    assert text("page.figures.cut", shown=5, total=12) in page.html(small, drawn, "en", small.provenance())


def test_a_large_figure_is_carried_in_few_colours_and_looks_the_same(
    drawn: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, *size = pictures._embedded(drawn / "retention.png")
    monkeypatch.setattr(pictures, "LARGE", 1000)
    slim, *same = pictures._embedded(drawn / "retention.png")
    assert same == size
    assert len(slim) < 0.6 * len(whole)
    before, after = (np.asarray(Image.open(BytesIO(b64decode(each.partition(",")[2]))).convert("RGB"), float)
                     for each in (whole, slim))  # fmt: skip
    assert np.abs(before - after).mean() < 0.5
    assert (after[0, 0] == 255).all()


def test_a_figure_of_the_user_s_own_goes_by_its_name() -> None:
    assert pictures.title_of("my_own", "fr") == "my own"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_are_those_of_the_summary(pages: dict[str, str], small: Run, lang: str) -> None:
    reader = Reader(pages[lang])
    found: dict[str, set[float | None]] = {}
    for attributes, said in reader.all("data"):
        value = float(attributes["value"]) if attributes["value"] else None
        found.setdefault(attributes["data-metric"], set()).add(value)
        assert said.strip()
    summary = json.loads(json.dumps(small.summary))
    assert found == {key: {value} for key, value in summary.items()}
    tiles = [attributes["data-metric"] for attributes, _ in reader.all("data") if "class" in attributes]
    assert tiles[:2] == ["retention", "participation"]


def test_the_tiles_begin_with_what_the_scenario_asks_for(lived: Lived) -> None:
    run = lived(str(ROOT / "scenarios" / "two-circles.yaml"), {"learners": 30, "weeks": 6})
    tiles = [each for each, _ in made(run).all("data") if "class" in each]
    asked = ["retention", "mean_flow", "reply_rate", "excluded_share", "mean_degree", "apprenance"]
    assert [each["data-metric"] for each in tiles] == asked


def test_no_french_page_says_an_english_sentence_nor_the_other_way_round(pages: dict[str, str]) -> None:
    texts = {lang: flat(table(lang)["page"], "page") for lang in LANGUAGES}
    plain = {lang: "\n".join(said for _, said in Reader(pages[lang]).all("main", "header")) for lang in LANGUAGES}
    for key, english in texts["en"].items():
        for lang, other in (("en", "fr"), ("fr", "en")):
            said = texts[lang][key]
            if len(said) > 25 and "{" not in said and texts["en"][key] != texts["fr"][key]:
                assert said not in plain[other], key
        assert english.strip()


def test_every_word_of_the_page_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in [*HERE.rglob("*.html"), *HERE.rglob("*.py")])
    source += (HERE.parent / "citation.py").read_text(encoding="utf-8")
    chosen = ("anchors", "cite", "course", "event", "limits", "terms", "world", "groups")  #: groups named at run time
    unused = []
    for key in flat(table("en")["page"], "page"):
        group, _, name = key.removeprefix("page.").rpartition(".")
        group, _, term = group.partition(".")
        parts = {name, name.rpartition("_")[2], term, f"context.{name}"} - {""}
        named = any(re.search(rf'"{part}"', source) for part in parts)
        if f'{key.removeprefix("page.")}"' not in source and not (group in chosen and named) and group != "names":
            unused.append(key)
    assert unused == []


NASTY = '</style><script>alert("x")</script> & {{ 7 * 7 }} "quoted" \'and\' <b>bold</b>'


def test_what_users_write_is_text_and_nothing_else(lived: Lived) -> None:
    run = lived(
        {
            "title": NASTY, "question": NASTY, "description": NASTY, "learners": 20, "weeks": 3,
            "communities": {'a"<i>': {"share": 0.5, "label": NASTY}, "b&b": {"share": 0.5}},
            "context": {"profiles": {"<u>": {"share": 1.0, "label": NASTY}}},
            "artefacts": [{"name": "<img>", "collective": False}, {"name": "z", "collective": True, "label": NASTY}],
            "events": [{"week": 1, "label": NASTY}],
        }
    )  # fmt: skip
    for lang in LANGUAGES:
        reader = made(run, lang)
        assert reader.text("h1") == NASTY
        assert not [tag for tag, _, _ in reader.elements if tag in {"script", "b", "u", "img"}]
        assert len(list(reader.all("style"))) == 1
        assert NASTY in reader.text("title")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotes_in_the_name_of_a_file(lang: str, tmp_path: Path) -> None:
    source = tmp_path / 'it\'s "mine" & <yours>.yaml'
    source.write_text("ecosim: 1\nkind: scenario\nextends: preset:xmooc\nlearners: 9\nweeks: 3\n", encoding="utf-8")
    run = simulate(load(source))
    assert made(run, lang).text("h1") == {"en": "An xMOOC", "fr": "Un xMOOC"}[lang]
    untitled = simulate(load({"learners": 9, "weeks": 3}))
    named = replace(untitled, loaded=replace(untitled.loaded, name='it\'s "mine" & <yours>'))
    assert made(named, lang).text("h1") == 'it\'s "mine" & <yours>'


CASES: list[tuple[str, list[str]]] = [
    ("preset:xmooc", ["--set", "weeks=5", "--set", "learners=30", "--set", "design.facilitation=[[0, 0.6], [4, 0]]",
                      "--set", "context.network={kind: none}", "--seed", "7", "--replicate", "3"]),
    ("given.yaml", ["--set", "title='it''s \"so\" $HOME'", "--set", "events.0.levers=[incentive]", "--seed", "9"]),
    ("given.yaml", ["--choices", "made.yaml"]),
]  # fmt: skip
GIVEN = """
ecosim: 1
kind: scenario
title: Ours
extends: preset:community-of-practice
learners: 25
weeks: 6
design: {choice: 0.9}
events: [{week: 3, do: withdraw, levers: [facilitation, incentive]}]
"""


@pytest.mark.parametrize(("source", "words"), CASES)
def test_the_commands_of_the_page_repeat_the_run(
    source: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ecosim.report.plots.write_figures", lambda *_: [])
    Path("given.yaml").write_text(GIVEN, encoding="utf-8")
    Path("made.yaml").write_text('"0": {"3": {artefact: 4, effort: 2}, "5": {artefact: null}}\n', encoding="utf-8")
    assert main(["run", source, *words, "--out", "out", "--lang", "en", "--quiet"]) == 0
    reader = Reader(Path("out/report.html").read_text(encoding="utf-8"))
    *commands, digest = (said for attributes, said in reader.all("pre") if attributes.get("class") == "command")
    monkeypatch.chdir("out")
    assert len(commands) == 2
    for command in commands:
        capsys.readouterr()
        program, *arguments = shlex.split(command)
        assert program == "ecosim"
        assert main([*arguments, "--quiet"]) == 0
        assert capsys.readouterr().out.strip() == digest
    held = [said for attributes, said in reader.all("pre") if attributes.get("tabindex")]
    assert Path("resolved.yaml").read_text(encoding="utf-8") in held


def test_a_scenario_that_needs_files_is_repeated_from_the_complete_one(lived: Lived) -> None:
    run = lived(str(ROOT / "scenarios" / "imported-network.yaml"), {"weeks": 3})
    found = repeat.repeat(run, origin.origin_of(run.loaded), run.provenance(), "", "en")
    assert found.command == ""
    assert found.resolved == "ecosim run resolved.yaml --digest"
    assert set(found.files) == {"resolved.yaml", "edges.csv"}


def test_a_metric_of_the_user_s_own_brings_its_script(small: Run) -> None:
    metric = replace(small.wanted[0].metric, compute=type("F", (), {"__module__": "ecosim_plugin_mine"})())
    own = replace(small, wanted=[small.wanted[0]._replace(metric=metric)])
    found = repeat.repeat(own, origin.origin_of(own.loaded), own.provenance(), "", "en")
    assert found.resolved == "ecosim run resolved.yaml --plugin mine.py --digest"


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_is_found_to_be_itself_and_nothing_differs(name: str) -> None:
    loaded = load(f"preset:{name}")
    found = origin.origin_of(loaded)
    assert (found.kind, found.preset, origin.nearest_preset(loaded, found)) == ("preset", name, name)
    assert lever_changes(loaded.scenario, found, "en")[0].changes == []
    assert parameter_changes(loaded.scenario, found.scenario, "fr") == []
    assert world_changes(loaded.scenario, found.scenario, "fr") == []


def test_what_differs_from_the_preset_is_told_with_before_and_now() -> None:
    settings = {
        "design.facilitation": [[0, 0.6], [39, 0]],
        "context.flow.gain": 4,
        "design.deadlines": [3, 4],
        "weeks": 60,
    }
    loaded = load(str(ROOT / "scenarios" / "community-of-practice.yaml"), set=settings)
    found = origin.origin_of(loaded)
    assert (found.kind, found.preset) == ("extends", "community-of-practice")
    (levers,) = lever_changes(loaded.scenario, found, "en")
    told = {each.words.path: each for each in levers.changes}
    assert set(told) == {"design.facilitation", "design.deadlines"}
    assert told["design.facilitation"].before == "0.3"
    assert told["design.facilitation"].now == "0.6 in week 0, then moves evenly to 0 by week 39"
    assert told["design.facilitation"].now_means.endswith("at the end: nobody facilitates")
    assert (told["design.deadlines"].before, told["design.deadlines"].now) == ("none", "weeks 3 and 4")
    (gain,) = parameter_changes(loaded.scenario, found.scenario, "fr")
    assert (gain.words.path, gain.before, gain.now, gain.words.grade) == ("context.flow.gain", "3,2", "4", "measured")
    world = {each.path: each for each in world_changes(loaded.scenario, found.scenario, "en")}
    assert (world["weeks"].before, world["weeks"].now) == (["52"], ["60"])
    assert world["context.network"].now == ["small_world, rewire 0.1"]
    assert world["context.profiles"].now[0] == "newcomer: share 0.7, autonomy mean 0.4, sd 0.15"


def test_each_community_is_compared_with_the_preset_that_it_extends() -> None:
    loaded = load(str(ROOT / "scenarios" / "campus.yaml"))
    found = origin.origin_of(loaded)
    assert (found.kind, found.preset, origin.nearest_preset(loaded, found)) == ("none", "", "institutional-class")
    told = {each.community: each for each in lever_changes(loaded.scenario, found, "fr")}
    assert told["la classe"].preset == "Une classe institutionnelle"
    assert {each.words.path for each in told["la classe"].changes} == {"design.hazard", "design.deadlines"}
    assert told["le club d'astronomie"].changes == []


def test_a_file_that_extends_a_file_is_compared_with_the_preset_beneath(tmp_path: Path) -> None:
    base = "ecosim: 1\nkind: scenario\nextends: preset:xmooc\ndesign: {choice: 0.9}\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "own.yaml").write_text("ecosim: 1\nkind: scenario\nextends: base.yaml\nweeks: 2\n", encoding="utf-8")
    found = origin.origin_of(loaded := load(tmp_path / "own.yaml"))
    assert (found.kind, found.name, origin.nearest_preset(loaded, found)) == ("extends", "xmooc", "xmooc")
    (levers,) = lever_changes(loaded.scenario, found, "en")
    assert [each.words.path for each in levers.changes] == ["design.choice"]


def test_a_file_that_extends_a_file_of_no_preset_is_compared_with_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("ecosim: 1\nkind: scenario\ndesign: {choice: 0.1}\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text("ecosim: 1\nkind: scenario\nextends: base.yaml\nweeks: 2\n", encoding="utf-8")
    loaded = load(tmp_path / "own.yaml")
    found = origin.origin_of(loaded)
    assert (found.kind, found.name, found.preset) == ("file", "base.yaml", "")
    assert origin.nearest_preset(loaded, found) == "defaults"
    (levers,) = lever_changes(loaded.scenario, found, "en")
    assert [each.words.path for each in levers.changes] == ["design.choice"]
    assert "base.yaml" in made(simulate(loaded), "fr").text("section", id="settings")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (0.25, "0.25"),
        ([[3, 0.2]], "0.2"),
        ([[0, 0.5], [9, 0.5]], "0.5"),
        ([[0, 0.3], [39, 0.3], [40, 0]], "0.3 in week 0, then stays until week 39, then moves evenly to 0 by week 40"),
        ({"fade": "smooth", "from": 0.6, "until": 20}, "follows a curve from 0.6 in week 0 to 0 in week 20"),
    ],
)
def test_courses_are_told_in_words(given: Any, said: str) -> None:
    assert courses.value_in_words(load({"design": {"choice": given}}).scenario.design.choice, "en") == said


def test_a_lever_that_steps_is_said_to_step() -> None:
    forced = load({"design": {"forced_collaboration": [[0, 0], [5, 1]]}}).scenario.design.forced_collaboration
    assert courses.course(forced, "fr") == "0 en semaine 0, puis 1 dès la semaine 5"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-3, "{0}"), (0.0, "{0}"), (0.05, "{0}"), (0.1, "nearer to “{0}” than to “{1}”"),
        (0.25, "half-way between “{0}” and “{1}”"), (0.4, "nearer to “{1}” than to “{0}”"), (0.5, "{1}"),
        (0.65, "nearer to “{1}” than to “{2}”"), (1.0, "{2}"), (9.0, "{2}"),
    ],
)  # fmt: skip
def test_values_are_said_in_the_words_of_their_anchors(value: float, said: str) -> None:
    assert leafwords.anchored("choice", value, "en") == said.format(*LEVERS["choice"].anchors)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (12.0, "12", "12"),
        (0.045, "0.045", "0,045"),
        (-1.7, "−1.7", "−1,7"),
        (1e-5, "1e−05", "1e−05"),
        (300, "300", "300"),
    ],
)
def test_values_keep_the_digits_that_they_have(value: float, english: str, french: str) -> None:
    assert (leafwords.figure(value, "en"), leafwords.figure(value, "fr")) == (english, french)


def test_the_story_is_that_of_the_same_run(small: Run) -> None:
    learner = typical_learner(small)
    asked = simulate(small.loaded, small.replicate, follow=[learner])
    assert asked.digest() == small.digest()
    assert people.lived_again(small, learner, "") == asked.followed[learner]
    told, same = people.followed(small, "", "en"), people.followed(asked, "", "en")
    assert told is not None
    assert same is not None
    assert (told.learner, told.story) == (same.learner, same.story)
    assert told.story.weeks
    assert told.rule != same.rule
    said = made(small).text("section", id="person")
    assert all(part in said for week in told.story.weeks for part in week)
    assert all(part in said for part in (told.rule, told.story.head, told.story.starts, *told.story.end))


def test_the_story_knows_what_people_decided(small: Run) -> None:
    learner = typical_learner(small)
    choices = {0: {learner: {"artefact": 5, "effort": 3}}, 1: {learner: {"artefact": None}}}
    decided = simulate(small.loaded, small.replicate, follow=[learner], choices=choices)
    again = people.lived_again(replace(decided, followed={}), learner, json.dumps(choices))
    assert again == decided.followed[learner]
    assert again[0]["artefact"] == 5
    assert again[0]["played"]


def test_nobody_is_followed_where_that_takes_long(small: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_LEARNER_WEEKS", 40 * 12 - 1)
    assert people.followed(small, "", "en") is None
    assert text("page.person.large", "fr") in made(small, "fr").text("section", id="person")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "scenario",
    [
        {"learners": 1, "weeks": 1, "design": {"ready_ties": 0}},
        {"extends": "preset:lone-autodidact", "learners": 1, "weeks": 4},
        {"learners": 12, "weeks": 3, "context": {"access": 0}},
        {
            "learners": 5,
            "weeks": 2,
            "design": {"ready_ties": 2},
            "context": {"arrivals": {"kind": "uniform", "until": 9}},
        },
    ],
)
def test_small_and_empty_worlds_have_a_page_too(lived: Lived, scenario: dict[str, Any], lang: str) -> None:
    run = lived(scenario)
    assert made(run, lang).text("p", **{"class": "closing"}) == text("words.closing", lang)


def test_groups_stand_side_by_side(lived: Lived) -> None:
    run = lived(str(ROOT / "scenarios" / "campus.yaml"), {"learners": 40, "weeks": 4})
    said = made(run, "fr").text("section", id="groups")
    assert "le club d'astronomie" in said
    found = people.groups(run, "en")["community"]
    assert [row[1].said for row in found.rows] == ["20", "8", "12"]
    assert len(found.rows[0]) == len(found.head)


def test_warnings_are_told_without_the_place_of_a_file() -> None:
    run = simulate(load("preset:xmooc", set={"learners": 9, "weeks": 2, "context.flow.gain": 20}))
    said = made(run, "fr").text("section", id="settings")
    assert "context.flow.gain" in said
    assert "--set" not in said


def test_the_page_comes_with_the_figures_and_not_without_them(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ecosim.report.plots.write_figures", lambda *_: [])
    files = write_results(small, tmp_path / "with", "fr", True)
    assert files[-1] == tmp_path / "with" / "report.html"
    held = json.loads((tmp_path / "with" / "provenance.json").read_text(encoding="utf-8"))
    reader = Reader(files[-1].read_text(encoding="utf-8"))
    assert held["scenario"]["sha256"] in reader.text("dl", **{"class": "facts"})
    write_results(small, tmp_path / "without", "fr", False)
    assert not (tmp_path / "without" / "report.html").exists()


def test_nothing_of_it_is_imported_before_it_is_written() -> None:
    code = "import sys, ecosim.report.folder; print([m for m in ('jinja2', 'ecosim.report.page') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def palettes() -> Iterator[dict[str, str]]:
    """Yield the colours of the light, the dark and the printed page."""
    for block in re.findall(r":root \{(.*?)\}", (HERE / "style.css").read_text(encoding="utf-8"), re.DOTALL):
        yield dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` or ``#rgb`` (WCAG 2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_can_be_read_in_light_and_in_dark() -> None:
    found = list(palettes())
    assert len(found) == 3
    for colours in found:
        for ground in ("paper", "card", "wash", "warm-wash"):
            for words in ("ink", "soft", "accent", "warm"):
                low, high = sorted(luminance(colours[each]) for each in (ground, words))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (ground, words)
        for bar in ("low", "high", "line-strong"):
            low, high = sorted(luminance(colours[each]) for each in ("paper", bar))
            assert (high + 0.05) / (low + 0.05) >= 3.0, bar
