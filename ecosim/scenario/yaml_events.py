"""From bytes to YAML events that keep every limit, one by one and before anything is built of them.

PyYAML only parses here, with libyaml where it is there; what it says of a mistake is put into our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from ecosim.errors import InvalidFile, Problem

LIMIT_MEGABYTES = 1  #: of the whole document, in millions of bytes
LIMIT_NODES = 50_000  #: keys, values, lists and mappings together
LIMIT_DEPTH = 40  #: lists and mappings inside one another
LIMIT_SHOWN = 40  #: characters of the user's text that a message repeats

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n?|\n")
_PROPERTIES = {"&": "anchor", "*": "alias", "!": "tag"}

#: What PyYAML's complaint contains (C or Python parser), the message that explains it, and whether the mistake stands
#: where the construct began. The first that fits is taken.
_COMPLAINTS = (
    ("directive", "directive", False),
    ("scanning an alias", "alias", True),
    ("scanning an anchor", "anchor", True),
    ("tag", "tag", True),
    ("scanning a quoted", "quote", True),
    ("quoted scalar", "escape", False),
    ("',' or", "bracket", False),
    ("mapping values", "colon", False),
    ("expected ':'", "no_colon", True),
    ("cannot start any token", "start", False),
    ("block mapping", "misplaced", False),
    ("block collection", "misplaced", False),
    ("nesting depth", "too_deep", False),  # libyaml's own limit, of releases since 0.2.6, is met before ours
    ("", "syntax", False),
)

#: What each of PyYAML's events does to the depth; others are no part of a document's content.
_STEPS = {
    "ScalarEvent": 0,
    "AliasEvent": 0,
    "SequenceStartEvent": 1,
    "MappingStartEvent": 1,
    "SequenceEndEvent": -1,
    "MappingEndEvent": -1,
}

KeyPath = tuple[str | int, ...]


class Mark(NamedTuple):
    """A place in a file; lines and columns count from 1."""

    line: int
    column: int


class Event(NamedTuple):
    """One step through a document that kept all limits; ``start`` and ``end`` are character indexes."""

    kind: Literal["plain", "quoted", "list", "mapping", "end"]
    text: str
    start: int
    end: int
    mark: Mark


def text_of(source: bytes, name: str) -> str:
    """Return the text of ``source`` without byte order mark, having refused what no YAML text contains."""
    if len(source) > LIMIT_MEGABYTES * 1_000_000:
        raise invalid(name, None, "errors.yaml.too_large", limit=LIMIT_MEGABYTES)
    try:
        text = source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8").removeprefix("\ufeff")
        mark = _mark_at(before, len(before))
        raise invalid(name, mark, "errors.yaml.not_utf8", byte=f"0x{source[error.start]:02X}") from None
    if found := _FORBIDDEN.search(text):
        raise _control(name, _mark_at(text, found.start()), found.group())
    return text


def _parsed(text: str, name: str) -> Iterator[Any]:
    """Yield PyYAML's events, refusing tabs outside quotation marks and turning its complaints into ours."""
    import yaml  # lazily: --help reads no file

    tab = _tab_after(text, 0)  # the first one not known to stand between quotation marks
    mark = Mark(1, 1)
    event: Any
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            mark, start, end = _mark_of(event.start_mark), event.start_mark.index, event.end_mark.index
            if isinstance(event, yaml.ScalarEvent) and tab < end:
                if tab < start or event.style not in ("'", '"'):
                    break
                tab = _tab_after(text, end)
            yield event
    except yaml.YAMLError as error:
        raise _syntax(error, text, tab, name, mark) from None
    except (ValueError, OverflowError) as error:  # PyYAML's Python parser, on "\UFFFFFFFF" and the like
        raise invalid(name, mark, "errors.yaml.syntax", problem=str(error)) from None
    if tab < len(text):
        raise invalid(name, _mark_at(text, tab), "errors.yaml.tab")


