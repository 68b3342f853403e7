"""Pages for everyone: both languages, both looks, a phone, a keyboard alone, no movement."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pytest

from tests.dashboard.walking import arrived, explored, lived, places
from tests.web.visits import LAPTOP, PHONE, Visits, axe, comes

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]
TARGET, MAIN = 24, 44  #: pixels, least size of what is touched, and of what is touched most

HANDY = ".eco-button, .eco-play, .eco-tab, .eco-place, .eco-switch, .eco-field select, .eco-scrub"


def said(page: Any) -> set[str]:
    """Return all that is said on a page, to the eye or aloud."""
    return set(page.evaluate("looking.said()"))


def wrong_with(page: Any, wide: int) -> list[str]:
    """Return what keeps people out of a page that is ``wide`` pixels wide."""
    wrong = axe(page) + list(page.evaluate(f"looking.small({TARGET})"))
    found = page.evaluate("document.documentElement.scrollWidth")
    return [*wrong, f"{found} wide"] if found > wide else wrong


def low(page: Any) -> list[str]:
    """Return what is used most and is less high than a finger wants."""
    found = page.evaluate(f"looking.small({MAIN}, '{HANDY}')")
    return [each for each in found if float(each.rpartition("x")[2]) < MAIN - 0.5]


@pytest.mark.long
@pytest.mark.parametrize(("lang", "theme"), [("fr", "dark"), ("en", "dark"), ("fr", "light")])
def test_nothing_keeps_people_out(server: str, visit: Visits, lang: str, theme: str) -> None:
    page = arrived(visit, server, lang=lang, theme=theme)
    for name in places(page):
        assert wrong_with(page, LAPTOP[0]) == [], name


@pytest.mark.parametrize("most", [2, pytest.param(99, marks=pytest.mark.long)])
def test_a_phone_shows_everything_in_french_and_in_the_dark(server: str, visit: Visits, most: int) -> None:
    page = arrived(visit, server, lang="fr", theme="dark", size=PHONE)
    for name in islice(places(page), most):
        assert wrong_with(page, PHONE[0]) + low(page) == [], name


@pytest.mark.long
def test_every_page_keeps_nobody_out_and_changes_its_language(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server)
    titles = set()
    for name in places(page):
        assert wrong_with(page, LAPTOP[0]) == [], name
        english, title = said(page), page.title()
        switched(page, "Français", "fr")
        french = said(page)
        for each in english | french:
            assert not re.search(r"\{|\}|(dashboard|lessons|web|terms|pages)\.\w+\.", each), (name, each)
        same = {each for each in english & french if re.search(r"[a-z]{3,}\s.*[a-z]{3,}", each)}
        assert [each for each in same if not looks_alike(each)] == [], name
        titles |= {title, page.title()}
        switched(page, "English", "en")
    assert len(titles) == 10
    switched(page, "Français", "fr")
    page.goto(server)
    expect(page.locator("h1")).to_have_text(re.compile("^Quelle communauté"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def switched(page: Any, name: str, lang: str) -> None:
    """Switch the language, and wait until all is said in it."""
    from playwright.sync_api import expect

    page.get_by_role("button", name=name).click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".eco-foot p").first).to_contain_text("explore " if lang == "fr" else "explores ")
    page.wait_for_timeout(200)


def looks_alike(text: str) -> bool:
    """Tell whether a text is one that both languages have: names, references, versions."""
    return bool(re.fullmatch(r"ecosim.*|.*\.yaml|[A-Z]\w+( et al\.)? \d{4}.*", text))


@pytest.mark.long
def test_the_look_is_switched_and_remembered(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server), "An xMOOC")
    paper = "getComputedStyle(document.body).backgroundColor"
    stroke = "document.querySelector('.eco-chart path[stroke]').getAttribute('stroke')"
    looks = (lambda: page.evaluate(paper), lambda: page.evaluate(stroke), page.locator(".eco-stage canvas").screenshot)
    light = [each() for each in looks]
    switch = page.get_by_role("button", name=re.compile("^Look: "))
    expect(switch).to_have_attribute("aria-label", re.compile("as the device"))
    switch.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(paper) == light[0]
    switch.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    for was, now in zip(light, looks, strict=True):
        comes(page, lambda was=was, now=now: now() != was)
    dark = page.evaluate(paper)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(paper) == dark
    switch.click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))


@pytest.mark.long
@pytest.mark.parametrize("path", ["/explore", "/teach/rewards"])
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(server: str, visit: Visits, path: str) -> None:
    page = arrived(visit, server, path)
    if path == "/explore":
        lived(page)
    page.wait_for_timeout(500)
    page.evaluate("document.activeElement.blur()")
    met: dict[int, str] = {}
    for _ in range(150):
        page.keyboard.press("Tab")
        index, name, seen, there = page.evaluate("looking.focus()")
        if name.startswith("BODY") or index in met:
            break
        met[index] = name
        assert seen and there, f"the focus is not seen on {name}"
    wanted = page.evaluate("looking.reachable()")
    assert sorted(wanted) == sorted(met.values())
    order = list(met)
    assert order == sorted(order)  # as it is read


def test_the_first_key_skips_to_the_content(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server, "/teach")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()
    expect(page.locator("h1")).to_have_text("Lessons")


@pytest.mark.long
def test_the_tour_holds_the_focus_until_it_is_left(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = visit(server)
    dialog = page.get_by_role("dialog", name="A community of learners, week by week")
    expect(dialog).to_be_focused()
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
        assert dialog.evaluate("each => each.contains(document.activeElement) && each !== document.activeElement")
    assert axe(page) == []
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.get_by_role("dialog", name="Watch one community live")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()


def test_who_wants_no_movement_gets_none_but_the_weeks(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server, reduced_motion="reduce"), "An xMOOC")
    assert page.evaluate("looking.moving()") == []
    page.get_by_role("button", name="Play").click()
    expect(page.locator("output")).not_to_have_text("Week 0 of 11")
    assert page.evaluate("ecosimClocks.main.part") == 0


def test_a_page_can_measure_itself(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = lived(arrived(visit, server, "/explore?measure=1"))
    page.get_by_text("The world, the same for all designs").click()
    learners = page.get_by_label("Learners", exact=True)
    learners.fill("2000")
    learners.press("Tab")
    expect(page.locator(".eco-told")).to_contain_text("2,000 learners")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("ecosimStats.frames > 10")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("ecosimStats.inputs >= 3 && ecosimStats.answers >= 1")  # each is kept once it is painted
    stats = page.evaluate(
        "({ ...Object.fromEntries(Object.keys(ecosimStats).map((name) => [name, ecosimStats[name]])) })"
    )
    assert stats["fps"] > 0
    for name in ("frame_ms", "input_ms", "answer_ms"):
        assert 0 < stats[name]["p50"] <= stats[name]["p95"]
