"""Compile the theory: turn marked equations and the processes that use them into machine code, once.

A process is written as plain Python loops over arrays and calls equations by their plain names. ``@kernel`` leaves it
so; at its first call the function and every equation it names are compiled by numba (inlined, without fast-math, so
that bits do not depend on the processor) and kept on disk. With the compiler switched off (``ECOSIM_JIT=0``) the very
same functions run as plain Python: for coverage, for debugging, and as an oracle of the compiler.
"""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable
from functools import cache, update_wrapper
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import ecosim
from ecosim.equation import is_equation

COMPILE_SECONDS = 30
"""About how long the first run on a machine compiles (see docs/performance.md)."""

COMPILED = (
    "chance.py", "equation.py", "mechanisms/*.py", "model/begin.py", "model/group.py", "model/kernel.py",
    "model/levers.py", "model/networks.py", "model/past.py", "model/state.py", "model/watching/*.py", "model/week/*.py",
)  # fmt: skip
"""The sources of what is compiled: kernels, the equations they call, every constant and type that these name.

Machine code is kept by a hash of them, since the compiler does not see edits in imported modules."""


def jit_enabled() -> bool:
    """Tell whether kernels are compiled (the environment variable ``ECOSIM_JIT`` is not 0)."""
    return os.environ.get("ECOSIM_JIT", "1") != "0"


class Kernel:
    """A process as plain Python; its first call compiles it where that is wanted."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self._run: Callable[..., Any] | None = None
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:
        """Run the process, compiled unless the compiler is off."""
        if self._run is None:
            self._run = compiled(self.function) if jit_enabled() else self.function
        return self._run(*arguments)


class Weekly(Kernel):
    """A process that the engine calls every week, with arrays of its own: always of the same kinds.

    Later calls go straight to the machine code of the first call's types, past numba's look-up of types: a week makes
    some twenty-five calls, and the look-up would cost a small ecosystem as much as its learners (docs/performance.md).
    Machine code hardly looks at what it is given: it would read every other number of a column as if they stood side by
    side, and whole numbers as if they were fractions. So whatever somebody else may call, too, is a plain kernel.
    """

    def __call__(self, *arguments: Any) -> Any:
        """Run the process."""
        if self._run is not None:
            return self._run(*arguments)
        if not jit_enabled():
            return super().__call__(*arguments)
        dispatcher: Any = compiled(self.function)
        result = dispatcher(*arguments)
        self._run = dispatcher.overloads[dispatcher.signatures[-1]].entry_point
        return result


def kernel(function: Callable[..., Any]) -> Kernel:
    """Mark ``function`` as a process to be compiled at its first call."""
    return Kernel(function)


def weekly(function: Callable[..., Any]) -> Kernel:
    """Mark ``function`` as a process that only the engine calls, every week, with arguments of the same types."""
    return Weekly(function)


def grouped(arrays: Any) -> Any:
    """Return a named tuple of arrays in the form in which kernels take it; kernels read its arrays by name.

    They are the same arrays: what a kernel writes, the named tuple shows.
    """
    if not jit_enabled():
        return arrays
    from ecosim.model.group import group  # lazily: it imports numba

    return compiled(group)(arrays)


@cache
def compiled(function: Callable[..., Any], within: bool = False) -> Callable[..., Any]:
    """Return ``function`` compiled, with every equation and kernel that it names compiled too.

    What is only called ``within`` machine code can do without the entrances that Python and C would use, and is kept
    on disk only as part of its callers: less to load.
    """
    import numba  # lazily: reading, validating and listing need no compiler

    names = _Names(function.__globals__)
    rebuilt = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    rebuilt.__module__, rebuilt.__qualname__ = function.__module__, function.__qualname__
    if within:
        alone = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": is_equation(function)}
        return numba.njit(error_model="numpy", **alone)(rebuilt)  # type: ignore[no-any-return]
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        return numba.njit(error_model="numpy", cache=True, no_cfunc_wrapper=True)(rebuilt)  # type: ignore[no-any-return]
    finally:
        numba.config.CACHE_DIR = before


def import_lean_compiler() -> None:
    """Import numba without the linear algebra of SciPy, which it would look for: 0.17 s that a short command can spare.

    For commands only: in a program of one's own numba's ``dot`` should go on working.
    """
    if not jit_enabled() or "numba" in sys.modules or "scipy" in sys.modules:
        return
    sys.modules["scipy"] = None  # type: ignore[assignment]
    try:
        import numba.np.arraymath  # noqa: F401 - where it looks
    finally:
        del sys.modules["scipy"]


class _Names(dict[str, Any]):
    """Global names in which equations and kernels appear compiled, each when it is first asked for.

    A process whose machine code is on disk asks for none of them.
    """

    def __getitem__(self, name: str) -> Any:
        thing = super().__getitem__(name)
        if isinstance(thing, Kernel):
            return compiled(thing.function, within=True)
        return compiled(thing, within=True) if is_equation(thing) else thing


@cache
def sources_hash(patterns: tuple[str, ...] = ("*.py", "mechanisms/*.py", "scenario/*.py", "model/**/*.py")) -> str:
    """Return a hash of the sources that ``patterns`` match: without any, of all that a result depends on."""
    digest = sha256()
    root = Path(ecosim.__file__).parent
    for pattern in patterns:
        for source in sorted(root.glob(pattern)):
            digest.update(source.name.encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """Return a writable folder for machine code, named by the sources, Python and numba that made it."""
    from importlib.metadata import version

    base = os.environ.get("ECOSIM_CACHE_DIR")
    wanted = Path(base) if base else _user_cache()
    leaf = f"{sources_hash(COMPILED)}-py{sys.version_info.major}{sys.version_info.minor}-numba{version('numba')}"
    for root in (wanted, Path(gettempdir()) / f"ecosim-{os.getuid() if hasattr(os, 'getuid') else 'user'}"):
        folder = root / leaf
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return wanted / leaf


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("ecosim", appauthor=False)


def is_warm() -> bool:
    """Tell whether machine code for these sources is already on disk (or none is needed)."""
    return not jit_enabled() or any(cache_folder().rglob("*.nbi"))
