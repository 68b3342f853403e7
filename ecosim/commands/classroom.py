"""``ecosim class``: a lesson in which students take part from their phones."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ecosim.commands.dash import NoBrowser, Port
from ecosim.commands.options import WORD, Language, Quiet, Settings
from ecosim.commands.voice import Voice, voice
from ecosim.language import text

if TYPE_CHECKING:
    from ecosim.classroom.live import Live
    from ecosim.classroom.room import Room

Lesson = Annotated[
    str | None, typer.Argument(metavar="cli.metavars.lesson", help="cli.options.lesson", show_default=False)
]
Host = Annotated[str | None, typer.Option(metavar="cli.metavars.host", help="cli.options.host_class")]
Pin = Annotated[str | None, typer.Option(metavar="cli.metavars.pin", help="cli.options.pin")]
New = Annotated[bool, typer.Option("--new", help="cli.options.new_room")]
Replicate = Annotated[int, typer.Option(min=0, max=WORD, metavar="cli.metavars.number", help="cli.options.replicate")]

PAGES = "ecosim.classroom.app"
EVERYWHERE, HERE = "0.0.0.0", "127.0.0.1"
PIN_DIGITS = 4


def classroom(
    lesson: Lesson = None,
    port: Port = None,
    host: Host = None,
    no_browser: NoBrowser = False,
    pin: Pin = None,
    new: New = False,
    settings: Settings = None,
    replicate: Replicate = 0,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Open a room in which a class lives a community together."""
    from ecosim.commands.sources import check_settings  # lazily: help needs none of this
    from ecosim.web.environment import check_installed

    speaker = voice(lang, quiet)
    check_installed()
    check_pin(pin)
    given = check_settings(settings)
    with _locked():
        room = None if new else _unfinished(lesson, speaker)
        _led(room or _opened(lesson, given, pin, replicate), host, port, no_browser, speaker)


def _led(room: Room, host: str | None, port: int | None, no_browser: bool, speaker: Voice) -> None:
    """Serve a room until somebody ends it."""
    from ecosim.classroom.live import Live, give_live
    from ecosim.classroom.phones.door import Door
    from ecosim.classroom.phones.page import routes
    from ecosim.classroom.serving import LIMITS, OUTSIDE
    from ecosim.classroom.session import session_for
    from ecosim.errors import UsageError
    from ecosim.web.address import is_loopback
    from ecosim.web.given import Given, give
    from ecosim.web.server import serve
    from ecosim.web.workshop import workshop_open

    session = session_for(room.source, room.given)
    speaker.warn(session.warnings)
    if not room.seats.free and not room.seats.taken:
        raise UsageError("classroom.start.no_seats", lesson=room.source)
    live = Live(room, session)
    live.lang = speaker.lang
    host = host or _asked_host(speaker.lang)
    if not is_loopback(host):
        print(text("classroom.start.open", speaker.lang, host=host), file=sys.stderr, flush=True)  # however quiet
    door = Door(live)
    give_live(live)
    give(Given(None, "", speaker.lang))
    serve(
        PAGES, host, _port(port, room, host), lang=speaker.lang, open_browser=not no_browser,
        routes=[*door.routes(), *routes(speaker.lang)], lifespans=[workshop_open, door.open],
        ready=_announced(live, speaker, host), outside=OUTSIDE, limits=LIMITS,
    )  # fmt: skip
    _closed(live, speaker)


@contextmanager
def _locked() -> Iterator[None]:
    """Keep the journal to this room: two would write into one.

    Raises
    ------
    UsageError
        When another room is open.
    """
    from filelock import FileLock, Timeout

    from ecosim.classroom.journal import usual_place
    from ecosim.errors import UsageError

    place = usual_place().with_suffix(".lock")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(place).acquire(timeout=0)
    except Timeout:
        raise UsageError("classroom.start.taken") from None
    with lock:
        yield


def check_pin(pin: str | None) -> None:
    """Refuse a PIN that nobody could type.

    Raises
    ------
    UsageError
        When it is not 4 to 12 letters and digits.
    """
    from ecosim.errors import UsageError

    if pin is not None and not (4 <= len(pin) <= 12 and pin.isascii() and pin.isalnum()):
        raise UsageError("classroom.start.pin", value=pin[:40])


