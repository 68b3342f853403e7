"""What has happened in a room, line by line on the disk, so that a server that dies takes nothing with it.

Nothing is kept beyond the lesson: who ends a room, or opens another, removes the journal.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

from platformdirs import user_state_path

from ecosim.errors import StorageError

NAME = "class.jsonl"
QUICK = frozenset({"choose", "guess", "answer"})  #: events of which a loss of power may cost the last
KEPT = 24 * 3600  #: seconds after its last line

Event = dict[str, Any]


def usual_place() -> Path:
    """Return where the journal of this user's room lies."""
    return Path(user_state_path("ecosim", appauthor=False)) / NAME


def fresh(path: Path) -> bool:
    """Tell whether a journal is of today's lesson; an older one is removed: nobody will go on with it."""
    try:
        age = time() - path.stat().st_mtime
    except OSError:
        return False
    if age > KEPT:
        path.unlink(missing_ok=True)
    return age <= KEPT


class Journal:
    """A journal that is being written.

    Parameters
    ----------
    path : Path, optional
        Its file, which only its owner can read; without it nothing is written.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def write(self, event: Event) -> None:
        """Add an event; but for the :data:`QUICK` it outlives a loss of power, not only the end of this program.

        Raises
        ------
        StorageError
            When it cannot be written.
        """
        if self.path is None:
            return
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                _cut(handle)
                if os.write(handle, encoded := line.encode()) < len(encoded):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                if event["e"] not in QUICK:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise StorageError("classroom.journal.refused", path=self.path, reason=error.strerror or "?") from error

    def remove(self) -> None:
        """Forget everything."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _cut(handle: int) -> None:
    """Take away a last line that was cut off, so that the next one stands on its own; who reads leaves it out too."""
    size = os.fstat(handle).st_size
    if not size:
        return
    os.lseek(handle, size - 1, os.SEEK_SET)
    if os.read(handle, 1) == b"\n":
        return
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as whole:
        os.ftruncate(handle, whole.read().rfind(b"\n") + 1)


def events(path: Path) -> Iterator[Event]:
    """Yield what a journal holds; a last line that was cut off while it was written is left out."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines[:-1]:
        try:
            event = json.loads(line)
        except ValueError:
            return
        if isinstance(event, dict) and "e" in event:
            yield event
