"""The words that the page uses in a sense of its own."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.report.page.leafwords import words_of

IDEAS = (
    "learner", "week", "lever", "parameter", "artefact", "affordance", "instrument", "tie", "ground", "flow",
    "persistence", "apprenance", "replicate", "evidence",
)  # fmt: skip
"""What no metric and no lever is called by; defined on the page alone."""
MEASURES = (
    "retention", "participation", "compossibles", "autotelic_experience", "autotelic_ratio", "external_drive",
    "need_relatedness", "apprenance_prevalence", "skill_gain", "excluded_share",
)  # fmt: skip
LEVERS = ("facilitation", "demand", "incentive", "visibility")


class Term(NamedTuple):
    """A word and what it means here."""

    word: str
    meaning: str


def terms(lang: str) -> list[Term]:
    """Return the words in alphabetical order."""
    found = [Term(text(f"page.terms.{name}.word", lang), text(f"page.terms.{name}.meaning", lang)) for name in IDEAS]
    found += [Term(METRICS[name].say_label(lang), METRICS[name].say_meaning(lang)) for name in MEASURES]
    found += [Term(words.label, words.meaning) for words in (words_of(f"design.{name}", lang) for name in LEVERS)]
    return sorted(found, key=lambda term: sortable(term.word))


def sortable(word: str) -> str:
    """Return ``word`` as dictionaries sort it: without accents and capitals."""
    return normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
