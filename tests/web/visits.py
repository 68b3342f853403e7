"""Visitors: each has a browser of her own (cookies, language, theme, size of screen), and notices what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

PHONE, LAPTOP, PROJECTOR = (390, 844), (1400, 900), (1920, 1080)
SOON, RUNS = 30_000, 600_000
"""Milliseconds: until a page has answered, and until runs are made, whose workers give way to all else on a machine."""

LOCALES = {"en": "en-GB", "fr": "fr-FR"}
GRAVE = ("serious", "critical")
LOCAL = ("127.0.0.1", "localhost", "")
KNOWN = ("[Vuetify]", "Failed to evaluate Vue script", "solara config", "solara init", "will mount widget")
"""What the libraries say of themselves at every start, and no error."""


class Visits:
    """Opens pages, each as another visitor; :meth:`leave` fails when one has met what nobody should meet."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.contexts: list[Any] = []
        self.seen: list[str] = []
        self.forgiven: list[str] = []

    def __call__(
        self, url: str, lang: str = "en", theme: str = "light", size: tuple[int, int] = LAPTOP, **context: Any
    ) -> Any:
        """Return the page at ``url``, opened by a new visitor, as soon as it shows its first heading.

        Parameters
        ----------
        url : str
            The whole address.
        lang : {"en", "fr"}
            The language of her browser.
        theme : {"light", "dark"}
            What her machine prefers.
        size : (int, int)
            Of her window: :data:`PHONE`, :data:`LAPTOP`, :data:`PROJECTOR`.
        **context
            Anything else that Playwright's ``new_context`` takes (``reduced_motion="reduce"``).
        """
        page = self.visitor(lang, theme, size, **context).new_page()
        page.goto(url)
        page.locator("h1").first.wait_for()
        return page

    def visitor(self, lang: str = "en", theme: str = "light", size: tuple[int, int] = LAPTOP, **context: Any) -> Any:
        """Return a new visitor without a page: her context, whose ``new_page()`` are tabs that share cookies."""
        phone = {"has_touch": True, "is_mobile": True} if size[0] < 600 else {}
        made = self.browser.new_context(
            locale=LOCALES[lang], color_scheme=theme, viewport={"width": size[0], "height": size[1]}, **phone, **context
        )
        made.set_default_timeout(SOON)
        self.contexts.append(made)
        made.on("weberror", lambda each: self.seen.append(f"error: {each.error}"))
        made.on("console", self._heard)
        made.on("response", self._answered)
        made.on("request", self._asked)
        made.on("requestfailed", self._failed)
        made.on("page", lambda page: page.on("websocket", self._asked))
        return made

    def forgive(self, *parts: str) -> None:
        """Let whatever holds one of ``parts`` pass: a test means it to happen."""
        self.forgiven += parts

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(each in message.text for each in KNOWN):
            self.seen.append(f"console {message.type}: {message.text}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.seen.append(f"status {response.status}: {response.url}")

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # which is what leaving a page does
            self.seen.append(f"failed: {request.url} {request.failure}")

    def _asked(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("blob", "data") and parts.hostname not in LOCAL:
            self.seen.append(f"left the machine: {request.url}")

    def wrong(self) -> list[str]:
        """Return what has gone wrong so far."""
        return [each for each in self.seen if not any(part in each for part in self.forgiven)]

    def leave(self) -> None:
        """Close all pages.

        Raises
        ------
        AssertionError
            When something went wrong on one of them.
        """
        wrong = self.wrong()  # before closing, which cuts off what is on its way
        for each in self.contexts:
            each.close()
        self.contexts.clear()
        assert not wrong, "\n".join(wrong)


def comes(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds, while the page goes on."""
    until = time.monotonic() + SOON / 1000
    while not holds():
        assert time.monotonic() < until, "it has not come"
        page.wait_for_timeout(50)


def axe(page: Any) -> list[str]:
    """Return what keeps people out of a page, by axe: serious and critical violations, one line each."""
    from axe_playwright_python.sync_playwright import Axe  # lazily: only where a browser is

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]
