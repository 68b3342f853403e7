"""One experiment on the page: question, means, expectations with what came of them, and what may not be concluded."""

from __future__ import annotations

from typing import Any

from ecosim.report.experiments.kept import Kept
from ecosim.report.experiments.places import STUDY
from ecosim.report.experiments.telling import Told, ask, size_note, told_of
from ecosim.report.reference.markdown import bullets, heading, link, page, plain, table
from ecosim.report.study.amounts import Amount, amount_of, half, level
from ecosim.report.study.naming import metric_of
from ecosim.report.study.saying import counted, said
from ecosim.scenario.parts import in_language


def section(kept: Kept, lang: str) -> str:
    """Return the part of the page that tells one experiment."""
    study, place = kept.study.study, kept.place
    told = told_of(kept, lang)
    source = ask("source", lang, study=link(f"`{place.name}/{STUDY}`", f"{place.name}/{STUDY}"), ran=_ran(kept, lang))
    return page(
        heading(2, f"{place.number}. {plain(kept.study.title(lang))}", place.name),
        f"**{plain(in_language(study.question, lang))}**",
        plain(in_language(study.description, lang)),
        source,
        f"![{ask('figure', lang, number=place.number)}]({place.name}/{place.figure(lang).name})",
        *_means(kept, lang),
        bullets(_expected(each, lang) for each in told),
        ask("limits_head", lang) + " " + ask(f"limits.{place.name}", lang),
    ).rstrip("\n")


def _ran(kept: Kept, lang: str) -> str:
    """Return how many runs there were."""
    total = counted("runs", sum(kept.found.counts.values()), lang)
    failed = sum(count for status, count in kept.found.counts.items() if status != "done")
    times = counted("replicates", kept.replicates, lang)
    return ask("ran_failed" if failed else "ran_all", lang, runs=total, failed=failed, times=times)


def _expected(told: Told, lang: str) -> str:
    """Return an expectation and what came of it, as an item of a list."""
    came = told.came
    verdict = f"**{came.verdict.lower()}**"
    facts = {"claim": plain(came.claim), "why": plain(came.why), "status": came.status, "result": plain(came.result)}
    parts = [
        ask("item", lang, verdict=verdict, **facts), size_note(told, lang), plain(came.box), told.reading(lang),
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


def _means(kept: Kept, lang: str) -> list[str]:
    """Return the table of means: a row a design and point, a column a metric; nothing where there are many points."""
    if not kept.means:
        return []
    study, several = kept.study, len({row["point"] for row in kept.means}) > 1
    metrics = [each.key for each in study.wanted]
    heads = [ask("columns.design", lang)] + [metric_of(kept.found, key).label(lang) for key in metrics]
    rows = []
    for point in dict.fromkeys(row["point"] for row in kept.means):
        for arm in study.arms:
            found = {row["metric"]: row for row in kept.means if row["point"] == point and row["design"] == arm.name}
            name = plain(arm.label(lang)) + (f", {_point(kept, point)}" if several else "")
            rows.append([name, *(_mean(found[key], amount_of(metric_of(kept.found, key)), lang) for key in metrics)])
    return [ask("means", lang), table(heads, rows)]


def _point(kept: Kept, point: int) -> str:
    """Return what a point sets, in code: a value, or the name of a profile."""
    values = kept.study.points.settings(point).values()
    return ", ".join(f"`{next(iter(value))}`" if isinstance(value, dict) else f"`{value}`" for value in values)


def _mean(row: dict[str, Any], amount: Amount, lang: str) -> str:
    """Return a mean with its interval."""
    if row["mean"] is None:
        return ask("no_mean", lang)
    low, high = row["low"], row["high"]
    if low is None or high is None:
        return level(row["mean"], amount, lang)
    width = half(low, high)
    ends = said("between", lang, low=level(low, amount, lang, width), high=level(high, amount, lang, width))
    return ask("mean", lang, mean=level(row["mean"], amount, lang, width), between=ends)
