"""What ``ecosim class`` was given: a session, a lesson, a scenario, by name or as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ecosim.classroom.session.loaded import LoadedSession
from ecosim.classroom.session.making import of_lesson, of_scenario
from ecosim.classroom.session.opening import load_session, open_session, session_names
from ecosim.classroom.session.opening import source as text_of
from ecosim.dashboard.lesson import lesson_names, load_lesson, open_lesson
from ecosim.errors import UsageError, nearest
from ecosim.scenario import presets
from ecosim.scenario.reader import read_file

ENDINGS = (".yaml", ".yml")


def session_for(source: str, set: Mapping[str, Any] | None = None) -> LoadedSession:
    """Return the session that ``source`` names, or one that is made of what it names.

    Parameters
    ----------
    source : str
        Name of a session or of a lesson that comes with ecosim, ``preset:NAME``, or the path of a session, lesson or
        scenario file. A name that is both is the session's.
    set : mapping of str to Any, optional
        Dotted path -> value, laid over its scenario; over a session's own keys where it begins with ``session.``.

    Raises
    ------
    UsageError
        When nothing is called so, with the nearest name.
    InvalidFile
        With everything that is wrong in the file.
    """
    return replace(_found(source, dict(set or {})), source=source)


def _found(source: str, settings: Mapping[str, Any]) -> LoadedSession:
    """Return the session of what is called ``source``, or of its file."""
    if source in session_names():
        return open_session(text_of(source), settings, f"{source}.yaml") if settings else load_session(source)
    if source in lesson_names():
        return of_lesson(load_lesson(source), settings)
    if source.startswith(presets.PREFIX):
        return of_scenario(source, settings)
    if not _is_file(source):
        raise _unknown(source)
    kind = _kind(source)
    if kind == "lesson":
        return of_lesson(open_lesson(source), settings)
    return of_scenario(source, settings) if kind == "scenario" else open_session(source, settings)


def _is_file(source: str) -> bool:
    """Tell whether a file is meant: there is one, or the name looks like a path."""
    return Path(source).suffix.lower() in ENDINGS or "/" in source or "\\" in source or Path(source).is_file()


def _kind(source: str) -> str:
    """Return which kind of file ``source`` says it is."""
    value = read_file(source).value
    return str(value.get("kind", "")) if isinstance(value, dict) else ""


def _unknown(source: str) -> UsageError:
    """Return that nothing is called ``source``, with what was probably meant."""
    whole = {name: name for name in (*session_names(), *lesson_names())}
    whole |= {name: f"{presets.PREFIX}{name}" for name in presets.names()}
    near = nearest(source, whole)
    key = "errors.session.source_near" if near else "errors.session.source"
    return UsageError(key, value=source[:60], nearest=whole[near] if near else None, allowed=", ".join(session_names()))
