"""What came of the expectations of an experiment, in the words of its page."""

from __future__ import annotations

from typing import Any, NamedTuple

from ecosim.language import lookup, percent, text
from ecosim.model.metrics.summary import key_of
from ecosim.report.experiments.kept import Kept
from ecosim.report.study.amounts import amount_of
from ecosim.report.study.expected import Came, came_of
from ecosim.report.study.naming import design_name, metric_of
from ecosim.report.study.saying import said
from ecosim.report.study.verdicts import smallest_text
from ecosim.study.plan.checks import form_of
from ecosim.study.statistics.expectations import Held


class Told(NamedTuple):
    """An expectation, what came of it, and how that is said.

    Parameters
    ----------
    kept : Kept
        The experiment.
    number : int
        Which of its expectations, from 1.
    held : Held
        The expectation and what came of it.
    came : Came
        The same in words.
    """

    kept: Kept
    number: int
    held: Held
    came: Came

    @property
    def boxed(self) -> str:
        """The verdict over the assumption box, empty without one."""
        return self.held.box.verdict if self.held.box is not None else ""

    def reading(self, lang: str) -> str:
        """Return how the result may be understood; empty where nobody has written that for these very verdicts."""
        place = f"experiments.reading.{self.kept.place.name}.e{self.number}"
        found = (lookup(lang, f"{place}_{word}") for word in (self.held.verdict, f"box_{self.boxed}"))
        return " ".join(filter(None, found))


def ask(key: str, lang: str, /, **facts: Any) -> str:
    """Return the message ``experiments.<key>``."""
    return text(f"experiments.{key}", lang, **facts)


def told_of(kept: Kept, lang: str) -> list[Told]:
    """Return the expectations of an experiment, each with its words."""
    return [Told(kept, place, held, _came(kept, held, lang)) for place, held in enumerate(kept.held, 1)]


def _came(kept: Kept, held: Held, lang: str) -> Came:
    """Return what came of an expectation in words, a correlation with the design within which it is taken."""
    came, of = came_of(kept.found, held, lang), held.expected.of
    if form_of(held.expected) != "rises_with" or of is None:
        return came
    return came._replace(claim=ask("under", lang, claim=came.claim, design=design_name(kept.found, of, lang)))


def box_cell(told: Told, lang: str) -> str:
    """Return what became of an expectation over the assumption box, as a cell: verdict, share and its interval."""
    box = told.held.box
    if box is None:
        return ask("no_box", lang)
    if box.none == box.points:
        return ask("box_none", lang)
    facts = {"share": percent(box.share, lang), "low": percent(box.low, lang), "high": percent(box.high, lang)}
    facts["count"] = str(box.points - box.none)
    if told.held.verdict == "open":
        return ask("box_open", lang, **facts)
    verdict = said(f"expect.verdict.{box.verdict}", lang).lower()
    verdict = f"**{verdict}**" if box.verdict == "contradicted" else verdict
    return ask("box", lang, verdict=verdict, **facts)


def size_note(told: Told, lang: str) -> str:
    """Return what an interval says of the size of a difference: too small to matter, or the other way round.

    Empty where there is nothing to add to the verdict.
    """
    held, expected = told.held, told.held.expected
    if form_of(expected) not in ("against", "contrast") or held.verdict not in ("supported", "contradicted"):
        return ""
    if expected.direction == "same":
        return ""
    if held.verdict == "contradicted" and held.word != "equivalent":
        return ask("other_way", lang)
    key = key_of(expected.metric.name, expected.metric.over)
    matters = told.kept.study.study.compare.smallest_effect.get(key, 0.0)
    if not -matters < held.low <= held.high < matters:
        return ""
    return ask("too_small", lang, smallest=smallest_text(matters, amount_of(metric_of(told.kept.found, key)), lang))
