"""The JSON Schema of calibrations accepts what is valid, and refuses plain mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from ecosim.calibration.json_schema import calibration_schema

from .worlds import GIVEN

jsonschema = pytest.importorskip("jsonschema")

SCHEMA = calibration_schema()
HEAD = {"ecosim": 1, "kind": "calibration"}


def complaints(document: Any) -> list[str]:
    """Return what the schema has against a document."""
    return [each.message for each in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["kind"]["const"] == "calibration"


def test_what_is_valid_is_accepted() -> None:
    assert complaints({**HEAD, **GIVEN}) == []
    assert complaints({**HEAD, **GIVEN, "cohorts": {"a": {"scenario": "preset:xmooc"}}}) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "study"},
        {"cohort": {}},
        {"cohorts": {"a": {}}},
        {"cohorts": {"a": {"scenario": {"lerners": 3}}}},
        {"targets": [{"cohort": "a", "metric": "retention", "low": 0}]},
        {"free": {"design.hazard": {"min": 0}}},
        {"free": {"design.hazard": {"levels": [0, 1]}}},
        {"method": {"kind": "abc", "trials": 3}},
        {"replicates": 0},
    ],
    ids=str,
)
def test_plain_mistakes_are_refused(wrong: dict[str, Any]) -> None:
    assert complaints({**HEAD, **GIVEN, **wrong})
