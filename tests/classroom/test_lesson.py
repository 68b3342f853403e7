"""A whole lesson in browsers: a teacher at her screen, two students at their phones, in both languages and looks."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ecosim.commands.choices import read_decisions
from tests.classroom.conftest import PIN
from tests.web.visits import PHONE, PROJECTOR, RUNS, Visits, axe

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]


def teacher(visit: Visits, classroom: str, lang: str = "en", theme: str = "light", **who: Any) -> Any:
    """Return the teacher's screen."""
    return visit(f"{classroom}/?lang={lang}", lang=lang, theme=theme, size=who.pop("size", PROJECTOR), **who)


def student(visit: Visits, classroom: str, name: str, lang: str = "en", theme: str = "light") -> Any:
    """Return the phone of a student who has joined."""
    page = visit(f"{classroom}/join?pin={PIN}&lang={lang}", lang=lang, theme=theme, size=PHONE)
    page.locator("#name").fill(name)
    page.locator("button[type=submit]").click()
    page.locator("#p-head h1").wait_for()
    return page


def decided(page: Any, choice: int = 0, guess: int = 1) -> None:
    """Predict and decide, with the keyboard alone."""
    page.locator(f"#guess-{guess}").focus()
    page.keyboard.press("Space")
    page.locator(f"#what-{choice}").focus()
    page.keyboard.press("Space")
    page.locator("#decide").focus()
    page.keyboard.press("Enter")
    page.locator("#heard", has_text=re.compile("Decided|décidé")).wait_for(state="attached")


