"""The metrics: each one declared beside its formula, grouped by what they speak of. ``ecosim.metric`` adds one's own."""

from ecosim.model.metrics import activity, experience, person, apprenance  # noqa: F401, I001 - the order is the one shown
from ecosim.model.metrics import relations, network, inequality, possibilities, comparison  # noqa: F401
from ecosim.model.metrics.declare import METRICS, Metric, metric, named
from ecosim.model.metrics.groups import by_group
from ecosim.model.metrics.summary import Wanted, wanted

__all__ = ["METRICS", "Metric", "Wanted", "by_group", "metric", "named", "wanted"]
