"""What a phone may say: six kinds of messages, each checked to the last field before anything is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ecosim.classroom.phones.told import GUESSES
from ecosim.classroom.refusal import Refused
from ecosim.language import LANGUAGES

LONGEST = 1000  #: characters of a message
MOST_LETTERS = 200  #: of a text in it
LARGEST = 10**6  #: number in it

Message = dict[str, Any]


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_LETTERS


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def _perhaps(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


KINDS: dict[str, tuple[dict[str, Callable[[Any], bool]], dict[str, Callable[[Any], bool]]]] = {
    "join": ({"pin": _text}, {"name": _text, "token": _text, "lang": lambda value: value in LANGUAGES}),
    "choose": ({"artefact": _perhaps(_number)}, {"effort": _perhaps(_number), "partner": _perhaps(_number)}),
    "predict": ({"guess": lambda value: value in GUESSES}, {}),
    "answer": ({"option": _number}, {}),
    "another": ({}, {}),
    "lang": ({"lang": lambda value: value in LANGUAGES}, {}),
}
"""Kind of message -> the fields that it must have, and those that it may have."""


def heard(said: str) -> Message:
    """Return a message that a phone has sent.

    Raises
    ------
    Refused
        When it is too long, no JSON, of no known kind, or has other fields or values than it may have.
    """
    if len(said) > LONGEST:
        raise Refused("classroom.refused.too_long")
    try:
        message = json.loads(said, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused("classroom.refused.malformed") from None
    if not isinstance(message, dict) or not isinstance(message.get("t"), str) or message["t"] not in KINDS:
        raise Refused("classroom.refused.malformed")
    needed, more = KINDS[message["t"]]
    fields = set(message) - {"t"}
    if not set(needed) <= fields <= set(needed) | set(more):
        raise Refused("classroom.refused.malformed")
    checks = {**needed, **more}
    if not all(checks[name](message[name]) for name in fields):
        raise Refused("classroom.refused.malformed")
    return message


def _no_number(_: str) -> Any:
    raise ValueError
