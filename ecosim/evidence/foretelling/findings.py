"""What came of a forecast test, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecosim.evidence.foretelling.accuracy import RESAMPLES, Estimate
from ecosim.evidence.foretelling.contestants import FOLDS, NEIGHBOURS
from ecosim.evidence.foretelling.curve import Curve
from ecosim.evidence.foretelling.early import SHARE

FITTED, HELD_OUT = "BBB2013B", "AAA2013J"
OTHER = {FITTED: HELD_OUT, HELD_OUT: FITTED}


@dataclass(frozen=True)
class Accuracy:
    """How close one contestant came.

    Parameters
    ----------
    error : Estimate
        Mean squared error: Brier's score where the outcome happens or does not.
    skill : Estimate
        Share of the error of the base rate that it takes away.
    auc : Estimate or None
        How well it tells who has the outcome from who has not; ``None`` for a share.
    """

    error: Estimate
    skill: Estimate
    auc: Estimate | None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        auc = self.auc.as_json() if self.auc is not None else None
        return {"error": self.error.as_json(), "skill": self.skill.as_json(), "auc": auc}


@dataclass(frozen=True)
class Contest:
    """One outcome.

    Parameters
    ----------
    outcome : str
        ``withdraws``, ``completes`` or ``active``.
    rate : float
        Its mean over learners.
    came : dict
        Contestant (``base``, ``other``, ``same``, ``model``) -> how close it came.
    behind : dict
        Regression -> by how much the squared error of the model is larger, learner by learner.
    """

    outcome: str
    rate: float
    came: dict[str, Accuracy]
    behind: dict[str, Estimate]

    @property
    def predicts(self) -> bool:
        """Whether the interval of the difference excludes that the model is worse, against both regressions."""
        return all(each.high <= 0.0 for each in self.behind.values())

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "outcome": self.outcome,
            "rate": round(self.rate, 4),
            "contestants": {name: each.as_json() for name, each in self.came.items()},
            "model_minus_regression": {name: each.as_json() for name, each in self.behind.items()},
            "predicts": self.predicts,
        }


@dataclass(frozen=True)
class Foretold:
    """What was foretold of one presentation.

    Parameters
    ----------
    presentation : str
        Which.
    learners, weeks, early : int
        Enrolled after the first weeks; weeks of the course; first weeks.
    lives : int
        Simulated learners.
    own : tuple of str
        What its scenario sets for itself; all else is shared with the presentation that rates were fitted to.
    contests : tuple of Contest
        By outcome.
    curve : Curve
        The cohort as a whole.
    """

    presentation: str
    learners: int
    weeks: int
    early: int
    lives: int
    own: tuple[str, ...]
    contests: tuple[Contest, ...]
    curve: Curve

    @property
    def held_out(self) -> bool:
        """Whether its scenario shares the rates of another presentation, but for what it sets for itself."""
        return self.presentation == HELD_OUT

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        numbers = {name: getattr(self, name) for name in ("presentation", "learners", "weeks", "early", "lives")}
        told = {"held_out": self.held_out, "fitted": not self.held_out, "own": list(self.own)}
        return {
            **numbers,
            **told,
            "other": OTHER[self.presentation],
            "contests": [each.as_json() for each in self.contests],
            "curve": self.curve.as_json(),
        }


@dataclass(frozen=True)
class Forecast:
    """The forecast test, presentation by presentation."""

    cohorts: tuple[Foretold, ...]

    @property
    def predicts(self) -> bool:
        """Whether the model predicts every outcome of what was held out."""
        return all(contest.predicts for each in self.cohorts if each.held_out for contest in each.contests)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "predicts": self.predicts,
            "verdict": "predicts" if self.predicts else "explains",
            "settings": {"early": SHARE, "neighbours": NEIGHBOURS, "folds": FOLDS, "resamples": RESAMPLES},
            "cohorts": [each.as_json() for each in self.cohorts],
        }
