"""The strict YAML reader: bytes to plain values, each with its place in the file.

The dialect is YAML 1.2's core schema without anchors, aliases, tags, merge keys, directives, duplicate keys, control
characters, and tabs outside quotation marks. :mod:`ecosim.scenario.yaml_events` parses and keeps the limits; here
values are made of what it lets through.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ecosim.scenario.files import read_bytes
from ecosim.scenario.yaml_events import LIMIT_MEGABYTES, Event, KeyPath, Mark, events_of, invalid, short, text_of

__all__ = ["Document", "KeyPath", "Mark", "Marks", "read_document", "read_file"]

LIMIT_DIGITS = 40  #: characters of one number

_NUMBER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Marks(NamedTuple):
    """Where a value stands and where its key does; an item of a list has no key, so both are the same."""

    key: Mark
    value: Mark


@dataclass(frozen=True)
class Document:
    """What a file says.

    Parameters
    ----------
    value : dict, list, str, int, float, bool or None
        The content in plain Python.
    marks : dict
        Path (keys and list indexes) -> :class:`Marks`, for every value; ``()`` is the whole.
    name : str
        The file, as errors name it.
    """

    value: Any
    marks: dict[KeyPath, Marks]
    name: str

    def where(self, path: KeyPath, *, of_key: bool = False) -> Mark:
        """Return the place of the value at ``path`` (or of its key), else of its nearest existing parent."""
        while path not in self.marks:
            path = path[:-1]
        return self.marks[path].key if of_key else self.marks[path].value


@dataclass(frozen=True)
class _Reading:
    """What building a document needs at every level."""

    name: str
    source: str
    events: Iterator[Event]
    marks: dict[KeyPath, Marks]


def read_file(path: str | Path) -> Document:
    """Return the content of the YAML file at ``path``.

    Raises
    ------
    InvalidFile
        ``errors.file.*`` when there is no such readable, regular file; ``errors.yaml.*`` as :func:`read_document`.
    """
    return read_document(read_bytes(path, LIMIT_MEGABYTES * 1_000_000), str(path))


def read_document(source: bytes, name: str) -> Document:
    """Return the content of the YAML text ``source``.

    Parameters
    ----------
    source : bytes
        UTF-8, with or without a byte order mark; any of the three line ends.
    name : str
        The file, as errors shall name it.

    Raises
    ------
    InvalidFile
        ``errors.yaml.*`` with line and column at the first thing that is not accepted.
    """
    text = text_of(source, name)
    reading = _Reading(name, text, events_of(text, name), {})
    first = next(reading.events, None)
    value = None if first is None else _value(reading, first, (), first.mark)
    next(reading.events, None)  # whatever follows is refused
    if value is None:
        raise invalid(name, Mark(1, 1), "errors.yaml.empty")
    return Document(value, reading.marks, name)


def _value(reading: _Reading, event: Event, path: KeyPath, key_mark: Mark) -> Any:
    """Return the value that begins with ``event``; recursion is bounded by ``LIMIT_DEPTH``."""
    reading.marks[path] = Marks(key_mark, event.mark)
    if event.kind == "list":
        return _list(reading, path)
    if event.kind == "mapping":
        return _mapping(reading, path)
    return event.text if event.kind == "quoted" else _scalar(reading, event, path)


def _list(reading: _Reading, path: KeyPath) -> list[Any]:
    """Return the list whose opening event was just read."""
    made: list[Any] = []
    while (event := next(reading.events)).kind != "end":
        made.append(_value(reading, event, (*path, len(made)), event.mark))
    return made


def _mapping(reading: _Reading, path: KeyPath) -> dict[str, Any]:
    """Return the mapping whose opening event was just read."""
    made: dict[str, Any] = {}
    while (event := next(reading.events)).kind != "end":
        key = _key(reading, event, path)
        inner = (*path, key)
        if key in made:
            first = reading.marks[inner].key.line
            raise invalid(reading.name, event.mark, "errors.yaml.duplicate", inner, name=short(key), first=first)
        value = next(reading.events)
        if not value.text and value.kind == "plain" and ":" not in reading.source[event.end : value.start]:
            raise invalid(reading.name, event.mark, "errors.yaml.no_value", path, name=short(key))
        made[key] = _value(reading, value, inner, event.mark)
    return made


def _key(reading: _Reading, event: Event, path: KeyPath) -> str:
    """Return the key that ``event`` spells: text, and never one that only looks like text."""
    if event.kind == "quoted":
        return event.text
    if event.kind != "plain":
        raise invalid(reading.name, event.mark, "errors.yaml.key_group", path)
    if event.text == "<<":
        raise invalid(reading.name, event.mark, "errors.yaml.merge", path)
    if not isinstance(_scalar(reading, event, path), str):
        raise invalid(reading.name, event.mark, "errors.yaml.key_type", path, name=short(event.text))
    return event.text


def _scalar(reading: _Reading, event: Event, path: KeyPath) -> str | int | float | bool | None:
    """Return what unquoted text means under YAML 1.2's core schema: ``no`` is text, ``010`` ten, ``1e-3`` a number."""
    text = event.text
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise invalid(reading.name, event.mark, "errors.yaml.not_finite", path, value=text)
    if not _NUMBER.fullmatch(text):
        return text
    if len(text) > LIMIT_DIGITS:
        raise invalid(reading.name, event.mark, "errors.yaml.long_number", path, limit=LIMIT_DIGITS)
    if text[:2] in ("0o", "0x"):
        return int(text, 0)
    if not any(sign in text for sign in ".eE"):
        return int(text)
    if not math.isfinite(value := float(text)):
        raise invalid(reading.name, event.mark, "errors.yaml.not_finite", path, value=text)
    return value
