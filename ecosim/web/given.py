"""What the command line gave to the pages that it opened; one server, one such thing."""

from __future__ import annotations

from dataclasses import dataclass

from ecosim.scenario.resolve import Loaded


@dataclass(frozen=True)
class Given:
    """What a server was started with.

    Parameters
    ----------
    loaded : Loaded, optional
        The scenario, checked; its text is ``loaded.given``.
    source : str
        As it was named: the path of a file, or ``preset:NAME``.
    lang : {"en", "fr"}
        The language of who started it.
    """

    loaded: Loaded | None = None
    source: str = ""
    lang: str = "en"


_kept = [Given()]


def give(given: Given) -> None:
    """Keep what the server is started with, for the pages to find."""
    _kept[0] = given


def given() -> Given:
    """Return what the server was started with; nothing, where none was."""
    return _kept[0]
