"""How visitors walk through the dashboard: past the tour, to a community, along the levers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.web.visits import RUNS, Visits

PRACTICE = "A community of practice"
LOOKING = Path(__file__).with_name("looking.js")


def arrived(visit: Visits, server: str, path: str = "/", **who: Any) -> Any:
    """Return a page of a visitor who has seen the tour; ``who`` is as :class:`Visits` takes it."""
    context = visit.visitor(**who)
    context.add_cookies([{"name": "eco-toured", "value": "1", "url": server}])
    context.add_init_script(path=LOOKING)
    return turned_to(context, f"{server}{path}")


def turned_to(context: Any, url: str) -> Any:
    """Return another tab of a visitor's browser, once it shows a page."""
    page = context.new_page()
    page.goto(url)
    page.locator("main h1").wait_for()
    return page


def explored(page: Any, title: str = PRACTICE) -> Any:
    """Take the card of a community on the first page, and return ``page`` once its run is on screen."""
    page.locator(".eco-card-button").filter(has=page.get_by_text(title, exact=True)).click()
    return lived(page)


def lived(page: Any) -> Any:
    """Return ``page`` once the run is on screen."""
    page.locator(".eco-stage canvas").first.wait_for(timeout=RUNS)
    return page


def turned(page: Any, label: str, keys: str, times: int = 1) -> Any:
    """Move a lever by keys, and return its slider."""
    slider = page.get_by_role("slider", name=label, exact=True)
    slider.focus()
    for _ in range(times):
        slider.press(keys)
    return slider


def what_happened(page: Any) -> list[str]:
    """Return the sentences on the run."""
    return page.locator(".eco-told li").all_inner_texts()


def saved(page: Any, act: Callable[[], Any], folder: Path) -> Path:
    """Return the file that the browser saves on ``act``."""
    with page.expect_download() as waiting:
        act()
    place = folder / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


def places(page: Any) -> Iterator[str]:
    """Go from the start to every place, in any language, all that folds open; yield what each is called."""
    page.locator(".eco-cards .eco-card-button").nth(3).wait_for()
    yield "start"
    page.locator(".eco-cards .eco-card-button").nth(3).click()
    lived(page)
    for key in ("ArrowRight", "Enter"):
        page.locator(".eco-stage").press(key)
    page.locator("[aria-labelledby=eco-person] ol").wait_for()
    yield unfolded(page, "explore")
    compared(page)
    page.locator("[aria-labelledby=eco-together] ol").first.wait_for()
    yield unfolded(page, "compare")
    page.locator(".eco-nav a").nth(2).click()
    page.locator(".eco-page-teach .eco-cards").wait_for()
    yield "teach"
    page.locator(".eco-card-link").first.click()
    for step in range(4):
        page.locator(".eco-tab").nth(step).click()
        if step == 1:
            seen(page)
        yield unfolded(page, f"lesson-{step + 1}")
    page.locator(".eco-nav a").nth(3).click()
    page.locator(".eco-page-take .eco-code").first.wait_for()
    yield "take"


def unfolded(page: Any, name: str) -> str:
    """Open all that folds, and return ``name``."""
    page.evaluate(
        "for (const [n, each] of document.querySelectorAll('main details').entries())"
        " each.open = n < 6 || !each.matches('.eco-about')"
    )
    page.wait_for_timeout(100)
    return name


def compared(page: Any) -> None:
    """Keep a design, change another, compare both."""
    page.locator("main .eco-row.eco-apart:has(h1) .eco-small").last.click()
    page.locator("section.eco-design").nth(1).locator("button").first.click()
    lived(page)
    page.locator(".eco-exact").first.fill("0.8")
    page.locator(".eco-exact").first.press("Tab")
    page.locator(".eco-panel .eco-lines").wait_for()
    page.locator(".eco-nav a").nth(1).click()
    page.locator("[aria-labelledby=eco-many] select").select_option("20")
    page.locator("[aria-labelledby=eco-many] .eco-primary").click()
    page.locator("#eco-verdicts").wait_for(timeout=RUNS)
    page.locator("[aria-labelledby=eco-together] .eco-stage canvas").nth(1).wait_for()


def seen(page: Any) -> None:
    """Wait for the runs of a lesson, and look at all that it shows."""
    from playwright.sync_api import expect

    page.locator("#eco-revealed").wait_for()
    expect(page.locator("[aria-labelledby=eco-revealed] progress")).to_have_count(0, timeout=RUNS)
    looks = page.locator("main section.eco-card > button[aria-expanded]")
    looks.first.wait_for()
    for place in range(looks.count()):
        looks.nth(place).click()
    page.locator("main .eco-player").last.wait_for()
    expect(page.locator("main .eco-spin")).to_have_count(0, timeout=RUNS)
