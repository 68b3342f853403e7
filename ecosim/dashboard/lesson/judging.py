"""Whether a prediction is right: decided by what the runs say of the claims, never written in a lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ecosim.dashboard.lesson.document import Option

Fit = Literal["right", "wrong", "undecided"]


def fits(options: Sequence[Option], words: Mapping[str, str]) -> list[Fit]:
    """Return of each option whether it is right.

    Parameters
    ----------
    options : sequence of Option
        What may be predicted.
    words : mapping of claim -> {"higher", "lower", "equivalent", "undecided"}
        How the claims came out.
    """
    found: list[Fit] = ["undecided" if option.otherwise else _fit(option, words) for option in options]
    others = [fit for option, fit in zip(options, found, strict=True) if not option.otherwise]
    left: Fit = "wrong" if "right" in others else "undecided" if "undecided" in others else "right"
    return [left if option.otherwise else fit for option, fit in zip(options, found, strict=True)]


def _fit(option: Option, words: Mapping[str, str]) -> Fit:
    """Return whether one option is right: all its claims came out as it says, or one of them did not."""
    came = [words[claim] if words[claim] not in wanted else "as said" for claim, wanted in option.when.items()]
    if any(word not in ("as said", "undecided") for word in came):
        return "wrong"
    return "undecided" if "undecided" in came else "right"
