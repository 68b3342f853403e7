"""What the shape of a scenario refuses, said in our own words and at the place where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from ecosim.errors import InvalidFile, Problem, nearest
from ecosim.scenario.document import Scenario
from ecosim.scenario.layers import Node
from ecosim.scenario.parts import FORMS
from ecosim.scenario.reader import KeyPath
from ecosim.scenario.tree import (
    SHORTHANDS,
    TAGGED,
    at,
    fields,
    legal_range,
    longest,
    models,
    nearest_path,
    options,
    paths,
)
from ecosim.scenario.yaml_events import short

MOST_PROBLEMS = 50  #: that one error tells of
MOST_NAMED = 16  #: names that a message lists

Detail = dict[str, Any]


def refuse(problems: Iterable[Problem], first: str | None = None) -> None:
    """Raise all ``problems``, if there are any, in the order of the file ``first``, then of the other files.

    Raises
    ------
    InvalidFile
        With each problem once; of very many only the first ones.
    """
    found = in_order(problems, first)
    if len(found) > MOST_PROBLEMS:
        found[MOST_PROBLEMS:] = [Problem("errors.scenario.more", {"count": len(found) - MOST_PROBLEMS}, file=first)]
    if found:
        raise InvalidFile(*found)


def in_order(problems: Iterable[Problem], first: str | None = None) -> list[Problem]:
    """Return ``problems`` by file (``first`` first), line and column, each once."""
    distinct: dict[Any, Problem] = {}
    for problem in problems:
        distinct.setdefault((problem.key, problem.path, problem.file, problem.line), problem)
    return sorted(
        distinct.values(), key=lambda each: (each.file != first, each.file or "", each.line or 0, each.column or 0)
    )


def problems_of(error: ValidationError, root: Node, model: type[BaseModel] = Scenario) -> list[Problem]:
    """Return what pydantic found in the document ``root``, which should be a ``model``."""
    value = root.plain()
    return [_problem(each, root, value, model) for each in error.errors(include_url=False)]


def shown(value: Any) -> Any:
    """Return ``value`` as a message shows it: numbers as numbers, all else as in a file and cut."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return short(json.dumps(value, ensure_ascii=False, default=str))


def _problem(error: Any, root: Node, value: Any, model: type[BaseModel]) -> Problem:
    """Return one of pydantic's errors as a problem of the document."""
    path = _path_of(error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind == "ecosim":
        facts = {name: shown(fact) if name == "value" else fact for name, fact in context.get("facts", {}).items()}
        facts.setdefault("value", shown(error["input"]))
        return root.problem(error["msg"] + _near(facts), (*path, *context.get("at", ())), **facts)
    if kind in ("extra_forbidden", "invalid_key"):
        return unknown_key(root, path, value, model)
    if kind == "missing":
        return root.problem("errors.scenario.missing", path, name=path[-1])
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_kind(root, path, kind, context, model)
    key, facts = _EXPLAIN.get(kind, _other)(at(path, value, model), error)
    return root.problem(f"errors.scenario.{key}", path, **{"value": shown(error["input"]), **facts})


def _path_of(place: tuple[str | int, ...]) -> KeyPath:
    """Return pydantic's ``place`` as a path of the document: without the tags of its unions."""
    path: KeyPath = ()
    tag = False
    for part in place:
        if not tag and part not in FORMS:
            path = (*path, part)
        tag = not tag and (path in TAGGED or (len(path) == 2 and path[0] == "events"))
    return path


def unknown_key(root: Node, path: KeyPath, value: Any, model: type[BaseModel] = Scenario) -> Problem:
    """Return the problem of a key that may not stand at ``path``, with the name that was probably meant."""
    name, above = path[-1], path[:-1]
    siblings = [*fields(at(above, value, model)), *(() if above or model is not Scenario else SHORTHANDS)]
    facts: Detail = {"name": short(str(name)), "nearest": nearest(str(name), siblings)}
    if facts["nearest"] is None:
        facts["nearest"] = nearest_path(path, paths(value, model))
    if facts["nearest"] is None and 0 < len(siblings) <= MOST_NAMED:
        return root.problem("errors.scenario.unknown_among", path, of_key=True, allowed=", ".join(siblings), **facts)
    return root.problem("errors.scenario.unknown" + _near(facts), path, of_key=True, **facts)


def _wrong_kind(root: Node, path: KeyPath, error: str, context: Detail, model: type[BaseModel]) -> Problem:
    """Return the problem of a group that does not say, or says wrongly, which of several kinds it is."""
    name = context["discriminator"].strip("'")
    kinds = [kind for arm in _declared(at(path, None, model), name) for kind in options(arm)]
    if error == "union_tag_not_found":
        return root.problem("errors.scenario.no_kind", path, name=name, allowed=", ".join(kinds))
    facts = {"value": shown(context["tag"]), "allowed": ", ".join(kinds), "nearest": nearest(context["tag"], kinds)}
    return root.problem("errors.scenario.one_of" + _near(facts), (*path, name), **facts)


def _declared(declared: Any, name: str) -> list[Any]:
    """Return the declarations of ``name`` in all models that ``declared`` may be."""
    return [model.model_fields[name] for model in models(declared)]


def _near(facts: Detail) -> str:
    """Return the ending of the key of the message that names the nearest right name, if there is one."""
    return "_near" if facts.get("nearest") else ""


def _number(declared: Any, error: Any) -> tuple[str, Detail]:
    """A number is expected, whole or not."""
    whole = error["type"] == "int_type"
    legal = legal_range(declared)
    if legal is None:
        return ("whole" if whole else "number"), {}
    return ("whole_in" if whole else "number_in"), legal.bounds()


def _range(declared: Any, error: Any) -> tuple[str, Detail]:
    """A number is too small or too large."""
    legal = legal_range(declared)
    if legal is None:
        return _other(declared, error)
    return "range", legal.bounds()


def _one_of(declared: Any, error: Any) -> tuple[str, Detail]:
    """Another word is expected."""
    words = options(declared)
    facts = {"allowed": ", ".join(words), "nearest": nearest(str(error["input"]), words)}
    return "one_of" + _near(facts), facts


def _too_long(declared: Any, error: Any) -> tuple[str, Detail]:
    """There are too many entries."""
    return "too_many", {"count": len(error["input"]), "most": longest(declared) or 0}


def _plainly(key: str) -> Callable[[Any, Any], tuple[str, Detail]]:
    """Return an explanation that needs no more facts."""
    return lambda declared, error: (key, {})


def _other(declared: Any, error: Any) -> tuple[str, Detail]:
    """Whatever else pydantic may find."""
    return "other", {"reason": short(error["msg"])}


_EXPLAIN: dict[str, Callable[[Any, Any], tuple[str, Detail]]] = {
    "int_type": _number,
    "float_type": _number,
    "finite_number": _number,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "literal_error": _one_of,
    "too_long": _too_long,
    "too_short": _plainly("empty"),
    "string_type": _plainly("text"),
    "bool_type": _plainly("yes_no"),
    "list_type": _plainly("list"),
    "dict_type": _plainly("mapping"),
    "model_type": _plainly("mapping"),
    "model_attributes_type": _plainly("mapping"),
}
