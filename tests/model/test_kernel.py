"""What the compiler depends on."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import ecosim
from ecosim.equation import is_equation
from ecosim.model.kernel import COMPILED, Kernel

ROOM = Path(ecosim.__file__).parent
HASHED = {path for pattern in COMPILED for path in ROOM.glob(pattern)}


def sources_of_compiled() -> dict[str, Path]:
    """Return every kernel and equation, and every name of ecosim that one of them uses -> the file it comes from."""
    found: dict[str, Path] = {}
    for info in pkgutil.walk_packages(ecosim.__path__, "ecosim."):
        if info.name.startswith(("ecosim.mechanisms", "ecosim.model", "ecosim.chance")):
            module = importlib.import_module(info.name)
            for name, thing in vars(module).items():
                function = thing.function if isinstance(thing, Kernel) else thing
                if isinstance(thing, Kernel) or (inspect.isfunction(thing) and is_equation(thing)):
                    found[f"{info.name}.{name}"] = Path(inspect.getsourcefile(function) or "")
                    found |= homes_of(module, function.__code__.co_names)
    return found


def homes_of(module: ModuleType, names: tuple[str, ...]) -> dict[str, Path]:
    """Return the globals of ``module`` among ``names`` that are imported from ecosim -> the file they come from."""
    homes = {}
    for line in inspect.getsource(module).split("\n"):
        if line.startswith("from ecosim") and " import " in line:
            home, imported = line.removeprefix("from ").split(" import ")
            if any(name.strip() in names for name in imported.strip("()").split(",")):
                homes[f"{module.__name__} <- {home}"] = Path(importlib.import_module(home).__file__ or "")
    return homes


def test_machine_code_is_kept_by_a_hash_of_all_it_depends_on() -> None:
    found = sources_of_compiled()
    assert len(found) > 100
    assert {name: str(path) for name, path in found.items() if path not in HASHED} == {}
