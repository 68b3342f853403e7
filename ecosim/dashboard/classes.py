"""The runs of lessons: made once for all who show the same lesson on this server."""

from __future__ import annotations

import threading
from collections import OrderedDict

from ecosim.dashboard.lesson import LoadedLesson
from ecosim.web.ensemble import Ensemble

MOST = 16  #: lessons whose runs are kept

_made: OrderedDict[tuple[str, str], Ensemble] = OrderedDict()
_lock = threading.Lock()


def runs_of(lesson: LoadedLesson) -> Ensemble:
    """Return the ensemble of a lesson, which is being lived or has been."""
    with _lock:
        key = (lesson.name, lesson.given)
        found = _made.get(key)
        if found is None or found.state in ("failed", "stopped"):
            found = _made[key] = Ensemble(lesson.study).start()
        _made.move_to_end(key)
        while len(_made) > MOST:
            _made.popitem(last=False)[1].close()
    return found
