"""What keeps a scenario that somebody brings from being lived here."""

from __future__ import annotations

from ecosim.dashboard.desk import Source
from ecosim.dashboard.world import opened
from ecosim.errors import EcosimError
from ecosim.web.budget import check_run


def wrong_with(name: str, content: str, lang: str) -> list[str]:
    """Return what is wrong with an uploaded scenario, a line each; nothing where it can be lived here."""
    try:
        check_run(opened(Source("text", content, name)).scenario)
    except EcosimError as error:
        return error.say(lang).splitlines()
    return []
