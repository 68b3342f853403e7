"""The JSON Schema of a study file, for editors: what may stand where, with what it means."""

from __future__ import annotations

from typing import Any

from ecosim.scenario.json_schema import DIALECT, Schema, mapping_schema, scenario_schema
from ecosim.study.plan.document import Replicates, Study
from ecosim.study.plan.opening import REFUSED


def study_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a study file."""
    parts: dict[str, Schema] = {}
    schema = mapping_schema(Study, parts, required=("ecosim", "kind"))
    scenario = scenario_schema()
    parts |= scenario["$defs"]
    inline = {"type": "object", "properties": scenario["properties"], "additionalProperties": False}
    properties: dict[str, Any] = schema["properties"]
    said = properties["scenario"]["description"]
    properties["scenario"] = {"anyOf": [{"type": "string"}, inline], "description": said}
    design = {name: inner for name, inner in scenario["properties"].items() if name not in REFUSED}
    design["extends"] = {"anyOf": [{"type": "string"}, inline]}
    overlay = {"type": "object", "properties": design, "additionalProperties": False}
    properties["designs"] = {**properties["designs"], "additionalProperties": overlay}
    count = {"type": "integer", "minimum": 1}
    whole = {"$ref": f"#/$defs/{Replicates.__name__}"}
    properties["replicates"] = {"anyOf": [count, whole], "description": properties["replicates"]["description"]}
    return {"$schema": DIALECT, "title": "ecosim study", **schema, "$defs": dict(sorted(parts.items()))}
