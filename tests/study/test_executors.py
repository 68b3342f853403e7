"""Processes that carry runs: however far they have come when they are let go, they go, and without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

STARTING = """
import os, signal, sys, threading, time
from contextlib import suppress
from multiprocessing import active_children
from ecosim.study.runner.executors import Local

crew = Local(2)
while len(active_children()) < 2:
    time.sleep(0.001)
late = max(active_children(), key=lambda each: each.pid)
os.kill(late.pid, signal.SIGSTOP)  # a worker that has only just begun to start
crew.submit(signal.signal, signal.SIGTERM, signal.SIG_IGN)  # the other one is slow to go
busy = crew.submit(sum, range(int(sys.argv[1])))
crew.submit(time.sleep, 0.0)
while not busy.running():
    time.sleep(0.001)
time.sleep(0.1)

def go_on():  # starting, while the others are let go
    with suppress(ProcessLookupError):
        os.kill(late.pid, signal.SIGCONT)

threading.Timer(0.2 if sys.argv[2] == "now" else 1.0, go_on).start()
begun = time.monotonic()
crew.close(now=sys.argv[2] == "now")
assert not active_children()
print(round(time.monotonic() - begun, 1))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(("much", "how"), [(400_000_000, "now"), (20_000_000, "when it is done")])
def test_a_worker_that_is_still_starting_goes_without_a_word(much: int, how: str) -> None:
    words = [sys.executable, "-c", STARTING, str(much), how]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) < 30.0
