"""The lessons that the pages show: those that come with ecosim and, before them, one that somebody brought."""

from __future__ import annotations

import re

from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.dashboard.lesson.opening import lesson_names, load_lesson

OWN = "mine"  #: the address of a lesson whose name cannot be one, or is that of another lesson
ADDRESS = re.compile("[a-z0-9-]+")

_brought: dict[str, LoadedLesson] = {}


def bring(lesson: LoadedLesson) -> str:
    """Show a lesson of one's own among the others; return the name under which it has a page.

    The addresses of the pages are made when they are served first: bring it before.
    """
    name = lesson.name if ADDRESS.fullmatch(lesson.name) and lesson.name not in lesson_names() else OWN
    _brought.clear()
    _brought[name] = lesson
    return name


def is_brought(name: str) -> bool:
    """Tell whether the lesson that is shown as ``name`` is somebody's own."""
    return name in _brought


def names_here() -> tuple[str, ...]:
    """Return the names of all lessons that the pages show, one's own first."""
    return (*_brought, *lesson_names())


def lesson_here(name: str) -> LoadedLesson:
    """Return the lesson that is shown as ``name``.

    Raises
    ------
    UsageError
        When there is none, with the nearest name.
    """
    return _brought[name] if name in _brought else load_lesson(name)
