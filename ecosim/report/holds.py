"""What drove a learner out, or held her: the terms of her hazard in words."""

from __future__ import annotations

from math import exp, log
from typing import Any

from ecosim.language import text
from ecosim.mechanisms.intention import drive
from ecosim.mechanisms.staying import accepted, embedded
from ecosim.model.follow import Record
from ecosim.report.grammar import joined

PUSH = 0.3  #: what adds so much to the log hazard is called a reason to leave
HELD, NOT_HELD = 0.15, 0.02  #: embedding times acceptance from which she is called held, below which not
DRIVEN = 0.6  #: drive from which she is called driven


def reasons_to_leave(run: Any, records: list[Record], week: int, lang: str) -> str:
    """Return in words what drove her out at the end of ``week``."""
    engine, record = run.engine, records[week]
    p, c = run.loaded.scenario.context.staying, engine.community_names.index(record["community"])
    driven = drive(record["persistence"], record["external_drive"])
    due = engine.levers.deadline[week, c] > 0.0
    pushes = {
        "deadline": log(p.deadline_factor) if due else 0.0,
        "no_drive": -p.drive_effect * (driven - 0.5),
        "newcomer": p.newcomer * exp(-_tenure(records, week) / p.newcomer_weeks),
        "load": p.h_L * record["load"],
    }
    found = [name for name, push in pushes.items() if push >= PUSH]
    if _held(run, record) < NOT_HELD:
        found.append("not_held")
    return joined([text(f"story.leaves.{name}", lang) for name in found or ["nothing"]], lang)


def reasons_to_stay(run: Any, record: Record, lang: str) -> str:
    """Return in words what holds her at the end of the run."""
    found = []
    if drive(record["persistence"], record["external_drive"]) >= DRIVEN:
        found.append("own" if record["persistence"] >= record["external_drive"] else "pushed")
    if _held(run, record) >= HELD:
        found.append("held")
    return joined([text(f"story.end.{name}", lang) for name in found or ["nothing"]], lang)


def _tenure(records: list[Record], week: int) -> int:
    """Return how many weeks on end she had been enrolled, ``week`` included."""
    count = 0
    while count <= week and records[week - count]["enrolled"]:
        count += 1
    return count


def _held(run: Any, record: Record) -> float:
    """Return how far she is embedded among people who accept her (ties to people who left counted too)."""
    context = run.loaded.scenario.context
    return embedded(record["tie_strength"], context.staying.embedding) * accepted(
        record["need_relatedness"], context.needs.rest
    )
