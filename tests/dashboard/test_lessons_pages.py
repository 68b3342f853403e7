"""Handout and key: whole pages that fetch nothing, run nothing, and can be printed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from ecosim.dashboard.lesson import answer_key, handout, lesson_names, load_lesson
from ecosim.dashboard.lesson.picture import Frame, bands, empty_axes
from ecosim.language import LANGUAGES
from tests.dashboard.lessons import runs, small

NAMES = lesson_names()
ALONE = {"meta", "line", "br", "img", "link", "input"}  #: elements that are not closed
FETCHING = {"src", "href", "srcset", "action", "data", "poster"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed, where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def flat(text: str) -> str:
    """Return a text with single spaces, whatever kind they were."""
    return " ".join(text.split())


def checked(page: str, lang: str) -> Reader:
    """Return a page read, after checking that it stands alone."""
    read = Reader(page)
    assert page.startswith("<!DOCTYPE html>")
    assert f'<html lang="{lang}">' in page
    assert "script" not in read.tags
    assert not FETCHING & {name for name, _ in read.attributes}
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert "{{" not in page
    assert "CC BY 4.0" in page
    assert "@media print" in page
    assert read.tags.count("h1") == 1
    return read


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_handout_stands_alone_and_gives_nothing_away(name: str, lang: str) -> None:
    lesson = load_lesson(name)
    page = handout(lesson, lang)
    read, own = checked(page, lang), lesson.lesson
    whole = flat(" ".join(read.said))
    assert flat(lesson.say(own.misconception, lang)) not in whole
    for option in own.predict.options:
        assert flat(lesson.say(option.text, lang)) in whole
        assert not option.thought or flat(lesson.say(option.thought, lang)) not in whole
    assert ("svg" in read.tags) == (own.predict.kind == "curve")
    assert "polyline" not in read.tags
    assert page == handout(lesson, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_key_tells_all_and_stands_alone(name: str, lang: str) -> None:
    lesson, (found, series) = small(name), runs(name)
    read = checked(answer_key(lesson, found, lang, series), lang)
    whole = flat(" ".join(read.said))
    assert flat(lesson.say(lesson.lesson.misconception, lang)) in whole
    assert flat(lesson.say(lesson.lesson.caution, lang)) in whole
    assert read.tags.count("polygon") >= len(lesson.study.arms)
    assert read.tags.count("polyline") >= len(lesson.study.arms)
    last = lesson.lesson.minutes
    assert f"–{last}" in whole
    for option in lesson.lesson.predict.options:
        assert flat(lesson.say(option.text, lang)) in whole


def test_axes_have_values_and_weeks_in_the_readers_language() -> None:
    lesson = load_lesson("rewards")
    assert "100%" in empty_axes(lesson, "en")
    assert "100\u00a0%" in empty_axes(lesson, "fr")
    weeks = re.findall(r'text-anchor="middle">(\d+)<', empty_axes(lesson, "en"))
    assert weeks[0] == "0"
    assert len(weeks) <= 9


def test_a_band_is_drawn_where_it_is_and_no_further() -> None:
    lesson = load_lesson("rewards")
    series = np.full((3, 52), 0.5)
    series[0], series[2] = 0.25, 0.75
    series[:, 10:12] = np.nan
    drawn = bands(lesson, {"none": series}, "en")
    assert drawn.count("<polygon") == 2  # a gap parts it
    assert drawn.count("<polyline") == 2
    frame = Frame(52, 0.0, 1.0)
    assert f'points="{frame.x(0):.1f},{frame.y(0.5):.1f}' in drawn
    assert frame.y(0.75) < frame.y(0.5) < frame.y(0.25)  # up is more
    assert frame.y(7.0) == frame.y(1.0)
    assert frame.x(51) > frame.x(0)
