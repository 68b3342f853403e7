"""Tests of pages in a browser stand on the ground of :mod:`tests.web.conftest`."""

from tests.web.conftest import browser, server, shot, visit

__all__ = ["browser", "server", "shot", "visit"]
