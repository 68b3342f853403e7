"""Bits: the same with the compiler on or off, in one process or two, today and when they were recorded.

When a recorded digest or baseline moves, either something broke or the model was changed on purpose. In the second case
``python -m tests.model.record_digests`` records the new ones and says which moved; the changelog says why.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from .record_digests import BASELINES, DIGESTS, SCENARIOS, SMALL, baseline, digest

ROOT = Path(__file__).parents[2]
RECORDED: dict[str, str] = json.loads(DIGESTS.read_text(encoding="utf-8"))
BASELINE: dict[str, dict[str, Any]] = json.loads(BASELINES.read_text(encoding="utf-8"))
HOW = "moved on purpose? record it: python -m tests.model.record_digests, and say why in the changelog"


@pytest.mark.parametrize("name", SMALL)
def test_a_recorded_digest_stands(name: str) -> None:
    """Every Python and every processor that runs the tests gives the bits that were recorded."""
    assert digest(name) == RECORDED[name], HOW


def test_digests_are_recorded_of_what_there_is() -> None:
    assert set(RECORDED) == set(SMALL), HOW
    assert len(set(RECORDED.values())) == len(RECORDED)
    assert set(BASELINE) == {path.stem for path in SCENARIOS}, HOW


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_recorded_baseline_stands(path: Path) -> None:
    """Every run value of every scenario file, to the last digits (sums of metrics may be taken in another order)."""
    now, then = baseline(path), BASELINE[path.stem]
    assert {name for name, value in now.items() if value is None} == {n for n, value in then.items() if value is None}
    undefined = math.nan
    now, then = ({name: undefined if v is None else v for name, v in each.items()} for each in (now, then))
    assert now == pytest.approx(then, rel=1e-12, abs=1e-15, nan_ok=True), HOW


def test_the_compiler_changes_no_bit() -> None:
    """The same kernels as plain Python: an oracle of the compiler, for everything that can happen."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.model.record_digests", "--print"],
        cwd=ROOT,
        env=os.environ | {"ECOSIM_JIT": "0", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert json.loads(told.stdout) == {name: digest(name) for name in SMALL}


def test_processes_change_no_bit() -> None:
    """Two processes, each some of the runs in another order, give what one gives."""
    names = sorted(SMALL)[:6]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        side_by_side = dict(zip(reversed(names), pool.map(digest, reversed(names)), strict=True))
    assert side_by_side == {name: digest(name) for name in names}
