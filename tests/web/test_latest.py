"""Only the latest wish counts, mistakes end nothing, and a page that is gone hears no more."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from ecosim.errors import EcosimError, UsageError
from ecosim.web.latest import Latest, Shot

from .crews import comes


class Page:
    """Who wishes, and notes all that she is shown."""

    def __init__(self) -> None:
        self.shots: list[Shot] = []
        self.latest = Latest(self.shots.append)

    def rests(self) -> Shot:
        """Wait until nothing is being worked on; return the last shot."""
        assert comes(lambda: bool(self.shots) and not self.shots[-1].busy and not self.latest._working, 5.0)
        return self.shots[-1]


class Slow:
    """Work that waits until it may end."""

    def __init__(self, value: Any) -> None:
        self.value, self.begun, self.go = value, threading.Event(), threading.Event()

    def __call__(self) -> Any:
        self.begun.set()
        assert self.go.wait(5.0)
        if isinstance(self.value, BaseException):
            raise self.value
        return self.value


def refuse() -> Any:
    """Wish for the impossible."""
    raise UsageError("web.budget.learners", value="6", most="5")


def test_a_wish_is_fulfilled_in_another_thread() -> None:
    page, threads = Page(), []
    page.latest.want(lambda: threads.append(threading.get_ident()) or 5)
    assert page.rests() == Shot(5, None, False)
    assert page.shots[0] == Shot(None, None, True)
    assert threads != [threading.get_ident()]
    page.latest.want(lambda: 6)
    assert page.rests().value == 6


def test_what_is_overtaken_is_never_begun() -> None:
    page, slow, begun = Page(), Slow("first"), []
    page.latest.want(slow)
    assert slow.begun.wait(5.0)
    for number in range(5):
        page.latest.want(lambda number=number: begun.append(number) or number)
    slow.go.set()
    assert page.rests().value == 4
    assert begun == [4], "the first had begun; of the others only the last counts"
    shown = [each.value for each in page.shots]
    assert shown == [None, "first", "first", 4]
    assert [each.busy for each in page.shots] == [True, True, True, False]


def test_a_refused_wish_keeps_what_there_was() -> None:
    page = Page()
    page.latest.want(lambda: "there")
    page.rests()
    page.latest.want(refuse)
    shot = page.rests()
    assert shot.value == "there"
    assert isinstance(shot.error, EcosimError)
    assert "6" in shot.error.say("fr")
    page.latest.want(lambda: "again")
    assert page.rests() == Shot("again", None, False), "and what is wrong is forgotten as soon as something is right"


def test_a_mistake_of_ours_is_told_and_logged_and_the_page_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    page = Page()
    with caplog.at_level(logging.ERROR):
        page.latest.want(lambda: {}["nothing"])
        shot = page.rests()
    assert shot.error is not None
    for lang in ("en", "fr"):
        assert "KeyError" in shot.error.say(lang)
    assert "Traceback" in caplog.text
    page.latest.want(lambda: "again")
    assert page.rests().value == "again"


def test_who_has_left_is_shown_nothing_any_more() -> None:
    page, slow, begun = Page(), Slow(1), []
    page.latest.want(slow)
    assert slow.begun.wait(5.0)
    page.latest.want(lambda: begun.append(1))
    page.latest.close()
    count = len(page.shots)
    slow.go.set()
    assert comes(lambda: not page.latest._working, 5.0)
    assert len(page.shots) == count
    assert begun == []


def test_many_wishes_from_many_threads_end_with_one_of_them_and_rest() -> None:
    page = Page()
    threads = [
        threading.Thread(target=lambda first=first: [page.latest.want(lambda n=n: n) for n in range(first, first + 50)])
        for first in (0, 100, 200)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert page.rests().value in (49, 149, 249)
    assert page.shots[-1].error is None
