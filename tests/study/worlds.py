"""Small studies for tests, processes to sweep them in, and what one asks of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas

from ecosim.errors import EcosimError
from ecosim.study.findings import Findings, findings
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.runner.order import code_version
from ecosim.study.store.folder import Store
from ecosim.study.store.opening import frame, opened
from ecosim.study.sweep import How, swept

ROOT = Path(__file__).parents[2]
TINY = {"learners": 5, "weeks": 2, "design": {"ready_ties": 2}}
"""A scenario that takes some milliseconds."""

TWO = {"calm": {}, "hasty": {"design": {"hazard": 0.5}}}
"""Two designs, of which the second loses learners."""

PATIENCE = 60.0  #: seconds after which what is awaited will not come


def study(scenario: Any = None, **parts: Any) -> LoadedStudy:
    """Return a study of a tiny scenario."""
    return load_study({"scenario": {**TINY, **(scenario or {})}, **parts})


class Inline:
    """An executor without processes: chunks are lived at once, where they are submitted."""

    workers = 1

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call ``function`` now."""
        made: Future[Any] = Future()
        try:
            made.set_result(function(*arguments))
        except Exception as error:
            made.set_exception(error)
        return made

    def took_worker(self, error: BaseException) -> bool:
        """No worker, none to take down."""
        return False

    def alive(self, patient: bool = True) -> bool:
        """Always."""
        return True

    def close(self, now: bool) -> None:
        """Nothing to let go."""


def found(asked: LoadedStudy, folder: Path, how: How | None = None) -> Findings:
    """Sweep a study and return what it found."""
    made: list[Findings] = []
    swept(asked, folder, how or How(workers=2), lambda store: made.append(findings(store)))
    return made[0]


@contextmanager
def reopened(asked: LoadedStudy, folder: Path) -> Iterator[Store]:
    """Yield the store of a sweep that is over."""
    with opened(folder, asked, code_version()) as store:
        yield store


def runs(folder: Path) -> pandas.DataFrame:
    """Return all runs of a folder but for how long they took."""
    made: pandas.DataFrame = frame(folder, ("done", "failed", "quarantined"))
    return made.drop(columns="seconds")


def everything(asked: LoadedStudy, folder: Path) -> tuple[pandas.DataFrame, list[Any], pandas.DataFrame]:
    """Return all that a folder holds of its runs: the runs, their values by group, their weekly series."""
    with reopened(asked, folder) as store:
        groups = store.ledger.rows("SELECT run_id, found FROM grouped ORDER BY run_id")
        series = store.series.table().to_pandas()
    return runs(folder), groups, series


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    """Compare what two folders hold, bit for bit."""
    pandas.testing.assert_frame_equal(one[0], other[0], check_exact=True)
    assert one[1] == other[1]
    pandas.testing.assert_frame_equal(one[2], other[2], check_exact=True)


def failures(folder: Path) -> pandas.DataFrame:
    """Return the table of failures, with design and replicate."""
    import sqlite3

    base = sqlite3.connect(f"file:{folder / 'runs.sqlite'}?mode=ro", uri=True, timeout=30.0)
    try:
        return pandas.read_sql_query(
            "SELECT f.*, r.design, r.point, r.replicate, r.status FROM failures f JOIN runs r USING (run_id) "
            "ORDER BY r.point, r.replicate, r.design",
            base,
        )
    finally:
        base.close()


def script(folder: Path, name: str, text: str) -> Path:
    """Write a script of a user's own."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


SWEEPER = """
import json, sys
from pathlib import Path
from ecosim.errors import EcosimError
from ecosim.model.metrics.plugin import run_plugins
from ecosim.study.plan.resolve import load_study
from ecosim.study.sweep import How, Silent, swept

class Telling(Silent):
    def kept(self, outcomes):
        print("kept", len(outcomes), flush=True)
    def planned(self, done, total):
        print("planned", done, total, flush=True)
    def stopping(self):
        print("stopping", 0, flush=True)

given = json.loads(sys.argv[1])
how = {**given["how"], "plugins": [Path(each) for each in given["how"].get("plugins", ())]}
run_plugins(how["plugins"])
try:
    swept(load_study(given["study"]), Path(given["folder"]), How(**how, listener=Telling()))
except EcosimError as error:
    print(type(error).__name__, error.problems[0].key, file=sys.stderr, flush=True)
    sys.exit(error.exit_code)
"""
"""A coordinator of its own; it tells of every chunk that has been kept, and says how it ended by its exit code."""


class Sweep:
    """A sweep in a process of its own, the head of its own process group.

    Parameters
    ----------
    given : dict
        The study.
    folder : Path
        The results folder.
    how : dict
        ``workers``, ``cluster``, ``plugins``, ``retry_failed``.
    """

    def __init__(self, given: dict[str, Any], folder: Path, **how: Any) -> None:
        self.folder = folder
        said = json.dumps({"study": given, "folder": str(folder), "how": how})
        self.process = subprocess.Popen(
            [sys.executable, "-c", SWEEPER, said], cwd=folder.parent, start_new_session=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def __enter__(self) -> Sweep:
        return self

    def __exit__(self, *error: object) -> None:
        """Leave nothing behind, whatever a test found."""
        for each in self.members():
            os.kill(each, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    def until_kept(self, count: int = 1) -> int:
        """Wait until so many runs have been kept in this session; return how many, fewer where the sweep is over."""
        kept = 0
        while line := self.process.stdout.readline():  # type: ignore[union-attr]
            word, number, *_ = line.split()
            kept += int(number) if word == "kept" else 0
            if kept >= count:
                break
        return kept

    def until_stopping(self) -> None:
        """Wait until the sweep has heard that it is to stop."""
        while line := self.process.stdout.readline():  # type: ignore[union-attr]
            if line.startswith("stopping"):
                return
        raise AssertionError("the sweep is over")

    def signal(self, number: int) -> None:
        """Send the coordinator a signal: the coordinator alone, not its workers."""
        self.process.send_signal(number)

    def ended(self, seconds: float = PATIENCE) -> tuple[int, str]:
        """Wait for the end; return the exit code, and what was said of it."""
        try:
            _, said = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise
        return self.process.returncode, said

    def members(self) -> list[int]:
        """Return the processes of the group that are alive."""
        return members(self.process.pid)

    def is_gone(self) -> bool:
        """Wait until no process of the group is left; tell whether that came about."""
        return comes(lambda: not self.members(), 15.0)


def members(group: int) -> list[int]:
    """Return the living processes of a session."""
    alive = []
    for place in Path("/proc").iterdir():
        if not place.name.isdecimal():
            continue
        try:
            state, _, _, session = (place / "stat").read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(session) == group and state != "Z":
            alive.append(int(place.name))
    return alive


def comes(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Look again and again whether ``condition`` holds, until it does or time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def says_itself(error: EcosimError) -> None:
    """Have an error said in both languages."""
    for lang in ("en", "fr"):
        assert error.say(lang)
        assert "None" not in error.say(lang)
