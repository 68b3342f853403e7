"""Blocks and leaves: whole numbers, ranges, meanings."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import BaseModel, ValidationError

from ecosim.mechanisms.intention import Intention
from ecosim.mechanisms.relation import Relation
from ecosim.scenario.design import Design
from ecosim.scenario.document import Scenario
from ecosim.scenario.events import Withdraw
from ecosim.schema import Range, leaves, meaning


def test_every_parameter_and_lever_has_a_meaning() -> None:
    found = list(leaves(Scenario))
    assert len(found) > 180
    for path, _, _ in found:
        block: type[BaseModel] = Scenario
        *above, name = path.split(".")
        for part in above:
            inner = block.model_fields[part].annotation
            assert isinstance(inner, type)
            block = inner
        said = meaning(block, name)
        assert said.endswith((".", ")")), path
        assert "\n" not in said


def test_a_meaning_is_found_by_name_by_alias_and_where_it_is_inherited_from() -> None:
    assert meaning(Intention, "lambda").startswith("Mean number of contributions")
    assert meaning(Intention, "lambda") == meaning(Intention, "lambda_")
    assert meaning(Withdraw, "week").startswith("Week in which it happens")
    assert meaning(Design, "no such lever") == ""


def test_a_block_without_source_has_no_meanings() -> None:
    space: dict[str, type[BaseModel]] = {}
    program = "from ecosim.schema import Block\nclass Made(Block):\n    a: int = 1\n    'not found'"
    exec(program, {"__name__": "ecosim.schema"}, space)
    assert meaning(space["Made"], "a") == ""


def test_whole_numbers_may_be_written_with_an_exponent() -> None:
    assert Relation.model_validate({"tie_slots": 1e2}).tie_slots == 100
    assert isinstance(Relation.model_validate({"tie_slots": 64.0}).values().tie_slots, int)
    for wrong in (1.5, float("inf"), float("nan"), True, "3"):
        with pytest.raises(ValidationError):
            Relation.model_validate({"tie_slots": wrong})


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0, 1, "0 .. 1"), (0.0, 0.25, "0 .. 0.25"), (1, 1e12, "1 .. 1000000000000"), (0.0001, 4096, "0.0001 .. 4096")],
)
def test_ranges_in_words(low: float, high: float, said: str) -> None:
    assert str(Range(low, high)) == said


def test_reading_scenarios_imports_no_heavy_library() -> None:
    heavy = ["numba", "pandas", "networkx", "matplotlib", "mesa", "solara", "yaml"]
    program = "import sys, ecosim.scenario.resolve, ecosim.scenario.json_schema\n"
    program += f"print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
