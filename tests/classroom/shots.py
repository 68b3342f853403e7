"""Pictures of a lesson in both languages and both looks: ``python -m tests.classroom.shots``.

They are kept as ``docs/images/class-PLACE-LANGUAGE-LOOK.png``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

from ecosim.language import text
from tests.classroom.conftest import PIN
from tests.classroom.test_lesson import decided, student, teacher
from tests.dashboard.shots import taken
from tests.web.chromium import chromium
from tests.web.conftest import started
from tests.web.visits import Visits

NAMES = ("Ana", "Bo", "Chloé")
WIDE, TALL = (1400, 900), {"weeks": 1240, "debrief": 1240, "phone-week": 1080, "phone-felt": 1080, "phone-worlds": 1240}
WEEKS = 4


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for lang in ("en", "fr"):
            for theme in ("light", "dark"):
                with TemporaryDirectory() as folder:
                    os.environ["XDG_STATE_HOME"] = folder
                    words = (
                        "ecosim",
                        "class",
                        "open-tools",
                        "--host",
                        "0.0.0.0",
                        "--pin",
                        PIN,
                        "--no-browser",
                        "--quiet",
                    )
                    with started(*words) as address:
                        visits = Visits(browser)
                        for place, page in played(visits, address, lang, theme):
                            taken(page, f"class-{place}-{lang}-{theme}", TALL.get(place, 900))
                        for context in visits.contexts:
                            context.close()
        browser.close()


def played(visits: Visits, address: str, lang: str, theme: str) -> Iterator[tuple[str, Any]]:
    """Go through a lesson; yield what each place is called, and the page that shows it."""
    screen = teacher(visits, address, lang, theme, size=WIDE)
    phones = [student(visits, address, name, lang, theme) for name in NAMES]
    screen.locator(".eco-people li").nth(len(NAMES) - 1).wait_for()
    yield "join", screen
    screen.get_by_role("button", name=text("classroom.teacher.begin", lang)).click()
    for week in range(WEEKS):
        for place, phone in enumerate(phones):
            phone.locator("#what-0").wait_for()
            if phone.locator("#poll-0").count():
                phone.locator(f"#poll-{place % 2}").check()
            if week == WEEKS - 1 and not place:
                phone.locator("#what-0").check()
                yield "phone-week", phone
            decided(phone)
        if week == WEEKS - 1:
            screen.get_by_role("button", name=text("classroom.teacher.live", lang)).hover()
            yield "weeks", screen
        screen.get_by_role("button", name=text("classroom.teacher.live", lang)).click()
        phones[0].locator("#p-last h2", has_text=f" {week}").wait_for()
        if week == WEEKS - 1:
            yield "phone-felt", phones[0]
            break
        for move in screen.locator("[aria-labelledby=eco-change] .eco-primary").all():
            move.click()
        screen.get_by_role("button", name=text("classroom.teacher.open", lang, week=week + 1)).click()
        phones[-1].locator("#top", has_text=text("classroom.page.week", lang, week=week + 1, last=9)).wait_for()
    screen.get_by_role("button", name=text("classroom.teacher.debrief", lang), exact=True).click()
    screen.locator("[aria-labelledby=eco-worlds]").wait_for()
    yield "debrief", screen
    phones[0].locator("#p-debrief").scroll_into_view_if_needed()
    yield "phone-worlds", phones[0]


if __name__ == "__main__":
    main()
