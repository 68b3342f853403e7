"""A lesson that has passed every check: its file, its study, and what there is to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosim.dashboard.lesson.document import Claim, Lesson
from ecosim.errors import Problem
from ecosim.model.metrics import Wanted
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded
from ecosim.study.plan.loaded import LoadedStudy


@dataclass(frozen=True)
class LoadedLesson:
    """A lesson that has passed every check.

    Parameters
    ----------
    name : str
        Name of its file without folder and ending.
    lesson : Lesson
        As written.
    given : str
        Its text, empty for a dictionary.
    study : LoadedStudy
        The study that answers its question; weekly series are kept.
    trials : tuple of Loaded
        The scenario of each thing to try, in the order of the file.
    """

    name: str
    lesson: Lesson
    given: str
    study: LoadedStudy
    trials: tuple[Loaded, ...]

    def say(self, words: Any, lang: str) -> str:
        """Return a text of the file in ``lang``."""
        return in_language(words, lang)

    def title(self, lang: str) -> str:
        """Return its title."""
        return in_language(self.lesson.title, lang)

    def against(self, claim: Claim) -> str:
        """Return the design with which a claim compares: itself where it compares two of its metrics."""
        return claim.of if claim.against_metric is not None else claim.against or self.study.baseline

    def metric(self, key: str) -> Wanted:
        """Return the metric of the study with that key."""
        return next(each for each in self.study.wanted if each.key == key)

    def design(self, name: str, lang: str) -> str:
        """Return what people call a design."""
        return self.study.arm(name).label(lang)

    @property
    def weeks(self) -> int:
        """The weeks of its longest design."""
        return max(arm.loaded.scenario.weeks for arm in self.study.arms)

    @property
    def warnings(self) -> list[Problem]:
        """What is allowed in its study but perhaps not meant."""
        return self.study.warnings
