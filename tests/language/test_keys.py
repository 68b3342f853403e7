"""The code asks for no words that there are not, and there are no words of pages that nobody asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecosim.language import LANGUAGES, table

SOURCES = Path(__file__).resolve().parents[2] / "ecosim"
WORDS = {"text", "lookup"}  #: functions that are asked for words
OF_PAGES = ("dashboard", "web")  #: whose every word is on some page
BEGUN = re.compile(r"(dashboard|web)\\\.\w+(\\\.|$)")  #: how the pattern of a key of pages begins
INNER = r"[^.]+(\.[^.]+)*"  #: what may stand where a value is filled into a key
PAGES = ("dashboard", "web", "pages", "server", "lessons", "debrief")  #: files of words


def flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield key and words of every text of a table."""
    for name, value in tree.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            yield from flat(value, path)
        elif isinstance(value, str):
            yield path, value


KEYS = {key for key, _ in flat(table("en"))}


def pattern_of(node: ast.expr) -> str | None:
    """Return what a key looks like that an expression makes, ``None`` where that cannot be seen."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern_of(each) or INNER for each in node.values)
    if isinstance(node, ast.IfExp):
        both = [pattern_of(each) for each in (node.body, node.orelse)]
        return None if None in both else f"({both[0]}|{both[1]})"
    return None


def asked() -> Iterator[tuple[str, str]]:
    """Yield where the code asks for words, and what their key looks like."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in WORDS:
                continue
            place = 1 if node.func.id == "lookup" else 0
            table_named = node.func.id == "lookup" and isinstance(node.args[0], ast.Constant)
            if len(node.args) > place and not table_named and (found := pattern_of(node.args[place])):
                yield f"{path.relative_to(SOURCES)}:{node.lineno}", found


def written() -> Iterator[str]:
    """Yield what every text in the code looks like that could be a key, wherever it stands."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant | ast.JoinedStr) and (found := pattern_of(node)) and BEGUN.match(found):
                yield found


def test_all_words_that_the_code_asks_for_are_there() -> None:
    places = list(asked())
    assert len(places) > 300
    for place, pattern in places:
        assert any(re.fullmatch(pattern, key) for key in KEYS), f"{place}: no words {pattern}"


def test_no_words_of_pages_are_there_for_nobody() -> None:
    known = re.compile("|".join(sorted(set(written()))))
    listed = {room: re.compile("|".join(sorted(names_in(room)))) for room in OF_PAGES}
    for key in sorted(KEYS):
        room, *between, name = key.split(".")
        if room in OF_PAGES and not known.fullmatch(key):
            by_name = room == "web" or not between
            assert by_name and listed[room].fullmatch(name), f"nobody asks for {key}"


def names_in(room: str) -> set[str]:
    """Return what names that stand in lists look like, as in ``words_of("player", ("play", "pause"), lang)``."""
    found = set()
    for path in (SOURCES / room).rglob("*.py"):
        found |= {
            re.sub(r"\{\w+\}", r"\\w+", name)
            for name in re.findall(r'"((?:[a-z_]|\{\w+\})*[a-z_]+)"', path.read_text())
        }
    return found


@pytest.mark.parametrize("name", PAGES)
def test_french_typography_of_pages(name: str) -> None:
    from ecosim.language import _read

    for key, said in flat(_read(f"{name}_fr")):
        if key.startswith("lessons.files"):
            continue
        bare = re.sub(r"https?://\S+|\b[a-z]+: (lesson|session|true|\d)|\w+:\w+|\{[^}]*\}:\{|`[^`]*`|::", "", said)
        assert not re.search(r"[^\u00a0\u202f(] ?[?!;»%](?!\w)|[^\u00a0\u202f] :|\w:(\s\D|$)", bare), f"{key}: {said!r}"
        assert not re.search("« ?[^\u00a0]", bare), f"{key}: {said!r}"
        assert "\u2019" not in said, f"{key}: straight apostrophes only"


@pytest.mark.parametrize("name", PAGES)
def test_pages_say_the_same_in_both_languages(name: str) -> None:
    from string import Formatter

    from ecosim.language import _read

    english, french = (dict(flat(_read(f"{name}_{lang}"))) for lang in LANGUAGES)
    assert set(english) == set(french)
    for key, said in english.items():
        wanted, found = ({each[1] for each in Formatter().parse(words)} - {None} for words in (said, french[key]))
        assert wanted == found, key
