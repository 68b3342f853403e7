"""What a phone is told: the room, and one learner's week, in words of the student's language and plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecosim.classroom.course import Course
from ecosim.classroom.live import Live
from ecosim.classroom.phases import CHOOSING, LOBBY, OVER
from ecosim.classroom.polls import worded
from ecosim.classroom.room import Room
from ecosim.language import text
from ecosim.model.follow import Record
from ecosim.model.metrics.groups import skill_of
from ecosim.report.grammar import sentence
from ecosim.report.naming import artefact_name

LEVELS = ("skill", "need_autonomy", "need_competence", "need_relatedness", "persistence")
GUESSES = ("easy", "right", "hard")
MOST_AROUND = 8  #: people whom one may turn to by name
RIGHT = 0.5  #: balance of challenge and skill from which words call it right; nothing depends on it
SOME = 0.6  #: of what counts as flow, from which words say that there was some; nothing depends on it

Told = dict[str, Any]


def room_told(live: Live, lang: str) -> Told:
    """Return where the lesson stands, the same for everybody."""
    with live.reading() as room:
        poll = room.poll
        shown = None
        if poll is not None and (poll.open or room.phase != CHOOSING):
            shown = {
                "question": worded(poll.question, lang),
                "options": [worded(each["text"], lang) for each in poll.options],
                "open": poll.open,
                "number": len(room.polls),
            } | ({} if poll.open else {"counts": poll.counts()})
        return {
            "t": "room", "phase": room.phase, "week": shown_week(room), "weeks": room.course.loaded.scenario.weeks,
            "paused": room.paused, "timed": live.clock.left is not None, "seats": len(room.seats.taken),
            "decided": len(room.choices) if room.phase == CHOOSING else 0, "title": live.session.title(lang),
            "question": live.session.say(live.session.session.question, lang), "poll": shown,
        }  # fmt: skip


def shown_week(room: Room) -> int:
    """Return the week of which people speak: while they decide the one that comes, then the one that was lived."""
    course: Course = room.course
    return max(0, course.week - (room.phase not in (CHOOSING, LOBBY)))


def week_key(live: Live, token: str, lang: str) -> Any:
    """Return what the week of a student depends on: while this is the same, so is what her phone is told."""
    with live.reading() as room:
        seat = room.seats.of(token)
        learner = -1 if seat is None else seat.learner
        facts = room.course.facts
        return (
            seat, room.phase, room.course.week, len(facts.changes), facts.settings.get("learners"), lang,
            str(room.choices.get(learner)), room.guesses.get(learner), _answered(room, learner),
        )  # fmt: skip


def week_told(live: Live, token: str, lang: str) -> Told | None:
    """Return a student's week, ``None`` where she has no seat."""
    with live.reading() as room:
        seat = room.seats.of(token)
        if seat is None:
            return None
        eco, learner = room.course.engine, seat.learner
        options = live.possible(learner) if room.phase == CHOOSING else []
        here = bool(eco.learners.enrolled[learner]) or room.course.week == 0
        told: Told = {
            "t": "week", "week": room.course.week, "learner": learner, "name": seat.name, "here": here,
            "choice": room.choices.get(learner), "guess": room.guesses.get(learner),
            "answer": _answered(room, learner), "levels": _levels(eco, learner, lang) if here else [],
            "around": _around(live, eco, learner, lang) if here and room.phase == CHOOSING else [],
            "possible": [
                {"number": each["number"], "name": sentence(_name(live, each, lang)), "together": each["collective"]}
                for each in options if each["choosable"]
            ],
            "rest": _rest(live, options, lang), "last": _last(live, learner, lang), "over": room.phase == OVER,
        }  # fmt: skip
        return told


def _answered(room: Any, learner: int) -> int | None:
    """Return what a learner has answered to the latest question."""
    found: int | None = room.poll.answers.get(learner) if room.poll is not None else None
    return found


def _levels(eco: Any, learner: int, lang: str) -> list[Told]:
    """Return how a learner stands, each as a share with its name."""
    people = eco.learners
    values = {name: float(getattr(people, name)[learner]) for name in LEVELS if name != "skill"}
    values["skill"] = float(skill_of(people)[learner])
    return [
        {"name": name, "label": text(f"classroom.phone.level.{name}", lang), "value": round(values[name], 3)}
        for name in LEVELS
    ]


