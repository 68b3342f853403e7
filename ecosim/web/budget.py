"""How much a page may ask of the machine that it shares with others: people, weeks, runs."""

from __future__ import annotations

from ecosim.errors import UsageError
from ecosim.scenario.document import Scenario

MOST_LEARNERS, MOST_WEEKS = 5_000, 520
MOST_LEARNER_WEEKS = 400_000  #: of one run that is shown: a second or so
MOST_REPLICATES, MOST_DESIGNS = 160, 4
MOST_TOGETHER = 100_000_000  #: learner-weeks of a whole comparison: a minute or two of a processor
FILM_SECONDS = 20.0  #: after which a run that is to be shown is stopped
RUN_SECONDS = 30.0  #: after which a run of a comparison is stopped
RUN_MEGABYTES = 1_000


def check_run(scenario: Scenario) -> None:
    """Refuse a scenario that is too large to be shown while somebody waits.

    Raises
    ------
    UsageError
        Naming what is too large, the limit, and that the command line has none.
    """
    for name, value, most in (
        ("learners", scenario.learners, MOST_LEARNERS),
        ("weeks", scenario.weeks, MOST_WEEKS),
        ("learner_weeks", scenario.learners * scenario.weeks, MOST_LEARNER_WEEKS),
    ):
        if value > most:
            raise UsageError(f"web.budget.{name}", value=_said(value), most=_said(most))


def check_study(scenarios: list[Scenario], replicates: int) -> None:
    """Refuse a comparison that is too large; see :func:`check_run`.

    Parameters
    ----------
    scenarios : list of Scenario
        One a design.
    replicates : int
        Runs of each at most.
    """
    for each in scenarios:
        check_run(each)
    if len(scenarios) > MOST_DESIGNS:
        raise UsageError("web.budget.designs", value=len(scenarios), most=MOST_DESIGNS)
    if replicates > MOST_REPLICATES:
        raise UsageError("web.budget.replicates", value=replicates, most=MOST_REPLICATES)
    together = replicates * sum(each.learners * each.weeks for each in scenarios)
    if together > MOST_TOGETHER:
        raise UsageError("web.budget.together", value=_said(together), most=_said(MOST_TOGETHER))


def _said(value: int) -> str:
    """Return a large number as both languages read it: a comma would be a decimal one in French."""
    return f"{value:,}".replace(",", "\u202f")
