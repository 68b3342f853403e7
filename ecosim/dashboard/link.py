"""A desk as a short text and back: what a link holds, so that another person sees exactly the same."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from ecosim.dashboard.desk import MOST_DESIGNS, Desk, Source, Variant, tidy
from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.document import WORD

MOST_TEXT = 16_000  #: characters that a link may have
MOST_BYTES = 200_000  #: bytes to which they may unfold
KINDS = ("preset", "text")


def packed(desk: Desk, view: dict[str, Any] | None = None) -> str:
    """Return ``desk`` and the ``view`` of it (page, week, learner) as text of letters, digits, ``-`` and ``_``.

    A file of the command line's is packed as its text by who calls: a link names no path of this machine.
    """
    plain = {
        "s": [desk.source.kind, desk.source.value, desk.source.name],
        "c": dict(desk.shared),
        "v": [[each.name, dict(each.changes)] for each in desk.variants],
        "a": desk.active,
        "r": desk.replicate,
        "w": view or {},
    }
    whole = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(whole, 9)).decode("ascii").rstrip("=")


def unpacked(text: str) -> tuple[Desk, dict[str, Any]]:
    """Return the desk and the view that a link holds.

    Raises
    ------
    InvalidFile
        When it holds none: cut off, or made by hand.
    """
    try:
        plain = json.loads(_unfolded(text))
        json.dumps(plain, ensure_ascii=False, allow_nan=False).encode()  # half characters and no-numbers are no text
        desk = _desk(plain)
        view = plain["w"]
        if not isinstance(view, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error, binascii.Error):
        raise InvalidFile(Problem("dashboard.link.broken")) from None
    return desk, view


def _unfolded(text: str) -> bytes:
    """Return the bytes behind a text, refusing what is too long before and after unfolding."""
    if len(text) > MOST_TEXT:
        raise ValueError
    unfolding = zlib.decompressobj()
    found = unfolding.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_BYTES)
    if unfolding.unconsumed_tail or not unfolding.eof:
        raise ValueError
    return found


def _desk(plain: dict[str, Any]) -> Desk:
    """Return the desk of plain values, each of its kind; what the values mean is checked when they are laid on."""
    kind, value, name = plain["s"]
    variants = tuple(Variant(tidy(str(name)), _settings(changes)) for name, changes in plain["v"])
    active, replicate = plain["a"], plain["r"]
    fits = kind in KINDS and 1 <= len(variants) <= MOST_DESIGNS and _whole(active, len(variants) - 1)
    if not fits or not _whole(replicate, WORD):
        raise ValueError
    return Desk(Source(kind, str(value), str(name)), _settings(plain["c"]), variants, active, replicate)


def _settings(given: Any) -> dict[str, Any]:
    """Return settings, whose paths are texts."""
    return {str(path): value for path, value in given.items()}


def _whole(value: Any, most: int) -> bool:
    """Tell whether ``value`` is a whole number from 0 to ``most``."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
