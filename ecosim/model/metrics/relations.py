"""What happens between people: answers, calls, ties, being left out."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.model.metrics.declare import metric, ratio
from ecosim.model.state import Array

Pair = tuple[Array, Array]


@metric(
    "reply_rate", label="reply rate", unit="share", over="posts", run="pooled",
    formula="answered posts, rejections included / posts", source="Joyce & Kraut 2006",
    meaning="How many posts get an answer, be it a rejection.",
    better="higher",
)  # fmt: skip
def reply_rate(eco: Any) -> Pair:
    """Return answered over collective acts: each of them posts once."""
    return eco.log.answered, eco.log.collective


@metric(
    "repost_difference", label="effect of a first answer", unit="share", over="first posts", run="value",
    formula="P(posts again within 6 weeks | first post answered) - P(... | not)", source="Joyce & Kraut 2006",
    meaning="How much more often people post again when their first post was answered.",
)  # fmt: skip
def repost_difference(eco: Any) -> float:
    """Return the difference; first posts too late to be watched for six weeks are left out."""
    people, span = eco.learners, eco.p.observation.repost_weeks
    watched = (people.first_post_week >= 0) & (people.first_post_week < eco.week - span)
    again = [
        ratio(float(people.posted_again[group].sum()), float(np.count_nonzero(group)))
        for group in (watched & people.first_post_answered, watched & ~people.first_post_answered)
    ]
    return again[0] - again[1]


@metric(
    "calls_kept", label="calls kept", unit="share", over="calls of the week before", run="pooled",
    formula="calls on last week's partner / calls of last week", source="Kossinets & Watts 2006",
    meaning="How often somebody calls on the same partner again the next week.",
)  # fmt: skip
def calls_kept(eco: Any) -> Pair:
    """Return repeated calls over the calls that could be repeated."""
    return eco.log.calls_repeated, eco.log.calls_before


@metric(
    "call_reciprocity", label="reciprocity of calls", unit="share", over="calls", run="pooled",
    formula="calls of i on j with a call of j on i in the same week / calls", source="Wasserman & Faust 1994",
    meaning="How often the partner on whom somebody calls calls on her too, in the same week.",
)  # fmt: skip
def call_reciprocity(eco: Any) -> Pair:
    """Return returned calls over calls."""
    return eco.past.calls_returned, eco.log.calls


@metric(
    "mean_degree", label="ties a learner", unit="ties", over="all learners", run="end",
    formula="2 ties / learners", source="a count",
    meaning="How many ties a learner has.",
)  # fmt: skip
def mean_degree(eco: Any) -> Pair:
    """Return half-ties over learners; the run value is that of the last week."""
    return eco.log.half_ties, np.full(eco.log.half_ties.size, float(eco.scenario.learners))


@metric(
    "mean_tie_strength", label="strength of ties", unit="tie strength", over="ties", run="end",
    formula="sum w / ties", source="a mean",
    meaning="How strong a tie is.",
)  # fmt: skip
def mean_tie_strength(eco: Any) -> Pair:
    """Return summed strength over ties; the run value is that of the last week."""
    return eco.log.strength, 0.5 * eco.log.half_ties


@metric(
    "tie_survival", label="survival of ties", unit="share", over="ties with w > .05", run="pooled",
    formula="ties with w > .05 that have it 13 weeks later / ties with w > .05", source="Kossinets & Watts 2006",
    meaning="How many of the ties that count still count a quarter of a year later.",
)  # fmt: skip
def tie_survival(eco: Any) -> Pair:
    """Return surviving ties over ties, in the weeks in which they are looked at again."""
    return eco.past.ties_kept, eco.past.ties_before


@metric(
    "excluded_share", label="left out", unit="share", over="the enrolled", run="end",
    formula="enrolled with no tie w > .05 and felt acceptance < .3 / enrolled", source="Heutte 2011",
    meaning="How many of the enrolled have nobody and do not feel accepted.",
    better="lower",
)  # fmt: skip
def excluded_share(eco: Any) -> Pair:
    """Return those left out over the enrolled; the run value is that of the last week."""
    return eco.log.excluded, eco.log.enrolled
