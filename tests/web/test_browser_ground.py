"""The ground in a browser: our document around Solara's, widgets under the policy, a server that goes away."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import ROOT
from tests.web.visits import PHONE, Visits, axe, comes

CUT_OFF = ("WebSocket", "ERR_CONNECTION_REFUSED", "Connection lost", "reconnect", "failed: ")
pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(
    ("lang", "theme", "size"),
    [pytest.param("en", "light", (1400, 900), marks=pytest.mark.long), ("fr", "dark", PHONE)],
)
def test_widgets_work_and_two_visitors_do_not_see_each_other(
    bare: str, visit: Visits, lang: str, theme: str, size: tuple[int, int]
) -> None:
    from playwright.sync_api import expect

    page, other = visit(bare, lang, theme, size), visit(bare)
    for _ in range(2):
        page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("pressed 2")
    page.get_by_label("told").fill("abcde")
    page.get_by_label("told").press("Tab")
    expect(page.locator(".said")).to_have_text(f"{lang} auto told 5")
    expect(page.locator("[data-bytes]")).to_have_attribute("data-bytes", "5")
    expect(other.get_by_role("button")).to_have_text("pressed 0")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(247, 245, 240)" if theme == "light" else "rgb(18, 22, 26)")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert axe(page) == []


@pytest.mark.long
def test_nothing_of_a_stock_look_is_left(bare: str, visit: Visits) -> None:
    page = visit(bare)
    style = "(e => { const s = getComputedStyle(e); return [s.fontFamily.split(',')[0], s.color]; })"
    assert page.evaluate(f"{style}(document.querySelector('h1'))") == ["Inter", "rgb(27, 37, 48)"]
    sheets = page.evaluate("[...document.styleSheets].filter(s => s.href).map(s => new URL(s.href).pathname)")
    assert sheets and all(each.startswith("/eco/") for each in sheets)


def test_it_says_that_it_loads(bare: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = visit.visitor("fr").new_page()
    page.route(re.compile(r"solara-vuetify-app"), lambda route: route.abort())
    visit.forgive("solara-vuetify-app", "ERR_FAILED", "is not defined", "Cannot")
    page.goto(bare, wait_until="commit")
    expect(page.get_by_role("status")).to_contain_text("Ouverture d'ecosim")


def test_without_scripts_it_says_what_to_do(bare: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = visit.visitor(java_script_enabled=False).new_page()
    page.goto(bare)
    expect(page.locator(".eco-noscript")).to_be_visible()
    expect(page.locator(".eco-loading")).to_be_hidden()


@pytest.mark.long
def test_a_visitor_notices_what_goes_wrong(bare: str, visit: Visits) -> None:
    page = visit(bare)
    visit.forgive("Content Security Policy", "violates", "http://192.0.2.1", "no-such", "404", "boom", "mine")
    page.evaluate("fetch('http://192.0.2.1/').catch(() => 0)")
    page.evaluate("fetch('/eco/no-such.css')")
    page.evaluate("console.error('mine')")
    page.evaluate("setTimeout(() => { throw new Error('boom'); }, 0)")
    meant = ("console error: mine", "status 404", "boom", "connect-src")
    comes(page, lambda: all(each in "\n".join(visit.seen) for each in meant))


@pytest.mark.long
def test_a_server_that_goes_is_told(visit: Visits) -> None:
    from playwright.sync_api import expect

    first, address = _served(0)
    page = visit(address)
    visit.forgive(*CUT_OFF)
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=20)
    expect(page.get_by_role("status")).to_contain_text("No answer from ecosim")
    expect(page.get_by_role("button", name="Load again")).to_be_visible()


@pytest.mark.long
def test_a_server_that_goes_and_comes_back_is_told(visit: Visits) -> None:
    from playwright.sync_api import expect

    first, address = _served(0)
    try:
        page = visit(address, "fr")
        visit.forgive(*CUT_OFF)
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=20)
        second, _ = _served(urlsplit(address).port or 0)
        try:
            expect(page.get_by_role("status")).to_contain_text("ecosim ne répond plus")
            expect(page.get_by_role("alert")).to_contain_text("ne connaît plus cette page")
            page.get_by_role("button", name="Recharger").click()
            expect(page.get_by_role("button")).to_have_text("pressed 0")
        finally:
            second.terminate()
            second.communicate(timeout=20)
    finally:
        first.kill()


def _served(port: int) -> tuple[subprocess.Popen[str], str]:
    """Start the bare page on ``port``, and return the process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.serving", "tests.web.bare", "4", "3", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout.readline().strip().rstrip("/")


def test_a_page_that_is_not_there_is_told_in_both_languages(server: str, visit: Visits) -> None:
    page: Any = visit.visitor("fr").new_page()
    visit.forgive("404")
    page.goto(f"{server}/nowhere/at/all")
    said = page.locator("main p").all_text_contents()
    assert said[0].startswith("Il n'y a pas de telle page") and said[1].startswith("There is no such page")
    assert axe(page) == []
    assert visit.seen == ["status 404: " + page.url, *[each for each in visit.seen if "404 (Not Found)" in each]]
