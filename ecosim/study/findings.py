"""What a study found, as plain tables: read from its store, written beside it, handed to Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ecosim.model.metrics.summary import plain
from ecosim.model.state import Array
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.rounds import main_points
from ecosim.study.statistics.comparison import Comparison, by_group, compared, level_at
from ecosim.study.statistics.cost import cost_of
from ecosim.study.statistics.expectations import Held, Values, held
from ecosim.study.statistics.flips import FlipMap, flip_maps
from ecosim.study.statistics.paired import paired, student
from ecosim.study.statistics.sensitivity import Index, indices
from ecosim.study.store.folder import Store

if TYPE_CHECKING:
    import pandas

JUDGED_POINTS = 64  #: up to so many points are compared as one is: by bootstrap, in the order of Holm
TAILS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Findings:
    """What a study found.

    Parameters
    ----------
    study : LoadedStudy
        The question.
    values : Values
        Every outcome: main points, and the assumption box.
    groups : list of dict
        Means and differences by group of learners (:func:`ecosim.study.statistics.comparison.by_group`).
    counts : dict
        Runs by status.
    failures : list of dict
        What is known of runs that failed.
    expected_before : bool
        Whether what is expected, what matters, and when to stop are as they were when the study was first run.
    """

    study: LoadedStudy
    values: Values
    groups: list[dict[str, Any]]
    counts: dict[str, int]
    failures: list[dict[str, Any]]
    expected_before: bool

    @property
    def replicates(self) -> int:
        """How many replicates the main points have at most."""
        return int(self.values.main.shape[2])

    @cached_property
    def comparisons(self) -> list[tuple[int, Comparison]]:
        """Point and comparison, of every design with the baseline: judged, where there are few points."""
        if len(self.study.arms) < 2 or len(self.values.main) > JUDGED_POINTS:
            return []
        found = []
        for place, point in enumerate(main_points(self.study)):
            here = self.values.main[place]
            found += [(point, each) for each in compared(self.study, here, _lived(here))]
        return found

    @cached_property
    def held(self) -> list[Held]:
        """What came of every expectation."""
        return held(self.study, self.values)

    @cached_property
    def indices(self) -> list[Index]:
        """Sensitivity indices."""
        return indices(self.study, self.values.box if self.study.box is not None else self.values.main)

    @cached_property
    def flips(self) -> list[FlipMap]:
        """Where designs change places."""
        return flip_maps(self.study, self.values.box if self.study.box is not None else self.values.main)

    @cached_property
    def costs(self) -> dict[str, dict[str, float]]:
        """Design -> what it costs."""
        return {arm.name: cost_of(arm.loaded.scenario)._asdict() for arm in self.study.arms}

    def summary_rows(self) -> list[dict[str, Any]]:
        """Return a row for each point, design and metric: how many, mean, spread, interval."""
        rows = []
        for place, point in enumerate(main_points(self.study)):
            rows += self._summary(point, self.values.main[place])
        return rows

    def _summary(self, point: int, values: Array) -> list[dict[str, Any]]:
        """Return the rows of one point."""
        level, rows = level_at(self.study, _lived(values)), []
        for number, arm in enumerate(self.study.arms):
            for place, wanted in enumerate(self.study.wanted):
                found = values[number, :, place]
                there = found[np.isfinite(found)]
                made = student(there, level)
                tails = np.quantile(there, TAILS) if there.size else [float("nan")] * len(TAILS)
                rows.append({
                    "point": point, "design": arm.name, "metric": wanted.key, "runs": int(there.size),
                    "mean": made.mean, "low": made.low, "high": made.high, "confidence": 1.0 - level,
                    "sd": float(there.std(ddof=1)) if there.size > 1 else float("nan"),
                    "q05": float(tails[0]), "median": float(tails[1]), "q95": float(tails[2]),
                })  # fmt: skip
        return rows

    def effect_rows(self) -> list[dict[str, Any]]:
        """Return a row for each point, design and metric: the paired difference from the baseline."""
        directions = {each.key: each.metric.better for each in self.study.wanted}
        if self.comparisons:
            return [{"point": point, **each.row(directions[each.metric])} for point, each in self.comparisons]
        return self._many_effects() if len(self.study.arms) > 1 else []

    def _many_effects(self) -> list[dict[str, Any]]:
        """Return the differences at very many points, with Student's intervals, each point by itself."""
        names, base = [arm.name for arm in self.study.arms], self.study.baseline
        rows: list[dict[str, Any]] = []
        for point, here in enumerate(self.values.main):
            level = level_at(self.study, _lived(here))
            for number, name in enumerate(names):
                for place, wanted in enumerate(self.study.wanted) if name != base else ():
                    made = paired(here[number, :, place], here[names.index(base), :, place])
                    found = student(made, level)
                    rows.append({
                        "point": point, "design": name, "against": base, "metric": wanted.key, "pairs": int(made.size),
                        "difference": found.mean, "low": found.low, "high": found.high, "confidence": 1.0 - level,
                    })  # fmt: skip
        return rows

    def verdicts(self) -> dict[str, Any]:
        """Return what the study says, as plain values: ``verdicts.json``."""
        directions = {each.key: each.metric.better for each in self.study.wanted}
        made: dict[str, Any] = _plain(
            {
                "study": self.study.name,
                "spec": self.study.spec(),
                "replicates": self.replicates,
                "expected_before_running": self.expected_before,
                "runs": self.counts,
                "costs": self.costs,
                "comparisons": [
                    {"point": point, **each.row(directions[each.metric])} for point, each in self.comparisons
                ],
                "expectations": [_expectation(each) for each in self.held],
                "flips": [_flip(each) for each in self.flips],
            }
        )
        return made

    def frame(self, rows: list[dict[str, Any]]) -> pandas.DataFrame:
        """Return rows as a DataFrame."""
        import pandas  # lazily: it takes a third of a second

        return pandas.DataFrame(rows)


