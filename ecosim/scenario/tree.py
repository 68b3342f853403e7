"""The scenario language as a tree: what may stand at a path, and which path somebody probably meant.

Everything is read from the models of :mod:`ecosim.scenario.document`; paths are tuples of keys and list indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ecosim.errors import nearest
from ecosim.scenario.document import Scenario
from ecosim.scenario.reader import KeyPath
from ecosim.schema import Range, leaf_of

#: Keys that may also stand at the top of a file, and the place that they are short for.
SHORTHANDS: dict[str, KeyPath] = {"arrivals": ("context", "arrivals")}

#: Groups that are one of several kinds: a file that gives another kind than the one it extends starts afresh.
IDENTITY: dict[KeyPath, str] = {
    ("context", "network"): "kind",
    ("context", "arrivals"): "kind",
    ("observed",): "file",
}

#: Places after which pydantic names the kind of what stands there: in scenarios, and the method of a study.
TAGGED = frozenset({path for path, key in IDENTITY.items() if key == "kind"} | {("method",)})

#: Mappings from names that users choose to parts.
NAMED: tuple[KeyPath, ...] = (("communities",), ("context", "profiles"))

ALIKE = 0.75  #: how much a name must look like one from elsewhere to be taken for it, from 0 to 1


def dotted(path: KeyPath) -> str:
    """Return ``path`` as users type it."""
    return ".".join(str(part) for part in path)


def arms(annotation: Any) -> Iterator[Any]:
    """Yield the plain types of ``annotation``: what is left without ``Annotated``, unions taken apart."""
    if isinstance(annotation, FieldInfo):
        annotation = annotation.annotation
    if get_origin(annotation) is Annotated:
        yield from arms(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from arms(each)
    else:
        yield annotation


def models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models among the ``arms`` of ``annotation``."""
    return [arm for arm in arms(annotation) if isinstance(arm, type) and issubclass(arm, BaseModel)]


def fields(annotation: Any) -> dict[str, FieldInfo]:
    """Return what may stand in a mapping of type ``annotation``, by the name that users type."""
    return {info.alias or name: info for model in models(annotation) for name, info in model.model_fields.items()}


def at(path: KeyPath, value: Any = None, root: Any = Scenario) -> Any | None:
    """Return the declaration (a field or a type) of what stands at ``path``, or ``None`` where nothing may stand.

    Parameters
    ----------
    path : tuple of str and int
        Keys and list indexes.
    value : optional
        The document; where a group may be of several kinds it tells which.
    root : type
        The model of the whole document.
    """
    found: Any = root
    for part in path:
        found = _below(found, part, value)
        value = _item(value, part)
        if found is None:
            return None
    return found


def _below(declared: Any, part: str | int, value: Any) -> Any | None:
    """Return the declaration of ``part`` in a mapping or list declared as ``declared``."""
    for arm in _likely(declared, value):
        origin, inner = get_origin(arm), get_args(arm)
        if origin is dict and isinstance(part, str):
            return inner[1]
        if origin is list and isinstance(part, int):
            return inner[0]
        if isinstance(arm, type) and issubclass(arm, BaseModel) and part in (known := fields(arm)):
            return known[str(part)]
    return None


def _likely(declared: Any, value: Any) -> list[Any]:
    """Return the arms of ``declared``, only those of the kind that ``value`` says it is where it does."""
    found = list(arms(declared))
    for key in ("kind", "do"):
        said = _item(value, key)
        fitting = [arm for arm in found if key in fields(arm) and said in get_args(fields(arm)[key].annotation)]
        if fitting:
            return fitting
    return found


def _item(value: Any, part: str | int) -> Any:
    """Return ``value[part]`` or ``None``."""
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value) else None


def legal_range(declared: Any) -> Range | None:
    """Return the closed interval in which a number must lie, or ``None`` when the declaration has none."""
    if isinstance(declared, FieldInfo) and (leaf := leaf_of(declared)):
        return leaf.legal
    low = next((rule.ge for rule in rules(declared) if isinstance(rule, Ge)), None)
    high = next((rule.le for rule in rules(declared) if isinstance(rule, Le)), None)
    return Range(low, high) if isinstance(low, int | float) and isinstance(high, int | float) else None


def longest(declared: Any) -> int | None:
    """Return how many entries a mapping or list may have, or ``None`` when any number will do."""
    return next((rule.max_length for rule in rules(declared) if isinstance(rule, MaxLen)), None)


def rules(declared: Any) -> Iterator[Any]:
    """Yield the constraints of a declaration, those inside of unions too."""
    if isinstance(declared, FieldInfo):
        yield from declared.metadata
        yield from rules(declared.annotation)
    elif get_origin(declared) is Annotated:
        for rule in declared.__metadata__:
            yield from rules(rule) if isinstance(rule, FieldInfo) else (rule,)
        yield from rules(get_args(declared)[0])
    elif get_origin(declared) in (Union, UnionType):
        for each in get_args(declared):
            yield from rules(each)


def options(declared: Any) -> list[str]:
    """Return the texts of which one must be chosen, empty when any text will do."""
    return [str(word) for arm in arms(declared) if get_origin(arm) is Literal for word in get_args(arm)]


def paths(value: Any, declared: Any = Scenario, above: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield every path of a document of the shape ``declared``; names that users choose are taken from ``value``."""
    for name, info in fields(declared).items():
        path = (*above, name)
        yield path
        inner = _item(value, name)
        if path in NAMED:
            for chosen in inner if isinstance(inner, dict) else ():
                yield (*path, chosen)
                yield from paths(inner[chosen], get_args(info.annotation)[1], (*path, chosen))
        elif models(info):
            yield from paths(inner, info, path)


def nearest_path(path: KeyPath, known: Iterable[KeyPath]) -> str | None:
    """Return the one of the ``known`` paths that ``path`` was probably meant to be, dotted.

    First the same path with more in front, then the same last name elsewhere, then a name that looks like it among its
    siblings; where there are no siblings a path that looks like it; then a last name that looks much like it anywhere.
    """
    said, last = dotted(path), str(path[-1])
    every = [dotted(each) for each in known]
    ending = [each for each in every if f".{each}".endswith(f".{said}")]
    named = [each for each in every if each.rpartition(".")[2] == last]
    if ending or named:
        return max(ending or named, key=lambda each: SequenceMatcher(None, each, said).ratio())
    above = said.rpartition(".")[0]
    siblings = {each.rpartition(".")[2]: each for each in every if each.rpartition(".")[0] == above}
    if near := nearest(last, siblings):
        return siblings[near]
    if above and not siblings and (near := nearest(said, every)):
        return near
    names = {each.rpartition(".")[2]: each for each in reversed(every)}
    alike = get_close_matches(last, names, n=1, cutoff=ALIKE)
    return names[alike[0]] if alike else None