def _syntax(error: Any, text: str, tab: int, name: str, last: Mark) -> InvalidFile:
    """Return our error for PyYAML's ``error``; ``tab`` is the first suspect tab, ``last`` the place reached."""
    begun, noticed = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", None) or error)
    complaint = f"{getattr(error, 'context', None)}: {said}"
    if "quoted" not in complaint and noticed and (at := _stray_tab(text, tab, noticed.index)) is not None:
        return invalid(name, _mark_at(text, at), "errors.yaml.tab")
    key, at_begin = next((key, at_begin) for part, key, at_begin in _COMPLAINTS if part in complaint)
    mark = (begun if at_begin else None) or noticed or begun
    opened = begun.line + 1 if begun else last.line
    place = _mark_at(text, mark.index) if mark else last  # libyaml's own line lies one too far at the end of the file
    facts = {"limit": LIMIT_DEPTH} if key == "too_deep" else {"problem": said, "opened": opened}
    return invalid(name, place, f"errors.yaml.{key}", **facts)


def _stray_tab(text: str, tab: int, noticed: int) -> int | None:
    """Return the index of the tab that explains a mistake ``noticed`` there: the character itself or an earlier one.

    After a quotation mark in the same line a tab may be legal, and is not blamed.
    """
    if text[noticed : noticed + 1] == "\t":
        return noticed
    line_before = set(_LINE_END.split(text[:tab])[-1])
    return tab if tab < min(noticed, len(text)) and not line_before & {"'", '"'} else None


def events_of(text: str, name: str) -> Iterator[Event]:
    """Yield the events of the one document in ``text`` as long as it keeps the limits."""
    nodes = depth = documents = 0
    for event in _parsed(text, name):
        kind, mark = type(event).__name__, _mark_of(event.start_mark)
        if kind == "DocumentStartEvent":
            documents += 1
            if documents > 1 or event.version or event.tags:
                raise invalid(name, mark, f"errors.yaml.{'documents' if documents > 1 else 'directive'}")
        elif kind in _STEPS:
            depth += _STEPS[kind]
            nodes += _STEPS[kind] >= 0
            if depth > LIMIT_DEPTH:
                raise invalid(name, mark, "errors.yaml.too_deep", limit=LIMIT_DEPTH)
            if nodes > LIMIT_NODES:
                raise invalid(name, mark, "errors.yaml.too_many", limit=LIMIT_NODES)
            yield _plain_event(event, kind, mark, text, name)


def _plain_event(event: Any, kind: str, mark: Mark, text: str, name: str) -> Event:
    """Return PyYAML's ``event`` as ours, having refused anchors, aliases, tags and escaped control characters."""
    start, end = event.start_mark.index, event.end_mark.index
    if _STEPS[kind] < 0:
        return Event("end", "", start, end, mark)
    if found := _PROPERTIES.get(text[start : start + 1]):
        raise invalid(name, mark, f"errors.yaml.{found}")
    if kind != "ScalarEvent":
        return Event("list" if kind == "SequenceStartEvent" else "mapping", "", start, end, mark)
    if control := _FORBIDDEN.search(event.value):
        raise _control(name, mark, control.group())
    return Event("quoted" if event.style else "plain", event.value, start, end, mark)


def _control(name: str, mark: Mark, character: str) -> InvalidFile:
    """Return the error for a ``character`` that no text may contain."""
    return invalid(name, mark, "errors.yaml.character", code=f"U+{ord(character):04X}")


def _tab_after(text: str, index: int) -> int:
    """Return the index of the next tab, or the length of ``text`` when there is none."""
    found = text.find("\t", index)
    return len(text) if found < 0 else found


def _mark_of(mark: Any) -> Mark:
    """Return PyYAML's ``mark`` as ours."""
    return Mark(mark.line + 1, mark.column + 1)


def _mark_at(text: str, index: int) -> Mark:
    """Return the place of the character at ``index``."""
    lines = _LINE_END.split(text[:index])
    return Mark(len(lines), len(lines[-1]) + 1)


def short(text: str) -> str:
    """Return ``text`` on one line and cut so that it can stand in a message."""
    text = " ".join(text.split())
    return text if len(text) <= LIMIT_SHOWN else f"{text[: LIMIT_SHOWN - 1]}…"


def invalid(name: str, mark: Mark | None, message: str, path: KeyPath = (), /, **facts: Any) -> InvalidFile:
    """Return the error ``message`` for a place in the file ``name``."""
    line, column = mark or (None, None)
    return InvalidFile(Problem(message, facts, ".".join(short(str(part)) for part in path), name, line, column))
