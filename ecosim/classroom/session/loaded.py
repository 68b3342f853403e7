"""A session that has passed every check: its file, and its community as a text that stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosim.classroom.session.document import Session
from ecosim.errors import Problem
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded


@dataclass(frozen=True)
class LoadedSession:
    """A session that has passed every check.

    Parameters
    ----------
    name : str
        Name of its file without folder and ending, or of what it was made of.
    session : Session
        As written.
    text : str
        Its community as a scenario file, which extends presets only and names no files.
    scenario : Loaded
        The same, checked.
    source : str
        What opens it again: its name, ``preset:NAME`` or a path; empty where that is not known.
    """

    name: str
    session: Session
    text: str
    scenario: Loaded
    source: str = ""

    def say(self, words: Any, lang: str) -> str:
        """Return a text of the file in ``lang``."""
        return in_language(words, lang)

    def title(self, lang: str) -> str:
        """Return its title."""
        return in_language(self.session.title, lang)

    @property
    def weeks(self) -> int:
        """The weeks of its community."""
        return self.scenario.scenario.weeks

    @property
    def warnings(self) -> list[Problem]:
        """What is allowed in its scenario but perhaps not meant."""
        return self.scenario.warnings
