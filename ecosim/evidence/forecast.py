"""The forecast test: from the first fifth of the weeks of a real cohort, what becomes of each of its learners.

The model has to compete with a regression that knows nothing of learning. Where it is not shown to be at least as
close, it explains what was seen, and does not predict. Its cohorts were fitted to summaries of one presentation, never
to the fate of single learners; the other presentation was held out.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from math import ceil
from typing import Any

import numpy as np

from ecosim.evidence import targets
from ecosim.evidence.cohorts import loaded, source_of
from ecosim.evidence.foretelling.accuracy import RESAMPLES, mean, resampled, skill, told_apart
from ecosim.evidence.foretelling.contestants import base_rate, folds, nearest_lives, regression, regression_within
from ecosim.evidence.foretelling.curve import curve
from ecosim.evidence.foretelling.early import CHANCES, OUTCOMES, Early, cut, early, early_weeks, together
from ecosim.evidence.foretelling.findings import FITTED, HELD_OUT, OTHER, Accuracy, Contest, Forecast, Foretold
from ecosim.evidence.real import OPEN_UNIVERSITY
from ecosim.model.run import new_engine
from ecosim.model.watching.platform import panel
from ecosim.records.types import Array, Panel
from ecosim.scenario.reader import read_file

REGRESSIONS = ("other", "same")  #: trained on the other presentation; on other learners of the same one
LIVES = 12_000  #: simulated learners, at least


def forecast(
    lives: int = LIVES, resamples: int = RESAMPLES, told: Callable[[int, int], None] = lambda done, total: None
) -> Forecast:
    """Hold the forecast test on the held-out presentation and on the fitted one.

    Parameters
    ----------
    lives : int
        Simulated learners of each, at least.
    resamples : int
        For intervals.
    told : callable
        Hears how many presentations are done, of how many.
    """
    found = []
    for done, name in enumerate((HELD_OUT, FITTED), 1):
        found.append(foretold(name, lives, resamples))
        told(done, len(OTHER))
    return Forecast(tuple(found))


def foretold(presentation: str, lives: int = LIVES, resamples: int = RESAMPLES) -> Foretold:
    """Return what was foretold of one presentation."""
    seen = targets.panel(presentation)
    weeks, all_weeks = early_weeks(seen), seen.clicks.shape[1]
    made = [cut(each, all_weeks) for each in lived(presentation, lives)]
    real, simulated = early(seen, weeks), together([early(each, weeks) for each in made])
    luck = np.random.default_rng([zlib.crc32(presentation.encode())])
    fold = folds(len(real.features), luck)
    said = {
        "base": base_rate(real),
        "other": regression(early(targets.panel(OTHER[presentation]), weeks), real.features),
        "same": regression_within(real, fold),
        "model": nearest_lives(simulated, real.features),
    }
    contests = judged(real, said, resampled(len(real.features), luck, resamples))
    counts = len(real.features), all_weeks, weeks, len(simulated.features)
    return Foretold(presentation, *counts, own_settings(presentation), contests, curve(seen, made, weeks))


def cohort_of(presentation: str) -> str:
    """Return the name of the calibrated cohort of a presentation."""
    return f"{OPEN_UNIVERSITY}{presentation.lower()}"


def own_settings(presentation: str) -> tuple[str, ...]:
    """Return the levers that a presentation's scenario sets for itself."""
    value: Any = read_file(source_of(cohort_of(presentation))).value
    return tuple(f"design.{name}" for name in value.get("design", {}))


def lived(presentation: str, learners: int) -> list[Panel]:
    """Return the log of the calibrated cohort, lived as often as it takes to have so many learners."""
    scenario = loaded(source_of(cohort_of(presentation)))
    times = ceil(learners / scenario.scenario.learners)
    return [panel(new_engine(scenario, replicate).watch().run()) for replicate in range(times)]


def judged(real: Early, said: dict[str, Array], draws: Array) -> tuple[Contest, ...]:
    """Return how close each contestant came, outcome by outcome, all on the same resamples."""
    found = []
    for place, outcome in enumerate(OUTCOMES):
        happened = real.outcomes[:, place]
        off = {name: (each[:, place] - happened) ** 2 for name, each in said.items()}
        came = {
            name: Accuracy(
                mean(off[name], draws),
                skill(off[name], off["base"], draws),
                told_apart(each[:, place], happened, draws) if outcome in CHANCES else None,
            )
            for name, each in said.items()
        }
        behind = {name: mean(off["model"] - off[name], draws) for name in REGRESSIONS}
        found.append(Contest(outcome, float(happened.mean()), came, behind))
    return tuple(found)
