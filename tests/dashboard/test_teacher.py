"""A teacher's whole path: a lesson is predicted, revealed, explained, tried, and printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ecosim.dashboard.lesson.opening import source
from tests.dashboard.walking import arrived, lived, saved
from tests.web.conftest import started
from tests.web.visits import PROJECTOR, RUNS, Visits

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]


def test_a_lesson_is_sketched_revealed_explained_and_tried(server: str, visit: Visits, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server, "/teach")
    expect(page.locator(".eco-card-link")).to_have_count(9)
    page.get_by_role("link", name=re.compile("^Who is still there")).click()
    expect(page.locator("h1")).to_have_text("Who is still there?")
    stage = page.get_by_role("application")
    drawn_across(page, stage)
    curve = page.locator(".eco-chart path[stroke-dasharray]")
    expect(curve.first).to_be_attached()

    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_text("Done: 40 runs")).to_be_visible(timeout=RUNS)
    expect(page.locator(".eco-plotted")).to_contain_text("Your drawing")
    assert dashes(page) >= 2  # hers, and the second design's
    expect(page.locator("[aria-labelledby=eco-revealed] li").first).to_contain_text("Your curve runs where nine of ten")

    page.get_by_role("button", name="Explain it").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"by \+\d+(\.\d)? points \(\+\d+(\.\d)? to \+\d+(\.\d)?\)"))
    handout = saved(page, page.get_by_role("button", name="Handout").click, tmp_path)
    key = saved(page, page.get_by_role("button", name="Answer key").click, tmp_path)
    assert (handout.name, key.name) == ("who-stays-en.html", "who-stays-key-en.html")
    said = handout.read_text(encoding="utf-8")
    assert "CC BY" in said and "points (" not in said  # the handout does not give the answer away
    assert "points (" in key.read_text(encoding="utf-8")

    page.get_by_role("button", name="Try more").click()
    page.get_by_role("button", name="Open it in Explore").first.click()
    lived(page)
    expect(page.get_by_role("list", name="What is changed")).to_contain_text("→ 0.05")


def test_a_lesson_of_ones_own_is_shown_and_keeps_what_was_predicted(visit: Visits, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    file = tmp_path / "my rewards.yaml"
    file.write_bytes(source("rewards"))
    with started("ecosim", "dash", str(file), "--no-browser", "--quiet") as address:
        page = arrived(visit, address)
        assert address.endswith("/teach/mine")
        title = page.locator("h1").inner_text()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="See what happens").click()
        page.get_by_role("link", name="All lessons").click()
        cards = page.locator(".eco-card-link")
        expect(cards).to_have_count(10)
        expect(cards.first).to_contain_text("your own")
        cards.nth(1).click()
        expect(page.locator("h1")).not_to_have_text(title)
        page.get_by_role("link", name="All lessons").click()
        cards.first.click()
        expect(page.get_by_role("button", name="2 Observe")).to_have_attribute("aria-current", "step")
        page.get_by_role("button", name="Back", exact=True).click()
        expect(page.get_by_role("radio").first).to_be_checked()


def drawn_across(page: Any, stage: Any) -> None:
    """Draw a falling curve with the pointer."""
    box = stage.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 30)
    page.mouse.down()
    for share in range(1, 11):
        page.mouse.move(box["x"] + 60 + share * (box["width"] - 100) / 10, box["y"] + 30 + 15 * share)
    page.mouse.up()


def dashes(page: Any) -> int:
    """Return how many dashed curves are drawn."""
    return int(page.locator(".eco-chart path[stroke-dasharray]").count())


@pytest.mark.long
def test_a_curve_is_drawn_with_keys_an_answer_chosen_and_hands_counted(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server, "/teach/rewards")
    stage = page.get_by_role("application")
    stage.focus()
    for key in ("Home", "ArrowUp", "ArrowUp", "End", "Shift+ArrowDown"):
        stage.press(key)
    expect(page.locator(".eco-chart .eco-aloud")).to_contain_text(re.compile(r"Week 51, your prediction \d+%"))
    page.get_by_label("B. as many: back to where it was").check()
    page.get_by_text("A show of hands").click()
    for letter, hands in (("A", "12"), ("B", "9"), ("C", "4")):
        page.get_by_label(letter, exact=True).fill(hands)
        page.get_by_label(letter, exact=True).press("Tab")
    page.get_by_role("button", name="See what happens").click()
    revealed = page.get_by_role("region", name="What came out")
    expect(revealed).to_contain_text("You chose B", timeout=RUNS)
    expect(revealed.locator(".eco-bar-fill")).to_have_count(3)
    expect(revealed).to_contain_text("25")
    expect(page.locator(".eco-chart")).to_contain_text("Your drawing")
    page.get_by_role("button", name="2 Observe").click()
    page.get_by_role("button", name="1 Predict").click()
    expect(page.get_by_label("B. as many: back to where it was")).to_be_checked()
    expect(page.locator(".eco-sketching button")).to_be_enabled()


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    ("alone", "fading", "flow-channel", "newcomers", "paradox-of-autonomy", "rewards", "size", "visibility"),
)
def test_every_lesson_can_be_held_in_french_for_the_back_of_a_room(server: str, visit: Visits, name: str) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server, f"/teach/{name}", lang="fr", size=PROJECTOR)
    page.get_by_role("button", name="Grands caractères", exact=True).click()
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    page.wait_for_function(f"{size} > 20")
    for step in ("2 Observer", "3 Expliquer", "4 Essayer"):
        page.get_by_role("button", name=step).click()
        if step == "2 Observer":
            expect(page.get_by_text(re.compile(r"^Terminé"))).to_be_visible(timeout=RUNS)
            for shown in range(page.get_by_role("button", name="Montrer", exact=True).count()):
                page.locator("main section.eco-card button[aria-expanded]").nth(shown).click()
            expect(page.locator("main .eco-player").first).to_be_visible()
            expect(page.locator("main .eco-spin")).to_have_count(0, timeout=RUNS)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.locator("main")).not_to_contain_text(re.compile(r"\{|dashboard\.|lessons\."))
