"""``ecosim dash``: pages to explore a scenario, compare designs and teach with them, in a browser."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from ecosim.commands.options import Language, Quiet
from ecosim.commands.voice import Voice, voice
from ecosim.language import text

if TYPE_CHECKING:
    from ecosim.web.given import Given

SourceToOpen = Annotated[
    str | None, typer.Argument(metavar="cli.metavars.source", help="cli.options.source_dash", show_default=False)
]
Port = Annotated[int | None, typer.Option(min=0, max=65535, metavar="cli.metavars.number", help="cli.options.port")]
Host = Annotated[str, typer.Option(metavar="cli.metavars.host", help="cli.options.host")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="cli.options.no_browser")]

PAGES = "ecosim.dashboard.app"


def dash(
    source: SourceToOpen = None,
    port: Port = None,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Open the pages."""
    from ecosim.web.address import is_loopback  # lazily: help needs no server
    from ecosim.web.environment import check_installed
    from ecosim.web.given import give
    from ecosim.web.server import serve
    from ecosim.web.workshop import workshop_open

    speaker = voice(lang, quiet)
    given, page = _opened(source, speaker)
    check_installed()
    if not is_loopback(host):
        print(text("server.open", speaker.lang, host=host), file=sys.stderr, flush=True)  # however quiet
    give(given)
    serve(
        PAGES, host, port, lang=speaker.lang, open_browser=not no_browser, lifespans=[workshop_open],
        ready=_announced(speaker), page=page,
    )  # fmt: skip
    speaker.note("server.closed")


def _opened(source: str | None, speaker: Voice) -> tuple[Given, str]:
    """Return what the pages are given, and the page that is shown first: that of a lesson, where ``source`` is one."""
    from ecosim.commands.sources import kind_of, open_scenario  # lazily: help needs no scenario language
    from ecosim.web.given import Given

    if source is None:
        return Given(lang=speaker.lang), ""
    if kind_of(source) != "lesson":
        loaded = open_scenario(source, {})
        speaker.warn(loaded.warnings)
        return Given(loaded, source, speaker.lang), ""
    from ecosim.dashboard.lesson import bring, open_lesson  # lazily: only who brings a lesson reads them
    from ecosim.web.budget import check_study

    lesson = open_lesson(source)
    speaker.warn(lesson.warnings)
    check_study([arm.loaded.scenario for arm in lesson.study.arms], lesson.study.replicates.max)
    return Given(lang=speaker.lang), f"teach/{bring(lesson)}"


def _announced(speaker: Voice) -> Callable[[str], None]:
    """Return what says where the pages are."""

    def announce(address: str) -> None:
        print(text("server.address", speaker.lang, address=address), flush=True)
        speaker.note("server.how_to_end")

    return announce
