"""The JSON Schema accepts what the loader accepts, knows every leaf, and refuses the plainest mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ecosim.scenario import presets
from ecosim.scenario.document import Scenario
from ecosim.scenario.json_schema import scenario_schema
from ecosim.scenario.reader import read_file
from ecosim.scenario.resolve import load
from ecosim.schema import leaves

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
SCHEMA = scenario_schema()


def complaints(document: Any) -> list[str]:
    """Return what the schema has against a document."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [each.message for each in validator.iter_errors(document)]


def test_it_is_a_schema_that_json_can_hold() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["required"] == ["ecosim", "kind"]
    assert SCHEMA["properties"]["ecosim"]["const"] == 1
    assert SCHEMA["properties"]["kind"]["const"] == "scenario"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_that_are_shipped(path: Path) -> None:
    assert complaints(read_file(path).value) == []
    assert complaints(load(path).resolved()) == []


@pytest.mark.parametrize("name", presets.names())
def test_presets(name: str) -> None:
    assert complaints(presets.read(name).value) == []
    assert complaints(load(f"preset:{name}").resolved()) == []


GOOD: list[dict[str, Any]] = [
    {},
    {"arrivals": {"kind": "uniform", "until": 3}},
    {"context": {"profiles": {"a": None, "b": {"label": "b"}}}},
    {"context": {"network": {"rewire": 0.1}}},
    {"design": {"choice": {"fade": "smooth", "from": 0.5, "until": 9}, "hazard": [[0, 0.1], [9, 0.2]]}},
    {"artefacts": {"solo": 2}},
    {"artefacts": [{"name": "a", "collective": True, "offer": None}]},
    {"events": [{"week": 3}, {"week": 4, "do": "shuffle", "label": {"en": "a", "fr": "b"}}]},
    {"observed": "seen.csv", "metrics": ["retention", {"name": "x", "over": "last_quarter"}]},
    {"metrics": [{"name": "participation", "over": [0, 11]}]},
    {"communities": {"a": {"share": 1, "extends": "preset:xmooc"}}},
    {"context": {"intention": {"lambda": 2}}},
]
BAD: list[dict[str, Any]] = [
    {"weeks": 0},
    {"learners": 2.5},
    {"zpd": 0.2},
    {"title": {"en": "only"}},
    {"design": {"choice": 2}},
    {"design": {"hazard": [[0, 0.1, 2]]}},
    {"design": {"hazard": []}},
    {"design": {"choice": {"fade": "linear"}}},
    {"design": {"forced_collaboration": 0.5}},
    {"context": {"network": {"kind": "small_world", "blocks": 3}}},
    {"context": {"network": {"kind": "smallworld"}}},
    {"context": {"learning": {"zpd": "wide"}}},
    {"context": {"intention": {"lambda_": 2}}},
    {"artefacts": [{"name": "a"}]},
    {"events": [{"label": "no week"}]},
    {"events": [{"week": 3, "levers": ["choice"]}]},
    {"events": [{"week": 3, "do": "withdraw"}]},
    {"events": [{"week": 3, "do": "withdraw", "levers": ["hazrd"]}]},
    {"events": [{"week": 3, "do": "ablate", "mechanism": "habits"}]},
    {"metrics": [3]},
    {"ecosim": 2},
]


@pytest.mark.parametrize("part", GOOD, ids=lambda part: json.dumps(part)[:60])
def test_good_parts(part: dict[str, Any]) -> None:
    assert complaints({"ecosim": 1, "kind": "scenario", **part}) == []


@pytest.mark.parametrize("part", BAD, ids=lambda part: json.dumps(part)[:60])
def test_bad_parts(part: dict[str, Any]) -> None:
    assert complaints({"ecosim": 1, "kind": "scenario", **part}) != []


def test_every_leaf_is_described_with_default_and_range() -> None:
    for path, field, leaf in leaves(Scenario):
        found: Any = SCHEMA
        for name in path.split("."):
            found = SCHEMA["$defs"][found["$ref"].rpartition("/")[2]] if "$ref" in found else found
            found = found["properties"][name]
        assert found["title"] == leaf.label
        assert f"Unit: {leaf.unit}; plausible: {leaf.plausible}." in found["description"]
        number = found["anyOf"][0] if "anyOf" in found else found
        assert (number["minimum"], number["maximum"]) == tuple(leaf.legal)
        assert found["default"] == getattr(field.default, "plain", lambda default=field.default: default)()


def test_every_field_of_a_mapping_is_described() -> None:
    silent = [
        f"{name}.{key}"
        for name, part in {**SCHEMA["$defs"], "Scenario": SCHEMA}.items()
        for key, field in part["properties"].items()
        if "description" not in field and "const" not in field and "$ref" not in field
    ]
    assert silent == []
