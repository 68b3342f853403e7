"""Values that come from Python instead of a file, made as plain as the reader makes them, and as bounded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.reader import LIMIT_DIGITS, KeyPath
from ecosim.scenario.tree import dotted
from ecosim.scenario.yaml_events import LIMIT_DEPTH, short, text_of


def plain_of(value: Any, name: str | None = None, path: KeyPath = ()) -> Any:
    """Return ``value`` as nested dict, list, str, int, float, bool and None.

    Tuples become lists, paths become texts, numbers of NumPy become numbers of Python.

    Parameters
    ----------
    value : Any
        What a caller gave.
    name : str, optional
        As errors name the place that it came from.
    path : tuple of str and int
        Where it stands.

    Raises
    ------
    InvalidFile
        For a key that is no text, a type that no file can hold, a number or a text that no file may hold.
    """
    if len(path) > LIMIT_DEPTH:
        raise _refused("errors.yaml.too_deep", name, path[:3], limit=LIMIT_DEPTH)
    if hasattr(value, "item") and not getattr(value, "shape", ()):
        value = value.item()
    if isinstance(value, Mapping):
        return {_key(key, name, path): plain_of(inner, name, (*path, str(key))) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_of(inner, name, (*path, place)) for place, inner in enumerate(value)]
    if isinstance(value, str | PurePath):
        return _text(value, name, path)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        if abs(value) >= 10**LIMIT_DIGITS:
            raise _refused("errors.yaml.long_number", name, path, limit=LIMIT_DIGITS)
        return int(value)
    raise _refused("errors.scenario.type", name, path, value=type(value).__name__)


def _key(key: Any, name: str | None, path: KeyPath) -> str:
    """Return ``key``, refusing what is no text."""
    if not isinstance(key, str):
        raise _refused("errors.yaml.key_type", name, path, name=short(str(key)))
    return _text(key, name, path)


def _text(value: str | PurePath, name: str | None, path: KeyPath) -> str:
    """Return ``value``, refusing characters that no file may hold."""
    value = str(value)
    try:
        text_of(value.encode("utf-8", "surrogatepass"), "")
    except InvalidFile as error:
        raise _refused(error.problems[0].key, name, path, **error.problems[0].facts) from None
    return value


def _refused(key: str, name: str | None, path: KeyPath, /, **facts: Any) -> InvalidFile:
    """Return the error ``key`` for the value at ``path``."""
    return InvalidFile(Problem(key, facts, short(dotted(path)), name))
