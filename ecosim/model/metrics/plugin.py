"""A script of the user's own, run before a command so that the metrics it declares are known to it."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.files import read_bytes

MOST_BYTES = 10_000_000


def run_plugins(scripts: Iterable[Path] | None) -> None:
    """Run each of ``scripts`` once.

    Raises
    ------
    InvalidFile
        When one cannot be read or fails, with the line in which it does.
    """
    for script in scripts or ():
        read_bytes(script, MOST_BYTES)  # for its errors: missing, a folder, not readable
        name = f"ecosim_plugin_{script.stem}"
        spec = spec_from_file_location(name, script)
        if spec is None or spec.loader is None:
            raise InvalidFile(Problem("errors.plugin.name", {}, file=str(script)))
        module = module_from_spec(spec)
        sys.modules[name] = module
        try:
            with _no_bytecode():
                spec.loader.exec_module(module)
        except Exception as error:
            del sys.modules[name]
            said = f"{type(error).__name__}: {' '.join(str(error).split())}"
            problem = Problem("errors.plugin.failed", {"error": said}, file=str(script), line=_line(error, script))
            raise InvalidFile(problem) from error


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """Leave no ``__pycache__`` beside the user's script."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _line(error: Exception, script: Path) -> int | None:
    """Return the line of ``script`` in which it failed."""
    if isinstance(error, SyntaxError):
        return error.lineno
    own = str(script.absolute())
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own]
    return lines[-1] if lines else None
