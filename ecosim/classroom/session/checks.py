"""What must hold between the parts of a session, once each of them is right by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any

from ecosim.classroom.session.document import FEWEST_OPTIONS, Ask, Session
from ecosim.errors import Problem, nearest
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.bounds import bounds
from ecosim.report.page.leafwords import words_of
from ecosim.scenario.design import LEVERS, SCHEDULED
from ecosim.scenario.document import Scenario
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import MOST_NAMED, shown
from ecosim.scenario.reader import KeyPath


def check(root: Node, session: Session, scenario: Scenario) -> list[Problem]:
    """Return what cannot be, in no particular order.

    Parameters
    ----------
    root : Node
        The session, for places.
    session : Session
        Its shape.
    scenario : Scenario
        The community, checked.
    """
    return [
        *_shown(root, session),
        *_polls(root, session, scenario.weeks),
        *_moves(root, session, scenario.weeks),
        *_alternative(root, session),
        *_plan(root, session),
        *_assumptions(root, session),
    ]


def weekly_metrics() -> list[str]:
    """Return the metrics that have a value for every week and cost next to nothing: what a screen may draw."""
    found = ((name, METRICS[name]) for name in METRICS)
    return [name for name, each in found if each.is_weekly is not False and not each.costly and not each.counterfactual]


def _known(root: Node, path: KeyPath, name: str, names: Collection[str], kind: str) -> Iterator[Problem]:
    """Yield that there is no weekly metric or lever ``name``, if so."""
    if name not in names:
        meant = nearest(name, names)
        key = f"errors.session.{kind}_near" if meant else f"errors.session.{kind}"
        yield root.problem(key, path, value=name[:60], nearest=meant, allowed=", ".join(list(names)[:MOST_NAMED]))


def _metric(root: Node, path: KeyPath, name: str) -> Iterator[Problem]:
    """What is drawn or asked for is a metric, and has a value for every week."""
    weekly = weekly_metrics()
    if name in METRICS and name not in weekly:
        yield root.problem("errors.session.not_weekly", path, value=name)
    else:
        yield from _known(root, path, name, weekly, "metric")


def _shown(root: Node, session: Session) -> Iterator[Problem]:
    """What is drawn can be drawn."""
    for place, name in enumerate(session.show):
        yield from _metric(root, ("show", place), name)


def _week(root: Node, path: KeyPath, week: int, weeks: int) -> Iterator[Problem]:
    """A week is one of the community's."""
    if week >= weeks:
        yield root.problem("errors.session.week", path, value=week, last=weeks - 1)


def _polls(root: Node, session: Session, weeks: int) -> Iterator[Problem]:
    """Polls are asked while there are weeks, and their answers part the values of their metric."""
    for place, poll in enumerate(session.polls):
        at: KeyPath = ("polls", place)
        yield from _week(root, (*at, "week"), poll.week, weeks)
        if len(poll.options) < FEWEST_OPTIONS:
            yield root.problem("errors.session.few_options", (*at, "options"), of_key=True)
        if poll.metric is None:
            yield from _no_ranges(root, at, poll)
        else:
            yield from _metric(root, (*at, "metric"), poll.metric)
            yield from _ranges(root, at, poll)


def _no_ranges(root: Node, at: KeyPath, poll: Ask) -> Iterator[Problem]:
    """Without a metric there is nothing that a range could be one of."""
    for place, option in enumerate(poll.options):
        for key in ("low", "high"):
            if getattr(option, key) is not None:
                yield root.problem("errors.session.no_metric", (*at, "options", place, key), name=key)


def _ranges(root: Node, at: KeyPath, poll: Ask) -> Iterator[Problem]:
    """The ranges of the answers follow one another, and leave out no value that the metric can have."""
    ranges: list[tuple[float, float]] = []
    for place, option in enumerate(poll.options):
        if option.low is None or option.high is None:
            yield root.problem("errors.session.no_range", (*at, "options", place), of_key=True, metric=poll.metric)
            return
        if option.low >= option.high:
            yield root.problem(
                "errors.session.upside_down", (*at, "options", place, "low"),
                low=shown(option.low), high=shown(option.high),
            )  # fmt: skip
        ranges.append((option.low, option.high))
    for place, (before, after) in enumerate(pairwise(ranges), 1):
        if before[1] != after[0]:
            facts = {"value": shown(after[0]), "before": shown(before[1])}
            yield root.problem("errors.session.gap", (*at, "options", place, "low"), **facts)
    yield from _ends(root, at, poll.metric or "", ranges)


def _ends(root: Node, at: KeyPath, metric: str, ranges: list[tuple[float, float]]) -> Iterator[Problem]:
    """The first answer begins, and the last one ends, where the values of the metric do."""
    known = bounds().get(metric)
    if known is None or not ranges:
        return
    for place, key, value, end in ((0, "low", ranges[0][0], known[0]), (-1, "high", ranges[-1][1], known[1])):
        if value != end:
            facts = {"metric": metric, "value": shown(value), "low": shown(known[0]), "high": shown(known[1])}
            yield root.problem("errors.session.ends", (*at, "options", place % len(ranges), key), **facts)


def _moves(root: Node, session: Session, weeks: int) -> Iterator[Problem]:
    """Every move has a name of its own, and can be made."""
    names: set[str] = set()
    for place, move in enumerate(session.moves):
        at: KeyPath = ("moves", place)
        if move.name in names:
            yield root.problem("errors.session.twice", (*at, "name"), value=move.name)
        names.add(move.name)
        if move.week is not None:
            yield from _week(root, (*at, "week"), move.week, weeks)
        yield from _lever(root, (*at, "lever"), (*at, "value"), move.lever, move.value)


def _lever(root: Node, name_at: KeyPath, value_at: KeyPath, name: str, value: float) -> Iterator[Problem]:
    """A lever may change on the way, and to that value."""
    if name not in SCHEDULED:
        yield from _known(root, name_at, name, SCHEDULED, "lever")
        return
    leaf = LEVERS[name]
    facts: dict[str, Any] = {"value": shown(value), **leaf.legal.bounds()}
    if value not in leaf.legal or (leaf.whole and value != int(value)):
        yield root.problem("errors.lever.whole" if leaf.whole else "errors.lever.range", value_at, **facts)


def _alternative(root: Node, session: Session) -> Iterator[Problem]:
    """The other design can be."""
    other = session.debrief.alternative
    for name, value in other.set.items() if other is not None else ():
        at: KeyPath = ("debrief", "alternative", "set", name)
        yield from _lever(root, at, at, name, value)


def _plan(root: Node, session: Session) -> Iterator[Problem]:
    """The minutes of the plan are those of the session."""
    together = sum(stretch.minutes for stretch in session.plan)
    if session.plan and together != session.minutes:
        yield root.problem("errors.session.minutes", ("plan",), of_key=True, count=together, minutes=session.minutes)


def _assumptions(root: Node, session: Session) -> Iterator[Problem]:
    """What a session rests on are levers and parameters."""
    for place, path in enumerate(session.rests_on):
        try:
            words_of(path, "en")
        except (KeyError, AttributeError, TypeError, ValueError):
            yield root.problem("errors.session.assumption", ("rests_on", place), value=path)
