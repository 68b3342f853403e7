"""Every word of the model in both languages: nothing missing, nothing orphaned, nothing left in English."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any, get_args

import pytest

from ecosim.language import listed, lookup, table, text
from ecosim.model.metrics import METRICS
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.design import LEVERS, Design
from ecosim.scenario.document import Context
from ecosim.schema import Block, Evidence, Leaf, leaves, meaning

PARAMETERS = {path: leaf for path, _, leaf in leaves(Context, "context")}
PATHS = sorted(PARAMETERS) + [f"design.{name}" for name in Design.model_fields]
SAME_IN_BOTH = {"exploration", "distraction"}  #: words that the two languages share

ALL_LEAVES: dict[str, Leaf] = PARAMETERS | {f"design.{name}": leaf for name, leaf in LEVERS.items()}
UNITS = {leaf.unit for leaf in ALL_LEAVES.values()} | {METRICS[name].unit for name in METRICS}


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return ``tree`` with dotted keys."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}" if prefix else key
        found |= flat(value, path) if isinstance(value, dict) else {path: value}
    return found


def english_meaning(path: str) -> str:
    """Return the meaning that stands beside the declaration of the parameter or lever at ``path``."""
    top, *inner, name = path.split(".")
    block: Any = Context if top == "context" else Design
    for part in inner:
        block = block.model_fields[part].annotation
    return meaning(block, name)


def fields(message: str) -> set[str]:
    """Return the names that ``message`` wants filled in."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_and_lever_has_a_french_label_and_meaning(path: str) -> None:
    assert lookup("terms_fr", f"{path}.label")
    assert lookup("terms_fr", f"{path}.meaning")


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_and_lever_has_an_english_meaning(path: str) -> None:
    said = english_meaning(path)
    assert said.endswith(".")
    assert said != lookup("terms_fr", f"{path}.meaning")


@pytest.mark.parametrize("path", sorted(ALL_LEAVES))
def test_french_labels_are_french(path: str) -> None:
    label = ALL_LEAVES[path].label
    assert label
    assert lookup("terms_fr", f"{path}.label") != label or label in SAME_IN_BOTH


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_every_lever_has_three_anchors_in_both_languages(name: str) -> None:
    english, french = LEVERS[name].anchors, listed("terms_fr", f"design.{name}.anchors")
    assert len(english) == len(french) == 3
    assert len(set(english)) == len(set(french)) == 3
    assert not set(english) & set(french)


@pytest.mark.parametrize("name", ABLATIONS)
def test_every_knock_out_has_a_french_label(name: str) -> None:
    assert lookup("terms_fr", f"ablations.{name}.label") not in (None, "", ABLATIONS[name].label)


def test_no_orphan_term() -> None:
    known = {f"{path}.{part}" for path in PATHS for part in ("label", "meaning")}
    known |= {f"design.{name}.anchors" for name in LEVERS}
    known |= {f"ablations.{name}.label" for name in ABLATIONS}
    assert set(flat(table("terms_fr"))) <= known


def test_labels_tell_parameters_of_a_block_apart() -> None:
    for name in ("fr", "en"):
        seen: dict[tuple[str, str], str] = {}
        for path, leaf in ALL_LEAVES.items():
            label = leaf.label if name == "en" else lookup("terms_fr", f"{path}.label")
            assert label is not None
            place = (path.rsplit(".", 1)[0], label)
            assert place not in seen, f"{path} and {seen.get(place)} are both called {label!r}"
            seen[place] = path


def test_french_typography() -> None:
    for path, said in flat(table("terms_fr")).items():
        for words in said if isinstance(said, list) else [said]:
            assert not re.search(r"[^\u00a0] ?[?!;:%»]", words), f"{path}: no-break space missing in {words!r}"
            assert "\u2019" not in words, f"{path}: straight apostrophes only, in {words!r}"


def test_meanings_are_sentences() -> None:
    for path in PATHS:
        said = lookup("terms_fr", f"{path}.meaning")
        assert said is not None
        assert said[-1] in ".?"
        assert said[0].isupper()


def test_messages_are_the_same_in_both_languages() -> None:
    english, french = flat(table("en")), flat(table("fr"))
    assert set(english) == set(french)
    for key, message in english.items():
        assert isinstance(message, str)
        assert fields(message) == fields(french[key]), key


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_units_grades_groups_and_blocks_have_names(lang: str) -> None:
    blocks = {name for name, field in Context.model_fields.items() if is_block(field.annotation)}
    assert set(table(lang)["titles"]["blocks"]) == blocks | {"conditions"}
    assert set(table(lang)["titles"]["groups"]) == {leaf.group for leaf in LEVERS.values()}
    assert set(table(lang)["units"]) == UNITS
    grades = {name for name, said in table(lang)["evidence"].items() if isinstance(said, str)}
    assert grades == set(table(lang)["evidence_meanings"]) == set(get_args(Evidence))
    for name in blocks | {"conditions"}:
        assert text(f"titles.blocks.{name}.label", lang)
        assert text(f"titles.blocks.{name}.line", lang)


def is_block(thing: Any) -> bool:
    """Tell whether ``thing`` is a group of parameters."""
    return isinstance(thing, type) and issubclass(thing, Block)
