"""What the pages tell, made anew and kept."""

from __future__ import annotations

from collections.abc import Callable

from ecosim.evidence.forecast import forecast
from ecosim.evidence.found import keep
from ecosim.evidence.held_out import held_out
from ecosim.evidence.knockouts import knocked_out
from ecosim.evidence.scoreboard import NULLS, REPLICATES, scored


def renew_scoreboard(replicates: int | None, workers: int | None) -> None:
    """Live all cohorts and the trivial worlds, and keep how every pattern stands."""
    times = replicates or REPLICATES
    patterns = [each.as_json() for each in scored(replicates=times, workers=workers, nulls=True)]
    keep("scoreboard", {"patterns": patterns, "replicates": times, "nulls": NULLS, **held_out(times, workers)})


def renew_knockouts(replicates: int | None, workers: int | None) -> None:
    """Live all cohorts without each mechanism, and keep what is lost."""
    times = replicates or REPLICATES
    mechanisms = [each.as_json() for each in knocked_out(replicates=times, workers=workers)]
    keep("knockouts", {"mechanisms": mechanisms, "replicates": times})


def renew_forecast(replicates: int | None, workers: int | None) -> None:
    """Hold the forecast test, and keep what came of it; it has numbers of its own, and takes a quarter of a minute."""
    keep("forecast", forecast().as_json())


RENEWED: dict[str, Callable[[int | None, int | None], None]] = {
    "scoreboard": renew_scoreboard,
    "forecast": renew_forecast,
    "knockouts": renew_knockouts,
}
"""Kind -> what makes it anew."""
