"""What is kept of an experiment's results: verdicts, means, and one run of each design to the last bit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from ecosim.report.experiments.places import Place
from ecosim.study.findings import Findings
from ecosim.study.plan.loaded import Arm, LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.rounds import main_points
from ecosim.study.runner.live import lived, measured
from ecosim.study.statistics.expectations import Box, Held, Values

DIGITS = 6  #: significant digits of what is kept, but for the probe
MOST_TOLD = 16  #: points of which means are kept
TOLD = ("point", "design", "metric", "runs", "mean", "low", "high", "confidence", "sd")

Probe = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Kept:
    """An experiment as its small file tells it.

    Parameters
    ----------
    place : Place
        Where it is.
    found : Findings
        Study and counts, without the runs themselves.
    held : list of Held
        What came of every expectation.
    means : list of dict
        Point, design, metric, mean and interval; empty where there are too many points.
    replicates : int
        How often each design was run.
    """

    place: Place
    found: Findings
    held: list[Held]
    means: list[dict[str, Any]]
    replicates: int

    @property
    def study(self) -> LoadedStudy:
        """Its study."""
        return self.found.study


def small(found: Findings, place: Place) -> dict[str, Any]:
    """Return what is kept of ``found``, as plain values."""
    whole = found.verdicts()
    told = found.summary_rows() if len(main_points(found.study)) <= MOST_TOLD else []
    return {
        "study": place.name,
        "study_sha256": fingerprint(place),
        "replicates": whole["replicates"],
        "expected_before_running": whole["expected_before_running"],
        "runs": whole["runs"],
        "expectations": _rounded([
            {name: each[name] for name in ("status", "found", "verdict", "box")} for each in whole["expectations"]
        ]),
        "means": _rounded([{name: row[name] for name in TOLD} for row in told]),
        "probe": probe_of(found),
    }  # fmt: skip


def fingerprint(place: Place) -> str:
    """Return the SHA-256 of the bytes of a study."""
    return sha256(place.study.read_bytes()).hexdigest()


def probe_of(found: Findings) -> Probe:
    """Return the metrics of the first replicate of every design at the first point, exactly."""
    first = found.values.main[0, :, 0, :]
    keys = [each.key for each in found.study.wanted]
    return {
        arm.name: {key: _number(value) for key, value in zip(keys, row, strict=True)}
        for arm, row in zip(found.study.arms, first, strict=True)
    }


def probe_anew(study: LoadedStudy, arm: Arm) -> dict[str, float | None]:
    """Live the first replicate of a design at the first point, and return its metrics."""
    loaded = arm.recipe.loaded(study.points.settings(0))
    values = measured(lived(loaded, 0), study.wanted, loaded)
    return {wanted.key: value for wanted, value in zip(study.wanted, values, strict=True)}


def write(kept: dict[str, Any], place: Place) -> None:
    """Write the small file of an experiment."""
    place.verdicts.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(place: Place) -> Kept:
    """Return an experiment as its study and its small file tell it."""
    study = load_study(place.study)
    plain = json.loads(place.verdicts.read_text(encoding="utf-8"))
    shape = (0, len(study.arms), 0, len(study.wanted))
    none = Values(np.empty(shape), np.empty(shape))
    found = Findings(study, none, [], plain["runs"], [], plain["expected_before_running"])
    held = [_held(study, number, each) for number, each in enumerate(plain["expectations"])]
    return Kept(place, found, held, plain["means"], plain["replicates"])


def _held(study: LoadedStudy, number: int, plain: dict[str, Any]) -> Held:
    """Return an expectation and what is kept of it."""
    found = plain["found"]
    box: dict[str, Any] = {name: _float(each) if each is None else each for name, each in (plain["box"] or {}).items()}
    value, low, high, confidence = (_float(found[name]) for name in ("value", "low", "high", "confidence"))
    return Held(
        study.study.expect[number], value, low, high, confidence, found["runs"], found["word"], plain["verdict"],
        Box(**box) if box else None,
    )  # fmt: skip


def _float(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _number(value: Any) -> float | None:
    """Return a value as JSON says it, ``None`` for not-a-number."""
    return None if value != value else float(value)


def _rounded(value: Any) -> Any:
    """Return plain values with their numbers rounded."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    if not isinstance(value, float):
        return value
    return _number(float(f"{value:.{DIGITS}g}"))
