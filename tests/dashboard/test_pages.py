"""The pages without a browser: each in both languages, what a viewer does on them, and what she is told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import solara

from ecosim.dashboard import app, classes, session
from ecosim.dashboard.desk import Desk, History, Source
from ecosim.dashboard.lesson import lesson_names
from ecosim.dashboard.link import packed, unpacked
from ecosim.dashboard.pages import lesson as lesson_page
from ecosim.dashboard.saving import run_command, scenario_text
from ecosim.dashboard.world import loaded_of
from ecosim.language import LANGUAGES, text
from ecosim.scenario import presets
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import load
from ecosim.web.given import Given, give
from ecosim.web.widgets.chart import Chart
from ecosim.web.widgets.network import Network
from tests.web.crews import comes, crew
from tests.web.rendered import Rendered, text_of

from .lessons import small
from .worlds import RICH_DESK, SMALL, SMALL_DESK, two

__all__ = ["crew"]

RAW = re.compile(r"\b(dashboard|web|figures|lessons|errors|page|verdict|findings|terms|versus|story)(\.[a-z_]+)+\b")
KEPT = [each for each in vars(session).values() if isinstance(each, solara.Reactive)]
FEW = 4  #: runs of each design

Open = Callable[..., Rendered]


@solara.component
def Site(path: str) -> Any:
    """Show the whole application at an address, as the server does."""
    return solara.RoutingProvider(children=[app.Page()], routes=app.routes, pathname=path)


@pytest.fixture
def at(crew: Any) -> Iterator[Open]:
    """Return what opens an address, with a desk on the desk; everything is as before afterwards."""
    before = [(each, each.peek()) for each in KEPT]
    opened: list[Rendered] = []

    def made(path: str, lang: str = "en", desk: Desk = SMALL_DESK) -> Rendered:
        while opened:
            opened.pop().close()
        session.history.value = History(desk)
        separator = "&" if "?" in path else "?"
        opened.append(Rendered(Site(f"{path}{separator}lang={lang}")))
        return opened[-1]

    yield made
    for page in opened:
        page.close()
    if session.ensemble.value is not None:
        session.ensemble.value.close()
    for each, value in before:
        each.value = value


def heads(page: Rendered) -> list[str]:
    """Return the headings of a page."""
    return [text_of(each) for level in ("h1", "h2", "h3", "h4") for each in page.all(level)]


def reads_well(page: Rendered) -> None:
    """Check that nothing on a page is meant for machines only."""
    for said in page.texts():
        found = RAW.search(said)
        assert found is None or "://" in said or "preset:" in said, f"a key: {said!r}"
        assert "None" not in said.split(), said
    for each in page.everything():
        if isinstance(each, str):
            assert not re.search(r"\{\w*\}", each), f"words that were not filled in: {each!r}"


def lived(page: Rendered) -> Rendered:
    """Return a page once the run of its desk is on it."""
    assert comes(lambda: bool(page.widgets(Network)) and bool(page.widgets(Chart)))
    return page


PATHS = ("/", "/explore", "/compare", "/teach", "/take", "/nowhere")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_reads_well_in_both_languages(at: Open, path: str) -> None:
    said = {}
    for lang in LANGUAGES:
        page = at(path, lang, two())
        if path == "/explore":
            lived(page)
        if path == "/compare":
            assert comes(lambda page=page: len(page.widgets(Network)) == 2)
        reads_well(page)
        said[lang] = heads(page)
        assert len(page.all("h1")) == 1
        assert len(page.all("main")) == 1
        assert session.lang.value == lang
    assert len(said["en"]) == len(said["fr"])
    assert not set(said["en"]) & set(said["fr"]) - {scenario for scenario in said["en"] if "cMOOC" in scenario}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_switching_the_language_changes_every_heading(at: Open, lang: str) -> None:
    page = at("/compare", lang, two())
    before = heads(page)
    other = next(each for each in LANGUAGES if each != lang)
    page.press(text("dashboard.frame.language", other))
    assert not set(before) & set(heads(page))
    assert heads(page)[0] == text("dashboard.compare.title", other)


def test_a_card_puts_its_community_on_the_desk(at: Open) -> None:
    page = at("/")
    cards = [each for each in page.all("button") if "eco-card-button" in each.class_]
    assert len(cards) == len(presets.names())
    chosen = next(each for each in cards if "massive" in text_of(each).lower() or "xMOOC" in text_of(each))
    chosen.fire_event("click", None)
    assert session.desk() == Desk(Source("preset", "xmooc", "xmooc"))
    assert heads(page)[0] == in_language(loaded_of(session.desk()).scenario.title, "en")
    session.history.value = session.history.value.undone()
    assert session.desk() == SMALL_DESK, "which can be undone"


def test_the_wizard_makes_a_community(at: Open) -> None:
    page = at("/", "fr")
    page.send("learners", 14)
    page.send("weeks", 4)
    page.send("until", 2)
    page.send("tutoring", "daily")
    page.send("kind", "xmooc")
    assert page.fields()["learners"]["value"] == 14
    page.press(text("dashboard.wizard.make", "fr"))
    scenario = loaded_of(session.desk()).scenario
    assert (scenario.learners, scenario.weeks) == (14, 4)
    assert scenario.design.facilitation.at(3) == 0.0
    lived(page)
    reads_well(page)


def test_the_wizard_says_what_is_too_large(at: Open) -> None:
    page = at("/")
    page.send("learners", 5000)
    page.send("weeks", 500)
    page.press(text("dashboard.wizard.make", "en"))
    assert page.says("Learners times weeks make")
    assert session.desk() == SMALL_DESK


def test_a_bad_file_is_told_with_its_lines_and_a_good_one_is_opened(at: Open) -> None:
    page = at("/")
    page.send("file", {"name": "mine.yaml", "text": "ecosim: 1\nkind: scenario\nlearners: 0\ndesign:\n  choise: 1\n"})
    assert page.says("mine.yaml:3:11")
    assert page.says("mine.yaml:5:3")
    assert page.says("choice")
    assert session.desk() == SMALL_DESK
    page.send("file", {"name": "circle.yaml", "text": SMALL})
    assert session.desk().source == Source("text", SMALL, "circle.yaml")
    assert heads(page)[0] == "A small circle"


def test_a_lever_changes_the_desk_and_back(at: Open) -> None:
    page = lived(at("/explore"))
    before = page.fields()["design.choice"]["value"]
    undo, redo = text("dashboard.undo", "en"), text("dashboard.redo", "en")
    assert "disabled" in page.button(undo).attributes
    page.send("design.choice", 0.95)
    assert session.desk().settings() == {"design.choice": 0.95}
    assert (page.fields()["design.choice"]["value"], page.fields()["design.choice"]["changed"]) == (0.95, True)
    page.send("design.facilitation", [[0, 0.5], [2, 0.0]])
    assert loaded_of(session.desk()).scenario.design.facilitation.at(2) == 0.0
    page.press(undo)
    assert session.desk().settings() == {"design.choice": 0.95}
    page.press(undo)
    assert page.fields()["design.choice"]["value"] == before
    page.press(redo)
    assert page.fields()["design.choice"]["value"] == 0.95
    page.send("design.choice", None)
    assert session.desk().settings() == {}
    page.send("design.deadlines", "2, 1")
    assert session.desk().settings() == {"design.deadlines": [1, 2]}
    page.send("design.deadlines", "soon")
    assert session.order.value["say"] == text("dashboard.levers.no_weeks", "en")
    assert session.desk().settings() == {"design.deadlines": [1, 2]}
    page.send("weeks", 5)
    page.send("replicate", 3)
    assert (session.desk().shared, session.desk().replicate) == ({"weeks": 5}, 3)
    label = text("web.form.reset", "en", label=text("dashboard.shared.weeks", "en"))
    assert label not in page.buttons(), "what holds for all designs is no change of this one"


def test_the_run_before_the_changes_stands_beside_the_run(at: Open) -> None:
    page = lived(at("/explore"))
    assert not page.says(text("dashboard.explore.ghost", "en"))
    page.send("design.hazard", 2.0)
    assert comes(lambda: page.says(text("dashboard.explore.ghost", "en")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_impossible_is_told_and_can_be_undone(at: Open, lang: str) -> None:
    page = lived(at("/explore", lang, two()))
    for path, value in (("design.choice", 1.5), ("learners", 2)):
        page.send(path, value)
        problems = [text_of(each) for each in page.all("div") if each.class_ == "eco-problems"]
        assert len(problems) == 1
        assert ("ready_ties" if path == "learners" else path) in problems[0]
        page.press(text("dashboard.undo", lang))
        assert not [each for each in page.all("div") if each.class_ == "eco-problems"]
    for name in ("compare", "take"):
        other = at(f"/{name}", lang, two().with_shared("learners", 2))
        assert other.says("ready_ties")
        reads_well(other)


def test_levers_of_a_community_are_turned(at: Open) -> None:
    page = at("/explore", "fr", RICH_DESK)
    assert "communities.class.design.choice" in page.fields()
    page.send("community", "club")
    page.send("communities.club.design.choice", 0.15)
    assert loaded_of(session.desk()).scenario.communities["club"].design.choice.at(0) == 0.15
    lived(page)
    reads_well(page)


def test_the_way_back_leads_to_other_communities_too(at: Open) -> None:
    page = at("/explore")
    session.put(RICH_DESK.source)
    assert "communities.class.design.choice" in page.fields()
    page.send("community", "club")
    page.send("communities.club.design.choice", 0.15)
    page.press(text("dashboard.undo", "en"))
    page.press(text("dashboard.undo", "en"))
    assert heads(page)[0] == "A small circle"
    assert "design.choice" in page.fields()
    page.press(text("dashboard.redo", "en"))
    assert "communities.club.design.choice" in page.fields()
    lived(page)


def test_a_design_that_becomes_impossible_leaves_the_others_on_the_page(at: Open) -> None:
    page = at("/compare", desk=two())
    assert comes(lambda: len(page.widgets(Network)) == 2)
    session.change(lambda now: now.with_change("design.choice", 1.5))
    page.rests()
    assert page.says("design.choice")
    assert page.widgets(Network) == []
    page.press(text("dashboard.undo", "en"))
    assert comes(lambda: len(page.widgets(Network)) == 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learner_is_followed(at: Open, lang: str) -> None:
    page = lived(at("/explore", lang))
    page.widgets(Network)[0].selected = 4
    assert session.learner.value == 4
    story = text("dashboard.person.story", lang)
    assert comes(lambda: story in heads(page))
    reads_well(page)
    page.press(text("dashboard.person.close", lang))
    assert story not in heads(page)


def test_a_learner_who_is_not_there_is_told(at: Open) -> None:
    session.learner.value = 11
    page = lived(at("/explore"))
    assert comes(lambda: text("dashboard.person.story", "en") in heads(page))
    page.send("learners", 10)
    assert comes(lambda: page.says("11"))
    assert comes(lambda: any(each.class_ == "eco-problems" for each in page.all("p")))
    session.learner.value = -1


def test_designs_are_kept_named_pinned_and_removed(at: Open) -> None:
    page = at("/explore")
    page.send("design.choice", 0.9)
    page.press(text("dashboard.explore.keep", "en"))
    assert heads(page)[0] == text("dashboard.compare.title", "en")
    assert len(session.desk().variants) == 2
    page.send("name", "  free  ", 1)
    assert session.desk().variants[1].name == "free"
    assert text("dashboard.compare.remove_named", "en", name="free") in page.buttons()
    page.press(text("dashboard.compare.pin", "en"))
    assert [each.name for each in session.desk().variants] == ["free", ""]
    page.press(text("dashboard.compare.remove_named", "en", name="free"))
    assert [each.name for each in session.desk().variants] == [""]
    assert page.says(text("dashboard.compare.alone", "en"))
    page.press(text("dashboard.undo", "en"))
    assert len(session.desk().variants) == 2


def test_there_are_at_most_four_designs(at: Open) -> None:
    desk = SMALL_DESK
    for _ in range(3):
        desk = desk.with_copy().with_change("design.choice", 0.5)
    page = at("/compare", desk=desk)
    assert "disabled" in page.button(text("dashboard.compare.add", "en")).attributes
    assert "disabled" in at("/explore", desk=desk).button(text("dashboard.explore.keep", "en")).attributes
    one = at("/compare")
    one.press(text("dashboard.compare.add", "en"))
    assert len(session.desk().variants) == 2


def compared(page: Rendered, lang: str) -> Rendered:
    """Have a few runs made; return the page once they are."""
    page.press(text("dashboard.many.start", lang))
    assert comes(lambda: session.ensemble.value is not None and session.ensemble.value.state != "running")
    assert comes(lambda: text("dashboard.outcome.verdicts", lang) in heads(page))
    return page


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.long)])
def test_many_runs_end_in_verdicts(at: Open, lang: str) -> None:
    session.replicates.value = FEW
    page = compared(at("/compare", lang, two(SMALL_DESK.with_change("design.hazard", 0.0), hazard=3.0)), lang)
    now = session.ensemble.value
    assert now is not None
    assert now.state == "done"
    assert page.says(text("dashboard.many.state.done", lang, done=2 * FEW, total=2 * FEW))
    tags = [text_of(each) for each in page.all("span") if each.class_.startswith("eco-tag eco-")]
    words = ("better", "worse", "equivalent", "undecided")
    assert len(tags) >= 7
    assert set(tags) <= {text(f"dashboard.outcome.word.{word}", lang) for word in words}
    assert len(page.widgets(Chart)) >= 2
    assert len(page.all("figcaption")) >= 2
    reads_well(page)
    stale = text("dashboard.many.stale", lang)
    assert not page.says(stale)
    page.send("name", "renamed", 1)
    assert page.says(stale)
    page.press(text("dashboard.undo", lang))
    assert not page.says(stale)
    page.press(text("dashboard.many.take", lang))
    reads_well(page)
    assert not page.says(text("dashboard.take.report.none", lang))
    page.press(text("dashboard.take.report.study", lang))
    assert comes(lambda: session.order.value.get("name") == "comparison.html")
    assert b"<html" in session.content.value[:300]


@pytest.mark.long
def test_runs_are_stopped(at: Open) -> None:
    large = Desk(Source("preset", "xmooc", "xmooc"), {"learners": 400, "weeks": 200})
    page = at("/compare", desk=two(large))
    page.send("runs", "160")
    page.press(text("dashboard.many.start", "en"))
    assert comes(lambda: session.ensemble.value is not None and session.ensemble.value.done > 0)
    page.press(text("dashboard.many.stop", "en"))
    assert comes(lambda: session.ensemble.value is not None and session.ensemble.value.state == "stopped")
    assert comes(lambda: text("dashboard.many.start", "en") in page.buttons())
    reads_well(page)


def test_too_many_runs_are_refused(at: Open) -> None:
    large = Desk(Source("preset", "xmooc", "xmooc"), {"learners": 4000, "weeks": 100})
    page = at("/compare", desk=two(large))
    page.send("runs", "160")
    page.press(text("dashboard.many.start", "en"))
    assert page.says("too many here")
    assert session.ensemble.value is None


@pytest.mark.parametrize("desk", [SMALL_DESK, two(RICH_DESK), two(Desk(Source("preset", "xmooc", "xmooc")))])
def test_what_is_taken_away_is_what_is_on_screen(at: Open, desk: Desk) -> None:
    session.week.value, session.learner.value = 2, 3
    page = at("/take", desk=desk)
    codes = [text_of(each) for each in page.all("pre")]
    assert scenario_text(desk) in codes
    assert run_command(desk) in codes
    assert load(next(each for each in codes if each.startswith("ecosim: 1")).encode(), allow_files=False).hash() == (
        loaded_of(desk).hash()
    )
    address = next(each for each in codes if "&s=" in each)
    assert unpacked(parse_qs(urlsplit(address).query)["s"][0]) == (desk, {"week": 2, "learner": 3})
    assert urlsplit(address).path == ("/compare" if len(desk.variants) > 1 else "/explore")
    saves = [each for each in page.buttons() if each.startswith(text("dashboard.take.file.save", "en", name=""))]
    page.press(saves[0])
    assert session.order.value["do"] == "download"
    assert session.content.value.decode() == scenario_text(desk)


@pytest.mark.long
def test_figures_and_tables_are_made(at: Open) -> None:
    page = at("/take")
    for label, name in (("PNG", ".png"), ("SVG", ".svg"), (text("dashboard.take.numbers.csv", "en"), "tables.zip")):
        page.press(label)
        assert comes(lambda name=name: session.order.value.get("name", "").endswith(name)), name
    with zipfile.ZipFile(BytesIO(session.content.value)) as archive:
        assert sorted(archive.namelist()) == ["learners.csv", "weekly.csv"]
        assert len(archive.read("weekly.csv").splitlines()) == 1 + 3
    page.press(text("dashboard.take.report.run", "en"))
    assert comes(lambda: session.order.value.get("name") == "report.html")


def test_a_link_lays_its_desk_on_the_desk(at: Open) -> None:
    desk = two(RICH_DESK, choice=0.4)
    page = at(f"/explore?s={packed(desk, {'week': 2, 'learner': 1})}", "fr")
    assert session.desk() == desk
    assert (session.week.value, session.learner.value, session.lang.value) == (2, 1, "fr")
    lived(page)
    reads_well(page)


BROKEN = ["nothing", packed(SMALL_DESK)[:-9], packed(SMALL_DESK.with_change("design.choice", 7))]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("held", BROKEN)
def test_a_broken_link_is_told_and_the_desk_stays(at: Open, held: str, lang: str) -> None:
    page = at(f"/explore?s={held}", lang)
    assert session.desk() == SMALL_DESK
    said = session.trouble.value or session.order.value.get("say", "")
    assert said
    assert page.says(said.splitlines()[0])
    reads_well(page)


@pytest.mark.parametrize("view", [{"week": -5, "learner": -7}, {"week": 10**9, "learner": 10**9}, {"week": "x"}])
def test_a_link_may_ask_for_any_week_and_learner(at: Open, view: dict[str, Any]) -> None:
    page = lived(at(f"/explore?s={packed(SMALL_DESK, view)}"))
    assert session.week.value >= 0
    assert session.learner.value >= -1
    reads_well(page)


def test_the_scenario_of_the_command_line_lies_on_the_desk(at: Open, tmp_path: Any) -> None:
    place = tmp_path / "circle.yaml"
    place.write_text(SMALL, encoding="utf-8")
    for source, wanted in ((str(place), Source("path", str(place), "circle.yaml")),
                           ("preset:xmooc", Source("preset", "xmooc", "xmooc"))):  # fmt: skip
        give(Given(load(source), source, "fr"))
        try:
            at("/explore")
        finally:
            give(Given())
        assert session.desk() == Desk(wanted)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have lessons made of few learners and few runs."""
    monkeypatch.setattr(lesson_page, "lesson_here", small)
    classes._made.clear()
    yield
    for each in classes._made.values():
        each.close()
    classes._made.clear()


