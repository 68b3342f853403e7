"""The runs of lessons: made once for all who show the same lesson on this server."""

from __future__ import annotations

import threading
from collections import OrderedDict

from ecosim.dashboard.lesson import LoadedLesson
from ecosim.web.ensemble import Ensemble

MOST = 16  #: lessons whose runs are kept

_made: OrderedDict[str, Ensemble] = OrderedDict()
_lock = threading.Lock()


def runs_of(lesson: LoadedLesson) -> Ensemble:
    """Return the ensemble of a lesson, which is being lived or has been."""
    with _lock:
        found = _made.get(lesson.name)
        if found is None or found.state in ("failed", "stopped"):
            found = _made[lesson.name] = Ensemble(lesson.study).start()
        _made.move_to_end(lesson.name)
        while len(_made) > MOST:
            _made.popitem(last=False)[1].close()
    return found
