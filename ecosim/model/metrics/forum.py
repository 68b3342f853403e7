"""What the forum of a community would keep of a run: who writes how much, to whom, and who comes back.

These metrics need a diary and run the very code that is run on the forums of real courses.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from ecosim.model.metrics.recorded import recorded_metric
from ecosim.model.watching.diary import watched
from ecosim.model.watching.forum import replies
from ecosim.records import forum, reply_network

recorded = partial(recorded_metric, __name__)


def _first_reply(eco: Any) -> Any:
    return forum.first_reply_return(watched(eco, replies))


recorded(
    "posts_gini", replies, forum.post_gini,
    label="inequality of posts", unit="1", over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="Gini coefficient of posts among those who post",
    meaning="At 0 all write as much; near 1 a few write it all.",
)  # fmt: skip

recorded(
    "posts_one_only", replies, forum.one_post_only,
    label="one post only", unit="share", over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="posters with a single post / posters",
    meaning="How many of those who ever post do it once.",
)  # fmt: skip

recorded(
    "replies_returned", replies, reply_network.reciprocity,
    label="returned replies", unit="share", over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="directed ties that the other returns / directed ties, learners only",
    meaning="How often somebody who is answered answers back, sooner or later.",
)  # fmt: skip

recorded(
    "replies_closure", replies, reply_network.transitivity_ratio,
    label="closed triangles against chance", unit="ratio", over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="transitivity / its mean in 20 configuration models",
    meaning="At 1 triangles close by chance alone; above 1, friends of friends answer one another.",
)  # fmt: skip

recorded(
    "replies_modularity", replies, reply_network.modularity_excess,
    label="groups beyond chance", unit="1", over="reply ties",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="modularity (Louvain) - its mean in 10 configuration models",
    meaning="At 0 there are no more groups than chance makes; above 0, circles that answer one another.",
)  # fmt: skip

recorded(
    "replies_kept", replies, forum.weekly_tie_persistence,
    label="reply ties kept", unit="share", over="reply ties of a week",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="ties of a week seen again the next / ties of the week, mean over weeks",
    meaning="How often the same person answers the same person the next week.",
)  # fmt: skip

recorded(
    "first_reply_odds", _first_reply, lambda found: found.raw.value,
    label="a first answer and coming back", unit="ratio", over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="odds ratio of posting in a later week, first posts answered against not",
    meaning="Above 1, who is answered at first posts again more often.",
)  # fmt: skip

recorded(
    "first_reply_odds_adjusted", _first_reply, lambda found: found.adjusted.value,
    label="a first answer and coming back, same posts", unit="ratio", over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="the same, adjusted for ln(posts of the first week) (logistic regression)",
    meaning="The same among people who wrote as much at first.",
)  # fmt: skip

recorded(
    "first_reply_attenuation", _first_reply, lambda found: found.raw.value / found.adjusted.value,
    label="what activity explains of a first answer", unit="ratio", over="posters",
    source="MOOC-Ed (Kellogg & Edelmann 2015)",
    formula="raw odds ratio / adjusted odds ratio",
    meaning="Above 1, some of what a first answer seems to do is done by having written more.",
)  # fmt: skip
