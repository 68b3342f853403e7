"""Where a result comes from: what ran, on what, with which luck, when."""

from __future__ import annotations

import platform
import subprocess
import sys
from datetime import datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ecosim.language import text
from ecosim.model.kernel import jit_enabled, sources_hash

PACKAGES = ("numpy", "numba", "pydantic", "mesa", "pandas", "networkx", "matplotlib")
ROOT = Path(__file__).resolve().parents[2]
PACKAGE = __name__.partition(".")[0]


def own_version() -> str:
    """Return the version of ecosim."""
    return str(import_module(PACKAGE).__version__)


def versions() -> dict[str, str]:
    """Return the versions of ecosim, Python and the packages that are installed, without importing them."""
    found = {"ecosim": own_version(), "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def commit() -> dict[str, Any] | None:
    """Return the git commit of ecosim's sources and whether they differ from it, ``None`` where there is no git."""
    if not (ROOT / ".git").exists():
        return None
    try:
        lines = _git("status", "--porcelain=v2", "--branch", "--", PACKAGE).splitlines()
    except (OSError, subprocess.SubprocessError):
        return None
    found = next((line.split()[-1] for line in lines if line.startswith("# branch.oid")), "(initial)")
    changes = [line for line in lines if not line.startswith("#")]
    if found == "(initial)" or changes == [f"? {PACKAGE}/"]:  # nothing is committed, or not this package
        return None
    return {"commit": found, "dirty": bool(changes)}


def _git(*words: str) -> str:
    """Return what a git command says of the folder that holds ecosim."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), *words], capture_output=True, check=True, encoding="utf-8", errors="replace", timeout=5
    )
    return done.stdout.strip()


def provenance(loaded: Any, replicate: int, begun: datetime, seconds: float) -> dict[str, Any]:
    """Return everything that is needed to repeat a run, as plain values."""
    return {
        "versions": versions(),
        "platform": {
            "system": platform.platform(),
            "machine": platform.machine(),
            "implementation": platform.python_implementation(),
            "compiled": jit_enabled(),
        },
        "git": commit(),
        "sources": sources_hash(),
        "scenario": {"name": loaded.name, "sha256": loaded.hash(), "text": loaded.given or loaded.text()},
        "seed": loaded.scenario.seed,
        "replicate": replicate,
        "seed_rule": text("provenance.seed_rule"),
        "argv": list(sys.argv),
        "begun": begun.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }
