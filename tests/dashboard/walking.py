"""How visitors walk through the dashboard: past the tour, to a community, along the levers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.visits import Visits

PRACTICE = "A community of practice"
FIRST = 45_000  #: ms until the first run is on screen, where the model has to be compiled before


def arrived(visit: Visits, server: str, path: str = "/", **who: Any) -> Any:
    """Return a page of a visitor who has seen the tour; ``who`` is as :class:`Visits` takes it."""
    context = visit.visitor(**who)
    context.add_cookies([{"name": "eco-toured", "value": "1", "url": server}])
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
    page.locator(".eco-stage canvas").first.wait_for(timeout=FIRST)
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