def _around(live: Live, eco: Any, learner: int, lang: str) -> list[Told]:
    """Return the people to whom she is tied most, those who are there."""
    row = slice(int(eco.ties.first[learner]), int(eco.ties.first[learner + 1]))
    others, weight = eco.ties.other[row], eco.ties.weight[row]
    there = eco.learners.enrolled[others] & (weight > 0.0)
    order = np.argsort(-weight[there], kind="stable")[:MOST_AROUND]
    names = live.names()
    return [
        {"learner": int(i), "label": person(int(i), names, lang), "tie": round(float(w), 2)}
        for i, w in zip(others[there][order], weight[there][order], strict=True)
    ]


def person(learner: int, names: Mapping[int, str], lang: str) -> str:
    """Return what phones call a learner: the name of the student who lives her, else her number."""
    return names.get(learner) or text("classroom.phone.person", lang, learner=learner)


def _rest(live: Live, options: list[Record], lang: str) -> list[Told]:
    """Return what is not possible, by the reason why."""
    found: dict[str, list[str]] = {}
    for each in options:
        if not each["choosable"]:
            found.setdefault(each["reason"] or "not_together", []).append(_name(live, each, lang))
    return [
        {"why": text(f"classroom.phone.why.{why}", lang), "names": ", ".join(names)} for why, names in found.items()
    ]


def _name(live: Live, each: Record, lang: str) -> str:
    """Return what people call an artefact."""
    return artefact_name(live.scenario, each["number"], lang)


def _last(live: Live, learner: int, lang: str) -> Told | None:
    """Return how her last week was, ``None`` where nobody saw it."""
    record = live.record(learner)
    if record is None or not record["enrolled"]:
        return None
    told: Told = {"week": record["week"], "acted": record["acted"], "lines": last_lines(live, record, lang)}
    if record["acted"]:
        told |= {name: round(float(record[name]), 3) for name in ("flow", "challenge", "skill_before")}
        told["felt"] = felt_as(record)
    return told


def felt_as(record: Record) -> str:
    """Return whether a task was too easy, right, or too hard: a word of :data:`GUESSES`."""
    if record["balance"] >= RIGHT:
        return "right"
    return "easy" if record["mismatch"] < 0.0 else "hard"


def last_lines(live: Live, record: Record, lang: str) -> list[str]:
    """Return in sentences what a week was: what was done, how it felt, what came back."""
    said = [_deed(live, record, lang)]
    if record["acted"]:
        episode = live.scenario.context.flow.episode
        flow = "flow" if record["flow"] >= episode else "some" if record["flow"] >= SOME * episode else "little"
        success = "success" if record["success"] else "failure"
        said += [text(f"classroom.phone.felt.{felt_as(record)}", lang), text(f"classroom.phone.felt.{flow}", lang),
                 text(f"classroom.phone.felt.{success}", lang)]  # fmt: skip
        if record["collective"]:
            said.append(_came_back(live, record, lang))
    calls = len(record["called_by"])
    if calls:
        said.append(text("classroom.phone.called_one" if calls == 1 else "classroom.phone.called", lang, count=calls))
    if record["left"]:
        said.append(text("classroom.phone.left", lang))
    return said


def _deed(live: Live, record: Record, lang: str) -> str:
    """Return what she did, and whether a person decided it."""
    by = "you" if record["played"] else "model"
    if not record["acted"]:
        why = "" if record["played"] or record["access"] else "_kept"
        return text(f"classroom.phone.idle_{by}{why}", lang)
    name = artefact_name(live.scenario, record["artefact"], lang)
    alone = text(f"classroom.phone.did_{by}", lang, name=name)
    if record["partner"] is None:
        return alone
    with_whom = text("classroom.phone.with", lang, partner=person(record["partner"], live.names(), lang))
    return f"{alone} {with_whom}"


def _came_back(live: Live, record: Record, lang: str) -> str:
    """Return what a contribution was met with."""
    if not record["answered"]:
        return text("classroom.phone.unanswered", lang)
    author = record["author"]
    who = (
        text("classroom.phone.facilitator", lang) if author == "facilitator"
        else text("classroom.phone.somebody", lang) if author is None
        else person(author, live.names(), lang)
    )  # fmt: skip
    return text("classroom.phone.rejected" if record["rejected"] else "classroom.phone.answered", lang, who=who)
