"""Every way in which a study file can be wrong: one clear message, at the line and path where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecosim.errors import InvalidFile, Problem
from ecosim.language import LANGUAGES
from ecosim.scenario.resolve import load
from ecosim.study.plan.resolve import load_study

HEAD = "ecosim: 1\nkind: study\nscenario: good.yaml\n"  # so that what follows begins in line 4
TWO = "designs: {a: {}, b: {design: {choice: 0.3}}}\n"  # line 4
LHS = "method: {kind: lhs, samples: 4}\n"
GRID = "method: {kind: grid}\n"
VARY = "vary: {design.hazard: {min: 0.01, max: 0.1}}\n"
EXPECT = TWO + "expect:\n  - "  # line 6

BESIDE = {
    "good.yaml": "ecosim: 1\nkind: scenario\nlearners: 20\nweeks: 10\ndesign: {ready_ties: 4, choice: 0.5}\n",
    "bad-scenario.yaml": "ecosim: 1\nkind: scenario\nlearners: 20\nweeks: 0\n",
    "other-study.yaml": "ecosim: 1\nkind: study\nscenario: good.yaml\n",
}

#: (text after HEAD, line, path, part of the message)
AFTER_HEAD: list[tuple[str, int, str, str]] = [
    # keys that are not known, shapes that are none
    ("sceario: x", 4, "sceario", "the key sceario is not known here; did you mean scenario?"),
    ("design: {a: {}}", 4, "design", "did you mean designs?"),
    ("replicate: 4", 4, "replicate", "did you mean replicates?"),
    ("colour: red", 4, "colour", "the key colour is not known here"),
    (TWO + "compare: {basline: a}", 5, "compare.basline", "did you mean baseline?"),
    (TWO + "run: {retrys: 3}", 5, "run.retrys", "did you mean retries?"),
    ("vary: {design.hazard: {mini: 1}}\n" + LHS, 4, "vary.design.hazard.mini", "did you mean min?"),
    ("method: {kind: sobol, bas: 4}", 4, "method.bas", "did you mean base?"),
    ("method: {kind: lhs, base: 4, samples: 3}\n" + VARY, 4, "method.base", "the key base is not known here"),
    ("method: {kind: sobl}", 4, "method.kind", "did you mean sobol?"),
    ("method: {samples: 4}", 4, "method", "kind is missing"),
    ("method: sobol", 4, "method", "keys and values"),
    ("method: {kind: lhs}\n" + VARY, 4, "method.samples", "samples is missing"),
    ("designs: [a, b]", 4, "designs", "keys and values are expected here"),
    ("designs: {a: 3}", 4, "designs.a", "keys and values are expected here"),
    ("vary: [design.hazard]", 4, "vary", "keys and values are expected here"),
    ("metrics: retention", 4, "metrics", "a list is expected here"),
    ("title: 5", 4, "title", "text"),
    ("seed: -1", 4, "seed", "-1 is out of range"),
    ("seed: 1.5", 4, "seed", "a whole number"),
    # designs
    ("designs: {a: {}, b: {desing: {choice: 0.3}}}", 4, "designs.b.desing", "did you mean design?"),
    ("designs: {a: {}, b: {design: {choise: 0.3}}}", 4, "designs.b.design.choise", "did you mean choice?"),
    ("designs:\n  a: {}\n  b: {design: {choice: 2}}", 6, "designs.b.design.choice", "2 is out of range"),
    ("designs: {a: {}, b: {seed: 4}}", 4, "designs.b.seed", "seed is the same for all designs"),
    ("designs: {a: {}, b: {metrics: [retention]}}", 4, "designs.b.metrics", "metrics is the same for all designs"),
    ("designs: {a: {}, b: {kind: scenario}}", 4, "designs.b.kind", "kind is the same for all designs"),
    ("designs: {a: {}, b: {observed: x.csv}}", 4, "designs.b.observed", "the same for all designs"),
    ("designs: {a: {}, b: {extends: missing.yaml}}", 4, "designs.b.extends", "missing.yaml"),
    ("designs: {a: {}, b: {extends: preset:xmoc}}", 4, "designs.b.extends", "did you mean xmooc?"),
    ("designs: {a.b: {}}", 4, "designs.a.b", "cannot be the name of a design"),
    ("designs: {a/b: {}}", 4, "designs.a/b", "cannot be the name of a design"),
    ("designs: {a: {}, b: {events: [{week: 2, do: withdrw, levers: [facilitation]}]}}", 4,
     "designs.b.events.0.do", "did you mean withdraw?"),
    ("designs: {a: {}, b: {}}\ndesigns: {c: {}}", 5, "designs", "the key designs is given twice"),
    # factors
    ("vary: {design.hazrd: {min: 0, max: 1}}\n" + LHS, 4, "vary.design.hazrd", "did you mean design.hazard?"),
    ("vary: {hazard: {min: 0, max: 1}}\n" + LHS, 4, "vary.hazard", "did you mean design.hazard?"),
    ("vary: {zzz: {min: 0, max: 1}}\n" + LHS, 4, "vary.zzz", "there is nothing called zzz in a scenario"),
    ("vary: {seed: {min: 0, max: 9}}\n" + LHS, 4, "vary.seed", "seed cannot be varied"),
    ("vary: {metrics: {levels: [1]}}\n" + GRID, 4, "vary.metrics", "metrics cannot be varied"),
    ("vary:\n  design.choice:\n    min: 0.1\n    max: 1.5\n" + LHS, 7, "vary.design.choice.max", "1.5 is out of range"),
    ("vary:\n  design.choice:\n    min: -1\n    max: 0.5\n" + LHS, 6, "vary.design.choice.min", "-1 is out of range"),
    ("vary: {learners: {min: 3, max: 9}}\n" + LHS, 4, "vary.learners.min", "4 ready ties are too many"),
    ("vary: {learners: {min: 10.5, max: 20}}\n" + LHS, 4, "vary.learners.min", "a whole number"),
    ("vary: {design.hazard: {min: 0, max: 1, scale: log}}\n" + LHS, 4, "vary.design.hazard",
     "a logarithmic scale needs min above 0, not 0"),
    ("vary: {design.hazard: {min: 0.1, max: 1, scale: lg}}\n" + LHS, 4, "vary.design.hazard.scale",
     "did you mean log?"),
    ("vary: {design.hazard: {min: 1, max: 0.1}}\n" + LHS, 4, "vary.design.hazard", "1 is not smaller than 0.1"),
    ("vary: {design.hazard: {min: 1, max: 1}}\n" + LHS, 4, "vary.design.hazard", "min must be smaller than max"),
    ("vary: {design.hazard: {min: 1}}\n" + LHS, 4, "vary.design.hazard", "min and max, or levels, are needed here"),
    ("vary: {design.hazard: {}}\n" + LHS, 4, "vary.design.hazard", "min and max, or levels, are needed here"),
    ("vary: {design.hazard: {min: 0, max: 1, levels: [0.1]}}\n" + LHS, 4, "vary.design.hazard", "not both"),
    ("vary: {design.hazard: {levels: [0.1, 0.2, 0.1]}}\n" + GRID, 4, "vary.design.hazard",
     "the level 0.1 stands here twice"),
    ("vary: {design.hazard: {levels: []}}\n" + GRID, 4, "vary.design.hazard.levels", "at least one"),
    ("vary:\n  design.choice:\n    levels: [0.1,\n      7]\n" + GRID, 7, "vary.design.choice.levels.1",
     "7 is out of range"),
    ("vary: {context.network: {levels: [{kind: none}, {kind: nowhere}]}}\n" + GRID, 4, "vary.context.network.levels.1",
     "nowhere"),
    ("vary: {design.hazard: {min: 0, max: 1, steps: 1}}\n" + GRID, 4, "vary.design.hazard.steps", "1 is out of range"),
    ("vary: {design.hazard: {min: 0, max: .inf}}\n" + LHS, 4, "vary.design.hazard.max", "finite"),
    (TWO + "vary: {design.choice: {min: 0.1, max: 0.9}}\n" + LHS, 5, "vary.design.choice",
     "the design b sets design.choice itself"),
    # methods
    (VARY, 4, "vary", "nothing would use this"),
    (TWO + VARY, 5, "vary", "nothing would use this"),
    (LHS, 4, "method", "the method lhs needs vary"),
    (GRID, 4, "method", "the method grid needs vary"),
    (VARY + GRID, 4, "vary.design.hazard", "needs levels, or min and max with steps"),
    (VARY + "method: {kind: sobol, base: 100}", 5, "method.base", "powers of two, such as 64, not 100"),
    (VARY + "method: {kind: sobol, base: 1}", 5, "method.base", "1 is out of range"),
    (VARY + "method: {kind: morris, levels: 5}", 5, "method.levels", "must be even"),
    ("vary: {design.hazard: {levels: [0.1, 0.2]}}\nmethod: {kind: morris}", 4, "vary.design.hazard",
     "cannot vary levels"),
    ("vary: {weeks: {min: 2, max: 4}}\nmethod: {kind: morris}", 4, "vary.weeks", "fewer whole numbers"),
    (VARY + "method: {kind: list, points: [{weeks: 3}]}", 4, "vary", "vary has no use here"),
    ("method: {kind: list, points: []}", 4, "method.points", "at least one"),
    ("method: {kind: list, points: [{weeks: 3}, {learners: 9}]}", 4, "method.points.1",
     "every point sets the same paths"),
    ("method: {kind: designs, robustness: {samples: 8}}", 4, "method", "at least two designs are needed"),
    (TWO + "method: {kind: designs, robustness: {samples: 1}}", 5, "method.robustness.samples", "1 is out of range"),
    ("vary: {design.hazard: {min: 0, max: 1, steps: 900}, design.choice: {min: 0, max: 1, steps: 900},"
     " design.openness: {min: 0, max: 1, steps: 900}}\n" + GRID, 4, "vary", "this grid has 7.29e+08 points"),
    # replicates
    (TWO + "replicates: many", 5, "replicates", "a number of replicates, or {min"),
    (TWO + "replicates: 0", 5, "replicates", "a number of replicates"),
    (TWO + "replicates: 2.5", 5, "replicates", "a number of replicates"),
    (TWO + "replicates: {min: 30, max: 20}", 5, "replicates", "30 is larger than 20"),
    (TWO + "replicates: {min: 1, max: 20}", 5, "replicates", "an interval needs at least 2 replicates, not 1"),
    (TWO + "replicates: {until: solved}", 5, "replicates.until", "did you mean resolved?"),
    (TWO + "replicates: {until: half_width}", 5, "replicates", "needs half_width"),
    (TWO + "replicates: {until: half_width, half_width: {retentoin: 0.1}}", 5, "replicates.half_width.retentoin",
     "did you mean retention?"),
    (TWO + "replicates: {until: half_width, half_width: {retention: 0}}", 5, "replicates.half_width.retention", "0"),
    ("replicates: {min: 10, max: 20}", 4, "replicates", "there is only one design"),
    (VARY + "method: {kind: sobol}\nreplicates: {min: 4, max: 8, until: half_width, half_width: {retention: 1}}", 6,
     "replicates", "the method sobol needs as many replicates everywhere"),
    # metrics
    ("metrics: [retentoin]", 4, "metrics.0", "did you mean retention?"),
    ("metrics: [zzzz]", 4, "metrics.0", "ecosim list metrics shows them all"),
    ("metrics: [retention, retention]", 4, "metrics.1", "asked for twice"),
    ("metrics: [{name: mean_flow, over: [0, 10]}]", 4, "metrics.0", "week 10 comes after the last week, 9"),
    ("metrics: [{name: mean_flow, over: [5, 2]}]", 4, "metrics.0.over", "last_quarter"),
    ("metrics: [{name: mean_flow, over: always}]", 4, "metrics.0.over", "last_quarter"),
    ("metrics: [{over: run}]", 4, "metrics.0.name", "name is missing"),
    # comparisons
    (TWO + "compare: {baseline: c}", 5, "compare.baseline", 'there is no design "c"; there are: a, b'),
    ("designs: {calm: {}, hasty: {}}\ncompare: {baseline: hasti}", 5, "compare.baseline", "did you mean hasty?"),
    (TWO + "compare: {smallest_effect: {retenton: 0.1}}", 5, "compare.smallest_effect.retenton",
     "did you mean retention?"),
    (TWO + "compare: {smallest_effect: {retention: -0.1}}", 5, "compare.smallest_effect.retention", "-0.1"),
    (TWO + "compare: {smallest_effect: {gini_effort: 0.1}}", 5, "compare.smallest_effect.gini_effort",
     "is not measured"),
    (TWO + "compare: {confidence: 1}", 5, "compare.confidence", "1 is out of range"),
    (TWO + "compare: {confidence: 95}", 5, "compare.confidence", "95 is out of range"),
    (TWO + "compare: {by: [profil]}", 5, "compare.by.0", "did you mean profile?"),
    # expectations
    (EXPECT + "{metric: retentoin, of: b, against: a, direction: lower}", 6, "expect.0.metric",
     "did you mean retention?"),
    (EXPECT + "{of: b, against: a, direction: lower}", 6, "expect.0.metric", "metric is missing"),
    (EXPECT + "{metric: retention, of: c, against: a, direction: lower}", 6, "expect.0.of", "there is no design"),
    (EXPECT + "{metric: retention, of: b, against: c, direction: lower}", 6, "expect.0.against", "there is no design"),
    (EXPECT + "{metric: retention, against: a, direction: lower}", 6, "expect.0", "another one than against"),
    (EXPECT + "{metric: retention, of: a, against: a, direction: lower}", 6, "expect.0", "another one than against"),
    (EXPECT + "{metric: retention, of: b, against: a}", 6, "expect.0", "direction is needed here"),
    (EXPECT + "{metric: retention, of: b, against: a, direction: up}", 6, "expect.0.direction", "higher"),
    (EXPECT + "{metric: retention, of: b}", 6, "expect.0", "above: VALUE or below: VALUE is needed"),
    (EXPECT + "{metric: retention, of: b, above: 1, below: 2}", 6, "expect.0", "one of them"),
    (EXPECT + "{metric: retention, above: 1}", 6, "expect.0", "of: DESIGN is needed here"),
    (EXPECT + "{metric: retention, contrast: {a: 1, b: 1}, direction: higher}", 6, "expect.0.contrast",
     "add up to 0, not 2"),
    (EXPECT + "{metric: retention, contrast: {a: 1, d: -1}, direction: higher}", 6, "expect.0.contrast.d", "no design"),
    (EXPECT + "{metric: retention, rises_with: mean_flow, direction: higher}", 6, "expect.0", "from point to point"),
    (EXPECT + "{metric: retention, of: b, against: a, direction: lower, status: builtin}", 6, "expect.0.status",
     "did you mean built_in?"),
    (EXPECT + "{metric: {name: mean_flow, over: [3, 12]}, of: b, against: a, direction: lower}", 6, "expect.0.metric",
     "week 12 comes after the last week, 9"),
    (VARY + LHS + "expect: [{metric: retention, rises_with: men_flow, direction: higher}]", 6, "expect.0.rises_with",
     "did you mean mean_flow?"),
    (VARY + LHS + "expect: [{metric: retention, interaction: [design.hazard, design], above: 0.1}]", 6,
     "expect.0.interaction", "two factors of a grid"),
    (TWO + "vary: {design.hazard: {levels: [0.1, 0.2]}}\n" + GRID
     + "expect: [{metric: retention, interaction: [design.hazrd, design], above: 0.1}]", 7,
     "expect.0.interaction.0", "did you mean design.hazard?"),
    # runs
    ("run: {retries: -1}", 4, "run.retries", "-1 is out of range"),
    ("run: {timeout_s: 0}", 4, "run.timeout_s", "0"),
    ("run: {memory_mb: 1}", 4, "run.memory_mb", "1 is out of range"),
    ("run: {series: weakly}", 4, "run.series", "did you mean weekly?"),
    # YAML
    ("designs: &x {a: {}}", 4, "", "anchors"),
    ("designs:\n\ta: {}", 5, "", "there is a tab here"),
    ("designs: {a: {}", 5, "", "bracket"),
    ("vary: {<<: {a: 1}}", 4, "vary", "merge keys"),
]  # fmt: skip

#: (whole text, line, path, part of the message)
WHOLE: list[tuple[str | bytes, int | None, str, str]] = [
    ("", 1, "", "holds no value"),
    ("- a\n", 1, "", "a study file consists of keys and values"),
    ("scenario: good.yaml\n", 1, "", "a study file begins with ecosim: 1"),
    ("ecosim: 1\nscenario: good.yaml\n", 1, "", "kind: study"),
    ("kind: study\necosim: 1\n", 2, "ecosim", "ecosim: 1 and kind: study come first"),
    ("ecosim: 2\nkind: study\n", 1, "ecosim", "version 1"),
    ("ecosim: 1\nkind: scenario\nweeks: 4\n", 2, "kind", "this file is a scenario, not a study: use ecosim run"),
    ("ecosim: 1\nkind: studdy\n", 2, "kind", "did you mean study?"),
    ("ecosim: 1\nkind: leaflet\n", 2, "kind", "the kind of file is study"),
    ("ecosim: 1\nkind: study\n", 1, "", "a study needs a scenario"),
    ("ecosim: 1\nkind: study\ndesigns: {a: {}, b: {extends: preset:cmooc}}\n", 3, "designs.a",
     "this design needs extends"),
    ("ecosim: 1\nkind: study\nscenario: missing.yaml\n", 3, "scenario", "missing.yaml"),
    ("ecosim: 1\nkind: study\nscenario: preset:xmoc\n", 3, "scenario", "did you mean xmooc?"),
    ("ecosim: 1\nkind: study\nscenario: other-study.yaml\n", 3, "scenario", "only a scenario can be extended"),
    ("ecosim: 1\nkind: study\nscenario: [good.yaml]\n", 3, "scenario", "preset:NAME"),
    ("ecosim: 1\nkind: study\nscenario: {weeks: 0}\n", 3, "scenario.weeks", "0 is out of range"),
    ("ecosim: 1\nkind: study\nscenario: {weaks: 4}\n", 3, "scenario.weaks", "did you mean weeks?"),
    ("ecosim: 1\nkind: study\nscenario: {extends: missing.yaml}\n", 3, "scenario.extends", "missing.yaml"),
    (b"ecosim: 1\nkind: study\ntitle: \xe9\n", 3, "", "not UTF-8"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which the files stand that bad ones refer to."""
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(text: str | bytes, **how: Any) -> list[Problem]:
    """Return why the study ``bad.yaml`` with this ``text`` is refused."""
    Path("bad.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InvalidFile) as caught:
        load_study("bad.yaml", **how)
    assert caught.value.exit_code == 3
    for lang in LANGUAGES:
        for problem in caught.value.problems:
            said = problem.say(lang)
            assert "\n" not in said
            assert "None" not in said
    return caught.value.problems


def check(problems: list[Problem], line: int | None, path: str, message: str) -> None:
    """Compare the one problem of ``bad.yaml`` with what is expected."""
    found = [(each.file, each.line, each.path) for each in problems]
    assert found == [("bad.yaml", line, path)], [each.say() for each in problems]
    assert message in problems[0].say()


@pytest.mark.parametrize(("text", "line", "path", "message"), AFTER_HEAD, ids=[row[0][:70] for row in AFTER_HEAD])
def test_one_thing_wrong(folder: Path, text: str, line: int, path: str, message: str) -> None:
    check(refusal(HEAD + text + "\n"), line, path, message)


@pytest.mark.parametrize(("text", "line", "path", "message"), WHOLE, ids=[repr(row[0])[:60] for row in WHOLE])
def test_no_study_at_all(folder: Path, text: str | bytes, line: int | None, path: str, message: str) -> None:
    check(refusal(text), line, path, message)


def test_the_table_is_long_and_varied() -> None:
    assert len(AFTER_HEAD) + len(WHOLE) >= 120
    assert len({row[3] for row in AFTER_HEAD + WHOLE}) > 90


def test_a_study_is_no_scenario(folder: Path) -> None:
    with pytest.raises(InvalidFile) as caught:
        load("other-study.yaml")
    assert "this file is a study, not a scenario: use ecosim sweep" in caught.value.say()


def test_a_mistake_in_the_scenario_is_told_where_it_stands(folder: Path) -> None:
    (problem,) = refusal("ecosim: 1\nkind: study\nscenario: bad-scenario.yaml\n")
    assert (problem.file, problem.line, problem.path) == ("bad-scenario.yaml", 4, "weeks")


def test_what_a_design_makes_impossible_elsewhere_is_told_there_with_its_name(folder: Path) -> None:
    (problem,) = refusal(HEAD + "designs: {a: {}, b: {learners: 4}}\n")
    assert (problem.file, problem.line, problem.path) == ("good.yaml", 5, "designs.b: design.ready_ties")
    assert "4 ready ties are too many: among 4 learners" in problem.say()


def test_a_mistake_that_all_designs_share_is_told_once(folder: Path) -> None:
    check(refusal("ecosim: 1\nkind: study\nscenario: {weeks: 0}\n" + TWO), 3, "scenario.weeks", "0 is out of range")


def test_all_problems_at_once_in_file_order(folder: Path) -> None:
    text = HEAD + TWO + (
        "vary:\n  design.hazrd: {min: 0, max: 1}\n  design.choice: {min: 0, max: 1}\n"
        "method: {kind: sobol, base: 3}\nreplicates: {min: 5, max: 4}\nmetrics: [retentoin]\ncompare: {baseline: c}\n"
        "expect:\n  - {metric: mean_flow, of: b, against: a}\n"
    )  # fmt: skip
    assert [each.line for each in refusal(text)] == [6, 7, 8, 9, 9, 10, 11, 13]


def test_problems_of_all_designs_at_once(folder: Path) -> None:
    text = HEAD + "designs:\n  a: {design: {choice: 3}}\n  b: {design: {hazard: 99}}\n  c: {seed: 1}\n"
    paths = {each.path for each in refusal(text)}
    assert paths in ({"designs.a.design.choice", "designs.b.design.hazard"}, {"designs.c.seed"})


def test_an_uploaded_study_names_no_files(folder: Path) -> None:
    for text in (HEAD, "ecosim: 1\nkind: study\nscenario: preset:cmooc\ndesigns: {a: {}, b: {extends: good.yaml}}\n"):
        with pytest.raises(InvalidFile) as caught:
            load_study(text.encode(), allow_files=False, name="mine.yaml")
        (problem,) = caught.value.problems
        assert "may extend presets only" in problem.say()
        assert problem.file == "mine.yaml"


@pytest.mark.parametrize(
    ("path", "value", "place", "message"),
    [
        ("study.replicates.max", "x", "replicates.max", "a whole number"),
        ("study.replicats", 4, "replicats", "did you mean replicates?"),
        ("study.kind", "scenario", "kind", "it stands in the file"),
        ("study.compare.baseline", "z", "compare.baseline", "there is no design"),
        ("weeks", 0, "weeks", "0 is out of range"),
        ("wekks", 3, "", "there is nothing called wekks in a scenario; did you mean weeks?"),
        ("design.choice", 4, "design.choice", "4 is out of range"),
    ],
)
def test_settings_that_are_wrong(folder: Path, path: str, value: Any, place: str, message: str) -> None:
    (problem,) = refusal(HEAD + "designs: {a: {}, b: {design: {hazard: 0.2}}}\n", set={path: value})
    assert (problem.file, problem.line, problem.path) == ("--set", None, place)
    assert message in problem.say()


@pytest.mark.parametrize(
    ("given", "path", "message"),
    [
        ({}, "", "a study needs a scenario"),
        ({"kind": "scenario"}, "kind", "this file is a scenario"),
        ({"scenario": {}, "designs": {"a": {}}, "expects": []}, "expects", "did you mean expect?"),
        ({"scenario": {}, "seed": float("nan")}, "seed", "a whole number"),
        ({"scenario": {}, "seed": object()}, "seed", "object"),
    ],
)
def test_dictionaries(given: Any, path: str, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        load_study(given)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (None, None, path)
    assert message in problem.say()
