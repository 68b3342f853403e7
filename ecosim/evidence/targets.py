"""What real cohorts did, read from the shipped files: rows as the records of :mod:`ecosim.records`, facts as printed.

``data/README.md`` says of each file what it is, whose, and under which licence.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from ecosim.records.types import STAYED, Array, Panel, Withdrawals

if TYPE_CHECKING:
    import pandas as pd

DATA = files("ecosim.evidence") / "data"
WEEK = 7  #: days
PASSED = ("Pass", "Distinction")


def table(name: str) -> pd.DataFrame:
    """Return a shipped table by its name without ending; a copy of one's own."""
    return _rows(f"{name}.csv").copy()


def facts(name: str) -> dict[str, Any]:
    """Return shipped facts by their name without ending; ``about`` holds source, licence and DOI."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


def about(name: str) -> dict[str, str]:
    """Return what a shipped file of facts says of itself: source, licence, DOI and how."""
    if (DATA / f"{name}.json").is_file():
        return dict(facts(name)["about"])
    head = (line for line in (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines() if line.startswith("# "))
    return {key: said for key, _, said in (line.removeprefix("# ").partition(": ") for line in head)}


def presentations() -> list[str]:
    """Return the presentations (a course in one term) whose withdrawals are known."""
    return [str(name) for name in _rows("oulad_cohorts.csv")["presentation"]]


def observed() -> list[str]:
    """Return the presentations whose clicks are known too."""
    return sorted(map(str, _rows("oulad_learners.csv.gz")["presentation"].unique()))


@cache
def withdrawals(presentation: str) -> Withdrawals:
    """Return when the learners of a presentation withdrew, of all who began it.

    The length counts the last week, of a few days, in which withdrawals after the end are put.
    """
    weeks = _whole_weeks(presentation) + 1
    week = _week_left(_of("oulad_enrolments.csv.gz", presentation))
    return Withdrawals(_fixed(np.minimum(week, weeks - 1)), weeks)


@cache
def panel(presentation: str) -> Panel:
    """Return clicks by week, withdrawal and completion of the learners of a presentation.

    Weeks are whole: the clicks of the last few days of the course are left out. Completed is passed, with or without
    distinction.
    """
    import pandas as pd  # lazily: it takes a second to import

    learners, rows = _of("oulad_learners.csv.gz", presentation), _of("oulad_weekly_clicks.csv.gz", presentation)
    weeks = _whole_weeks(presentation)
    rows = rows[rows["week"] < weeks]
    number = pd.Index(learners["learner"]).get_indexer(pd.Index(rows["learner"]))
    logged = np.zeros((2, len(learners), weeks), np.int64)
    logged[:, number, rows["week"]] = rows[["clicks", "forum_clicks"]].to_numpy().T
    completed = learners["final_result"].isin(PASSED).to_numpy()
    return Panel(_fixed(logged[0]), _fixed(logged[1]), _fixed(_week_left(learners)), _fixed(completed))


@cache
def _rows(file: str) -> pd.DataFrame:
    """Return the rows of a shipped file, below the lines on where they come from."""
    import pandas as pd  # lazily: as above

    with (DATA / file).open("rb") as stream:
        return pd.read_csv(stream, comment="#", compression="gzip" if file.endswith(".gz") else None)


def _of(file: str, presentation: str) -> pd.DataFrame:
    """Return the rows of a presentation; a KeyError where the file knows none."""
    return _rows(file).set_index("presentation").loc[[presentation]]


def _whole_weeks(presentation: str) -> int:
    return int(_rows("oulad_cohorts.csv").set_index("presentation")["weeks"][presentation])


def _week_left(learners: pd.DataFrame) -> Array:
    """Return the week in which each withdrew, -1 for who stayed."""
    week = np.floor_divide(learners["unregistration_day"].to_numpy(np.float64), WEEK)
    return np.where(np.isnan(week), STAYED, week).astype(np.int64)


def _fixed(values: Array) -> Array:
    """Return ``values`` closed to changes: all callers share them."""
    values.setflags(write=False)
    return values
