"""The JSON Schema of a scenario file, for editors: what may stand where, with what it means.

A file says only what differs from what it extends, so that nothing is required of a mapping that is merged; the items
of lists replace and are complete.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.design import SCHEDULED
from ecosim.scenario.document import Measure, Observed, Scenario
from ecosim.scenario.events import Ablate, Mark, Withdraw
from ecosim.scenario.parts import MOST_WEEKS, Bilingual
from ecosim.scenario.schedule import FADES, LATEST_WEEK, Schedule
from ecosim.scenario.tree import SHORTHANDS, arms, at, legal_range, longest, rules
from ecosim.schema import Leaf, leaf_of, meaning

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}
#: Models of which a text alone may stand for the whole.
_SHORT = (Measure, Observed)
#: Models that are complete wherever they stand.
_COMPLETE = (Bilingual, Measure)


def scenario_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a scenario file."""
    parts: dict[str, Schema] = {}
    schema = mapping_schema(Scenario, parts, required=("ecosim", "kind"))
    for name, place in SHORTHANDS.items():
        said = _declared(at(place), parts)
        schema["properties"][name] = {**said, "description": f"Short for {'.'.join(str(part) for part in place)}."}
    return {"$schema": DIALECT, "title": "ecosim scenario", **schema, "$defs": dict(sorted(parts.items()))}


def mapping_schema(model: type[BaseModel], parts: dict[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a mapping with the fields of ``model``; what it refers to is added to ``parts``."""
    said = " ".join((model.__doc__ or "").replace("``", "`").split())
    made: Schema = {"type": "object", "description": said, "properties": {}}
    for name, field in model.model_fields.items():
        made["properties"][field.alias or name] = _field(model, name, field, parts)
    if model is Withdraw:
        made["properties"]["levers"]["items"] = {"enum": list(SCHEDULED)}
    if model is Ablate:
        made["properties"]["mechanism"]["enum"] = list(ABLATIONS)
    if required:
        made["required"] = list(required)
    return {**made, "additionalProperties": False}


def _field(model: type[BaseModel], name: str, field: FieldInfo, parts: dict[str, Schema]) -> Schema:
    """Return the schema of one field, with what it means."""
    leaf = leaf_of(field)
    is_lever = leaf is not None and name in SCHEDULED and Schedule in arms(field)
    said = _lever(leaf) if is_lever and leaf is not None else _declared(field, parts)
    words = meaning(model, name)
    if leaf is not None:
        said = {"title": leaf.label, **said}
        words = " ".join([words, *_facts(leaf)])
    if words:
        said = {**said, "description": words}
    default = field.default.plain() if isinstance(field.default, Schedule) else field.default
    return {**said, "default": default} if isinstance(default, int | float | str) else said


def _facts(leaf: Leaf) -> list[str]:
    """Return what else is declared of a leaf, in sentences."""
    facts = [f"Unit: {leaf.unit}; plausible: {leaf.plausible}."]
    if len(leaf.anchors) == 3:
        low, high = (0.0, 1.0) if leaf.legal == (0, 1) else leaf.plausible
        places = (low, (low + high) / 2, high)
        facts += [f"{place:g}: {anchor}." for place, anchor in zip(places, leaf.anchors, strict=True)]
    return facts


def _declared(declared: Any, parts: dict[str, Schema], complete: bool = False) -> Schema:
    """Return the schema of a declaration: a field or a type, unions taken apart."""
    forms = [_form(arm, declared, parts, complete) for arm in arms(declared)]
    distinct = [form for place, form in enumerate(forms) if form not in forms[:place]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _form(arm: Any, declared: Any, parts: dict[str, Schema], complete: bool) -> Schema:
    """Return the schema of one arm of a declaration."""
    origin, inner = get_origin(arm), get_args(arm)
    if arm is Any:
        return {}
    if origin is Literal:
        return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
    if origin is dict:
        entry = {"anyOf": [_declared(inner[1], parts), {"type": "null"}]}
        most = {"maxProperties": longest(declared)} if longest(declared) is not None else {}
        return {"type": "object", "additionalProperties": entry, **most}
    if origin is tuple:
        week = {"type": "integer", "minimum": 0, "maximum": MOST_WEEKS - 1}
        return {"type": "array", "items": week, "minItems": len(inner), "maxItems": len(inner)}
    if origin is list:
        shortest = {"minItems": 1} if any(getattr(rule, "min_length", 0) for rule in rules(declared)) else {}
        return {"type": "array", "items": _declared(inner[0], parts, complete=True), **shortest}
    if isinstance(arm, type) and issubclass(arm, BaseModel):
        return _reference(arm, parts, complete or arm in _COMPLETE)
    legal = legal_range(declared) if arm in (int, float) else None
    return {**_TYPES[arm], **({"minimum": legal.low, "maximum": legal.high} if legal else {})}


def _reference(model: type[BaseModel], parts: dict[str, Schema], complete: bool) -> Schema:
    """Return a reference to the schema of ``model``, which is added to ``parts``."""
    name = model.__name__
    if name not in parts:
        parts[name] = {}
        needed = tuple(key for key, field in model.model_fields.items() if field.is_required()) if complete else ()
        kinds = tuple(key for key in ("kind", "do") if complete and key in model.model_fields and model is not Mark)
        parts[name] = mapping_schema(model, parts, tuple(dict.fromkeys((*needed, *kinds))))
    reference = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [{"type": "string"}, reference]} if model in _SHORT else reference


def _lever(leaf: Leaf) -> Schema:
    """Return the schema of a lever: a number, a list of knots, or a fade."""
    value: Schema = {
        "type": "integer" if leaf.whole else "number",
        "minimum": leaf.legal.low,
        "maximum": leaf.legal.high,
    }
    week: Schema = {"type": "integer", "minimum": 0, "maximum": LATEST_WEEK}
    knot = {"type": "array", "prefixItems": [week, value], "items": False, "minItems": 2}
    fade = {"fade": {"enum": list(FADES)}, "from": value, "until": week, "start": week, "to": value}
    return {
        "anyOf": [
            value,
            {"type": "array", "items": knot, "minItems": 1},
            {
                "type": "object",
                "properties": fade,
                "required": ["fade", "from", "until"],
                "additionalProperties": False,
            },
        ]
    }
