"""What happened in a run, in plain words for who designs courses and communities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ecosim.language import number, text
from ecosim.report.grammar import counted, plural, share
from ecosim.report.groups import by_groups
from ecosim.report.happenings import around_events, beside_observed, deadline_weeks
from ecosim.report.naming import LEVELS
from ecosim.scenario.parts import in_language

#: Autotelic ratio from which words say so; for people only, nothing in the model depends on them.
ENERGY = ((0.9, "own"), (0.75, "mostly_own"), (0.5, "more_own"), (0.25, "more_pushed"), (0.0, "pushed"))
FEW = 4  #: weeks at the start and at the end that are compared
NO_CHANGE = 0.005  #: a change of skill that two decimals do not show
TOLD = frozenset(
    {
        "retention", "participation", "collective_share", "collaborators_share", "reply_rate", "mean_degree",
        "mean_flow", "flow_share", "skill_gain", "autotelic_ratio", "apprenance", "apprenance_prevalence",
        "apprenance_maintenance", "top10_share", "gini_contributions", "excluded_share", "carry_over", "reproduction",
        "reproduction_12",
    }
)  # fmt: skip
"""Metrics of which the text speaks anyhow."""


def summary_text(run: Any, lang: str) -> str:
    """Return what happened in ``run``, a short line for each thing worth knowing."""
    scenario = run.loaded.scenario
    head = [in_language(scenario.title, lang) or run.loaded.name, in_language(scenario.question, lang)]
    body = [*_who(run, lang), *_stayed(run, lang), *_did(run, lang), *_asked(run, lang)]
    return "\n".join([*(line for line in head if line), "", *body, text("words.closing", lang)])


def _who(run: Any, lang: str) -> Iterator[str]:
    """Say how many, how long, and when they came."""
    scenario, arrivals = run.loaded.scenario, run.loaded.scenario.context.arrivals
    yield text(
        "words.setting", lang, learners=counted("learners", scenario.learners, lang),
        weeks=counted("weeks", scenario.weeks, lang), seed=scenario.seed, replicate=run.replicate,
    )  # fmt: skip
    until = min(arrivals.until, scenario.weeks - 1) if arrivals.kind == "uniform" else 0
    if until:
        yield text("words.arrivals", lang, until=until, arrived=number(run.engine.log.arrived[-1], lang, 0))


def _stayed(run: Any, lang: str) -> Iterator[str]:
    """Say who is still there, and when the others left."""
    log = run.engine.log
    enrolled, arrived = int(log.enrolled[-1]), int(log.arrived[-1])
    facts = {"arrived": number(arrived, lang, 0), "share": share(enrolled / arrived if arrived else 0.0, lang)}
    if enrolled == arrived > 1:
        yield text("words.stayed.all", lang, **facts)
    else:
        yield plural("words.stayed", enrolled, lang, **facts)
    returned = int(log.returned.sum())
    yield _departures(log, lang) + (" " + plural("words.returns", returned, lang) if returned else "")
    yield from deadline_weeks(run, lang)


def _departures(log: Any, lang: str) -> str:
    """Say how many left, by when half of them had, and which week was the worst."""
    left = int(log.left.sum())
    half, week = int(np.searchsorted(np.cumsum(log.left), 0.5 * left)), int(log.left.argmax())
    worst = int(log.left[week])
    if left < 2 or worst < 2:
        return plural("words.departures", left, lang, half=half)
    there = share(worst / float(log.enrolled_at_start[week]), lang)
    facts = {"half": half, "week": week, "worst": number(worst, lang, 0), "share": there}
    return text("words.departures.peak", lang, count=number(left, lang, 0), **facts)


def _did(run: Any, lang: str) -> Iterator[str]:
    """Say what people did, how it felt, what came of it; nothing where nobody did anything."""
    if not run.engine.log.active.any():
        yield text("words.active.nobody", lang)
        yield from (*by_groups(run, lang), *around_events(run, lang), *beside_observed(run, lang))
        return
    for lines in (_active, _together, _felt, _became, by_groups, around_events, beside_observed):
        yield from lines(run, lang)


def _active(run: Any, lang: str) -> Iterator[str]:
    """Say how many were active."""
    series = run.weekly_table()["participation"]
    facts = {"share": share(run.summary["participation"], lang)}
    if series.size >= 2 * FEW:
        ends = {"first": share(np.nanmean(series[:FEW]), lang), "last": share(np.nanmean(series[-FEW:]), lang)}
        line = text("words.active.course", lang, **facts, **ends)
    else:
        line = text("words.active.mean", lang, **facts)
    people = run.engine.learners
    never = int(np.count_nonzero((people.weeks_active == 0) & (people.arrival_week < run.engine.week)))
    yield line + (" " + plural("words.never", never, lang) if never else "")


def _together(run: Any, lang: str) -> Iterator[str]:
    """Say what was done with others, and how unequally."""
    log, summary = run.engine.log, run.summary
    if not log.collective.any():
        yield text("words.together.nobody", lang)
        return
    weeks = counted("weeks", run.loaded.scenario.context.observation.collaborator_weeks, lang)
    collaborators = share(summary["collaborators_share"], lang)
    yield text(
        "words.together.share", lang, share=share(summary["collective_share"], lang), collaborators=collaborators,
        weeks=weeks,
    )  # fmt: skip
    degree = round(summary["mean_degree"], 1)
    ties = plural("words.ties", int(degree) if lang == "fr" else 2, lang, value=number(degree, lang, 1))
    facts = {"answered": share(summary["reply_rate"], lang), "ties": ties}
    if log.rejected.any():
        rejected = share(float(log.rejected.sum() / log.answered.sum()), lang)
        yield text("words.together.rejected", lang, rejected=rejected, **facts)
    else:
        yield text("words.together.answered", lang, **facts)
    facts = {"top": share(summary["top10_share"], lang), "gini": number(summary["gini_contributions"], lang)}
    yield text("words.unequal.line", lang, **facts)


def _felt(run: Any, lang: str) -> Iterator[str]:
    """Say how much flow there was, and what was learned."""
    summary = run.summary
    flow = number(summary["mean_flow"], lang)
    yield text("words.flow.line", lang, flow=flow, episodes=share(summary["flow_share"], lang))
    gain, start = summary["skill_gain"], float(run.engine.learners.initial_skill.mean())
    way = "same" if abs(gain) < NO_CHANGE else "rose" if gain > 0 else "fell"
    ends = {"start": number(start, lang), "end": number(start + gain, lang)}
    yield text(f"words.skill.{way}", lang, gain=number(abs(gain), lang), **ends)


def _became(run: Any, lang: str) -> Iterator[str]:
    """Say what activity lived on, and what it made of people."""
    summary, watch, weeks = run.summary, run.loaded.scenario.context.observation, run.loaded.scenario.weeks
    ratio = summary["autotelic_ratio"]
    if ratio is not None:
        band = next(name for least, name in ENERGY if ratio >= least)
        yield text(f"words.energy.{band}", lang, ratio=number(ratio, lang))
    if summary["apprenance"] is not None:
        facts = {"level": number(summary["apprenance"], lang), "share": share(summary["apprenance_prevalence"], lang)}
        line = text("words.apprenance.line", lang, threshold=number(watch.apprenance_level, lang, 1), **facts)
        if weeks >= watch.maintenance_weeks:
            held = share(summary["apprenance_maintenance"], lang)
            span = counted("weeks", watch.maintenance_weeks, lang)
            line += " " + text("words.apprenance.held", lang, share=held, weeks=span)
        yield line
    if (excluded := summary["excluded_share"]) is not None:
        yield text(f"words.excluded.{'line' if excluded else 'none'}", lang, share=share(excluded, lang))


def _asked(run: Any, lang: str) -> Iterator[str]:
    """Say the metrics that the scenario asks for and of which nothing has been said."""
    parts = []
    for each in run.wanted:
        if not each.asked or each.key in TOLD:
            continue
        value = run.summary[each.key]
        said = text("words.undefined", lang) if value is None else _measured(value, each.metric, lang)
        parts.append(text("words.asked_value", lang, label=each.label(lang), value=said))
    if parts:
        yield text("words.asked", lang, list="; ".join(parts) if lang == "en" else "\u00a0; ".join(parts))


def _measured(value: float, metric: Any, lang: str) -> str:
    """Return the value of a metric for people: a share in per cent, a level as it is, a week without decimals."""
    unit = metric.unit
    if unit in ("share", "probability") and metric.name not in LEVELS and 0.0 <= value <= 1.0:
        return share(value, lang)
    return number(value, lang, 0 if unit == "weeks" else 2)
