"""Opening a results folder: one coordinator writes to it at a time, anybody reads it while it grows."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ecosim.errors import FolderInUse, InvalidFile, Problem
from ecosim.model.provenance import commit, versions
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.store.folder import Store, explained
from ecosim.study.store.ledger import LEDGER, SCHEMA

LOCK, PROVENANCE = ".lock", "provenance.json"
RESOLVED = "resolved.yaml"


@contextmanager
def opened(folder: Path, study: LoadedStudy, code: str, argv: Sequence[str] = ()) -> Iterator[Store]:
    """Yield the results folder of a study, which nobody else may write to meanwhile.

    Raises
    ------
    FolderInUse
        When another coordinator has it, or it belongs to another study, another version, other files.
    StorageError
        When it cannot be written.
    """
    from filelock import FileLock, Timeout  # lazily: only sweeps need it

    _prepare(folder)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FolderInUse("errors.folder.in_use", folder=folder, holder=_holder(folder)) from None
    try:
        (folder / f"{LOCK}.by").write_text(f"{socket.gethostname()} {os.getpid()}", encoding="utf-8")
        with explained(folder):
            store = Store(folder, study, code)
        try:
            _check(store)
            store.series.tidy()
            _write_about(store, argv)
            yield store
        finally:
            store.close()
    finally:
        (folder / f"{LOCK}.by").unlink(missing_ok=True)
        lock.release()


def _prepare(folder: Path) -> None:
    """Make the folder, or refuse one that holds other files."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        found = {each.name for each in folder.iterdir()} - {LOCK, f"{LOCK}.by"}
    if found and LEDGER not in found:
        raise FolderInUse("errors.folder.other_files", folder=folder)


def _holder(folder: Path) -> str:
    """Return who has the folder."""
    try:
        host, pid = (folder / f"{LOCK}.by").read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return "?"
    return f"{host}, {pid}"


def _check(store: Store) -> None:
    """Refuse a folder of another study, of another version of the model, or with other tables."""
    held = store.ledger.meta()
    facts = {"spec": store.study.spec(), "code": store.code}
    if "spec" not in held:
        store.ledger.set_meta({**facts, "registered": store.study.registered(), "begun": _now()})
        return
    if held.get("schema") != str(SCHEMA):
        raise FolderInUse("errors.folder.schema", folder=store.folder, held=held.get("schema", "?"), now=SCHEMA)
    for name, value in facts.items():
        if held.get(name) != value:
            said = {"held": held.get(name, "?")[:24], "now": value[:24], "study": _name_in(store.folder)}
            raise FolderInUse(f"errors.folder.{name}", folder=store.folder, **said)


def _name_in(folder: Path) -> str:
    """Return the name of the study that a results folder holds."""
    try:
        return str(json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))["study"])
    except (OSError, ValueError, LookupError, TypeError):
        return "?"


def _write_about(store: Store, argv: Sequence[str]) -> None:
    """Write the study as given and complete, its data files, and where results come from."""
    study = store.study
    _, files = study.resolved()
    with explained(store.folder):
        if study.given or not (store.folder / study.file).exists():
            (store.folder / study.file).write_text(study.given or study.text(), encoding="utf-8", newline="")
        (store.folder / RESOLVED).write_text(study.text(), encoding="utf-8", newline="")
        for name, text in files.items():
            (store.folder / name).write_text(text, encoding="utf-8", newline="")
        about = _provenance(store, argv or sys.argv)
        (store.folder / PROVENANCE).write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _provenance(store: Store, argv: Sequence[str]) -> dict[str, Any]:
    """Return what is needed to repeat the study: this session's facts, and those of the sessions before."""
    path = store.folder / PROVENANCE
    before: list[Any] = []
    if path.exists():
        try:
            before = json.loads(path.read_text(encoding="utf-8"))["sessions"]
        except (ValueError, LookupError, TypeError):
            before = []
    session = {
        "begun": _now(),
        "argv": list(argv),
        "host": socket.gethostname(),
        "versions": versions(),
        "git": commit(),
    }
    return {
        "study": store.study.name, "spec": store.study.spec(), "code": store.code, "seed": store.study.seed,
        "sessions": [*before, session],
    }  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def is_results(folder: Path) -> bool:
    """Tell whether ``folder`` holds the results of a sweep."""
    return (folder / LEDGER).is_file() and (folder / RESOLVED).is_file()


def held(folder: Path, set: Mapping[str, Any] | None = None, seed: int | None = None) -> LoadedStudy:
    """Return the study that a results folder holds, complete, under the name and with the text of its first file.

    Parameters
    ----------
    folder : Path
        The results folder.
    set, seed : optional
        As for :func:`ecosim.study.plan.resolve.load_study`.

    Raises
    ------
    InvalidFile
        When it holds none.
    """
    if not is_results(folder):
        raise InvalidFile(Problem("errors.folder.no_sweep", {}, file=str(folder)))
    study = load_study(folder / RESOLVED, set=set, seed=seed)
    about = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    return replace(study, name=str(about["study"]), given=(folder / study.file).read_text(encoding="utf-8"))


@contextmanager
def reading(folder: Path, study: LoadedStudy | None = None) -> Iterator[Store]:
    """Yield the results folder of a sweep to read in, whoever may be writing to it and whatever version wrote it."""
    found = study or held(folder)
    store = Store(folder, found, code="", read_only=True)
    store.code = store.ledger.meta()["code"]
    store.identify()
    try:
        yield store
    finally:
        store.close()


def frame(folder: Path, status: Iterable[str] = ("done",)) -> Any:
    """Return the runs of a folder as a DataFrame, by point, replicate and design; a sweep may go on meanwhile."""
    import pandas  # lazily: it takes a third of a second

    base = sqlite3.connect((folder / LEDGER).resolve().as_uri() + "?mode=ro", uri=True, timeout=30.0)
    try:
        wanted = list(status)
        marks = ", ".join("?" * len(wanted))
        found = pandas.read_sql_query(f"SELECT * FROM runs WHERE status IN ({marks})", base, params=wanted)
    finally:
        base.close()
    return found.sort_values(["point", "replicate", "design"], kind="stable").reset_index(drop=True)
