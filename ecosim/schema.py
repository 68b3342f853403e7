"""A number with a meaning is declared once: ``Block`` and its fields.

A *leaf* is a parameter of a mechanism or a lever of a design. Its declaration carries everything that any other part of
ecosim wants to know of it; YAML keys, JSON Schema, ``--set``, sliders, sweep bounds, the parameter ledger and the
strategies of the property tests are all read from here, and a default stands nowhere else.
"""

from __future__ import annotations

import ast
import inspect
import math
import sys
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

Evidence = Literal["measured", "signed", "assumed"]


def as_whole(given: Any) -> Any:
    """Return ``given``, but 1000 for 1e3: a whole number may be written as one that could have a fraction."""
    return int(given) if isinstance(given, float) and math.isfinite(given) and given == int(given) else given


Whole = Annotated[int, BeforeValidator(as_whole)]


class Range(NamedTuple):
    """A closed interval of numbers."""

    low: float
    high: float

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float) and self.low <= value <= self.high

    def __str__(self) -> str:
        return " .. ".join(f"{bound:g}" if isinstance(bound, float) else str(bound) for bound in self.bounds().values())

    def bounds(self) -> dict[str, float]:
        """Return ``low`` and ``high`` as people write them: whole numbers without a fraction."""
        return {
            name: int(bound) if math.isfinite(bound) and bound == int(bound) else bound
            for name, bound in zip(("low", "high"), self, strict=True)
        }


@dataclass(frozen=True)
class Leaf:
    """What is declared of one parameter or lever.

    Parameters
    ----------
    label : str
        A few English words for people.
    unit : str
        ``1`` for a pure number, ``share``, ``1/week``, ``weeks``, ``learners``, ...
    legal, plausible : Range
        Outside ``legal`` a value is refused; outside ``plausible`` it is accepted with a warning.
    symbol : str
        As in ``docs/model.md``.
    source : str
        Author and year, or the reason for the guess.
    evidence : {"measured", "signed", "assumed"}
        How far data support the default: a value, only a direction, or nothing yet.
    anchors : tuple of str
        A lever's meaning in words at 0, 0.5 and 1 (or at low, middle, high of its plausible range).
    group : str
        Heading under which a lever is shown.
    whole : bool
        Whether only whole numbers make sense.
    steps : bool
        A lever's schedule jumps from knot to knot instead of sliding.
    """

    label: str
    unit: str
    legal: Range
    plausible: Range
    symbol: str
    source: str
    evidence: Evidence
    anchors: tuple[str, ...] = ()
    group: str = ""
    whole: bool = False
    steps: bool = False


def parameter(
    default: float,
    unit: str,
    legal: tuple[float, float],
    plausible: tuple[float, float],
    *,
    label: str,
    symbol: str = "",
    source: str = "assumed",
    evidence: Evidence = "assumed",
    alias: str | None = None,
) -> Any:
    """Declare a mechanism's parameter; its meaning is the docstring that follows the field.

    See :class:`Leaf` for the arguments. A whole-number ``default`` with unit ``learners``, ``ties``, ... stays whole
    because the field's annotation says ``int``.
    """
    leaf = Leaf(label, unit, Range(*legal), Range(*plausible), symbol, source, evidence)
    made: Any = Field(default, ge=legal[0], le=legal[1], alias=alias, json_schema_extra={"leaf": leaf})  # type: ignore[dict-item]
    if isinstance(default, int):
        made.metadata.insert(0, BeforeValidator(as_whole))
    return made


class Block(BaseModel):
    """A frozen group of parameters that belong to one idea.

    ``block.values()`` is the same as a named tuple of plain numbers, the form in which kernels receive it.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        defer_build=True,
        populate_by_name=False,
        allow_inf_nan=False,
        ser_json_inf_nan="constants",
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Give the subclass its tuple class, importable by name so that compiled kernels can be cached."""
        name = f"{cls.__name__}Values"
        made = namedtuple(name, list(cls.model_fields))  # type: ignore[misc]
        made.__module__ = cls.__module__
        setattr(sys.modules[cls.__module__], name, made)

    def values(self) -> Any:
        """Return the block as a named tuple of int and float, in the order of declaration."""
        made = getattr(sys.modules[type(self).__module__], f"{type(self).__name__}Values")
        return made(*(getattr(self, name) for name in type(self).model_fields))


def leaf_of(field: FieldInfo) -> Leaf | None:
    """Return what ``field`` declares, or ``None`` when it is no parameter or lever."""
    extra = field.json_schema_extra
    found = extra.get("leaf") if isinstance(extra, dict) else None
    return found if isinstance(found, Leaf) else None


def leaves(block: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo, Leaf]]:
    """Yield ``(dotted path, field, leaf)`` for every parameter or lever of ``block`` and of the blocks in it."""
    for name, field in block.model_fields.items():
        path = f"{prefix}.{field.alias or name}" if prefix else (field.alias or name)
        found = leaf_of(field)
        if found is not None:
            yield path, field, found
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, path)


def meaning(block: type[BaseModel], field: str) -> str:
    """Return the docstring that follows the declaration of ``field`` (its name or alias) in ``block``, on one line.

    The source is read when a meaning is first asked for: declaring costs nothing, and running a scenario asks for none.
    Empty where there is no source, as in a notebook.
    """
    name = next((name for name, info in block.model_fields.items() if info.alias == field), field)
    for declaring in block.__mro__:
        if found := _docstrings(declaring.__module__).get((declaring.__name__, name)):
            return found
    return ""


@cache
def _docstrings(module: str) -> dict[tuple[str, str], str]:
    """Return (class, field) -> the docstring after the field, for all classes in the source of ``module``."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    found = {}
    for block in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for field, after in zip(block.body, block.body[1:], strict=False):
            said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else None
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(said, str):
                found[block.name, field.target.id] = " ".join(said.split())
    return found
