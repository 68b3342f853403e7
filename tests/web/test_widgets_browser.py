"""Widgets in a browser, by one clock: what they show follows the week, the keys, and whom one chooses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.conftest import started
from tests.web.visits import PHONE, RUNS, Visits, axe

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Return the address of a page with all widgets."""
    with started("tests.web.serving", "tests.web.gallery", "4", "3") as address:
        yield f"{address}/?learners=60&weeks=20"


def shown(page: Any, what: str) -> Any:
    """Return ``page`` once a widget is there."""
    page.locator(what).first.wait_for(timeout=RUNS)
    return page


def opened(visit: Visits, address: str, **who: Any) -> Any:
    """Return the gallery as a visitor sees it."""
    page = visit.visitor(**who).new_page()
    page.goto(address)
    return shown(page, ".eco-stage canvas")


def test_all_widgets_follow_one_clock(gallery: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = opened(visit, gallery)
    page.locator(".eco-scrub").fill("7")
    expect(page.locator(".eco-week").first).to_have_text("Week 7 of 19")
    expect(page.locator(".eco-channel .eco-readout")).to_contain_text("Week 7")
    expect(page.locator(".eco-chart .eco-readout").first).to_contain_text("Week 7")
    expect(page.locator(".told")).to_contain_text("week 7")
    chart = page.locator(".eco-plotted[role=slider]").first
    chart.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "Enter"):
        chart.press(key)
    expect(page.locator(".eco-week").first).to_have_text("Week 2 of 19")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("^Week 2, own energy 0"))
    users = "[...document.querySelectorAll('.eco-lands .eco-users')].map((each) => each.textContent).join()"
    before = page.evaluate(users)
    page.locator(".eco-scrub").fill("19")
    page.wait_for_function(f"{users} !== '{before}'")


@pytest.mark.long
def test_the_player_is_run_by_keys_and_stops_at_the_end(gallery: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = opened(visit, gallery)
    page.get_by_label("Speed").select_option("8")
    play = page.get_by_role("button", name="Play")
    play.press("End")
    expect(page.locator("output")).to_have_text("Week 19 of 19")
    play.press("Enter")  # at the end it begins anew
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator("output")).to_have_text("Week 19 of 19")
    expect(page.locator(".told")).to_contain_text("week 19")
    icon = "getComputedStyle(document.querySelector('.eco-play-main svg')).fill"
    assert page.evaluate(icon) == "rgb(255, 255, 255)"


@pytest.mark.long
def test_learners_are_found_by_pointer_and_keys(gallery: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = opened(visit, gallery)
    net = page.get_by_role("application", name=re.compile("^Network"))
    net.press("ArrowRight")
    said = page.locator(".eco-net .eco-aloud")
    expect(said).to_contain_text(re.compile("Learner|persistence"))
    first = said.inner_text()
    net.press("ArrowLeft")
    expect(said).not_to_have_text(first)
    net.press("Enter")
    expect(page.locator(".told")).to_contain_text(re.compile(r"chosen \d+"))
    net.press("Escape")
    expect(page.locator(".told")).to_contain_text("chosen -1")
    box = net.bounding_box()
    tip = page.locator(".eco-tip")
    for share in (0.5, 0.45, 0.55, 0.4, 0.6):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"])
        if tip.is_visible():
            break
    expect(tip).to_contain_text("persistence")


@pytest.mark.long
def test_a_curve_is_drawn_with_keys_and_cleared(gallery: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = opened(visit, gallery)
    stage = page.locator(".eco-plotted.is-sketched")
    for key in ("Home", "ArrowUp", "End", "ArrowDown"):
        stage.press(key)
    expect(page.locator(".told")).to_contain_text("drawn (0.5, 0.49")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".told")).to_contain_text("drawn ()")
    expect(stage).to_be_focused()


@pytest.mark.long
def test_they_are_for_everyone(gallery: str, visit: Visits) -> None:
    page = opened(visit, f"{gallery}&lang=fr", lang="fr", theme="dark", size=PHONE)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert "{" not in page.locator("body").inner_text()


@pytest.mark.long
def test_a_page_that_is_left_at_once_leaves_no_error(gallery: str, visit: Visits) -> None:
    page = opened(visit, gallery)
    for _ in range(4):
        page.get_by_role("button", name="Another luck").click()
    page.wait_for_timeout(2_500)
    assert page.evaluate("AbortSignal.timeout(2000)") is not None
    waited = page.evaluate(
        "new Promise((tell) => { const s = AbortSignal.timeout(2000); setTimeout(() => tell(s.aborted), 2300); })"
    )
    assert waited is False