def _opened(lesson: str | None, given: dict[str, object], pin: str | None, replicate: int) -> Room:
    """Return a new room for what was named, for the shortest session where nothing was."""
    from ecosim.classroom.course import Facts
    from ecosim.classroom.journal import Journal, usual_place
    from ecosim.classroom.opening import opened
    from ecosim.classroom.session import session_for, session_names

    source = lesson or session_names()[0]
    session = session_for(source, given)
    if Path(source).is_file():
        source = str(Path(source).absolute())
    made = pin or "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
    return opened(Facts(session.text, {}, replicate), made, Journal(usual_place()), source=source, given=given)


def _unfinished(lesson: str | None, speaker: Voice) -> Room | None:
    """Return the room that was interrupted, if there is one and it is wished for."""
    from ecosim.classroom.journal import Journal, events, fresh, usual_place
    from ecosim.classroom.opening import reopened

    place = usual_place()
    found = list(events(place)) if fresh(place) else []
    room = reopened(found, Journal(place)) if found else None
    named = str(Path(lesson).absolute()) if lesson and Path(lesson).is_file() else lesson
    if room is None or room.ended or not room.seats.taken:
        return None
    facts = {"lesson": room.source, "week": room.course.week, "students": len(room.seats.taken)}
    if named not in (None, room.source):
        if sys.stdin.isatty() and not _agreed("forget", speaker.lang, False, **facts):
            raise typer.Exit(0)
        return None
    if sys.stdin.isatty() and not _agreed("resume", speaker.lang, True, **facts):
        return None
    speaker.note("classroom.start.resumed", **facts)
    return room


def _agreed(question: str, lang: str, otherwise: bool, **facts: object) -> bool:
    """Ask something that is answered with yes or no, in either language; Enter alone means ``otherwise``."""
    yes, no = text("classroom.start.yes", lang), text("classroom.start.no", lang)
    asked = text(f"classroom.start.{question}", lang, **facts)
    while True:
        said = str(typer.prompt(f"{asked} [{yes}/{no}]", default=yes if otherwise else no)).strip().lower()
        if said in ("y", "yes", "o", "oui"):
            return True
        if said in ("n", "no", "non"):
            return False


def _asked_host(lang: str) -> str:
    """Return where to listen: in the network of the room only where somebody says so."""
    if not sys.stdin.isatty():
        print(text("classroom.start.alone", lang), file=sys.stderr, flush=True)
        return HERE
    return EVERYWHERE if _agreed("ask", lang, False) else HERE


def _port(port: int | None, room: Room, host: str) -> int | None:
    """Return the port that was asked for, else that of the lesson that is taken up again if it is free."""
    from ecosim.errors import UsageError
    from ecosim.web.address import listening

    if port is not None or not room.port:
        return port
    try:
        listening(host, room.port).close()
    except UsageError:
        return None
    return room.port


def _announced(live: Live, speaker: Voice, host: str) -> Callable[[str], None]:
    """Return what says where the room is, for the teacher and for the students."""
    from urllib.parse import urlsplit

    from ecosim.web.address import is_loopback, url

    def announce(address: str) -> None:
        port, alone = urlsplit(address).port or 80, is_loopback(host)
        with live.acting() as room:
            room.at(port)
        live.address = "" if alone else url(host, port)
        print(text("server.address", speaker.lang, address=address), flush=True)
        joined = live.join_address(url(host, port))
        print(text("classroom.start.join", speaker.lang, address=joined, pin=live.room.pin))
        if not alone:
            from ecosim.classroom.qr import in_terminal

            print(in_terminal(live.join_link()))
        speaker.note("server.how_to_end")
        sys.stdout.flush()

    return announce


def _closed(live: Live, speaker: Voice) -> None:
    """Forget a lesson that has ended; say how one that has not goes on."""
    with live.reading() as room:
        if room.ended or not room.seats.taken:
            room.journal.remove()
            speaker.note("classroom.start.closed")
        else:
            speaker.note("classroom.start.interrupted", path=room.journal.path)
