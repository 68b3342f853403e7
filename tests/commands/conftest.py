"""The commands, called as from a shell but in this process: quick, and every exit code and stream is seen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ecosim.cli import main

ROOT = Path(__file__).parents[2]
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
SMALL = ("--set", "learners=12", "--set", "weeks=4", "--set", "design.ready_ties=3")


@dataclass(frozen=True)
class Outcome:
    """What a command returned and wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What standard output says as JSON, read strictly: no NaN, no infinity."""

        def refuse(constant: str) -> None:
            raise AssertionError(f"{constant} is no JSON")

        return json.loads(self.out, parse_constant=refuse)


Ecosim = Callable[..., Outcome]


@pytest.fixture
def ecosim(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ecosim:
    """Return a function that runs a command in an empty folder, in English unless it asks for French."""
    monkeypatch.chdir(tmp_path)
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the results folder that a module's tests begin with is kept, once one of them has made it."""
    return tmp_path_factory.mktemp("finished") / "here"


def made_once(finished: Path, make: Callable[[], Outcome]) -> Path:
    """Return the folder ``here``: what ``make`` makes there the first time, after that a copy of it."""
    here = Path("here")
    if finished.exists():
        shutil.copytree(finished, here)
    else:
        assert make().code == 0
        shutil.copytree(here, finished)
    return here


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs a command in a process of its own, in an empty folder."""

    def call(*words: str | Path, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "ecosim", *map(str, words)],
            cwd=tmp_path, env=clean_environment(**environment), capture_output=True, timeout=300,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment without a locale and with this ecosim."""
    return {name: value for name, value in os.environ.items() if name not in LOCALE} | {"PYTHONPATH": str(ROOT)} | more
