"""The metrics: each one declared beside its formula, by what they speak of. ``ecosim.metric`` adds one's own."""

# ruff: noqa: F401, I001 - importing a file declares its metrics; the order is the one in which they are shown

from ecosim.model.metrics import activity, experience, person, apprenance
from ecosim.model.metrics import relations, network, inequality, possibilities, comparison
from ecosim.model.metrics import logs, open_course, forum, friendship, answers
from ecosim.model.metrics.declare import METRICS, Metric, metric, named
from ecosim.model.metrics.groups import by_group
from ecosim.model.metrics.summary import Wanted, wanted

__all__ = ["METRICS", "Metric", "Wanted", "by_group", "metric", "named", "wanted"]
