"""Who gains and who loses: a line for each community and each profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ecosim.language import number, text
from ecosim.report.grammar import counted, plural, share
from ecosim.report.naming import community_name, profile_name

MOST = 4  #: groups that are told; of more, those who kept most and fewest people
NAMES = {"community": community_name, "profile": profile_name}


def by_groups(run: Any, lang: str) -> Iterator[str]:
    """Say for each community, and each profile, who stayed, who was active, what was learned."""
    scenario = run.loaded.scenario
    moving = scenario.context.migration.mobility > 0.0 or any(event.do == "swap" for event in scenario.events)
    for kind, groups in run.by_group().items():
        yield text(f"words.groups.{'community_now' if moving and kind == 'community' else kind}", lang)
        lines = [_line(NAMES[kind](scenario, name, lang), found, lang) for name, found in _ranked(groups)]
        if len(lines) > MOST:
            rest = plural("words.groups.more", len(lines) - MOST, lang)
            lines = [*lines[: MOST // 2], rest, *lines[-MOST // 2 :]]
        yield from lines


def _ranked(groups: dict[str, dict[str, float | None]]) -> list[tuple[str, dict[str, float | None]]]:
    """Return the groups in the order of the file; when there are too many to tell, those first who kept most people."""
    if len(groups) <= MOST:
        return list(groups.items())
    return sorted(groups.items(), key=lambda each: -(each[1]["retention"] or 0.0))


def _line(name: str, found: dict[str, float | None], lang: str) -> str:
    """Return what became of one group."""
    learners = int(found["learners"] or 0)
    if not learners:
        return text("words.groups.nobody", lang, name=name)
    facts = []
    for metric, say in TOLD.items():
        if (value := found[metric]) is not None:
            facts.append(text(f"words.groups.{metric}", lang, value=say(value, lang)))
    count = counted("learners", learners, lang)
    return text("words.groups.line", lang, name=name, learners=count, facts=", ".join(facts))


def signed(value: float, lang: str) -> str:
    """Return a change with its sign; no sign for none."""
    said = number(value, lang)
    if said.strip("\u22120.,") == "":
        return number(0.0, lang)
    return said if value < 0 else f"+{said}"


TOLD: dict[str, Callable[[float, str], str]] = {
    "retention": share, "participation": share, "skill_gain": signed, "apprenance": number
}  # fmt: skip
"""What is told of a group, and how its values are written."""
