"""What the compiler depends on, and that no call of compiled code is taken for another one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings

import ecosim
from ecosim.equation import is_equation
from ecosim.model.engine import Engine
from ecosim.model.kernel import COMPILED, Kernel, Weekly, jit_enabled, kernel
from ecosim.scenario import presets
from ecosim.scenario.resolve import load

from ..strategies import scenarios

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


def weighed(numbers, weight):
    """A sum that tells what it was given, and in which order."""
    total = 0.0
    for place in range(numbers.size):
        total = 2.0 * total + numbers[place] * weight
    return total


ROW = np.arange(1.0, 9.0)
CALLS = {
    "row": (ROW, 3),
    "every other": (ROW[::2], 3),
    "backwards": (ROW[::-1], 3),
    "a column": (np.arange(8.0).reshape(4, 2)[:, 1], 3),
    "whole numbers": (np.arange(1, 9), 3),
    "short fractions": (ROW.astype("f4"), 3),
    "a fraction": (ROW, 0.7),
    "not to be written": (np.broadcast_to(ROW, ROW.shape), 3),
}


@pytest.mark.parametrize("first", CALLS)
def test_whatever_came_first_a_kernel_takes_what_it_is_given(first: str) -> None:
    """Machine code of one kind of array would read another kind as if it were its own."""
    asked = kernel(weighed)
    for arguments in (CALLS[first], *CALLS.values()):
        assert asked(*arguments) == weighed(*arguments)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[Kernel, set[tuple[str, ...]]]:
    """Yield what each weekly kernel is called with from now on: types of arguments, as the compiler sees them."""
    seen: dict[Kernel, set[tuple[str, ...]]] = {}
    direct = Weekly.__call__

    def noted(self: Weekly, *arguments: Any) -> Any:
        seen.setdefault(self, set()).add(tuple(str(numba.typeof(each)) for each in arguments))
        return direct(self, *arguments)

    monkeypatch.setattr(Weekly, "__call__", noted)
    return seen


def check_alike(calls: dict[Kernel, set[tuple[str, ...]]]) -> None:
    """Each weekly kernel was called with arguments of one row of types."""
    assert len(calls) > 15
    assert {each.function.__name__: types for each, types in calls.items() if len(types) > 1} == {}


@pytest.mark.skipif(not jit_enabled(), reason="without the compiler there is no machine code")
def test_the_engine_calls_its_weekly_kernels_always_alike(calls: dict[Kernel, set[tuple[str, ...]]]) -> None:
    for name in presets.names():
        world = Engine(load(f"preset:{name}", set={"learners": 40, "weeks": 9}).scenario).watch()
        world.open_week()
        able = next(learner for learner in range(40) if world.options(learner))
        world.step({able: {"artefact": world.options(able)[0], "effort": 3}})
        world.run()
    check_alike(calls)


@pytest.mark.skipif(not jit_enabled(), reason="without the compiler there is no machine code")
def test_in_any_scenario_too(calls: dict[Kernel, set[tuple[str, ...]]]) -> None:
    @settings(max_examples=40)
    @given(scenarios())
    def live(scenario: dict[str, Any]) -> None:
        loaded = load(scenario)
        Engine(loaded.scenario, edges=loaded.edges).run()

    live()
    check_alike(calls)
