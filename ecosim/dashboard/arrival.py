"""How a viewer arrives: in which language, with the command line's scenario, or with a link that holds a desk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import solara

from ecosim.dashboard import session
from ecosim.dashboard.desk import Desk, History, Source
from ecosim.dashboard.link import unpacked
from ecosim.dashboard.world import loaded_of
from ecosim.errors import EcosimError
from ecosim.scenario.presets import PREFIX
from ecosim.web.given import given
from ecosim.web.visitor import visitor_here

LINK = "s"  #: what the query of a link calls the desk in it


def use_arrival() -> bool:
    """Set up the page of a viewer once, before anything is shown; a hook of Solara's. Return whether it is done."""
    router = solara.use_router()
    done = solara.use_reactive(False)
    visitor = visitor_here(router.search, given().lang)

    def once() -> None:
        session.lang.value, session.theme.value = visitor.lang, visitor.theme
        if given().loaded is not None:
            session.history.value = History(Desk(named(given().source)))
        found = parse_qs(router.search or "").get(LINK)
        if found:
            _open(found[0])
        done.value = True

    solara.use_effect(once, [])
    return bool(done.value)


def named(source: str) -> Source:
    """Return the scenario that the command line named."""
    if source.startswith(PREFIX):
        return Source("preset", source.removeprefix(PREFIX), source.removeprefix(PREFIX))
    return Source("path", str(Path(source).absolute()), Path(source).name)


def _open(packed: str) -> None:
    """Lay the desk of a link on the desk; what is wrong with it is said on the page."""
    try:
        desk, view = unpacked(packed)
        for place in range(len(desk.variants)):
            loaded_of(desk, place)
    except EcosimError as error:
        session.trouble.value = error.say(session.lang.value)
        return
    session.history.value = History(desk)
    for name, least in (("week", 0), ("learner", -1)):
        if isinstance(view.get(name), int):
            getattr(session, name).value = max(least, view[name])
