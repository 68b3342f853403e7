"""What the README and the reference tell people to type works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ecosim.scenario.resolve import load
from tests.commands.conftest import ROOT, clean_environment

BLOCK = re.compile(r"^```(\w+)( run)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = 'set -euo pipefail\necosim() {{ "{python}" -m ecosim "$@"; }}\n'


def blocks(page: str) -> list[tuple[str, bool, str]]:
    """Return the code of ``page``: language, whether it is marked to be run, text."""
    found = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    return [(language, bool(run), code) for language, run, code in found]


def to_run(page: str) -> list[tuple[str, str]]:
    """Return the blocks of ``page`` that are marked to be run."""
    return [(language, code) for language, run, code in blocks(page) if run]


def test_there_is_something_to_run() -> None:
    assert [language for language, _ in to_run("README.md")] == ["bash", "python", "bash"]
    assert [language for language, _ in to_run("docs/commands.md")] == [
        *("yaml", "bash", "python", "bash", "csv", "csv", "yaml", "bash", "bash")
    ]


@pytest.mark.parametrize(("language", "code"), to_run("README.md"))
def test_the_readme_runs(tmp_path: Path, language: str, code: str) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    run(code, language, tmp_path)


def test_the_reference_runs(tmp_path: Path) -> None:
    for language, code in to_run("docs/commands.md"):
        named = re.match(r"# (\S+)\n", code)
        if language in ("python", "yaml", "csv"):
            assert named, f"the first line names the file:\n{code}"
            (tmp_path / named[1]).write_text(code, encoding="utf-8")
        else:
            run(code, language, tmp_path)


def run(code: str, language: str, folder: Path) -> None:
    """Run a block of code in ``folder``."""
    command = (
        ["bash", "-c", SHELL.format(python=sys.executable) + code]
        if language == "bash"
        else [sys.executable, "-c", code]
    )
    environment = clean_environment(MPLBACKEND="Agg")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"


def test_the_scenario_of_the_readme_is_valid_without_a_warning() -> None:
    ((_, _, code),) = [block for block in blocks("README.md") if block[0] == "yaml"]
    loaded = load(code.encode(), metrics=None)
    assert loaded.warnings == []
    assert loaded.scenario.learners == 120


def test_make_has_the_targets_that_pages_name() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        named = set(re.findall(r"\bmake ([a-z][a-z-]*)", (ROOT / page).read_text(encoding="utf-8")))
        assert named <= targets, page
    assert {"demo", "test", "test-all", "lint", "bench", "clean", "help"} == targets


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
