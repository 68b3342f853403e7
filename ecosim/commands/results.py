"""The folder of results: it appears whole or not at all, and never replaces anything else."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ecosim.commands.failure import storage_error
from ecosim.errors import FolderInUse

PROVENANCE = "provenance.json"
#: What a run may leave in its folder; all else there is the user's own and is kept.
OURS = frozenset(
    {
        PROVENANCE, "scenario.yaml", "resolved.yaml", "summary.json", "weekly.csv", "learners.csv", "learners.parquet",
        "network.graphml", "network.parquet", "figures", "report.html", "edges.csv", "observed.csv",
    }
)  # fmt: skip


@contextmanager
def results_folder(place: Path, identity: Mapping[str, Any]) -> Iterator[Path]:
    """Yield an empty folder that becomes ``place`` at the end, or vanishes when something fails.

    Parameters
    ----------
    place : Path
        May exist when it is empty or holds the results of the same run.
    identity : mapping
        What the provenance of the same run says.

    Raises
    ------
    FolderInUse
        When ``place`` holds something else.
    StorageError
        When it cannot be written; nothing is left behind then.
    """
    staging = None
    try:
        _check(place, identity)
        place.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        staging.chmod(0o777 & ~_umask())
        yield staging
        _exchange(staging, place)
    except OSError as error:
        raise storage_error(error, place) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def _check(place: Path, identity: Mapping[str, Any]) -> None:
    """Refuse a folder that holds anything but the results of the same run."""
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    if not place.is_dir():
        raise FileExistsError(17, "File exists", str(place))
    try:
        held = json.loads((place / PROVENANCE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise FolderInUse("errors.folder.other_files", folder=place) from None
    if any(held.get(key) != value for key, value in identity.items()):
        raise FolderInUse("errors.folder.other_spec", folder=place)


def _exchange(staging: Path, place: Path) -> None:
    """Put ``staging`` where ``place`` is, with the user's own files that lay there."""
    if not place.exists():
        staging.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    place.rename(old / place.name)
    try:
        staging.rename(place)
    except OSError:
        (old / place.name).rename(place)
        raise
    finally:
        for own in (each for each in (old / place.name).glob("*") if each.name not in OURS):
            own.rename(place / own.name)
        shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    """Return the mask of rights that new files get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
