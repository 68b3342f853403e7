"""What results lean on is measured: every name exists, the file is complete, and a part of it comes out again."""

from __future__ import annotations

import json

import pytest

from ecosim.model.metrics import METRICS
from ecosim.report import leaning
from ecosim.report.page.assumptions import ground
from ecosim.report.page.origin import origin_of
from ecosim.scenario import presets
from ecosim.scenario.document import Context
from ecosim.scenario.resolve import load
from ecosim.schema import leaves
from tests.benchmarks.leaning import REPLICATES, measure, written

LEAVES = {path: leaf for path, _, leaf in leaves(Context, "context")}
PRESETS = (leaning.DEFAULTS, *presets.names())
HELD = json.loads(leaning.DATA.read_text(encoding="utf-8"))


def test_every_preset_and_every_parameter_was_measured() -> None:
    assert tuple(HELD["presets"]) == PRESETS
    assert (HELD["metrics"], HELD["scale"], HELD["replicates"]) == (list(leaning.MEASURED), leaning.SCALE, REPLICATES)
    assert set(leaning.MEASURED) <= set(METRICS)
    for name in PRESETS:
        assert list(HELD["presets"][name]["parameters"]) == list(LEAVES), name


@pytest.mark.parametrize("name", ["xmooc", "lone-autodidact"])
def test_a_part_of_it_comes_out_again(name: str) -> None:
    paths = ["context.energy.fuel", "context.encounter.homophily", "context.population.topics"]
    again = measure(name, paths)
    held = HELD["presets"][name]
    assert again["base"] == held["base"]
    assert again["parameters"] == {path: held["parameters"][path] for path in again["parameters"]}
    assert set(again["parameters"]) == set(paths)


def test_the_file_is_what_is_written_of_it() -> None:
    assert written(HELD["presets"]) == leaning.DATA.read_text(encoding="utf-8")


def test_an_end_at_which_the_parameter_stands_changes_nothing() -> None:
    access = next(each for each in leaning.leans("defaults") if each.path == "context.access")
    low, high = access.ends
    assert set(high.values()) == {leaning.Shift(0.0, 0.0)}
    assert low["participation"] is not None
    assert low["participation"].value < -0.1


@pytest.mark.parametrize("name", PRESETS)
def test_the_most_leaned_on_are_the_strongest_for_some_result(name: str) -> None:
    found = leaning.leaned_on(name)
    paths = {each.path for each in found}
    assert leaning.EACH <= len(found) <= leaning.EACH * len(leaning.MEASURED)
    for result in leaning.MEASURED:
        most = max(leaning.leans(name), key=lambda each: each.largest(result))
        assert most.path in paths
    sizes = [max(each.largest(result) for result in leaning.MEASURED) for each in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_change_that_may_be_luck_does_not_count() -> None:
    shaky, sure = leaning.Shift(0.1, 0.06), leaning.Shift(-0.02, 0.001)
    lean = leaning.Lean("x", ({"retention": shaky}, {"retention": sure}))
    assert lean.largest("retention") == 0.02
    assert leaning.Lean("x", ({"retention": shaky}, {"retention": None})).largest("retention") == 0.0


def test_what_results_lean_on_stays_within_what_is_possible() -> None:
    for name in PRESETS:
        base = leaning.luck(name)
        for each in leaning.leans(name):
            for end in each.ends:
                for result, shift in end.items():
                    middle = base[result]
                    assert (shift is None) or middle is None or -1e-3 <= middle.value + shift.value <= 1.001, each.path


def test_the_page_says_by_how_much_with_its_evidence() -> None:
    from ecosim.model.run import simulate

    run = simulate(load("preset:xmooc", set={"learners": 9, "weeks": 2, "context.energy.fuel": 3}))
    found = ground(run, origin_of(run.loaded), "fr")
    fuel = next(each for each in found.assumptions if each.words.path == "context.energy.fuel")
    (low, _), (value, error) = HELD["presets"]["xmooc"]["parameters"][fuel.words.path], (None, None)
    value, error = low[0]
    assert fuel.now == "3"
    assert fuel.most == "rétention"
    assert fuel.ends[0].value == f"{LEAVES[fuel.words.path].plausible.low:g}".replace(".", ",")
    assert fuel.ends[0].change == f"−{abs(value) / 10000:.3f} ± {error / 10000:.3f}".replace(".", ",")
    assert fuel.words.evidence == "sens connu"
    assert max(abs(end.bar) for each in found.assumptions for end in each.ends) == 1.0
    assert found.total == len(LEAVES)
