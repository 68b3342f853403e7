"""The JSON Schema of a session file, for editors: what may stand where, with what it means."""

from __future__ import annotations

from typing import Any

from ecosim.classroom.session.document import (
    FEWEST_OPTIONS,
    Alternative,
    Answer,
    Ask,
    Debrief,
    Move,
    Session,
    Stretch,
)
from ecosim.scenario.design import SCHEDULED
from ecosim.scenario.json_schema import DIALECT, Schema, mapping_schema, scenario_schema

PARTS = (Alternative, Answer, Ask, Debrief, Move, Stretch)


def session_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a session file."""
    parts: dict[str, Schema] = {}
    schema = mapping_schema(Session, parts, required=("ecosim", "kind", "title", "scenario"))
    for part in PARTS:
        parts[part.__name__]["required"] = [name for name, info in part.model_fields.items() if info.is_required()]
    scenario = scenario_schema()
    parts |= scenario["$defs"]
    properties: dict[str, Any] = schema["properties"]
    said = properties["scenario"]["description"]
    inside = {"type": "object", "properties": scenario["properties"], "additionalProperties": False}
    properties["scenario"] = {**inside, "description": said}
    parts["Move"]["properties"]["lever"]["enum"] = list(SCHEDULED)
    parts["Alternative"]["properties"]["set"] |= {
        "propertyNames": {"enum": list(SCHEDULED)}, "additionalProperties": {"type": "number"}, "minProperties": 1,
    }  # fmt: skip
    parts["Ask"]["properties"]["options"]["minItems"] = FEWEST_OPTIONS
    return {"$schema": DIALECT, "title": "ecosim session", **schema, "$defs": dict(sorted(parts.items()))}
