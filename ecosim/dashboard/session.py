"""What one viewer's page holds: reactive values, which Solara keeps apart for every browser tab."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import solara
import solara.lab

from ecosim.dashboard.desk import Desk, History, Source
from ecosim.web.ensemble import Ensemble

FIRST = Source("preset", "community-of-practice", "community-of-practice")

lang = solara.reactive("en")
theme = solara.reactive("")
large = solara.reactive(False)  #: whether everything is shown for the back of a room
origin = solara.reactive("")  #: address of the server as the browser knows it
history = solara.reactive(History(Desk(FIRST)))
community = solara.reactive("")  #: whose levers are shown
week = solara.reactive(0)
learner = solara.reactive(-1)
trait = solara.reactive("persistence")  #: what colours the network
metric = solara.reactive("retention")  #: what the curves show
replicates = solara.reactive(40)
ensemble: solara.Reactive[Ensemble | None] = solara.reactive(None)
compared: solara.Reactive[dict[str, Any]] = solara.reactive({})  #: the study of that ensemble
ticks = solara.reactive(0)  #: grows whenever the ensemble has news
toured = solara.reactive(True)
steps: solara.Reactive[dict[str, int]] = solara.reactive({})  #: how far each lesson has gone
guesses: solara.Reactive[dict[str, Any]] = solara.reactive({})  #: what was predicted in each
trouble = solara.reactive("")  #: what kept somebody from arriving where a link leads, until she goes on
order: solara.Reactive[dict[str, Any]] = solara.reactive({})
content = solara.reactive(b"")

_orders = count(1)


def desk() -> Desk:
    """Return what lies on the desk."""
    now: Desk = history.value.now
    return now


def change(step: Callable[[Desk], Desk], moving: str = "") -> None:
    """Change the desk by ``step``, so that it can be undone; ``moving`` is as in :meth:`History.then`."""
    history.value = history.value.then(step(history.value.now), moving)


def turn(step: Callable[[Desk], Desk]) -> None:
    """Look at another part of the desk: nothing to undo."""
    history.value = history.value.turned(step(history.value.now))


def put(source: Source) -> None:
    """Lay another scenario on the desk."""
    change(lambda _: Desk(source))
    learner.value, week.value, community.value, trouble.value = -1, 0, "", ""


def ask(do: str, **facts: Any) -> None:
    """Have the browser do something: download, open, copy, focus."""
    content.value = facts.pop("content", b"")
    order.value = {"do": do, "n": next(_orders), **facts}


def say(said: str) -> None:
    """Tell the viewer something in passing."""
    ask("say", say=said)


def _leave() -> None:
    """End what a page has asked for when its browser tab is gone."""
    if ensemble.value is not None:
        ensemble.value.close()


solara.lab.on_kernel_start(lambda: _leave)
