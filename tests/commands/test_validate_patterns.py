"""``validate --patterns``: a table or JSON, exit code 5 for a miss or a trivial world that passes, no surprise else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ecosim.evidence import scoreboard
from ecosim.evidence.cohorts import source_of
from ecosim.evidence.living import World
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.scoreboard import Score, score
from tests.commands.conftest import Ecosim

Asked = list[tuple[Any, ...]]


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Asked]:
    """Return a function that makes the scoreboard say something, and tells what it was asked."""

    def pretend(*scores: Score) -> Asked:
        asked: Asked = []
        monkeypatch.setattr(scoreboard, "scored", lambda *given: (asked.append(given), list(scores))[1])
        return asked

    return pretend


def made(name: str, value: float, null_passes: bool | None = None) -> Score:
    """Return the score of a pattern of which every number has one value."""
    pattern = PATTERNS[name]
    worlds = [World(source_of(cohort)) for cohort in pattern.cohorts]
    lives = {world: dict.fromkeys(pattern.metrics, np.full(3, value)) for world in worlds}
    found = score(pattern, worlds, lives)
    return replace(found, null=found.value, null_passes=null_passes) if null_passes is not None else found


def test_one_cohort_is_lived_and_told(ecosim: Ecosim) -> None:
    done = ecosim("validate", "--patterns", "flow-diary", "--replicates", "2", "--workers", "1", "--nulls", "--json")
    assert done.code == 0
    (told,) = done.json["patterns"]
    assert (told["id"], told["passed"], told["null_passes"]) == ("A24", True, False)
    assert len(told["value"]) == len(told["band"]) == len(told["null_value"]) == 4
    assert done.err == ""


def test_settings_count_and_a_miss_is_exit_code_5(ecosim: Ecosim) -> None:
    words = ["flow-diary", "--replicates", "2", "--workers", "1", "--set", "context.flow.mood_sd=0", "--seed", "5"]
    done = ecosim("validate", "--patterns", *words)
    assert done.code == 5
    assert done.out.startswith("A24  ")
    assert "misses" in done.out.splitlines()[0]
    assert done.out.endswith("Patterns shown: 0 of 1.\n")


def test_a_table_tells_value_band_and_verdict(ecosim: Ecosim, pretended: Callable[..., Asked]) -> None:
    asked = pretended(made("A4", 0.79), made("A5", 0.9), made("A24", 0.3))
    done = ecosim("validate", "--patterns", "--replicates", "4", "--workers", "3")
    assert done.code == 5
    lines = done.out.splitlines()
    assert lines[0].split() == ["A4", "Who", "is", "active", "goes", "on", "0.790", "0.76", "to", "0.82", "ok"]
    assert lines[1].split()[-1] == "misses"
    assert lines[2].startswith("A24") and lines[3].startswith("       ")
    assert lines[-1] == "Patterns shown: 1 of 3."
    (given,) = asked
    assert given[:4] == ([], 4, 3, False) and given[5] == {}


def test_a_trivial_world_that_passes_is_a_failure(ecosim: Ecosim, pretended: Callable[..., Asked]) -> None:
    pretended(made("A4", 0.79, null_passes=True), made("A5", 0.27, null_passes=False))
    done = ecosim("validate", "--patterns", "--nulls")
    assert done.code == 5
    assert "a trivial world shows it" in done.out
    assert done.out.endswith("Patterns shown: 2 of 2.\nTrivial worlds that show theirs: 1 of 2.\n")
    pretended(made("A4", 0.79, null_passes=False))
    assert ecosim("validate", "--patterns", "--nulls").code == 0


def test_french(ecosim: Ecosim, pretended: Callable[..., Asked]) -> None:
    pretended(made("A4", 0.79))
    done = ecosim("validate", "--patterns", "--lang", "fr")
    assert done.out.split("\n")[0].split() == [
        "A4",
        "Qui",
        "est",
        "actif",
        "continue",
        "0,790",
        "0,76",
        "à",
        "0,82",
        "ok",
    ]
    assert "Régularités montrées\u00a0: 1 sur 1." in done.out


def test_cohorts_go_by_their_name_and_presets_and_files_as_they_are(
    ecosim: Ecosim, pretended: Callable[..., Asked]
) -> None:
    asked = pretended(made("A4", 0.79))
    ecosim("validate", "--patterns", "oulad-bbb2013b", "preset:cmooc", "mine.yaml", "--seed", "9")
    assert asked[0][0] == [source_of("oulad-bbb2013b"), "preset:cmooc", "mine.yaml"]
    assert asked[0][5] == {"seed": 9}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "SCENARIO is missing"),
        (["preset:cmooc", "--nulls"], 2, "--nulls goes with --patterns"),
        (["preset:cmooc", "--replicates", "4"], 2, "--replicates goes with --patterns"),
        (["--patterns", "--replicates", "1"], 2, "--replicates is a whole number from 2"),
        (["--patterns", "--workers", "0"], 2, "--workers is a whole number from 1"),
        (
            ["--patterns", "oulad-bbb2013c"],
            3,
            "there is no calibrated cohort oulad-bbb2013c; did you mean",
        ),
        (["--patterns", "missing.yaml"], 3, "missing.yaml: this file does not exist"),
    ],
)
def test_misuse(ecosim: Ecosim, words: list[str], code: int, message: str) -> None:
    done = ecosim("validate", *words)
    assert done.code == code
    assert message in done.err
    assert done.out == ""


def test_files_are_checked_as_before(ecosim: Ecosim) -> None:
    done = ecosim("validate", "preset:cmooc")
    assert (done.code, done.out) == (0, "preset:cmooc: valid\n")
