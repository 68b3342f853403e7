"""Do what a page says: type its commands, write its files, run its Python, and tell what came out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecosim.calibration.resolve import load_calibration
from ecosim.classroom.session import open_session
from ecosim.dashboard.lesson import open_lesson
from ecosim.scenario.resolve import load
from ecosim.study.plan.resolve import load_study

from .pages import ROOT, Block, lang_of, to_do

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
ENDING = "set -m; trap 'for job in $(jobs -p); do kill -- -$job 2>/dev/null || true; done' EXIT\n"
"""Jobs in the background have process groups of their own, as where a person types, and end with the block."""
SHELL = ENDING + 'set -euo pipefail\necosim() {{ "{python}" -m ecosim "$@"; }}\npython() {{ "{python}" "$@"; }}\n'
SESSION = """
import contextlib, io, json, sys, traceback
names = {"__name__": "__main__"}
for line in sys.stdin:
    said, failed = io.StringIO(), None
    with contextlib.redirect_stdout(said):
        try:
            exec(compile(json.loads(line), "<page>", "exec"), names)
        except BaseException:
            failed = traceback.format_exc()
    print(json.dumps([said.getvalue(), failed]), flush=True)
"""


class PageError(AssertionError):
    """A page does not do what it says."""


def environment(lang: str) -> dict[str, str]:
    """Return the environment of a person who speaks ``lang`` and has this ecosim."""
    kept = {name: value for name, value in os.environ.items() if name not in LOCALES}
    speaks = {"fr": "fr_FR.UTF-8", "en": "C.UTF-8"}[lang]
    return kept | {"LANG": speaks, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"}


@contextmanager
def session(folder: Path, lang: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a Python that runs one piece of code after another in ``folder``."""
    with subprocess.Popen(
        [sys.executable, "-c", SESSION], cwd=folder, env=environment(lang), text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as python:  # fmt: skip
        try:
            yield python
        finally:
            assert python.stdin is not None
            python.stdin.close()


def do(page: Path, folder: Path) -> Iterator[tuple[Block, str]]:
    """Do ``page`` in ``folder``, block by block, and yield each with what it printed (files print nothing).

    Raises
    ------
    PageError
        When a command or a script fails, or a file is no valid scenario.
    """
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    with session(folder, lang_of(page)) as python:
        for block in to_do(page):
            if block.language == "bash":
                yield block, typed(block, folder)
            elif block.name is not None:
                yield block, written(block, folder)
            elif block.language == "python":
                yield block, asked(block, python)
            else:
                yield block, laid_over(block)


def typed(block: Block, folder: Path) -> str:
    """Return what the commands of ``block`` print; the scratch folder is called ``/home/you``."""
    done = subprocess.run(
        ["bash", "-c", SHELL.format(python=sys.executable) + block.code], cwd=folder, encoding="utf-8", timeout=600,
        env=environment(lang_of(block.page)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PageError(f"{block.place}\n{block.code}\n{done.stdout}")
    return done.stdout.replace(str(folder), "/home/you")


def asked(block: Block, python: subprocess.Popen[str]) -> str:
    """Return what the Python of ``block`` prints."""
    assert python.stdin is not None
    assert python.stdout is not None
    python.stdin.write(json.dumps(block.code) + "\n")
    python.stdin.flush()
    said, failed = json.loads(python.stdout.readline())
    if failed:
        raise PageError(f"{block.place}\n{block.code}\n{said}\n{failed}")
    return str(said)


def written(block: Block, folder: Path) -> str:
    """Write the file that ``block`` is; a scenario or a study must be valid without a warning."""
    assert block.name is not None
    path = folder / block.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.code, encoding="utf-8")
    if "kind: scenario" in block.code and (warnings := load(path, metrics=None).warnings):
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    if "kind: calibration" in block.code and (warnings := load_calibration(path).study.warnings):
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    if "kind: lesson" in block.code and (warnings := open_lesson(path).warnings):
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    if "kind: session" in block.code and (warnings := open_session(path).warnings):
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    if "kind: study" in block.code and (warnings := load_study(path).warnings):
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    return ""


STUDY = {
    "scenario": "preset:community-of-practice",
    "metrics": "[retention, autonomy, participation, apprenance, skill_gain]",
    "designs": "{free: {design: {choice: 0.9}}, set: {design: {choice: 0.2}}}",
}
"""What a part of a study is laid over."""


def laid_over(block: Block) -> str:
    """Check a part of a scenario or of a study; it must be valid without a warning."""
    if "part" not in block.options:
        raise PageError(f"{block.place}: the first line names the file, or the block is a part")
    if "study" in block.options:
        rest = "".join(f"{key}: {value}\n" for key, value in STUDY.items() if f"\n{key}:" not in "\n" + block.code)
        if warnings := load_study(("ecosim: 1\nkind: study\n" + rest + block.code).encode()).warnings:
            raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
        return ""
    head = "ecosim: 1\nkind: scenario\n" + (
        "" if "extends:" in block.code else "extends: preset:community-of-practice\n"
    )
    if warnings := load((head + block.code).encode(), metrics=None).warnings:
        raise PageError(f"{block.place}: {[each.say() for each in warnings]}")
    return ""
