"""The ground of tests in a browser: servers as people start them, visitors who notice whatever goes wrong.

Test modules that use ``visit`` say ``pytestmark = pytest.mark.xdist_group("browser")``, so that one worker runs all of
them and each server is started once.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.web.chromium import NONE, chromium, is_needed
from tests.web.visits import SOON, Visits

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "results" / "shots"  #: where pictures go that tests leave for people to look at
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@contextmanager
def started(*words: str) -> Iterator[str]:
    """Start ``python -m words``, which prints its address, and return that address once it answers."""
    environment = {name: value for name, value in os.environ.items() if name not in LOCALE} | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=told, text=True
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            if found is None:
                told.seek(0)
                pytest.fail(f"{words} did not start: {line}{told.read().decode()}")
            address = found[0].rstrip("/")
            with urllib.request.urlopen(urljoin(address, "/readyz"), timeout=20) as answer:
                assert answer.status == 200
            yield address
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the address of ``ecosim dash``."""
    with started("ecosim", "dash", "--no-browser", "--quiet") as address:
        yield address


@pytest.fixture(scope="session")
def bare() -> Iterator[str]:
    """Return the address of a server with a page that is nothing but the ground, and room for few."""
    with started("tests.web.serving", "tests.web.bare", "4", "3") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Chromium; without one, leave the test out, or fail where nothing may be left out.

    For one module only: while Playwright is there, no other test of its process may run an event loop.
    """
    path = chromium()
    if path is None:
        (pytest.fail if is_needed() else pytest.skip)(NONE)
    sync_api = pytest.importorskip("playwright.sync_api")
    sync_api.expect.set_options(timeout=SOON)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visits]:
    """Return what opens pages as visitors would; see :class:`tests.web.visits.Visits`."""
    visits = Visits(browser)
    yield visits
    visits.leave()


@pytest.fixture
def shot() -> Callable[[Any, str], Path]:
    """Return what takes a picture of a page, for people to look at: ``shot(page, "explore-fr-dark")``."""

    def take(page: Any, name: str, whole: bool = False) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        place = SHOTS / f"{name}.png"
        page.screenshot(path=place, full_page=whole, animations="disabled")
        return place

    return take