def test_a_lesson_from_joining_to_the_archive(classroom: str, visit: Visits, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    screen = teacher(visit, classroom)
    expect(screen.locator("h1")).to_have_text("Who stays, and does a facilitator matter?")
    ana, zoe = student(visit, classroom, "Anaxylia"), student(visit, classroom, "<b>Zoé</b>")
    people = screen.locator(".eco-people")
    expect(people).to_contain_text("Anaxylia")
    expect(people).to_contain_text("<b>Zoé</b>")
    expect(zoe.locator("#p-head h1")).to_have_text("<b>Zoé</b>")
    assert axe(ana) == axe(screen) == []

    screen.get_by_role("button", name="Begin with the first week").click()
    for phone in (ana, zoe):
        phone.locator("#what-0").wait_for(timeout=RUNS)
    assert axe(ana) == []
    ana.locator("#poll-1").check()
    decided(ana)
    expect(screen.get_by_role("status").filter(has_text="have decided")).to_have_text("1 of 2 have decided")
    decided(zoe, zoe.locator("[name=what]").count() - 1)  # nothing this week
    expect(screen.get_by_role("status").filter(has_text="have decided")).to_have_text("2 of 2 have decided")
    screen.get_by_role("button", name="Live the week now").click()
    expect(ana.locator("#p-last")).to_contain_text("You expected: just right. It was:", timeout=RUNS)
    expect(zoe.locator("#p-last")).to_contain_text("You did nothing this week, as you decided.")
    expect(screen.locator("[aria-labelledby=eco-poll]")).to_contain_text("between a quarter and a half")
    screen.locator("canvas").first.wait_for()
    assert axe(screen) == []
    assert axe(ana) == []

    screen.get_by_role("button", name="Bring in a facilitator").click()
    expect(screen.locator("[aria-labelledby=eco-change]")).to_contain_text("from week 1 on")
    screen.get_by_role("button", name="Open week 1").click()
    expect(ana.locator("#top")).to_contain_text("Week 1 of 7")
    decided(ana)
    screen.get_by_role("button", name="Live the week now").click()
    expect(ana.locator("#p-last h2")).to_have_text("How week 1 was")

    screen.get_by_role("button", name="Debrief", exact=True).click()
    expect(screen.locator("[aria-labelledby=eco-worlds]")).to_be_visible(timeout=RUNS)
    expect(screen.locator("main")).to_contain_text("at 99.3% confidence")
    expect(ana.locator("#p-debrief")).to_contain_text("You decided in every week", timeout=RUNS)
    assert axe(screen) == axe(ana) == []
    with screen.expect_download(timeout=RUNS) as download:
        screen.get_by_role("button", name="Save the lesson (ZIP)").click()
    place = tmp_path / "class.zip"
    download.value.save_as(place)
    zipfile.ZipFile(place).extractall(tmp_path / "class")
    kept = b"".join(each.read_bytes() for each in (tmp_path / "class").iterdir())
    assert b"Anaxylia" not in kept
    assert "Zoé".encode() not in kept
    weeks = read_decisions(tmp_path / "class" / "choices.yaml").weeks
    assert weeks[0][1] == {"artefact": None}
    assert 0 in weeks[0] and 0 in weeks[1]

    screen.get_by_role("button", name="End the lesson").click()
    expect(ana.locator("#p-head")).to_contain_text("The weeks are over.")


def test_it_is_in_french_and_dark_and_switches(classroom: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    screen = teacher(visit, classroom, "fr", "dark", size=PHONE)
    phone = student(visit, classroom, "Ana", "fr", "dark")
    screen.get_by_role("button", name="Commencer par la première semaine").click()
    expect(phone.locator("#p-choose legend").first).to_have_text(
        "Qu'attendez-vous de votre semaine\u00a0?", timeout=RUNS
    )
    assert axe(screen) == axe(phone) == []
    for page in (screen, phone):
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], "it scrolls to the side"
    phone.locator("#what-0").check()
    phone.locator("button.lang[lang=en]").click()
    expect(phone.locator("#p-choose legend").first).to_have_text("What do you expect of your week?")
    expect(phone.locator("#what-0")).to_be_checked()  # what she had begun is still there
    assert phone.evaluate("document.documentElement.lang") == "en"


def test_a_phone_that_sleeps_finds_its_seat_again(classroom: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    screen, phone = teacher(visit, classroom), student(visit, classroom, "Ana")
    people = screen.locator(".eco-people")
    phone.reload()
    expect(phone.locator("#p-head h1")).to_have_text("Ana")
    other = phone.context.new_page()  # the same browser: the same seat, and the first tab is shown out
    other.goto(f"{classroom}/join?pin={PIN}")
    other.locator("#p-head h1").wait_for()
    expect(other.locator("#p-head h1")).to_have_text("Ana")
    expect(phone.locator("#p-join")).to_contain_text("Your seat is open on another phone or in another tab.")
    expect(people.locator("li")).to_have_count(1)
    phone.get_by_role("button", name="Go on here").click()
    expect(phone.locator("#p-head h1")).to_have_text("Ana")
    expect(other.locator("#p-join")).to_contain_text("Your seat is open on another phone or in another tab.")


def test_who_goes_on_at_once_is_not_shown_out_by_what_comes_after(classroom: str, visit: Visits) -> None:
    """The server closes a connection a moment after it has said why: the page may have another one by then."""
    from playwright.sync_api import expect

    phone = student(visit, classroom, "Ana")
    phone.evaluate("""() => new MutationObserver((_, mine) => {
        const here = [...document.querySelectorAll("#p-join button")].find(each => each.textContent === "Go on here");
        if (here) { mine.disconnect(); here.click(); }
    }).observe(document.body, {childList: true, subtree: true})""")
    other = phone.context.new_page()
    other.goto(f"{classroom}/join?pin={PIN}")
    expect(other.locator("#p-join")).to_contain_text("Your seat is open on another phone or in another tab.")
    phone.wait_for_timeout(1000)  # several times what the server waits before it closes
    expect(phone.locator("#p-head h1")).to_have_text("Ana")


def test_a_wrong_pin_and_a_seat_that_is_taken_away_are_told(classroom: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    phone = visit(f"{classroom}/join?pin=0000", size=PHONE)
    phone.get_by_role("button", name="Join").click()
    expect(phone.locator("#status")).to_have_text("This PIN is not the one of this room.")
    phone.locator("#pin").fill(PIN)
    phone.get_by_role("button", name="Join").click()
    phone.locator("#p-head h1").wait_for()
    screen = teacher(visit, classroom)
    screen.get_by_role("button", name="Remove: learner 0").click()
    expect(phone.locator("#status")).to_have_text("This seat has been taken away.")
    expect(phone.locator("#pin")).to_be_visible()


def test_the_teachers_screen_is_closed_and_opened_again(classroom: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    screen, phone = teacher(visit, classroom), student(visit, classroom, "Ana")
    screen.get_by_role("button", name="Begin with the first week").click()
    phone.locator("#what-0").wait_for(timeout=RUNS)
    screen.close()
    decided(phone)
    again = teacher(visit, classroom)
    expect(again.get_by_role("status").filter(has_text="have decided")).to_have_text("1 of 1 have decided")
    again.get_by_role("button", name="Live the week now").click()
    expect(phone.locator("#p-last h2")).to_have_text("How week 0 was", timeout=RUNS)


def test_a_real_phone_takes_its_place_among_a_hundred(browser: Any) -> None:
    """The lesson that the benchmark measures; here nothing is timed."""
    from tests.benchmarks.classroom import STUDENTS, WEEKS, played

    lesson = played(browser)
    assert lesson.seats == STUDENTS
    assert 0 < len(lesson.real) <= WEEKS
    assert len(lesson.trips) > STUDENTS  # many have nothing to choose from in some week, or have left
