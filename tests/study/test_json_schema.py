"""The JSON Schema of studies accepts what is shipped, and refuses the plainest mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecosim.scenario.reader import read_file
from ecosim.study.plan.json_schema import study_schema

jsonschema = pytest.importorskip("jsonschema")

FILES = sorted((Path(__file__).parents[2] / "experiments").glob("*/study.yaml"))
SCHEMA = study_schema()


def complaints(document: Any) -> list[str]:
    """Return what the schema has against a document."""
    return [each.message for each in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["kind"]["const"] == "study"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_studies_that_are_shipped(path: Path) -> None:
    assert complaints(read_file(path).value) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "scenario"},
        {"desings": {}},
        {"designs": {"a": {"seed": 3}}},
        {"designs": {"a": {"design": {"choice": 2}}}},
        {"method": {"kind": "sobl"}},
        {"replicates": 0},
        {"replicates": {"until": "bored"}},
        {"compare": {"confidence": 2}},
        {"expect": [{"metric": "retention", "direction": "up"}]},
        {"run": {"timeout_s": "long"}},
    ],
)
def test_plain_mistakes_are_refused(wrong: dict[str, Any]) -> None:
    assert complaints({"ecosim": 1, "kind": "study", **wrong})
