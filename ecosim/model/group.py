"""Hand a group of arrays to compiled kernels as one thing.

A kernel that takes forty arrays spends more time on unpacking them than on a small ecosystem: close to 0.1 microseconds
each (docs/performance.md). A group is unpacked once, when it is made; kernels then read its arrays by name, as plain
Python does with the named tuple it is made of. Importing this module imports numba.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.extending import intrinsic
from numba.experimental import structref
from numba.experimental.jitclass.base import imp_dtor


@structref.register
class GroupType(types.StructRef):  # type: ignore[misc]
    """The type of a group: its names, and for each the kind and axes of an array, or the type of a group within."""

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        self.name = f"group_{sha256(repr(self._fields).encode()).hexdigest()[:8]}"  # symbols spell it out: short

    def __reduce__(self) -> Any:
        """Return how to make the type again: in few words, for every kernel on disk holds it."""
        parts = [
            (name, kind if isinstance(kind, GroupType) else f"{kind.dtype}:{kind.ndim}") for name, kind in self._fields
        ]
        return group_type, (tuple(parts),)


class Group(structref.StructRefProxy):  # type: ignore[misc]
    """A group as Python holds it: only to be handed to kernels."""


structref.define_boxing(GroupType, Group)


@cache
def group_type(parts: tuple[tuple[str, GroupType | str], ...]) -> GroupType:
    """Return the type of a group from its names and what each is: ``float64:2`` is an array of two axes."""
    return GroupType([(name, _array(kind) if isinstance(kind, str) else kind) for name, kind in parts])


def _array(said: str) -> types.Array:
    """Return the type of an array from words like ``float64:2``."""
    kind, axes = said.split(":")
    return types.Array(getattr(types, kind), int(axes), "C")


def _group_of_tuple(arrays: types.BaseNamedTuple) -> GroupType:
    """Return the type of the group that a named tuple of arrays, or of such named tuples, makes."""
    kinds = [_group_of_tuple(part) if isinstance(part, types.BaseNamedTuple) else part for part in arrays.types]
    return GroupType(list(zip(arrays.instance_class._fields, kinds, strict=True)))


@intrinsic
def group_of(typing_context, arrays):
    """Return a group of the arrays of a named tuple, compiled: it shares them."""

    def generate(context, builder, signature, values):
        return _generate(context, builder, arrays, values[0])

    return _group_of_tuple(arrays)(arrays), generate


def _generate(context, builder, arrays, value):
    """Return the value of a group whose parts are those of the named tuple ``value``."""
    kind = _group_of_tuple(arrays)
    room = context.data_model_manager[kind.get_data_type()].get_value_type()
    size = context.get_constant(types.uintp, context.get_abi_sizeof(room))
    info = context.nrt.meminfo_alloc_dtor(builder, size, imp_dtor(context, builder.module, kind))
    made = cgutils.get_null_value(room)
    for place, part in enumerate(arrays.types):
        held = builder.extract_value(value, place)
        if isinstance(part, types.BaseNamedTuple):
            held = _generate(context, builder, part, held)
        else:
            context.nrt.incref(builder, part, held)
        made = builder.insert_value(made, held, place)
    builder.store(made, builder.bitcast(context.nrt.meminfo_data(builder, info), room.as_pointer()))
    group = context.make_helper(builder, kind)
    group.meminfo = info
    return group._getvalue()


def group(arrays):
    """Return the arrays of a named tuple as a group."""
    return group_of(arrays)  # type: ignore[call-arg]  # compiled, it takes no context
