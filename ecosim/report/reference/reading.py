"""What the code itself says: the processes of a week in their order, what each calls and draws, its first sentence."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from ecosim import chance
from ecosim.equation import is_equation
from ecosim.model import begin, engine, events, networks, state
from ecosim.model.kernel import Kernel
from ecosim.model.watching import diary, questionnaires
from ecosim.report.reference.declared import blocks

Function = Callable[..., Any]


class Process(NamedTuple):
    """One call of ``Engine.step``: its place in the week, its name, and its first sentence."""

    number: int
    name: str
    sentence: str
    kernels: bool
    """Whether it is a process of the week, written over arrays; else it keeps the books."""


class Draw(NamedTuple):
    """A decision that is left to chance: its name and number, and what ``other`` stands for in its key."""

    name: str
    number: int
    comment: str


@cache
def body_of(module: ModuleType) -> dict[str, ast.FunctionDef]:
    """Return the functions of a module by name, as they are written."""
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def plain_function(thing: Any) -> Function:
    """Return the Python function of a kernel, of an equation or of a process."""
    function: Function = thing.function if isinstance(thing, Kernel) else thing
    return function


def written(thing: Any) -> ast.FunctionDef:
    """Return a function as it is written."""
    function = plain_function(thing)
    return body_of(sys.modules[function.__module__])[function.__name__]


def sentences(thing: Any) -> str:
    """Return what the docstring of ``thing`` says, on one line."""
    return " ".join((inspect.getdoc(thing) or "").split())


def first_line(node: ast.FunctionDef) -> str:
    """Return the first line of a docstring."""
    return (ast.get_docstring(node) or "").partition("\n")[0]


@cache
def steps() -> tuple[Process, ...]:
    """Return the processes in the order in which ``Engine.step`` calls them; the schedule is number 0."""
    tree = ast.parse(inspect.getsource(engine.Engine))
    methods = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return tuple(Process(number, *each) for number, each in enumerate(_called(methods["step"], methods)))


def _called(method: ast.FunctionDef, methods: dict[str, ast.FunctionDef]) -> Iterator[tuple[str, str, bool]]:
    """Yield name, first sentence and kind of what a method of the engine calls as a statement of its own."""
    for statement in method.body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func).removeprefix("self.")
        if name == "open_week":
            yield from _called(methods[name], methods)
        elif name in methods:
            yield name.strip("_"), first_line(methods[name]), name == "_schedule"
        elif "." in name:
            yield name, (inspect.getdoc(_attribute(name)) or "").partition("\n")[0], False
        else:
            yield name, first_line(written(process(name))), True


def _attribute(name: str) -> Any:
    """Return the method of a part of the engine, such as ``past.keep``."""
    part, _, method = name.partition(".")
    owner = {"past": "Past"}[part]
    return getattr(getattr(import_module(f"ecosim.model.{part}"), owner), method)


def process(name: str) -> Function:
    """Return the process called ``name``."""
    return getattr(engine, name)  # type: ignore[no-any-return]


def week() -> list[Process]:
    """Return the processes of the week, without what keeps the books."""
    return [each for each in steps() if each.kernels]


@cache
def equations() -> dict[str, dict[str, Function]]:
    """Return mechanism -> its equations by name, in the order in which they are written."""
    found = {}
    for name, block in blocks().items():
        module = vars(sys.modules[block.__module__])
        found[name] = {
            key: thing for key, thing in module.items() if is_equation(thing) and thing.__module__ == block.__module__
        }
    return found


def every_equation() -> dict[str, Function]:
    """Return all equations of the mechanisms by name."""
    return {name: each for group in equations().values() for name, each in group.items()}


@cache
def named_in(function: Function) -> frozenset[str]:
    """Return what a function names, and what every kernel and process that it calls names in turn."""
    module, found = sys.modules[function.__module__], set[str]()
    for node in ast.walk(written(function)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
            called = vars(module).get(node.id)
            if is_process(called):
                inner = plain_function(called)
                found |= named_in(inner) if inner is not function else frozenset()
    return frozenset(found)


def is_process(thing: Any) -> bool:
    """Tell whether ``thing`` is a kernel or another function of a week, and no equation."""
    if isinstance(thing, Kernel):
        return True
    return inspect.isfunction(thing) and thing.__module__.startswith("ecosim.model.week.")


@cache
def decisions() -> tuple[Draw, ...]:
    """Return all that is drawn, by number, with what the comment beside it says of ``other``."""
    lines = re.findall(r"^([A-Z][A-Z_]+) = (\d+)(?:  # (.*))?$", inspect.getsource(chance), re.MULTILINE)
    return tuple(Draw(name, int(number), comment) for name, number, comment in lines)


def drawn_by(name: str) -> list[str]:
    """Return where a decision is drawn: processes of the week, ``begin``, ``networks``, ``events`` or ``watching``."""
    found = [each.name for each in week() if each.number and name in named_in(process(each.name))]
    places = {"begin": (begin,), "networks": (networks,), "events": (events,), "watching": (diary, questionnaires)}
    for place, modules in places.items():
        if any(name in names_of(node) for module in modules for node in body_of(module).values()):
            found.append(place)
    return found


def names_of(node: ast.AST) -> set[str]:
    """Return the names that a function reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def writer(name: str) -> str:
    """Return the process of the week that writes a state: itself, or the one in whose file the writer stands."""
    processes = [each.name for each in week() if each.number]
    if name in processes or name == "begin":
        return name
    return next(each for each in processes if name in body_of(sys.modules[process(each).__module__]))


@cache
def field_groups() -> dict[str, list[str]]:
    """Return the comment over each group of the learner's fields -> their names."""
    found: dict[str, list[str]] = {}
    group = ""
    for line in inspect.getsource(state).partition("FIELDS: ")[2].splitlines():
        if line.startswith("}"):
            break
        if heading := re.match(r" {4}# (.*)", line):
            group = heading[1]
        elif field := re.match(r' {4}"(\w+)": Field\(', line):
            found.setdefault(group, []).append(field[1])
    return found
