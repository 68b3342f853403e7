"""How far a run or a sweep is: a bar where somebody watches, nothing where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from ecosim.commands.voice import Voice
from ecosim.language import text

PATIENCE = 0.5  #: seconds for which nobody needs a bar


@contextmanager
def weeks_passing(speaker: Voice, weeks: int) -> Iterator[Callable[[Any], None] | None]:
    """Yield what to call with the engine after every week, ``None`` where no bar is shown."""
    if speaker.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # lazily: only where somebody watches
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]}")
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), rate, TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(text("cli.run.weeks", speaker.lang), total=weeks, rate="")
    begun = monotonic()

    def show(engine: Any) -> None:
        passed = monotonic() - begun
        if passed > PATIENCE:
            bar.start()
        bar.update(task, completed=engine.week, rate=f"{engine.week / max(passed, 1e-9):.1f}/s")

    try:
        yield show
    finally:
        bar.stop()


class Runs:
    """How far a sweep is: a bar with runs done, rate, time left and failures; nothing where nobody watches.

    Parameters
    ----------
    speaker : Voice
        Who says it.
    bar : rich.progress.Progress or None
        What shows it.
    """

    def __init__(self, speaker: Voice, bar: Any) -> None:
        self._speaker, self._bar, self._failed = speaker, bar, 0
        self._task = None if bar is None else bar.add_task("", total=None, failures="")

    def planned(self, done: int, total: int) -> None:
        """So many runs are to be made until the next look, of which so many are done already."""
        if self._bar is not None:
            self._bar.start()
            self._bar.update(self._task, completed=done, total=total)

    def kept(self, outcomes: list[Any]) -> None:
        """These have been made."""
        self._failed += sum(each.status != "done" for each in outcomes)
        if self._bar is not None:
            said = text("cli.sweep.failures", self._speaker.lang, count=self._failed) if self._failed else ""
            self._bar.update(self._task, advance=len(outcomes), failures=said)

    def stopping(self) -> None:
        """The user asked to stop."""
        self._speaker.note("cli.sweep.stopping")

    def rest(self) -> None:
        """All runs are made."""
        if self._bar is not None:
            self._bar.stop()


def _rate() -> Any:
    """Return the column of a bar that shows runs a second."""
    from rich.progress import ProgressColumn  # lazily: only where somebody watches
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs a second, of the last minute."""

        def render(self, task: Any) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    return Rate()


@contextmanager
def runs_passing(speaker: Voice) -> Iterator[Runs]:
    """Yield who hears how a sweep goes on, and shows it where somebody watches."""
    if speaker.quiet or not sys.stderr.isatty():
        yield Runs(speaker, None)
        return
    from rich.console import Console  # lazily: only where somebody watches
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(), MofNCompleteColumn(), TextColumn(text("cli.sweep.runs_bar", speaker.lang)),
        TextColumn("{task.fields[failures]}", style="red"), _rate(), TimeRemainingColumn(),
    )  # fmt: skip
    bar = Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60.0)
    try:
        yield Runs(speaker, bar)
    finally:
        bar.stop()
