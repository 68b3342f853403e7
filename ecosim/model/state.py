"""State: every array of the model, with its shape, its bounds and the one process that writes it.

Arrays are the truth. Each is one-dimensional over learners, or has artefacts or topics first and learners last, so that
a loop over learners runs along memory.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Field:
    """Declaration of one array of the state.

    Parameters
    ----------
    kind : str
        numpy dtype.
    low, high : float
        Bounds that hold at the end of every week.
    writer : str
        The process that writes it (``begin`` for traits).
    over : str
        Leading axis: "" for one value a learner, else ``topics`` or ``artefacts``.
    start : float
        Value before ``begin`` writes.
    """

    kind: str
    low: float
    high: float
    writer: str
    over: str = ""
    start: float = 0.0


INF = float("inf")
NOBODY, FACILITATOR = -1, -2

FIELDS: dict[str, Field] = {
    # traits
    "latent": Field("f8", -INF, INF, "begin"),
    "propensity": Field("f8", -INF, INF, "begin"),
    "rate": Field("f8", 0, INF, "begin"),
    "flow_trait": Field("f8", -INF, INF, "begin"),
    "access": Field("f8", 0, 1, "begin"),
    "interest": Field("i4", 0, 24, "begin"),
    "profile": Field("i4", 0, INF, "begin"),
    "arrival_week": Field("i4", 0, INF, "begin"),
    "initial_skill": Field("f8", 0, 1, "begin"),
    # where one is
    "community": Field("i4", 0, INF, "move"),
    "enrolled": Field("?", 0, 1, "stay"),
    "tenure": Field("i4", 0, INF, "stay"),
    "left_week": Field("i4", -1, INF, "stay", start=-1),
    # what one can
    "skill": Field("f8", 0, 1, "learn", "topics"),
    "peak_skill": Field("f8", 0, 1, "learn", "topics"),
    "mastery": Field("f8", 0, 1, "make_instrument", "artefacts"),
    "enjoyment": Field("f8", 0, 1, "make_instrument", "artefacts"),
    # who one is
    "autonomy": Field("f8", 0, 1, "become"),
    "efficacy": Field("f8", 0, 1, "become"),
    "autonomous_motive": Field("f8", 0, 1, "become"),
    "persistence": Field("f8", 0, 1, "take_energy"),
    "external_drive": Field("f8", 0, 1, "take_energy"),
    # how one feels
    "need_autonomy": Field("f8", 0, 1, "appraise"),
    "need_competence": Field("f8", 0, 1, "appraise"),
    "need_relatedness": Field("f8", 0, 1, "appraise"),
    "mood": Field("f8", -INF, INF, "feel"),
    "control": Field("f8", 0, 1, "feel"),
    "immersion": Field("f8", 0, 1, "feel"),
    "unselfconsciousness": Field("f8", 0, 1, "feel"),
    "autotelic": Field("f8", 0, 1, "feel"),
    "flow": Field("f8", 0, 1, "feel"),
    # what one did
    "used": Field("i1", -1, 15, "remember", start=-1),
    "partner": Field("i4", -1, INF, "remember", start=-1),
    "contributions": Field("f8", 0, INF, "remember"),
    "weeks_active": Field("i4", 0, INF, "remember"),
    "weeks_collective": Field("i4", 0, INF, "remember"),
    "weeks_collaborating": Field("i4", 0, INF, "remember"),
    "weeks_in_flow": Field("i4", 0, INF, "remember"),
    "first_post_week": Field("i4", -1, INF, "remember", start=-1),
    "first_post_answered": Field("?", 0, 1, "remember"),
    "posted_again": Field("?", 0, 1, "remember"),
    "apprenance_weeks": Field("i4", 0, INF, "observe"),
    "apprenance_streak": Field("i4", 0, INF, "observe"),
    "apprenance_longest": Field("i4", 0, INF, "observe"),
    "apprenance_sum": Field("f8", 0, INF, "observe"),
    "apprenance_squares": Field("f8", 0, INF, "observe"),
}  # fmt: skip

Learners = namedtuple("Learners", list(FIELDS))  # type: ignore[misc]


class Artefacts(NamedTuple):
    """Artefacts: traits of length M, and tables over (artefact, community)."""

    collective: Array
    offer_factor: Array
    signifier_factor: Array
    autonomy_offset: Array
    fixed_offer: Array
    fixed_signifier: Array
    fixed_autonomy: Array
    offer: Array
    signifier: Array
    required: Array
    effective: Array
    content: Array


class Ties(NamedTuple):
    """Ties as two half-ties each, in rows by learner, ascending by the other: row i is ``first[i] : first[i + 1]``."""

    first: Array
    other: Array
    weight: Array
    ground: Array


class Week(NamedTuple):
    """What this week is for each learner; written anew every week.

    ``supported`` to ``drive`` have one row for each who is enrolled (``present`` lists them, ``row_of`` finds them, a
    community's rows are consecutive: ``row_bounds``); ``affordance``, ``worth`` and ``appeal`` are (artefacts, rows).
    The others are by learner.
    """

    present: Array
    row_of: Array
    row_bounds: Array
    supported: Array
    deficit: Array
    over: Array
    known: Array
    around: Array
    affordance: Array
    worth: Array
    appeal: Array
    seen: Array
    option: Array
    motive: Array
    total: Array
    mean_value: Array
    drive: Array
    possible: Array
    options: Array
    held: Array
    acts: Array
    act_of: Array
    posts: Array
    posted: Array
    load: Array
    shocked: Array
    was_enrolled: Array
    scratch: Array
    scratch_2: Array


class Acts(NamedTuple):
    """The week's acts, one row each in ascending order of learner; only the first ``count`` rows hold."""

    learner: Array
    row: Array
    supported: Array
    deficit: Array
    over: Array
    artefact: Array
    collective: Array
    effort: Array
    partner: Array
    ground: Array
    skill: Array
    partner_skill: Array
    facilitation: Array
    tasks: Array
    difficulty: Array
    challenge: Array
    mismatch: Array
    balance: Array
    voices: Array
    answered: Array
    rejected: Array
    author: Array
    author_ground: Array
    feedback: Array
    goal: Array
    safe: Array
    outcome: Array
    moment: Array
    control: Array
    immersion: Array
    unselfconsciousness: Array
    autotelic: Array
    flow: Array
    success: Array
    gain: Array
    new_skill: Array
    new_mastery: Array
    needs: Array
    tie_gain: Array
    ground_gain: Array
    best: Array


class World(NamedTuple):
    """What the processes of a week work on, ties apart: they are written anew every week."""

    people: Any
    now: Week
    acts: Acts
    lever: Any
    things: Artefacts


_ACT_KINDS = {"learner": "u4", "row": "u4", "artefact": "i8", "partner": "i8", "author": "i8", "tasks": "i8"}


def new_learners(count: int, topics: int, artefacts: int) -> Any:
    """Return a ``Learners`` of ``count`` learners with every field at its start value."""
    lengths = {"": (), "topics": (topics,), "artefacts": (artefacts,)}
    return Learners(**{name: np.full((*lengths[f.over], count), f.start, dtype=f.kind) for name, f in FIELDS.items()})


def new_week(count: int, artefacts: int) -> Week:
    """Return the workspace of a week for ``count`` learners."""
    kinds = {"present": "u4"} | dict.fromkeys(("row_of", "row_bounds", "act_of"), "i8")
    kinds |= dict.fromkeys(("possible", "options", "seen", "option"), "i4")
    flags = {"acts", "posts", "was_enrolled"}
    shapes = dict.fromkeys(("affordance", "worth", "appeal"), (artefacts, count)) | {
        "present": count + 1,
        "row_bounds": count + 1,
    }
    made = {
        name: np.zeros(shapes.get(name, count), dtype="?" if name in flags else kinds.get(name, "f8"))
        for name in Week._fields
    }
    return Week(**made)


def new_acts(count: int) -> Acts:
    """Return room for as many acts as there are learners."""
    shapes = {"voices": (4, count)}
    return Acts(
        **{name: np.zeros(shapes.get(name, count + 1), dtype=_ACT_KINDS.get(name, "f8")) for name in Acts._fields}
    )


def no_ties(count: int, room: int) -> Ties:
    """Return ``count`` learners without ties, with room for ``room`` half-ties."""
    return Ties(np.zeros(count + 1, "i8"), np.zeros(room, "i4"), np.zeros(room), np.zeros(room))
