"""From a session file to a checked session; the sessions that come with ecosim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from ecosim.classroom.session import community
from ecosim.classroom.session.checks import check
from ecosim.classroom.session.document import Session
from ecosim.classroom.session.loaded import LoadedSession
from ecosim.dashboard.lesson.bundled import Shelf
from ecosim.scenario.extends import Given
from ecosim.scenario.header import check_header
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import problems_of, refuse
from ecosim.study.plan.opening import laid_settings, opened, parted
from ecosim.study.plan.resolve import short_name

KIND, OWN = "session", "session."
SHELF = Shelf("ecosim.classroom", "sessions", KIND)


@cache
def session_names() -> tuple[str, ...]:
    """Return the names of the sessions that come with ecosim, the shortest first."""
    return SHELF.names(lambda name: load_session(name).session.minutes)


def source(name: str) -> bytes:
    """Return the text of the session ``name`` that comes with ecosim.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    return SHELF.text(name, session_names)


@cache
def load_session(name: str) -> LoadedSession:
    """Return the session ``name`` that comes with ecosim.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    return replace(open_session(source(name), name=f"{name}.yaml"), source=name)


def open_session(source: Given, set: Mapping[str, Any] | None = None, name: str = "upload") -> LoadedSession:
    """Return the session in ``source``, complete and checked.

    Parameters
    ----------
    source : str, Path, bytes or mapping
        Path of a file, the text of an uploaded one, or a dictionary. Its scenario names no files, wherever it stands: a
        class is lived again from one text.
    set : mapping of str to Any, optional
        Dotted path -> value, laid over its scenario; over the session where it begins with ``session.``.
    name : str
        As errors name an uploaded file.

    Raises
    ------
    InvalidFile
        With every problem found, each with file, line, column and path.
    """
    root, _ = opened(source, False, name, KIND)
    own, settings = parted(set, OWN)
    root = laid_settings(root, own)
    session = shaped(root)
    inside = root.get("scenario")
    assert inside is not None  # the shape is checked
    check_header(inside, required=False)
    called = short_name(root.source.name, KIND)
    text, scenario = community.of_node(inside, settings, called)
    refuse(check(root, session, scenario.scenario), root.source.name)
    return LoadedSession(called, session, text, scenario)


def shaped(root: Node) -> Session:
    """Return the document ``root`` as a session."""
    try:
        return Session.model_validate(root.plain())
    except ValidationError as error:
        refuse(problems_of(error, root, Session), root.source.name)
        raise  # not reached: pydantic found something