def whole_lesson(page: Rendered, name: str, lang: str) -> None:
    """Go through all steps of a lesson."""
    lesson = small(name)
    assert heads(page)[0] == lesson.title(lang)
    reads_well(page)
    if "choice" in page.fields():
        page.send("choice", "B")
        page.send("A", 3)
        page.send("B", 5)
        page.send("B", -2)
        page.send("A", None)
        page.send("B", 6)
    if lesson.lesson.predict.kind == "curve":
        page.widgets(Chart)[0].sketched = [0.5] * lesson.weeks
    page.press(text("dashboard.lesson.to_observe", lang))
    runs = classes._made[lesson.name, lesson.given]
    assert comes(lambda: runs.state == "done")
    assert comes(lambda: page.says(text("dashboard.many.state.done", lang, done=runs.done, total=runs.total)))
    if lesson.lesson.predict.options:
        assert page.says("B")
        assert [each.attributes["style"] for each in page.all("span") if "eco-bar-fill" in each.class_][:2] == [
            "width: 0.0%", "width: 100.0%",
        ]  # fmt: skip
    if lesson.lesson.predict.kind == "curve":
        assert text("dashboard.predict.yours", lang) in heads(page)
    reads_well(page)
    page.press(text("dashboard.lesson.to_explain", lang))
    assert text("dashboard.lesson.sure", lang) in heads(page)
    reads_well(page)
    page.press(text("dashboard.lesson.to_try", lang))
    reads_well(page)
    page.press(text("dashboard.lesson.open", lang))
    assert len(session.desk().variants) == 2
    assert session.desk().active == 1
    assert session.desk().variant.changes
    assert all(loaded_of(session.desk(), place) for place in range(2))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", lesson_names()[:1])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_is_gone_through(at: Open, name: str, lang: str) -> None:
    whole_lesson(at(f"/teach/{name}", lang), name, lang)


@pytest.mark.long
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", lesson_names()[1:])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lesson_is_gone_through(at: Open, name: str, lang: str) -> None:
    whole_lesson(at(f"/teach/{name}", lang), name, lang)


@pytest.mark.usefixtures("few")
def test_all_lessons_are_listed_and_lead_to_their_pages(at: Open) -> None:
    page = at("/teach", "fr")
    links = [each.attributes["href"] for each in page.all("a") if each.attributes["href"].startswith("/teach/")]
    assert links == [f"/teach/{name}" for name in lesson_names()]
    assert text("dashboard.lost.title", "en") in heads(at("/teach/no-such-lesson"))


def test_the_tour_goes_through_its_steps_and_does_not_come_again(at: Open) -> None:
    session.toured.value = False
    page = at("/")
    for _ in range(4):
        reads_well(page)
        page.press(text("dashboard.tour.next", "en"))
    page.press(text("dashboard.tour.done", "en"))
    assert session.toured.value
    assert not [each for each in page.all("div") if each.attributes.get("role") == "dialog"]
    page.press(text("dashboard.frame.tour", "en"))
    page.press(text("dashboard.tour.leave", "en"))
    assert session.toured.value
