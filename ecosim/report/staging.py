"""A folder that appears whole or not at all, and never takes the place of anything else."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ecosim.errors import REFUSALS, FolderInUse, StorageError

PROVENANCE = "provenance.json"


def check_place(place: Path, identity: Mapping[str, Any]) -> None:
    """Refuse a ``place`` that cannot become the folder of these results; ask before a long run, not after it.

    Parameters
    ----------
    place : Path
        Missing, empty, or holding results of the same ``identity``.
    identity : mapping of dotted path -> value
        What the provenance of the same results says.

    Raises
    ------
    FolderInUse
        When it holds something else.
    StorageError
        When it cannot be written.
    """
    with _explained(place):
        _check_content(place, identity)
        above = next(each for each in (*place.parents, Path("/")) if each.exists())
        if not above.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(above, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextmanager
def staged(place: Path, identity: Mapping[str, Any], ours: frozenset[str]) -> Iterator[Path]:
    """Yield an empty folder that takes its place at the end, or vanishes when anything fails.

    Parameters
    ----------
    place : Path
        As for :func:`check_place`.
    identity : mapping of dotted path -> value
        As for :func:`check_place`.
    ours : frozenset of str
        Names that results may have; whatever else lies in a folder that is replaced is the user's and stays.

    Raises
    ------
    FolderInUse, StorageError
        As :func:`check_place`; ``place`` is then as it was.
    """
    check_place(place, identity)
    with _explained(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        staging = _fresh(place)
        try:
            yield staging
            _to_disk(staging)
            _exchange(staging, place, ours)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    """Turn what the system says into what the user can do about it."""
    try:
        yield
    except OSError as error:
        key = REFUSALS.get(error.errno or 0, "refused")
        reason = error.strerror or type(error).__name__
        raise StorageError(f"errors.storage.{key}", folder=place, reason=reason) from error


def _check_content(place: Path, identity: Mapping[str, Any]) -> None:
    """Refuse a ``place`` with anything in it but results of the same ``identity``."""
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return
    if not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    try:
        held = json.loads((place / PROVENANCE).read_text(encoding="utf-8"))
        same = all(_at(held, path) == value for path, value in identity.items())
    except (FileNotFoundError, IsADirectoryError, ValueError, LookupError, TypeError):
        raise FolderInUse("errors.folder.other_files", folder=place) from None
    if not same:
        raise FolderInUse("errors.folder.other_spec", folder=place)


def _at(held: Any, path: str) -> Any:
    """Return what stands at the dotted ``path``."""
    for part in path.split("."):
        held = held[part]
    return held


def _fresh(place: Path) -> Path:
    """Make and return a hidden folder beside ``place``, with the rights that new folders have."""
    staging = place.parent / f".ecosim-{secrets.token_hex(6)}"
    staging.mkdir()
    return staging


def _to_disk(folder: Path) -> None:
    """Make sure that everything in ``folder`` is on the disk, the names of its files included."""
    if os.name == "nt":  # there, folders cannot be opened
        return
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(staging: Path, place: Path, ours: frozenset[str]) -> None:
    """Put ``staging`` where ``place`` is; the user's own files that lay there come along."""
    if not place.exists():
        staging.rename(place)
        return
    old = _fresh(place)
    try:
        place.rename(old / "old")
        try:
            staging.rename(place)
        except OSError:
            (old / "old").rename(place)
            raise
        for own in [each for each in (old / "old").iterdir() if each.name not in ours]:
            own.rename(place / own.name)
    finally:
        shutil.rmtree(old, ignore_errors=True)
