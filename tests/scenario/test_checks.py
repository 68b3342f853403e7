"""Relations between values, warnings, counts and knock-outs; what is refused stands in ``test_bad_files``."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.errors import InvalidFile
from ecosim.language import LANGUAGES
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.counts import community_sizes, listed_artefacts, sizes_of
from ecosim.scenario.document import Scenario
from ecosim.scenario.networks import impossible
from ecosim.scenario.resolve import load
from ecosim.scenario.tree import at, legal_range

HEAD = "ecosim: 1\nkind: scenario\n"

#: (text after the first two lines, line, path, message)
WARNINGS = [
    ("title: t\ndesign: {choice: 0.02}", 4, "design.choice", "0.02 is allowed but unusual: plausible are 0.1 to 1"),
    ("title: t\ndesign: {choice: [[0, 0.5], [9, 0.02]]}", 4, "design.choice", "0.02 is allowed but unusual"),
    (
        "title: t\ndesign: {ready_ties: 33}\ncontext: {relation: {tie_slots: 40}}",
        4,
        "design.ready_ties",
        "33 is allowed",
    ),
    ("title: t\ncontext: {learning: {zpd: 0.9}}", 4, "context.learning.zpd", "plausible are 0.08 to 0.25"),
    ("title: t\ncontext: {intention: {lambda: 9}}", 4, "context.intention.lambda", "9 is allowed but unusual"),
    ("title: t\ncontext: {access: 0.1}", 4, "context.access", "0.1 is allowed but unusual"),
    ("title: t\ndesign: {choice: [[0, 0.5], [52, 0.6]]}", 4, "design.choice", "week 52 of this schedule comes after"),
    ("title: t\ndesign: {choice: {fade: smooth, from: 1, until: 60, to: 0.5}}", 4, "design.choice", "week 52 of this"),
    ("title: t\ndesign: {deadlines: [3, 52, 60]}", 4, "design.deadlines", "the deadline in week 52 comes after"),
    ("title: t\nevents: [{week: 52}]", 4, "events.0.week", "week 52 comes after the last week, 51"),
    ("title: t\narrivals: {kind: uniform, until: 52}", 4, "arrivals.until", "arrivals go on until week 52"),
    ("title: t\ncontext: {migration: {mobility: 0.1}}", 4, "context.migration.mobility", "there is only one community"),
    (
        "title: t\ncontext: {population: {latent_loading: 0.8}}",
        4,
        "context.population.latent_loading",
        "add up to 1.28",
    ),
    ("weeks: 20", 1, "title", "the scenario has no title"),
    ('title: ""', 3, "title", "the scenario has no title"),
]


@pytest.mark.parametrize(("text", "line", "path", "message"), WARNINGS, ids=[row[0][:60] for row in WARNINGS])
def test_warnings(text: str, line: int, path: str, message: str) -> None:
    (warning,) = load((HEAD + text + "\n").encode(), name="odd.yaml").warnings
    assert (warning.file, warning.line, warning.path) == ("odd.yaml", line, path)
    assert message in warning.say()
    assert all("\n" not in warning.say(lang) for lang in LANGUAGES)


def test_warnings_in_file_order_and_once_for_all_communities() -> None:
    text = HEAD + (
        "title: t\nevents: [{week: 99}]\ndesign: {choice: 0.01}\n"
        "communities: {a: {share: 0.5}, b: {share: 0.5, design: {demand: 0.01}}}\n"
    )
    assert [(each.line, each.path) for each in load(text.encode()).warnings] == [
        (4, "events.0.week"),
        (5, "design.choice"),
        (6, "communities.b.design.demand"),
    ]


def test_defaults_and_presets_are_not_warned_of() -> None:
    assert load({}).warnings == []
    assert load({"extends": "preset:lone-autodidact"}).warnings == []
    assert load({"context": {"access": 1.0}, "design": {"rejection": 0.0}}).warnings == []


def test_more_ready_ties_than_slots() -> None:
    found = load({"design": {"ready_ties": 20}, "context": {"relation": {"tie_slots": 16}}}).warnings
    assert ["20 ready ties are more than the 16 ties" in each.say() for each in found] == [True]
    assert (
        load(
            {"design": {"ready_ties": 20}, "context": {"relation": {"tie_slots": 16}, "network": {"kind": "none"}}}
        ).warnings
        == []
    )


def test_more_ties_in_a_file_than_slots(tmp_path: Any) -> None:
    (tmp_path / "star.csv").write_text("source,target\n" + "".join(f"hub,leaf{k}\n" for k in range(33)))
    (tmp_path / "s.yaml").write_text(HEAD + "title: t\ncontext: {network: {kind: edges, file: star.csv}}\n")
    (warning,) = load(tmp_path / "s.yaml").warnings
    assert (warning.line, warning.path) == (4, "context.network.file")
    assert "somebody has 33 ties in this file" in warning.say()


@pytest.mark.parametrize(
    ("network", "ties", "size", "possible"),
    [
        ({"kind": "none"}, 50, 1, True),
        ({"kind": "random"}, 0, 1, True),
        ({"kind": "random"}, 9, 10, True),
        ({"kind": "random"}, 9.5, 10, False),
        ({"kind": "small_world"}, 2, 3, True),
        ({"kind": "small_world"}, 1.5, 3, False),
        ({"kind": "scale_free"}, 1, 2, True),
        ({"kind": "scale_free"}, 0, 2, False),
        ({"kind": "blocks", "blocks": 2, "within": 1}, 4, 10, True),
        ({"kind": "blocks", "blocks": 2, "within": 1}, 5, 10, False),
        ({"kind": "blocks", "blocks": 10, "within": 0}, 5, 10, True),
        ({"kind": "blocks", "blocks": 11, "within": 0}, 0, 10, False),
        ({"kind": "classroom"}, 1, 2, True),
        ({"kind": "classroom"}, 0, 2, False),
        ({"kind": "classroom"}, 3, 3, False),
        ({"kind": "classroom"}, 1.5, 30, False),
    ],
)
def test_networks_that_can_and_cannot_be(network: dict[str, Any], ties: float, size: int, possible: bool) -> None:
    scenario = Scenario.model_validate({"context": {"network": network}})
    assert (impossible(scenario.context.network, ties, size) is None) == possible


def test_every_community_is_checked_by_itself() -> None:
    given: dict[str, Any] = {"learners": 20, "communities": {"big": {"share": 0.75}, "small": {"share": 0.25}}}
    with pytest.raises(InvalidFile, match="among 5 learners each can have at most 4"):
        load(given)
    given["communities"]["small"]["design"] = {"ready_ties": 4}
    assert sizes_of(load(given).scenario) == {"big": 15, "small": 5}


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any), st.integers(1, 100_000))
def test_largest_remainders(parts: list[int], learners: int) -> None:
    shares = [part / sum(parts) for part in parts]
    sizes = community_sizes(shares, learners)
    assert sum(sizes) == learners
    assert all(abs(size - share * learners) < 1 + 1e-6 for size, share in zip(sizes, shares, strict=True))


def test_equal_remainders_go_to_the_first() -> None:
    assert community_sizes([0.25, 0.25, 0.5], 2) == [1, 0, 1]
    assert community_sizes([0.5, 0.5], 3) == [2, 1]
    assert community_sizes([0.3333333, 0.3333333, 0.3333333], 10_000_000) == [3_333_334, 3_333_333, 3_333_333]


def test_artefacts_can_be_called_by_number_or_name() -> None:
    assert listed_artefacts(Scenario())[:4] == ["solo 1", "solo 2", "solo 3", "collective 1"]
    for artefact in (0, 11, "solo 3", "collective 9"):
        load({"events": [{"week": 0, "do": "seed_experts", "artefact": artefact, "share": 0.1}]})


@pytest.mark.parametrize("name", ABLATIONS)
def test_knock_outs_name_parameters_and_legal_values(name: str) -> None:
    for path, value in ABLATIONS[name].neutral.items():
        declared = at(tuple(path.split(".")))
        legal = legal_range(declared)
        assert declared is not None, path
        assert legal is not None
        assert value in legal
        assert value != declared.default
        assert isinstance(value, type(declared.default)), "the type that kernels were compiled for"
    load({"events": [{"week": 0, "do": "ablate", "mechanism": name}]})


def test_there_are_knock_outs_enough() -> None:
    assert len(ABLATIONS) >= 20
    assert ABLATIONS["flow_persistence"].neutral == {}
    assert len({each.label for each in ABLATIONS.values()}) == len(ABLATIONS)
