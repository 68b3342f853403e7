"""Pictures of all pages in both languages and both looks: ``python -m tests.dashboard.shots [place ...]``.

They are kept as ``docs/images/dash-PLACE-LANGUAGE-LOOK.png``, with few colours, so that the repository stays small.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from tests.dashboard.test_teacher import drawn_across
from tests.dashboard.walking import arrived, compared, lived, seen
from tests.web.chromium import chromium
from tests.web.conftest import ROOT, started
from tests.web.visits import PHONE, Visits

IMAGES = ROOT / "docs" / "images"
WIDE = (1400, 900)
HIGH = {"start": 1020, "explore": 1080, "compare": 1240, "lesson-2": 1300}  #: pixels of a page that are shown
COLOURS = 64
WEEK = "20"


def main() -> None:
    """Take all pictures, or those of the places that are named."""
    from playwright.sync_api import sync_playwright

    wanted = set(sys.argv[1:])
    with started("ecosim", "dash", "--no-browser", "--quiet") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        visits = Visits(browser)
        for lang in ("en", "fr"):
            for theme in ("light", "dark"):
                page = arrived(visits, address, lang=lang, theme=theme, size=WIDE)
                for place in wide(page):
                    if not wanted or place in wanted:
                        taken(page, f"dash-{place}-{lang}-{theme}", HIGH.get(place, WIDE[1]))
                page = arrived(visits, address, lang=lang, theme=theme, size=PHONE)
                for place in narrow(page):
                    if not wanted or f"phone-{place}" in wanted:
                        taken(page, f"dash-phone-{place}-{lang}-{theme}", PHONE[1])
                visits.leave()
        browser.close()


def wide(page: Any) -> Iterator[str]:
    """Go to all places on a large screen; yield what each is called."""
    page.locator(".eco-cards .eco-card-button").nth(3).wait_for()
    yield "start"
    watched(page)
    yield "explore"
    compared(page)
    page.locator("[aria-labelledby=eco-many]").evaluate("each => scrollTo(0, 0)")
    yield "compare"
    page.locator(".eco-nav a").nth(2).click()
    page.locator(".eco-page-teach .eco-cards").wait_for()
    yield "teach"
    yield from taught(page)
    page.locator(".eco-nav a").nth(3).click()
    page.locator(".eco-page-take .eco-code").first.wait_for()
    yield "take"


def narrow(page: Any) -> Iterator[str]:
    """Go to some places on a phone; yield what each is called."""
    page.locator(".eco-cards .eco-card-button").nth(3).wait_for()
    yield "start"
    watched(page)
    yield "explore"
    page.locator(".eco-nav a").nth(2).click()
    page.locator(".eco-card-link").first.click()
    drawn_across(page, page.locator(".eco-plotted"))
    yield "lesson"


def watched(page: Any) -> None:
    """Take a community of practice, and go to some week of it."""
    page.locator(".eco-cards .eco-card-button").first.click()
    lived(page)
    page.locator(".eco-scrub").fill(WEEK)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def taught(page: Any) -> Iterator[str]:
    """Go through the steps of a lesson; yield what each is called."""
    page.locator(".eco-card-link").first.click()
    drawn_across(page, page.locator(".eco-plotted"))
    yield "lesson-1"
    page.locator(".eco-tab").nth(1).click()
    seen(page)
    page.locator("main .eco-scrub").first.fill("3")
    yield "lesson-2"
    for step in (2, 3):
        page.locator(".eco-tab").nth(step).click()
        page.locator("main section.eco-card").first.wait_for()
        yield f"lesson-{step + 1}"


def taken(page: Any, name: str, high: int) -> None:
    """Keep a picture of the upper ``high`` pixels of a page."""
    page.wait_for_timeout(700)
    page.evaluate("document.activeElement.blur()")
    image = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    shown = image.crop((0, 0, image.width, min(high, image.height)))
    place: Path = IMAGES / f"{name}.png"
    shown.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE).save(place, optimize=True)
    print(f"{place.relative_to(ROOT)}: {place.stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main()