def findings(store: Store) -> Findings:
    """Return what the runs in ``store`` say."""
    study = store.study
    main = store.all_values(main_points(study))
    box = store.box_values()
    names = ("run_id", "attempts", "error", "traceback", "settings", "worker", "design", "point", "replicate", "status")
    failures = [
        dict(zip(names, row, strict=True))
        for row in store.ledger.rows(
            "SELECT f.run_id, f.attempts, f.error, f.traceback, f.settings, f.worker, r.design, r.point, r.replicate, "
            "r.status FROM failures f JOIN runs r USING (run_id) ORDER BY r.point, r.replicate, r.design"
        )
    ]
    asked = study.registered()
    before = store.ledger.meta().get("registered", asked) == asked
    groups = by_group(store) if len(study.arms) > 1 and study.kind == "designs" else []
    return Findings(study, Values(main, box), groups, store.counts(), failures, before)


def _lived(values: Array) -> int:
    """Return how many replicates of a point have been lived, shape (designs, replicates, metrics)."""
    there = np.isfinite(values).any(axis=(0, 2))
    return int(np.flatnonzero(there).max(initial=-1)) + 1


def _expectation(each: Held) -> dict[str, Any]:
    """Return what came of an expectation as plain values."""
    said = each.expected.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    found = {
        "value": each.value,
        "low": each.low,
        "high": each.high,
        "confidence": each.confidence,
        "runs": each.runs,
    }
    box = None if each.box is None else each.box._asdict()
    return {
        "expected": said, "status": each.expected.status, "found": {**found, "word": each.word},
        "verdict": each.verdict, "box": box,
    }  # fmt: skip


def _flip(each: FlipMap) -> dict[str, Any]:
    """Return a flip map as plain values."""
    rules = [
        {**rule._asdict(), "conditions": [condition._asdict() for condition in rule.conditions]} for rule in each.rules
    ]
    return {**each._asdict(), "rules": rules}


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON can say it."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return None if value in (float("inf"), -float("inf")) else plain(value)
    return value


def write_tables(found: Findings, folder: Path) -> list[Path]:
    """Write summary, effects, groups and sensitivity as CSV, and ``verdicts.json``; return the paths."""
    tables = {
        "summary": found.summary_rows(),
        "effects": found.effect_rows(),
        "groups": found.groups,
        "sensitivity": [each._asdict() for each in found.indices],
    }
    written = []
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        if rows:
            found.frame(rows).to_csv(path, index=False, lineterminator="\n")
            written.append(path)
        else:
            path.unlink(missing_ok=True)
    path = folder / "verdicts.json"
    path.write_text(json.dumps(found.verdicts(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*written, path]
