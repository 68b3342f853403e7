"""The JSON Schema of a calibration file, for editors: what may stand where, with what it means."""

from __future__ import annotations

from typing import Any

from ecosim.calibration.document import Calibration, Cohort, Range
from ecosim.scenario.json_schema import DIALECT, Schema, mapping_schema, scenario_schema


def calibration_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a calibration file."""
    parts: dict[str, Schema] = {}
    needed = ("ecosim", "kind", "cohorts", "targets", "free")
    schema = mapping_schema(Calibration, parts, required=needed)
    scenario = scenario_schema()
    parts |= scenario["$defs"]
    inline = {"type": "object", "properties": scenario["properties"], "additionalProperties": False}
    cohort: dict[str, Any] = parts[Cohort.__name__]["properties"]
    said = cohort["scenario"]["description"]
    cohort["scenario"] = {"anyOf": [{"type": "string"}, inline], "description": said}
    parts[Cohort.__name__]["required"], parts[Range.__name__]["required"] = ["scenario"], ["min", "max"]
    return {"$schema": DIALECT, "title": "ecosim calibration", **schema, "$defs": dict(sorted(parts.items()))}
