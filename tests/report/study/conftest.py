"""Small studies that the tests of their reports share; each is swept once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecosim.report.study import write_study_report
from ecosim.report.study.shown import Shown, shown_of
from ecosim.study.findings import Findings, findings
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.statistics.expectations import Values
from ecosim.study.sweep import How, swept

BASE: dict[str, Any] = {
    "ecosim": 1, "kind": "study", "title": {"en": "Company", "fr": "La compagnie"},
    "question": {"en": "Does company keep people?", "fr": "La compagnie retient-elle ?"},
    "scenario": "preset:community-of-practice", "metrics": ["retention", "skill_gain"],
}  # fmt: skip
PAIR: dict[str, Any] = {
    "free": {},
    "alone": {
        "title": {"en": "Alone", "fr": "Seul"},
        "events": [{"week": 0, "do": "alone"}],
        "design": {"choice": 0.4},
    },
}
VARY = {"context.staying.h_W": {"min": 1, "max": 5}, "context.response.reply": {"min": 0.2, "max": 0.8}}
LEVER = {"design.facilitation": {"min": 0, "max": 1}, "context.staying.h_L": {"min": 0.5, "max": 3}}
EXPECT = [
    {"metric": "retention", "of": "alone", "against": "free", "direction": "lower", "why": {"en": "E", "fr": "F"}},
    {"metric": "retention", "of": "free", "above": 0.1, "status": "built_in"},
    {"metric": "mean_flow", "contrast": {"free": 1, "alone": -1}, "direction": "open"},
]
STUDIES: dict[str, dict[str, Any]] = {
    "designs": {
        "designs": PAIR, "vary": VARY, "method": {"kind": "designs", "robustness": {"samples": 24, "replicates": 2}},
        "replicates": {"min": 6, "max": 12}, "compare": {"smallest_effect": {"retention": 0.02}}, "expect": EXPECT,
        "run": {"series": "weekly"},
    },
    "grid": {
        "designs": PAIR, "vary": {path: {**each, "steps": 5} for path, each in VARY.items()},
        "method": {"kind": "grid"}, "replicates": 2,
        "expect": [
            {"metric": "retention", "interaction": ["design", "context.staying.h_W"], "above": 0.05},
            {"metric": "retention", "of": "free", "rises_with": "mean_flow", "direction": "higher"},
        ],
    },
    "levels": {
        "vary": {"context.network.kind": {"levels": ["small_world", "random"]}}, "method": {"kind": "grid"},
        "replicates": 3,
    },
    "list": {
        "method": {"kind": "list", "points": [{"design.choice": each} for each in (0.1, 0.5, 0.9)]}, "replicates": 3,
    },
    "lhs": {"vary": VARY, "method": {"kind": "lhs", "samples": 12}, "replicates": 2},
    "sobol": {"vary": {**VARY, **LEVER}, "method": {"kind": "sobol", "base": 8}, "replicates": 2},
    "morris": {
        "vary": {**VARY, **LEVER}, "method": {"kind": "morris", "trajectories": 4, "levels": 8}, "replicates": 2,
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shown]:
    """Return what gives the findings of a small study by its method."""

    @cache
    def made(name: str) -> Shown:
        study = load_study({**BASE, **STUDIES[name]}, set={"weeks": 6, "learners": 40})
        found: list[Shown] = []
        folder = tmp_path_factory.mktemp(name) / "out"
        swept(study, folder, How(workers=1), lambda store: found.append(shown_of(store, findings(store))))
        return found[0]

    return made


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a study with its report in French."""
    study = load_study({**BASE, "designs": PAIR, "replicates": 4}, set={"weeks": 6, "learners": 40})
    place = tmp_path_factory.mktemp("report") / "out"
    swept(study, place, How(workers=1), lambda store: _report(store, "fr"))
    return place


def _report(store: Any, lang: str) -> None:
    for path in write_study_report(store, findings(store), lang):
        assert path.stat().st_size > 5_000


def pair_study(**more: Any) -> LoadedStudy:
    """Return a study of two designs."""
    return load_study({**BASE, "designs": PAIR, "replicates": 20, **more}, set={"weeks": 6, "learners": 40})


def made_up(study: LoadedStudy, difference: float, spread: float = 0.01, **more: Any) -> Findings:
    """Return findings in which the second design differs from the first by about so much on every metric."""
    luck = np.random.default_rng(1).normal(size=(20, len(study.wanted)))
    base = 0.5 + 0.05 * luck
    noise = np.random.default_rng(2).normal(size=base.shape)
    noise = (noise - noise.mean(axis=0)) / noise.std(axis=0)
    main = np.stack([base, base + difference + spread * noise])[None]
    given = {"groups": [], "counts": {"done": 40}, "failures": [], "expected_before": True, **more}
    return Findings(study, Values(main, np.empty((0, 2, 0, len(study.wanted)))), **given)
