"""The forecast test: who was how far off, and whether the model predicts or only explains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.evidence.forecast import cohort_of
from ecosim.report.reference.markdown import code, heading, table
from ecosim.report.validation.words import ask, cohort_name, figure, heads, percent_of, with_interval

CONTESTANTS = ("base", "other", "same", "model")


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("forecast.title", lang), "forecast")
    if kept is None:
        yield ask("nothing", lang)
        return
    settings = kept["settings"]
    yield ask("forecast.start", lang, **settings | {"early": percent_of(settings["early"], lang)})
    for each in kept["cohorts"]:
        yield from _cohort(each, lang)
    yield ask(f"forecast.verdict_{kept['verdict']}", lang)


def _cohort(each: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield what came of one presentation."""
    name = cohort_name(cohort_of(each["presentation"]), lang)
    yield heading(3, name)
    own = ", ".join(map(code, each["own"]))
    leak = ask("forecast.leak_held_out" if each["held_out"] else "forecast.leak_fitted", lang, own=own)
    numbers = {key: each[key] for key in ("learners", "early", "weeks", "lives")}
    yield ask("forecast.cohort", lang, cohort=name, leak=leak, **numbers)
    yield table(heads("forecast.columns", lang), [row for one in each["contests"] for row in _rows(one, lang)])
    yield ask("forecast.difference", lang)
    yield table(heads("forecast.difference_columns", lang), [_difference(one, lang) for one in each["contests"]])
    yield ask("forecast.curve", lang, **{who: figure(off, lang) for who, off in each["curve"]["rmse"].items()})


def _rows(contest: dict[str, Any], lang: str) -> Iterator[list[str]]:
    """Yield a line for each contestant, the outcome in the first."""
    for place, who in enumerate(CONTESTANTS):
        came = contest["contestants"][who]
        outcome = ask(f"outcomes.{contest['outcome']}", lang)
        first = ask("forecast.outcome", lang, outcome=outcome, rate=percent_of(contest["rate"], lang))
        numbers = [with_interval(came[name], lang) for name in ("error", "skill", "auc")]
        base = who == "base"  # has no skill over itself
        numbers = [numbers[0], *(ask("none", lang) for _ in numbers[1:])] if base else numbers
        yield ["" if place else first, ask(f"contestants.{who}", lang), *numbers]


def _difference(contest: dict[str, Any], lang: str) -> list[str]:
    """Return the line that compares the model with both regressions."""
    differences = [with_interval(contest["model_minus_regression"][name], lang) for name in ("other", "same")]
    verdict = ask("forecast.predicts" if contest["predicts"] else "forecast.explains", lang)
    return [ask(f"outcomes.{contest['outcome']}", lang), *differences, verdict]
