"""The patterns, by what they were measured on: importing a file registers its patterns."""

# ruff: noqa: F401, I001 - importing a file registers its patterns; the order is the one in which they are shown

from ecosim.evidence.patterns import withdrawal, activity, open_course, forum, friendship, answers
from ecosim.evidence.pattern import PATTERNS, Part, Pattern, pattern

__all__ = ["PATTERNS", "Part", "Pattern", "pattern"]
