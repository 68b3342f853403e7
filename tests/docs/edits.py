"""Do the edits that a page shows, in a copy of the repository, and then what the page says to type."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from .execute import SHELL, PageError, environment
from .pages import ROOT, Block, blocks

LEFT = shutil.ignore_patterns(".git", ".venv", "results", ".*_cache", ".hypothesis", "__pycache__")
FILE, BREAK, REST = "--- ", "@@", "..."


def copied(folder: Path) -> Path:
    """Return a copy of the repository in ``folder``."""
    return Path(shutil.copytree(ROOT, folder / "copy", ignore=LEFT))


def follow(page: Path, copy: Path) -> None:
    """Do all that ``page`` shows, in ``copy``: make files, edit files, type commands.

    Raises
    ------
    PageError
        When an edit does not fit the source as it is, or a command fails.
    """
    for block in blocks(page):
        if not block.skipped:
            do_block(block, copy)


def do_block(block: Block, copy: Path) -> None:
    """Do what one block shows, in ``copy``."""
    if block.language == "diff":
        edit(block, copy)
    elif block.language == "bash":
        type_in(block, copy)
    elif block.name is not None:
        path = copy / block.name
        if path.exists():
            raise PageError(f"{block.place}: {block.name} is there already")
        path.write_text(without_name(block.code), encoding="utf-8")


def without_name(code: str) -> str:
    """Return the file that a block is: what comes after the line with its name."""
    return code.split("\n", 1)[1]


def edit(block: Block, copy: Path) -> None:
    """Make the edits of a ``diff`` block.

    ``--- path`` begins a file, ``@@`` another place in it. Lines that begin with a blank or a minus must stand there in
    this order, and nowhere else; what begins with a plus is put in, and what begins with a minus is taken away. A line
    that ends in ``...`` stands for every line that begins so.
    """
    for part in ("\n" + block.code).split("\n" + FILE)[1:]:
        name, _, rest = part.partition("\n")
        path = copy / name.strip()
        lines = path.read_text(encoding="utf-8").split("\n")
        for hunk in rest.split(f"\n{BREAK}\n"):
            lines = changed(lines, hunk.rstrip("\n").split("\n"), f"{block.place}: {name}")
        path.write_text("\n".join(lines), encoding="utf-8")


def changed(lines: list[str], hunk: list[str], place: str) -> list[str]:
    """Return ``lines`` after one edit."""
    old = [line[1:] for line in hunk if not line.startswith("+")]
    found = [
        k for k in range(len(lines) - len(old) + 1)
        if all(fits(wanted, real) for wanted, real in zip(old, lines[k : k + len(old)], strict=True))
    ]  # fmt: skip
    if len(found) != 1:
        raise PageError(f"{place}: found {len(found)} times, not once:\n" + "\n".join(old))
    at, made = found[0], []
    for line in hunk:
        if line.startswith("+"):
            made.append(line[1:])
            continue
        if not line.startswith("-"):
            made.append(lines[at])
        at += 1
    return lines[: found[0]] + made + lines[at:]


def fits(wanted: str, real: str) -> bool:
    """Tell whether ``real`` is the line that a page shows, or begins as it does."""
    return real == wanted or (wanted.endswith(REST) and real.startswith(wanted.removesuffix(REST).rstrip()))


def type_in(block: Block, copy: Path) -> None:
    """Run the commands of ``block`` with the ecosim of ``copy``."""
    done = subprocess.run(
        ["bash", "-c", SHELL.format(python=sys.executable) + block.code], cwd=copy, encoding="utf-8", timeout=900,
        env=environment("en") | {"PYTHONPATH": str(copy), "ECOSIM_CACHE_DIR": str(copy / "cache")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise PageError(f"{block.place}\n{block.code}\n{done.stdout}")
