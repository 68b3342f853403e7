"""What a page of the teacher's follows, and how she acts on the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from ecosim.classroom.live import Live, the_live
from ecosim.dashboard import session
from ecosim.errors import EcosimError
from ecosim.web.news import for_this_page
from ecosim.web.workshop import mistake

ticks = solara.reactive(0)  #: grows whenever something has happened in the room


def use_news() -> int:
    """Follow the room; a hook of Solara's. Return a number that grows with whatever happens."""

    def watch() -> Callable[[], None]:
        def news() -> None:
            ticks.value = the_live().version

        return the_live().watch(for_this_page(news))

    solara.use_effect(watch, [])
    return int(ticks.value)


def act(wish: Callable[[Live], Any]) -> Any:
    """Do what the teacher wishes; what cannot be is said on the page. Return what came of it, ``None`` for nothing."""
    live = the_live()
    try:
        found = wish(live)
    except EcosimError as error:
        session.trouble.value = error.say(session.lang.value)
        return None
    except Exception as error:  # a mistake of ours must not cost the lesson its screen
        session.trouble.value = mistake(error).say(session.lang.value)
        return None
    session.trouble.value = ""
    ticks.value = live.version
    return found


def in_room(wish: Callable[[Any], Any]) -> Any:
    """Do something to the room itself; as :func:`act`."""

    def wished(live: Live) -> Any:
        with live.acting() as room:
            return wish(room)

    return act(wished)
