"""What the forum of a community would keep of a run: who writes how much, to whom, and who comes back.

These metrics need a diary (``watched``) and run the very code that is run on the forums of real courses.
"""

from __future__ import annotations

from typing import Any

from ecosim.model.metrics.declare import metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.forum import replies
from ecosim.records import forum, reply_network


@metric(
    "posts_gini", label="inequality of posts", unit="1",
    run="value", costly=True, watched=True, over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="Gini coefficient of posts among those who post",
    meaning="At 0 all write as much; near 1 a few write it all.",
)  # fmt: skip
def posts_gini(eco: Any) -> float:
    """Return Gini coefficient of posts among those who post."""
    return forum.post_gini(watched(eco, replies))


@metric(
    "posts_one_only", label="one post only", unit="share",
    run="value", costly=True, watched=True, over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="posters with a single post / posters",
    meaning="How many of those who ever post do it once.",
)  # fmt: skip
def posts_one_only(eco: Any) -> float:
    """Return posters with a single post / posters."""
    return forum.one_post_only(watched(eco, replies))


@metric(
    "replies_returned", label="returned replies", unit="share",
    run="value", costly=True, watched=True, over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="directed ties that the other returns / directed ties, learners only",
    meaning="How often somebody who is answered answers back, sooner or later.",
)  # fmt: skip
def replies_returned(eco: Any) -> float:
    """Return directed ties that the other returns / directed ties, learners only."""
    return reply_network.reciprocity(watched(eco, replies))


@metric(
    "replies_closure", label="closed triangles against chance", unit="ratio",
    run="value", costly=True, watched=True, over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="transitivity / its mean in 20 configuration models",
    meaning="At 1 triangles close by chance alone; above 1, friends of friends answer one another.",
)  # fmt: skip
def replies_closure(eco: Any) -> float:
    """Return transitivity / its mean in 20 configuration models."""
    return reply_network.transitivity_ratio(watched(eco, replies))


@metric(
    "replies_modularity", label="groups beyond chance", unit="1",
    run="value", costly=True, watched=True, over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="modularity (Louvain) - its mean in 10 configuration models",
    meaning="At 0 there are no more groups than chance makes; above 0, circles that answer one another.",
)  # fmt: skip
def replies_modularity(eco: Any) -> float:
    """Return modularity (Louvain) - its mean in 10 configuration models."""
    return reply_network.modularity_excess(watched(eco, replies))


@metric(
    "replies_kept", label="reply ties kept", unit="share",
    run="value", costly=True, watched=True, over="reply ties of a week",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="ties of a week seen again the next / ties of the week, mean over weeks",
    meaning="How often the same person answers the same person the next week.",
)  # fmt: skip
def replies_kept(eco: Any) -> float:
    """Return ties of a week seen again the next / ties of the week, mean over weeks."""
    return forum.weekly_tie_persistence(watched(eco, replies))


@metric(
    "first_reply_odds", label="a first answer and coming back", unit="ratio",
    run="value", costly=True, watched=True, over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="odds ratio of posting in a later week, first posts answered against not",
    meaning="Above 1, who is answered at first posts again more often.",
)  # fmt: skip
def first_reply_odds(eco: Any) -> float:
    """Return odds ratio of posting in a later week, first posts answered against not."""
    return float(watched(eco, _first_reply).raw.value)


@metric(
    "first_reply_odds_adjusted", label="a first answer and coming back, same posts", unit="ratio",
    run="value", costly=True, watched=True, over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="the same, adjusted for ln(posts of the first week) (logistic regression)",
    meaning="The same among people who wrote as much at first.",
)  # fmt: skip
def first_reply_odds_adjusted(eco: Any) -> float:
    """Return the same, adjusted for ln(posts of the first week) (logistic regression)."""
    return float(watched(eco, _first_reply).adjusted.value)


@metric(
    "first_reply_attenuation", label="what activity explains of a first answer", unit="ratio",
    run="value", costly=True, watched=True, over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="raw odds ratio / adjusted odds ratio",
    meaning="Above 1, some of what a first answer seems to do is done by having written more.",
)  # fmt: skip
def first_reply_attenuation(eco: Any) -> float:
    """Return raw odds ratio / adjusted odds ratio."""
    return _first_reply_attenuation(eco)


def _first_reply(eco: Any) -> Any:
    return forum.first_reply_return(watched(eco, replies))


def _first_reply_attenuation(eco: Any) -> float:
    found = watched(eco, _first_reply)
    return float(found.raw.value / found.adjusted.value)
