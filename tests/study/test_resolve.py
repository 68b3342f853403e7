"""From a study file to a study: settings, paths with dots, and the complete study that runs alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecosim.model.run import new_engine
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import DEFAULT_METRICS, load_study
from ecosim.study.rounds import first_count, last_count
from ecosim.study.runner.order import Job, code_version, run_ids

from .worlds import ROOT, TINY, TWO, study

VARIED = {
    "vary": {"design.hazard": {"min": 0.01, "max": 0.1}, "context.learning.zpd": {"levels": [0.1, 0.2]}},
    "method": {"kind": "lhs", "samples": 6},
}


def ids(asked: LoadedStudy) -> list[str]:
    """Return the identities of the first runs of a study."""
    identities = run_ids(asked, code_version())
    points = range(min(4, len(asked.points)))
    return [identities.of(Job(p, r, d)) for p in points for r in range(3) for d in range(len(asked.arms))]


def test_a_setting_speaks_of_the_scenario_unless_it_says_study() -> None:
    given = {"scenario": TINY, "designs": TWO, "replicates": {"min": 20, "max": 80}}
    asked = load_study(given, set={"study.replicates.max": 40, "weeks": 10, "study.seed": 9})
    assert (asked.replicates.min, asked.replicates.max, asked.seed) == (20, 40, 9)
    assert {arm.loaded.scenario.weeks for arm in asked.arms} == {10}
    assert {arm.loaded.scenario.seed for arm in asked.arms} == {9}


def test_a_setting_reaches_a_path_with_dots() -> None:
    found = load_study({"scenario": TINY, **VARIED}, set={"study.vary.design.hazard.max": 0.05})
    assert (found.points.axes[0].low, found.points.axes[0].high) == (0.01, 0.05)
    new = load_study({"scenario": TINY, **VARIED}, set={"study.vary": {"design.choice": {"min": 0.1, "max": 0.2}}})
    assert "design.choice" in [axis.path for axis in new.points.axes]


def test_a_setting_of_a_design_is_one_of_the_study() -> None:
    given = {"scenario": TINY, "designs": TWO}
    found = load_study(given, set={"study.designs.hasty.design.hazard": 0.7, "design.hazard": 0.2})
    assert [arm.loaded.scenario.design.hazard.at(0) for arm in found.arms] == [0.2, 0.7]


def test_what_a_study_file_does_not_say() -> None:
    plain, points, compared = study(), study(**VARIED), study(designs=TWO)
    assert [arm.name for arm in plain.arms] == ["scenario"]
    assert [each.key for each in plain.wanted] == list(DEFAULT_METRICS)
    assert [each.key for each in study({"metrics": ["mean_flow"]}).wanted] == ["mean_flow"]
    assert (plain.replicates.until, plain.replicates.max) == ("fixed", 20)
    assert (points.replicates.until, points.replicates.max) == ("fixed", 4)
    assert (compared.replicates.until, compared.replicates.min, compared.replicates.max) == ("resolved", 20, 400)
    assert compared.baseline == "calm"
    assert (first_count(compared), last_count(compared)) == (40, 800)
    assert (first_count(points), last_count(points)) == (24, 24)


def test_what_is_expected_is_measured() -> None:
    expect = [
        {
            "metric": {"name": "mean_flow", "over": "last_quarter"},
            "of": "hasty",
            "against": "calm",
            "direction": "lower",
        }
    ]
    assert [each.key for each in study(designs=TWO, metrics=["retention"], expect=expect).wanted] == [
        "retention", "mean_flow_last_quarter",
    ]  # fmt: skip


def test_the_seed_is_that_of_the_call_the_study_or_the_scenario() -> None:
    given = {"scenario": {**TINY, "seed": 1}, "seed": 2}
    assert load_study(given, seed=3).seed == 3
    assert load_study(given).seed == 2
    assert load_study({"scenario": given["scenario"]}).seed == 1


def test_a_scenario_of_an_experiment_is_found_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "experiments" / "19-the-others").mkdir(parents=True)
    (tmp_path / "tiny.yaml").write_text("ecosim: 1\nkind: scenario\nlearners: 30\nweeks: 5\n")
    path = tmp_path / "experiments" / "19-the-others" / "study.yaml"
    path.write_text("ecosim: 1\nkind: study\nscenario: ../../tiny.yaml\n")
    asked = load_study(path)
    assert (asked.name, asked.arms[0].loaded.scenario.learners) == ("19-the-others", 30)
    assert asked.given == path.read_text()


COMMUNITIES = {
    "one": {"share": 0.5, "extends": "preset:cmooc"},
    "other": {"share": 0.5, "extends": "preset:xmooc", "design": {"choice": 0.3}},
}
STUDIES: dict[str, dict[str, Any]] = {
    "plain": {"scenario": TINY},
    "designs": {"scenario": TINY, "designs": TWO, "compare": {"baseline": "hasty"}, "title": "t"},
    "varied": {"scenario": TINY, **VARIED},
    "listed": {"scenario": TINY, "method": {"kind": "list", "points": [{"weeks": 3}, {"weeks": 4}]}},
    "grid": {"scenario": TINY, "vary": {"design.choice": {"min": 0, "max": 1, "steps": 3}}, "method": {"kind": "grid"}},
    "box": {"scenario": TINY, "designs": TWO, "method": {"kind": "designs", "robustness": {"samples": 3}}},
    "own box": {
        "scenario": TINY, "designs": TWO, "vary": {"design.choice": {"min": 0.1, "max": 1, "scale": "log"}},
        "method": {"kind": "designs", "robustness": {"samples": 3}},
    },
    "morris": {"scenario": TINY, "vary": {"learners": {"min": 5, "max": 50}}, "method": {"kind": "morris"}},
    "communities": {"scenario": {"learners": 60, "weeks": 4, "communities": COMMUNITIES}, "designs": TWO},
    "extending designs": {"designs": {"a": {"extends": "preset:cmooc"}, "b": {"extends": "preset:xmooc", "weeks": 12}}},
    "expecting": {
        "scenario": TINY, "designs": TWO, "metrics": [{"name": "mean_flow", "over": [0, 1]}],
        "expect": [
            {"metric": "retention", "of": "hasty", "against": "calm", "direction": "lower",
             "why": {"en": "x", "fr": "y"}},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", STUDIES)
def test_the_complete_study_is_the_same_study(name: str, tmp_path: Path) -> None:
    asked = load_study(STUDIES[name], set={"seed": 4})
    (tmp_path / "resolved.yaml").write_text(asked.text(), encoding="utf-8")
    again = load_study(tmp_path / "resolved.yaml")
    assert again.spec() == asked.spec()
    assert ids(again) == ids(asked)
    assert again.resolved() == asked.resolved()
    assert [arm.loaded.hash() for arm in again.arms] == [arm.loaded.hash() for arm in asked.arms]
    assert (again.baseline, again.replicates, again.seed) == (asked.baseline, asked.replicates, asked.seed)
    assert [again.points.settings(k) for k in range(len(asked.points))] == [
        asked.points.settings(k) for k in range(len(asked.points))
    ]


def test_the_complete_study_brings_its_network_file(tmp_path: Path) -> None:
    (tmp_path / "net.csv").write_text("source,target\n" + "".join(f"{k},{k + 1}\n" for k in range(9)))
    network = {"context": {"network": {"kind": "edges", "file": str(tmp_path / "net.csv")}}}
    given = {"scenario": {"learners": 10, "weeks": 2, **network}, "designs": TWO}
    asked = load_study(given)
    plain, files = asked.resolved()
    assert sorted(plain["designs"]) == ["calm", "hasty"]
    assert len(files) == 2
    beside = tmp_path / "elsewhere"
    beside.mkdir()
    (beside / "resolved.yaml").write_text(asked.text(), encoding="utf-8")
    for name, text in files.items():
        (beside / name).write_text(text, encoding="utf-8")
    (tmp_path / "net.csv").unlink()
    again = load_study(beside / "resolved.yaml")
    assert (again.spec(), ids(again)) == (asked.spec(), ids(asked))
    assert new_engine(again.arms[1].loaded).run().digest() == new_engine(asked.arms[1].loaded).run().digest()


def test_another_study_has_other_runs() -> None:
    base = load_study({"scenario": TINY, "designs": TWO})
    others = [
        load_study({"scenario": {**TINY, "weeks": 3}, "designs": TWO}),
        load_study({"scenario": TINY, "designs": TWO}, seed=99),
        load_study({"scenario": TINY, "designs": {**TWO, "calm": {"design": {"choice": 0.9}}}}),
    ]
    for other in others:
        assert other.spec() != base.spec()
        assert ids(other)[0] != ids(base)[0]
    assert run_ids(base, "x").of(Job(0, 0, 0)) != run_ids(base, "y").of(Job(0, 0, 0))


def test_words_change_no_run() -> None:
    base = load_study({"scenario": TINY, "designs": TWO})
    worded = load_study({"scenario": {**TINY, "title": "A title"}, "designs": TWO, "question": "Why?", "replicates": 5})
    assert (worded.spec(), ids(worded)) == (base.spec(), ids(base))


def test_every_run_of_a_study_has_an_identity_of_its_own() -> None:
    for name in ("box", "varied", "extending designs"):
        found = ids(load_study(STUDIES[name]))
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("path", sorted((ROOT / "experiments").glob("*/study.yaml")), ids=lambda path: path.parent.name)
def test_the_experiments_are_studies(path: Path) -> None:
    asked = load_study(path)
    assert asked.study.expect or asked.kind != "designs"


def test_a_label_is_the_title_of_a_design_or_its_name() -> None:
    asked = study(designs={"fading_help": {"title": {"en": "Fading", "fr": "Retrait"}}, "no-help": {}})
    assert [arm.label("fr") for arm in asked.arms] == ["Retrait", "no help"]
