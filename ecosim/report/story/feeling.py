"""How acting felt to a learner, and what she learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.grammar import plural
from ecosim.report.story.told import Told

FITS = 0.75  #: balance from which a task is said to be just right
MOSTLY = 0.6  #: share of tasks from which they are mostly said to be so
SOME_FLOW = 0.45
MOOD = 0.6  #: mean mood beyond which spirits are told
STEP = 0.01  #: changes of skill that are told


def felt(told: Told, acts: list[Record]) -> Iterator[str]:
    """Say whether tasks were too hard, too easy or just right, whether she succeeded, and how much flow there was."""
    yield _felt_once(told, acts[0]) if len(acts) == 1 else _felt_often(told, acts)
    mood = sum(record["mood"] for record in acts) / len(acts)
    if abs(mood) >= MOOD:
        yield text(f"story.mood.{'high' if mood > 0.0 else 'low'}", told.lang)


def fit(record: Record) -> str:
    """Return how a task fitted: ``fits``, ``easy`` or ``hard``."""
    return "fits" if record["balance"] >= FITS else "easy" if record["mismatch"] < 0.0 else "hard"


def _felt_once(told: Told, record: Record) -> str:
    """Say how a single act felt."""
    lang = told.lang
    flow = text(f"story.flow.{_flow(told, record['flow'])}", lang, flow=number(record["flow"], lang))
    task = text(f"story.task.{fit(record)}_{'yes' if record['success'] else 'no'}", lang)
    return text("story.felt", lang, task=task, flow=flow)


def _felt_often(told: Told, acts: list[Record]) -> str:
    """Say how several acts felt."""
    lang = told.lang
    mean = sum(record["flow"] for record in acts) / len(acts)
    episodes = sum(_flow(told, record["flow"]) == "full" for record in acts)
    full = "" if episodes in (0, len(acts)) else plural("story.flow.times", episodes, lang)
    if episodes == len(acts):
        full = text("story.flow.always", lang)
    flow = text(f"story.flow.mean_{_flow(told, mean)}", lang, flow=number(mean, lang), full=full)
    task = text(f"story.tasks.{_channel(acts)}", lang)
    return text("story.tasks.line", lang, task=task, success=_success(acts, lang), flow=flow)


def _flow(told: Told, flow: float) -> str:
    """Return how much flow there was: ``full``, ``some`` or ``little``."""
    if flow >= told.run.loaded.scenario.context.flow.episode:
        return "full"
    return "some" if flow >= SOME_FLOW else "little"


def _channel(acts: list[Record]) -> str:
    """Return where in the channel between boredom and overload she mostly was."""
    fits = Counter(fit(record) for record in acts)
    best, times = min(fits.items(), key=lambda item: (-item[1], item[0]))
    if times == len(acts):
        return f"all_{best}"
    if times >= MOSTLY * len(acts):
        return f"mostly_{best}"
    return "_".join(name for name in ("fits", "easy", "hard") if fits[name])


def _success(acts: list[Record], lang: str) -> str:
    """Say how often she succeeded."""
    count = sum(record["success"] for record in acts)
    if count in (0, len(acts)):
        return text(f"story.success.{'always' if count else 'never'}", lang)
    return plural("story.success", count, lang, acts=len(acts))


def learned(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say how her skill has changed."""
    start, end = weeks[0]["skill_before"], weeks[-1]["skill"]
    if start is not None and abs(end - start) >= STEP:
        way = "rises" if end > start else "falls"
        facts = {"start": number(start, told.lang), "end": number(end, told.lang)}
        yield text(f"story.skill.{way}", told.lang, **facts)
