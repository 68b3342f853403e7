"""What was fitted, and what was not: parameters, cohorts, the held-out presentation, the course over the term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecosim.evidence.cohorts import loaded, source_of
from ecosim.evidence.patterns import PATTERNS
from ecosim.language import text
from ecosim.report.reference.declared import parameters
from ecosim.report.reference.markdown import code, heading, link, plain, table
from ecosim.report.reference.words import FITTED
from ecosim.report.validation.words import ask, between, by_number, cohort_name, figure, heads, in_turn, metric_name

COURSE = ("log_active_first", "log_active_last")


def section(kept: dict[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, ask("fitted.title", lang), "fitted")
    found = fitted_parameters()
    links = ", ".join(link(code(path.removeprefix("context.")), ask("reference", lang), path) for path in found)
    yield ask("fitted.start", lang, count=len(found), parameters=links or ask("none", lang))
    yield table(heads("fitted.columns", lang), [_cohort(name, lang) for name in cohorts()])
    if kept is not None:
        yield from _held_out(kept["held_out"], lang)
        yield from _course(kept["course"], lang)


def fitted_parameters() -> list[str]:
    """Return the paths of the parameters whose source says that they were fitted to data."""
    return [each.path for group in parameters("en").values() for each in group if FITTED in each.leaf.source]


def cohorts() -> list[str]:
    """Return the cohorts in which patterns are looked for."""
    return sorted({cohort for name in PATTERNS for cohort in PATTERNS[name].cohorts})


def _cohort(name: str, lang: str) -> list[str]:
    """Return the line of one cohort."""
    looked_for = [each["id"] for each in by_number([{"id": p} for p in PATTERNS if name in PATTERNS[p].cohorts])]
    odd = ", ".join(code(path.removeprefix("context.")) for path in unusual(name)) or ask("none", lang)
    return [cohort_name(name, lang), ", ".join(looked_for), plain(text(f"evidence.fitting.{name}", lang)), odd]


def unusual(name: str) -> list[str]:
    """Return what a cohort sets outside the plausible range."""
    return list(dict.fromkeys(each.path for each in loaded(source_of(name)).warnings))


def _held_out(found: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield how the held-out presentation stands."""
    rows = found["patterns"]
    yield heading(3, ask("fitted.held", lang, cohort=cohort_name(found["cohort"], lang)), "held-out")
    yield ask("fitted.held_start", lang, shown=sum(row["passed"] for row in rows), total=len(rows))
    yield table(heads("fitted.held_columns", lang), [_row(row, lang) for row in rows])


def _row(row: dict[str, Any], lang: str) -> list[str]:
    """Return the line of one held-out quantity."""
    value = figure(row["value"], lang)
    verdict = ask(f"board.{'shown' if row['passed'] else 'missed'}", lang)
    marked = value if row["passed"] else f"**{value}**"
    words, (low, high) = [row["id"], metric_name(row["metric"], lang)], row["band"]
    return [*words, marked, figure(row["observed"], lang), between(low, high, lang), verdict]


def _course(found: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield how many are active at the beginning and at the end of the term."""
    yield heading(3, ask("fitted.course", lang), "course")
    yield ask("fitted.course_start", lang)
    rows = []
    for cohort, told in found.items():
        numbers = [figure(told[metric][name], lang) for metric in COURSE for name in ("value", "observed")]
        rows.append([cohort_name(cohort, lang), *numbers])
    yield table(heads("fitted.course_columns", lang), rows)
    if names := opposite(found, lang):
        yield ask("fitted.opposite", lang, names=names)


def opposite(found: dict[str, Any], lang: str) -> str:
    """Return the cohorts in which the simulated share of active learners moves the other way than the measured one."""
    first, last = COURSE
    moves = {
        cohort: [told[last][name] - told[first][name] for name in ("value", "observed")]
        for cohort, told in found.items()
    }
    turned = (cohort for cohort, (ours, theirs) in moves.items() if ours * theirs < 0.0)
    return in_turn((cohort_name(cohort, lang) for cohort in turned), lang)
