"""Where the numbers of an equation come from: every argument followed back through the processes of the week.

The processes are read as they are written, in the order of ``Engine.step``. What an equation is given is a parameter, a
lever, a learner's state, a property of an artefact or a tie, or what another equation has given; all else is a name.
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from ecosim.equation import is_equation
from ecosim.model import begin
from ecosim.model.state import Ties
from ecosim.report.reference.reading import is_process, plain_function, process, week, written

ENGINE = {
    "learners": "state", "now": "week", "acts": "act", "artefacts": "artefact", "lever": "lever", "p": "parameter",
    "ties": "tie", "links": "tie", "blocks": "block", "world": "world", "luck": "luck",
}  # fmt: skip
"""Attribute of the engine -> kind of what it holds."""

WORLD = {"people": "state", "now": "week", "acts": "act", "lever": "lever", "things": "artefact"}
"""Part of the world, as kernels take it -> kind of what it holds."""

UNPACKED = {"block": ("bounds", "homes"), "tie": Ties._fields, "luck": ("week", "seed", "replicate")}
"""What a starred argument stands for, by kind."""

REWRITTEN = ("week", "act", "local")
"""Kinds of arrays whose content a week changes: read, they are what was last written into them."""


class Origin(NamedTuple):
    """Where a value comes from: its kind, its name, and for a state the place in the week at which it was read.

    A state that is read after its own process has renewed it counts as read at the next place.
    """

    kind: str
    name: str = ""
    read: int = -1


class Use(NamedTuple):
    """One call of an equation: by which process, and where each of its arguments comes from."""

    process: str
    equation: str
    arguments: dict[str, Origin]


Names = dict[str, Origin]
NOTHING = Origin("nothing")
BEGIN = {"learners": Origin("state"), "p": Origin("parameter", "population")}
"""What is known of the arguments when learners are drawn before the first week."""


@cache
def uses() -> tuple[Use, ...]:
    """Return every call of an equation: before the first week (by ``begin``), then in the course of a week."""
    trace = _Trace()
    trace.begin("begin", 0)
    trace.function(written(begin.draw_learners), dict(BEGIN), sys.modules[begin.__name__])
    for each in week():
        if each.number:
            function = process(each.name)
            trace.begin(each.name, each.number)
            trace.function(written(function), {"w": Origin("engine")}, sys.modules[function.__module__])
    return tuple(trace.uses)


class _Trace:
    """A reading of the week: the calls found so far, and what each array was last given."""

    def __init__(self) -> None:
        self.uses: list[Use] = []
        self._content: dict[Origin, Origin] = {}
        self.begin("", 0)

    def begin(self, process: str, place: int) -> None:
        """Begin to read a process, which has written no state yet."""
        self._process, self._place = process, place
        self._renewed: set[str] = set()

    def function(self, node: ast.FunctionDef, names: Names, module: ModuleType) -> None:
        """Read the body of a process or kernel whose arguments are ``names``."""
        for statement in node.body:
            self._statement(statement, names, module)

    def _statement(self, statement: ast.stmt, names: Names, module: ModuleType) -> None:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                self._assign(target, statement.value, names, module)
        elif isinstance(statement, ast.AugAssign):
            self._value(statement.value, names, module)
            self._put(statement.target, NOTHING, names)
        else:
            for part in ast.iter_child_nodes(statement):
                if isinstance(part, ast.stmt):
                    self._statement(part, names, module)
                elif isinstance(part, ast.expr):
                    self._value(part, names, module)

    def _assign(self, target: ast.expr, value: ast.expr, names: Names, module: ModuleType) -> None:
        """Read ``target = value``, several at once taken apart."""
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            given = [self._value(each, names, module) for each in value.elts]
        elif isinstance(target, ast.Tuple):
            self._value(value, names, module)
            given = [NOTHING] * len(target.elts)
        else:
            given = [self._value(value, names, module)]
        targets = target.elts if isinstance(target, ast.Tuple) else [target]
        for each, origin in zip(targets, given, strict=True):
            self._put(each, origin, names)

    def _put(self, target: ast.expr, origin: Origin, names: Names) -> None:
        """Note that a name, or an element of an array, is now what comes from ``origin``."""
        if isinstance(target, ast.Name):
            names[target.id] = origin
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            array = names.setdefault(target.value.id, Origin("local", target.value.id))
            self._renewed |= {array.name} if array.kind == "state" else set()
            if array.kind in REWRITTEN:
                unsure = Origin("local", target.value.id) if "scratch" in array.name else array
                self._content[array] = self._inside(origin) if origin != NOTHING else unsure

    def _inside(self, origin: Origin) -> Origin:
        """Return what an array holds: what was last written into it."""
        if origin.kind == "state" and origin.read == self._place and origin.name in self._renewed:
            return origin._replace(read=self._place + 1)
        return self._content.get(origin, origin)

    def _value(self, value: ast.expr, names: Names, module: ModuleType) -> Origin:
        """Return where an expression comes from; read the calls in it."""
        if isinstance(value, ast.Name):
            return names.get(value.id, NOTHING)
        if isinstance(value, ast.Attribute):
            return self._attribute(self._value(value.value, names, module), value.attr)
        if isinstance(value, ast.Subscript):
            return self._value(value.value, names, module)
        if isinstance(value, ast.Call):
            return self._call(value, names, module)
        for part in ast.iter_child_nodes(value):
            if isinstance(part, ast.expr):
                self._value(part, names, module)
        return NOTHING

    def _attribute(self, owner: Origin, name: str) -> Origin:
        """Return where an attribute of something comes from."""
        if owner == Origin("engine"):
            return Origin(ENGINE[name]) if name in ENGINE else Origin("engine", name)
        if owner == Origin("world"):
            return Origin(WORLD[name])
        inner = f"{owner.name}.{name}" if owner.name else name
        return Origin(owner.kind, inner, self._place if owner.kind == "state" else -1)

    def _call(self, call: ast.Call, names: Names, module: ModuleType) -> Origin:
        """Read a call: of an equation, of a process or kernel into which to go, or of anything else."""
        called = vars(module).get(call.func.id) if isinstance(call.func, ast.Name) else None
        given = [(each, self._value(_bare(each), names, module)) for each in call.args]
        if is_equation(called):
            name = plain_function(called).__name__
            parameters = [each.arg for each in written(called).args.args]
            arguments = {key: self._inside(each) for key, (_, each) in zip(parameters, given, strict=False)}
            self.uses.append(Use(self._process, name, arguments))
            return Origin("result", name)
        if is_process(called):
            self._go_into(called, given)
        return given[0][1] if getattr(call.func, "id", "") in ("int", "float") else NOTHING

    def _go_into(self, called: Any, given: list[tuple[ast.expr, Origin]]) -> None:
        """Read a process or kernel with what it is given; starred arguments are unpacked."""
        node = written(called)
        unpacked = [each for argument, origin in given for each in _unpacked(argument, origin)]
        names = dict(zip([each.arg for each in node.args.args], unpacked, strict=True))
        self.function(node, names, sys.modules[plain_function(called).__module__])


def _bare(argument: ast.expr) -> ast.expr:
    return argument.value if isinstance(argument, ast.Starred) else argument


def _unpacked(argument: ast.expr, origin: Origin) -> list[Origin]:
    """Return what one argument of a kernel stands for: itself, or the parts of what is starred."""
    if not isinstance(argument, ast.Starred):
        return [origin]
    kind = origin.kind if origin.kind in UNPACKED else "tie"
    parts: Any = UNPACKED[kind]
    bare = argument.value
    if isinstance(bare, ast.Subscript) and isinstance(bare.slice, ast.Slice):
        parts = parts[: ast.literal_eval(bare.slice.upper or ast.Constant(None))]
    return [Origin(kind, part) for part in parts]
