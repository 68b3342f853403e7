"""The presets: types of community as scenario files that come with ecosim."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ecosim.errors import UsageError, nearest
from ecosim.scenario.reader import Document, read_document

PREFIX = "preset:"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all presets in alphabetical order."""
    folder = files("ecosim.scenario") / "presets"
    return tuple(sorted(each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")))


def source(name: str) -> bytes:
    """Return the text of preset ``name``.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    if name not in names():
        near = nearest(name, names())
        key = "errors.scenario.preset_near" if near else "errors.scenario.preset"
        raise UsageError(key, value=name[:60], nearest=near, allowed=", ".join(names()))
    return (files("ecosim.scenario") / "presets" / f"{name}.yaml").read_bytes()


def read(name: str) -> Document:
    """Return preset ``name`` as a document, named ``preset:<name>``.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    return read_document(source(name), PREFIX + name)
