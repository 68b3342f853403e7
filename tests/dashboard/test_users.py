"""Several users at once who must not see each other, and one whose connection is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.dashboard.walking import arrived, explored, turned_to
from tests.web.visits import Visits

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]
CUT_OFF = ("WebSocket", "ERR_INTERNET_DISCONNECTED", "Connection lost", "reconnect", "failed: ", "disconnected")


def test_two_users_do_not_see_each_other(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    one = explored(arrived(visit, server), "An xMOOC")
    other = explored(arrived(visit, server, lang="fr", theme="dark"), "Un groupe d'intérêt")
    exact = one.get_by_role("spinbutton", name="facilitation, exact value")
    exact.fill("0.8")
    exact.press("Tab")
    expect(one.get_by_role("list", name="What is changed")).to_contain_text("facilitation: 0.15 → 0.8")
    expect(other.locator(".eco-panel .eco-lines")).to_have_count(0)
    other.get_by_role("button", name="Une semaine plus tard").or_(other.locator(".eco-play").nth(3)).first.click()
    expect(other.locator("output")).to_contain_text("1 ")
    expect(one.locator("output")).to_have_text("Week 0 of 11")
    expect(one.locator("h1")).to_have_text("An xMOOC")
    expect(other.locator("h1")).to_have_text("Un groupe d'intérêt")
    expect(one.locator("html")).to_have_attribute("lang", "en")
    other.locator(".eco-nav a").nth(3).click()
    expect(other.locator(".eco-code").first).not_to_contain_text("facilitation")


@pytest.mark.long
def test_two_tabs_of_one_browser_are_two_desks(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    one = explored(arrived(visit, server), "An xMOOC")
    other = explored(turned_to(one.context, server), "The lone autodidact")
    expect(one.locator("h1")).to_have_text("An xMOOC")
    one.get_by_role("button", name="Français").click()
    expect(one.locator("h1")).to_have_text("Un xMOOC")
    expect(other.locator("h1")).to_have_text("The lone autodidact")
    other.get_by_role("link", name="Compare").click()
    expect(other.locator("h1")).to_have_text("Compare designs")
    expect(one.locator("h1")).to_have_text("Un xMOOC")


@pytest.mark.long
def test_a_page_whose_connection_was_lost_goes_on(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    visit.forgive(*CUT_OFF)
    context = visit.visitor()
    context.add_cookies([{"name": "eco-toured", "value": "1", "url": server}])
    page = context.new_page()
    lines: list[Any] = []
    page.route_web_socket(re.compile("/jupyter/"), lambda route: lines.append(route.connect_to_server() and route))
    page.goto(server)
    explored(page, "An xMOOC")
    told = page.locator(".eco-told li").nth(1)
    before = told.inner_text()
    exact = page.get_by_role("spinbutton", name="facilitation, exact value")
    exact.fill("0.8")
    exact.press("Tab")
    changed = page.get_by_role("list", name="What is changed")
    expect(changed).to_contain_text("facilitation: 0.15 → 0.8")
    expect(told).not_to_have_text(before)
    lines[-1].close(code=1012)  # as a server does that restarts
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Play").click()  # what is in the browser needs no server
    expect(page.locator("output")).not_to_have_text("Week 0 of 11")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    expect(changed).to_have_count(0)
    expect(told).to_have_text(before)
