"""How far a run is: a bar where somebody watches, nothing where nobody does."""

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
