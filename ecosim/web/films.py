"""Films that were made are kept for a while: going back to a design, or opening what others look at, costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from ecosim.scenario.resolve import Loaded
from ecosim.web.workshop import result_of, workshop

if TYPE_CHECKING:
    from ecosim.model.run import Run
    from ecosim.web.film import Film

MOST_BYTES = 200_000_000  #: of all that is kept, roughly
BYTES = 40  #: that a film takes for each learner and week, roughly

_kept: OrderedDict[tuple[Any, ...], tuple[Film, int]] = OrderedDict()
_making: dict[tuple[Any, ...], Future[Film]] = {}
_lock = threading.Lock()


def film(loaded: Loaded, replicate: int = 0, like: Loaded | None = None) -> Film:
    """Return the film of a run: one that was kept, or made now in another process.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    replicate : int
        Which luck.
    like : Loaded, optional
        Another design for the same people: everybody stands where she stands in its film.

    Raises
    ------
    EcosimError
        When it is too large, takes too long, or cannot be lived.
    """
    if like is None or like.scenario.learners != loaded.scenario.learners or like.hash() == loaded.hash():
        return _remembered(loaded, replicate)
    return _remembered(loaded, replicate, like=like)


def followed(loaded: Loaded, replicate: int, learner: int) -> Run:
    """Return the same run with the weeks of one learner recorded; see :func:`film`."""
    run = _remembered(loaded, replicate, (learner,)).run
    assert run is not None
    return run


def _remembered(loaded: Loaded, replicate: int, follow: tuple[int, ...] = (), like: Loaded | None = None) -> Film:
    """Return a film that was kept, or have it made."""
    key = (loaded.hash(), replicate, follow, like.hash() if like is not None else "")
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][0]
    base = _remembered(like, replicate) if like is not None else None
    places = (base.places, base.groups) if base is not None else None
    with _lock:  # who asks for what is being made waits for that
        future = _making.get(key) or workshop().film(loaded, replicate, follow, places)
        _making[key] = future
    try:
        made: Film = result_of(future)
    finally:
        with _lock:
            _making.pop(key, None)
    with _lock:
        _kept[key] = (made, BYTES * loaded.scenario.learners * loaded.scenario.weeks)
        while sum(size for _, size in _kept.values()) > MOST_BYTES and len(_kept) > 1:
            _kept.popitem(last=False)
    return made
