"""The JSON Schema of a lesson file, for editors: what may stand where, with what it means."""

from __future__ import annotations

from typing import Any

from ecosim.dashboard.lesson.document import Claim, Lesson, Look, Option, Predict, Show, Stage, Trial
from ecosim.scenario.json_schema import DIALECT, Schema, mapping_schema
from ecosim.study.plan.json_schema import study_schema

PARTS = (Claim, Look, Option, Predict, Show, Stage, Trial)


def lesson_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a lesson file."""
    parts: dict[str, Schema] = {}
    schema = mapping_schema(Lesson, parts, required=tuple(_needed(Lesson)))
    for part in PARTS:
        parts[part.__name__]["required"] = _needed(part)
    study = study_schema()
    parts |= study["$defs"]
    properties: dict[str, Any] = schema["properties"]
    said = properties["study"]["description"]
    inside = {"type": "object", "properties": study["properties"], "additionalProperties": False}
    properties["study"] = {**inside, "description": said}
    word = {"enum": ["higher", "lower", "equivalent"]}
    when = parts[Option.__name__]["properties"]["when"]
    when["additionalProperties"] = {"anyOf": [word, {"type": "array", "items": word}]}
    return {"$schema": DIALECT, "title": "ecosim lesson", **schema, "$defs": dict(sorted(parts.items()))}


def _needed(model: Any) -> list[str]:
    """Return the keys that must be there, and the header of a whole file."""
    needed = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return ["ecosim", "kind", *needed] if model is Lesson else needed
