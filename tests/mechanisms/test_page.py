"""What is declared agrees with ``docs/model.md``, and every equation has a test."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import ecosim.mechanisms
from ecosim.equation import is_equation
from ecosim.scenario.design import LEVERS, Design
from ecosim.scenario.document import Context
from ecosim.schema import leaves, meaning

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
MECHANISMS = sorted(
    path.stem for path in Path(ecosim.mechanisms.__file__).parent.glob("*.py") if path.stem != "__init__"
)
DEFAULTS = {path.rpartition(".")[2]: field.default for path, field, _ in leaves(Context)}


def said(beginning: str, end: str, pair: str) -> dict[str, float]:
    """Return the names and numbers that match ``pair`` in the sentence of the page that begins and ends so."""
    sentence = PAGE[PAGE.index(beginning) + len(beginning) :]
    return {name: float(value) for name, value in re.findall(pair, sentence[: sentence.index(end)])}


def test_parameters_have_the_defaults_of_the_page() -> None:
    stated = said("Not shown above: ", "Levers carry", r"(\w+) (-?\d*\.?\d+)")
    assert len(stated) >= 30
    assert {name: DEFAULTS[name] for name in stated} == stated


def test_levers_have_the_defaults_of_the_page() -> None:
    stated = said("Levers and defaults: ", "A lever is a constant", r"`(\w+)`(?: \w+)?(?: \([^)]*\))? (-?\d*\.?\d+)")
    design = Design()
    assert len(stated) == len(LEVERS)
    held = {name: design.ready_ties if name == "ready_ties" else getattr(design, name).knots[0][1] for name in stated}
    assert held == stated


@pytest.mark.parametrize("block", [Context, Design], ids=["parameters", "levers"])
def test_defaults_are_plausible_and_plausible_is_legal(block: type) -> None:
    for path, field, leaf in leaves(block):
        default = field.default if isinstance(field.default, int | float) else field.default.knots[0][1]
        assert default in leaf.plausible, path
        assert leaf.legal.low <= leaf.plausible.low < leaf.plausible.high <= leaf.legal.high, path


def test_every_leaf_says_what_it_means() -> None:
    for name in LEVERS:
        assert meaning(Design, name), name
        assert len(LEVERS[name].anchors) == 3, name
    for mechanism in MECHANISMS:
        module = import_module(f"ecosim.mechanisms.{mechanism}")
        block = getattr(module, mechanism.capitalize())
        for field in block.model_fields:
            assert meaning(block, field), f"{mechanism}.{field}"


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_equation_is_tested(mechanism: str) -> None:
    """Each equation of a mechanism is called in the test file of its name."""
    module = import_module(f"ecosim.mechanisms.{mechanism}")
    declared = {
        name for name, thing in vars(module).items() if is_equation(thing) and thing.__module__ == module.__name__
    }
    tests = ast.parse(Path(__file__).with_name(f"test_{mechanism}.py").read_text(encoding="utf-8"))
    called = {
        each.func.id for each in ast.walk(tests) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }
    assert declared, "a mechanism without an equation"
    assert declared <= called
