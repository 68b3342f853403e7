"""Polls: a question to all, options, and who answered what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecosim.classroom.refusal import Refused

MOST_HANDS = 1000  #: for one option


def worded(words: str | dict[str, str], lang: str) -> str:
    """Return a question or an answer in ``lang``; what a teacher typed is as she typed it."""
    return words if isinstance(words, str) else words[lang]


@dataclass
class Poll:
    """A question to all.

    Parameters
    ----------
    question : str or dict
        As written, or by language.
    options : list of str or dict
        What can be answered.
    metric : str
        What it is about, so that the answers can be drawn over the outcome; empty without.
    week : int
        In which it was asked.
    open : bool
        Whether answers are taken.
    answers : dict
        Learner -> option.
    hands : list of int
        How many hands were counted for each option, besides; empty where none were.
    """

    question: Any
    options: list[Any]
    metric: str = ""
    week: int = 0
    open: bool = True
    answers: dict[int, int] = field(default_factory=dict)
    hands: list[int] = field(default_factory=list)

    def check(self, option: Any) -> None:
        """Refuse what is no option."""
        if isinstance(option, bool) or not isinstance(option, int) or not 0 <= option < len(self.options):
            raise Refused("classroom.refused.no_option")

    def check_hands(self, hands: list[int]) -> None:
        """Refuse what is no count of hands for each option."""
        if len(hands) != len(self.options) or not all(0 <= each <= MOST_HANDS for each in hands):
            raise Refused("classroom.refused.no_option")

    def counts(self) -> list[int]:
        """Return how many answered each option."""
        told = [sum(given == place for given in self.answers.values()) for place in range(len(self.options))]
        return [one + more for one, more in zip(told, self.hands or [0] * len(told), strict=True)]

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, without answers."""
        return {"question": self.question, "options": self.options, "metric": self.metric, "week": self.week}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Poll:
        """Return the poll of plain values."""
        return cls(plain["question"], list(plain["options"]), plain["metric"], plain["week"])
