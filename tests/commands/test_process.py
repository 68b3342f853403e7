"""The command as a process: streams, exit codes, the locale, and what it must not import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, SMALL, Outcome, clean_environment

Shell = Callable[..., Outcome]
RUN = ("run", "preset:community-of-practice", *SMALL)
PLAIN = {"ECOSIM_JIT": "0"}  # small runs need no compiler, and it is none of these tests' business
HEAVY = {"matplotlib", "mesa", "networkx", "numba", "pandas", "rich", "scipy", "solara"}
MODULES = """
import sys
from ecosim.cli import main
code = main(sys.argv[1:])
print("MODULES", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def imported(tmp_path: Path, *words: str, **environment: str) -> set[str]:
    """Return the packages that a command imports."""
    done = subprocess.run(
        [sys.executable, "-c", MODULES, *words],
        cwd=tmp_path, env=clean_environment(**environment), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("MODULES "))
    return set(line.split())


@pytest.mark.parametrize(
    "words",
    [["--help"], ["run", "--help"], ["rum"], ["run", "x", "--sed"], ["run", "x", "--seed", "y"], ["--version"]],
)
def test_help_and_misuse_import_next_to_nothing(tmp_path: Path, words: list[str]) -> None:
    assert not imported(tmp_path, *words) & (HEAVY | {"numpy", "yaml"})


@pytest.mark.parametrize(
    "words",
    [
        ["validate", str(ROOT / "scenarios" / "campus.yaml")],
        ["run", "missing.yaml"],
        ["run", "preset:cmooc", "--set", "weeks=0"],
        ["list"],
        ["list", "metrics"],
        ["explain", "retention"],
        ["schema"],
        ["new"],
    ],
)
def test_only_what_runs_imports_heavy_packages(tmp_path: Path, words: list[str]) -> None:
    assert not imported(tmp_path, *words) & HEAVY


def test_a_run_without_figures_imports_only_the_compiler(tmp_path: Path) -> None:
    found = imported(tmp_path, *RUN, "--no-figures", **PLAIN)
    assert not found & (HEAVY - {"numba", "scipy"})


def test_results_and_talk_do_not_mix(shell: Shell) -> None:
    done = shell(*RUN, "--json", "--no-figures", "--set", "design.hazard=0.9", **PLAIN)
    assert done.code == 0
    assert "retention" in done.json
    assert "warning: " in done.err
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["run", "preset:nothing-like-it"], 2),
        (["run", "missing.yaml"], 3),
        ([*RUN, "--out", "file"], 74),
        ([*RUN, "--out", "full"], 6),
    ],
)
def test_exit_codes(shell: Shell, tmp_path: Path, words: list[str], code: int) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    done = shell(*words, **PLAIN)
    assert done.code == code
    assert "Traceback" not in done.err
    assert done.err.count("\n") == (code > 0)


@pytest.mark.parametrize(
    ("environment", "french"),
    [
        ({}, False),
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "fr"}, True),
        ({"LC_ALL": "fr_CA.utf8"}, True),
        ({"LC_MESSAGES": "fr_BE.UTF-8", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, False),
        ({"LC_ALL": "fr_FR", "PYTHONIOENCODING": "ascii"}, True),
        ({"LC_ALL": "fr_FR", "PYTHONIOENCODING": "latin-1"}, True),
    ],
)
def test_the_locale_decides_installed_or_not(tmp_path: Path, environment: dict[str, str], french: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ecosim", *RUN, "--no-figures"],
        cwd=tmp_path, env=clean_environment(**environment, **PLAIN), capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))
    assert ("Une communaut" in said) == french
    assert ("A community of practice" in said) != french


def test_who_has_read_enough_may_leave(tmp_path: Path) -> None:
    line = f'set -o pipefail; "{sys.executable}" -m ecosim schema | head -c 10'
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, timeout=60
    )
    assert done.stderr == ""
    assert done.returncode in (0, 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_to_a_full_disk(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ecosim", "schema"],
            cwd=tmp_path, env=clean_environment(), stdout=full, stderr=subprocess.PIPE, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == 74
    assert done.stderr == "ecosim: the disk is full\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_interrupted_in_the_midst(tmp_path: Path) -> None:
    words = ("run", "preset:cmooc", "--set", "learners=2000", "--set", "weeks=5000", "--out", "here", "--no-figures")
    (tmp_path / "ready.py").write_text("import sys; print('ready', file=sys.stderr, flush=True)\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "ecosim", *words, "--plugin", "ready.py"],
        cwd=tmp_path, env=clean_environment(**PLAIN), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite run in the background ignores it
    )  # fmt: skip
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        assert "ready" in first, first
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "To start again: ecosim run preset:cmooc" in err
    assert out == ""
    assert {each.name for each in tmp_path.iterdir()} == {"ready.py"}
