"""``python -m tests.classroom.served STUDENTS [words]``: ``ecosim class`` whose teacher opens every week by herself.

She waits until so many students are there, opens a week, lives it once all have decided or two seconds have gone, and
goes on to the last one.
"""

from __future__ import annotations

import sys
import threading
import time

from ecosim.classroom.live import Live, the_live
from ecosim.classroom.phases import CHOOSING, OVER
from ecosim.cli import main

PATIENCE = 2.0  #: seconds that students have
REST = 0.3  #: seconds between two looks


def teach(students: int) -> None:
    """Lead the lesson."""
    live = _live()
    while live.here() < students:
        time.sleep(REST)
    while live.room.phase != OVER:
        if live.room.phase != CHOOSING:
            live.open_round()
        begun = time.monotonic()
        while len(live.room.choices) < students and time.monotonic() - begun < PATIENCE:
            time.sleep(0.02)
        with live.acting() as room:
            room.live()
        time.sleep(REST)


def _live() -> Live:
    """Return the room once there is one."""
    while True:
        try:
            return the_live()
        except IndexError:
            time.sleep(REST)


if __name__ == "__main__":
    threading.Thread(target=teach, args=(int(sys.argv[1]),), daemon=True).start()
    sys.exit(main(["class", *sys.argv[2:]]))
