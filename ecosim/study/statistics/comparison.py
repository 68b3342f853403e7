"""All designs of a study compared with its baseline, on every metric: overall, and for whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ecosim.model.state import Array
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.statistics.paired import student
from ecosim.study.statistics.sequential import levels, looks
from ecosim.study.statistics.verdict import Judged, better, judged
from ecosim.study.store.folder import Store
from ecosim.study.store.ledger import quoted


class Comparison(NamedTuple):
    """One design against the baseline on one metric."""

    design: str
    against: str
    metric: str
    judged: Judged
    smallest: float

    def row(self, direction: str | None) -> dict[str, Any]:
        """Return it as a row of ``effects.csv``."""
        made = self.judged.effect
        return {
            "design": self.design, "against": self.against, "metric": self.metric, "pairs": made.pairs,
            "difference": made.difference, "low": made.low, "high": made.high, "confidence": 1.0 - made.level,
            "paired_d": made.paired_d, "cliffs_delta": made.cliffs_delta, "superiority": made.superiority,
            "smallest_effect": self.smallest, "verdict": better(self.judged.word, direction),
            "more_replicates": None if self.judged.more in (0.0, float("inf")) else self.judged.more,
        }  # fmt: skip


def level_at(study: LoadedStudy, replicates: int, among: int = 1) -> float:
    """Return the two-sided level of an interval after so many replicates: that of the last look reached.

    Parameters
    ----------
    study : LoadedStudy
        With its confidence and its looks.
    replicates : int
        How many have been made.
    among : int
        Of so many comparisons this is one.
    """
    alpha = (1.0 - study.study.compare.confidence) / among
    planned = looks(study.replicates)
    reached = [place for place, count in enumerate(planned) if count <= replicates]
    return levels(planned, alpha)[reached[-1] if reached else 0]


def compared(study: LoadedStudy, values: Array, replicates: int) -> list[Comparison]:
    """Return every other design against the baseline, on every metric.

    Parameters
    ----------
    study : LoadedStudy
        What is compared.
    values : array of shape (designs, replicates, metrics)
        NaN where there is none.
    replicates : int
        After how many of them this is a look.
    """
    names = [arm.name for arm in study.arms]
    base = names.index(study.baseline)
    others = [place for place in range(len(names)) if place != base]
    found: list[Comparison] = []
    level = partial(level_at, study, replicates)
    for place, wanted in enumerate(study.wanted):
        smallest = study.study.compare.smallest_effect.get(wanted.key, 0.0)
        made = judged([values[other, :, place] for other in others], values[base, :, place], level, smallest)
        found += [
            Comparison(names[other], study.baseline, wanted.key, each, smallest)
            for other, each in zip(others, made, strict=True)
        ]
    return found


def by_group(store: Store, point: int = 0) -> list[dict[str, Any]]:
    """Return, for each group of learners, every design's mean and its difference from the baseline with an interval.

    Intervals are Student's, at the confidence of the last look: groups are looked at to describe, not to decide.
    """
    study = store.study
    held = _grouped(store, point)
    found = []
    for (kind, group, metric), designs in held.items():
        base = designs.get(study.baseline, {})
        for name in store.designs:
            own = designs.get(name, {})
            pairs = np.array([own[r] - base[r] for r in sorted(own) if r in base], float)
            made = student(pairs, level_at(study, pairs.size))
            mean = float(np.mean(list(own.values()))) if own else float("nan")
            found.append({
                "kind": kind, "group": group, "metric": metric, "design": name, "mean": mean, "pairs": pairs.size,
                "difference": made.mean, "low": made.low, "high": made.high,
            })  # fmt: skip
    return found


def _grouped(store: Store, point: int) -> dict[tuple[str, str, str], dict[str, dict[int, float]]]:
    """Return (kind, group, metric) -> design -> replicate -> value."""
    rows = store.ledger.rows(
        f"SELECT r.design, r.replicate, g.found FROM runs r JOIN grouped g USING (run_id) WHERE {quoted('point')} = ? "
        "ORDER BY r.replicate, r.design",
        (point,),
    )
    made: dict[tuple[str, str, str], dict[str, dict[int, float]]] = {}
    for design, replicate, found in rows:
        for key, value in _flat(json.loads(found)):
            made.setdefault(key, {}).setdefault(design, {})[replicate] = value
    return made


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], float]]:
    """Yield (kind, group, metric) and value of what a run kept by group."""
    for kind, groups in found.items():
        for group, values in groups.items():
            for metric, value in values.items():
                if value is not None and metric != "learners":
                    yield (kind, group, metric), float(value)
