"""Every way in which a calibration file can be wrong: one clear message, at the line and path where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosim.calibration.resolve import load_calibration
from ecosim.errors import InvalidFile
from ecosim.language import LANGUAGES

HEAD = "ecosim: 1\nkind: calibration\n"
COHORTS = "cohorts: {one: {scenario: good.yaml}, two: {scenario: good.yaml, set: {learners: 30}}}\n"  # line 3
TARGETS = "targets: [{cohort: one, metric: retention, low: 0.5, high: 0.7}]\n"  # line 4
FREE = "free: {design.hazard: {min: 0.01, max: 0.1}}\n"  # line 5
WHOLE = HEAD + COHORTS + TARGETS + FREE
GOOD = "ecosim: 1\nkind: scenario\ntitle: T\nlearners: 20\nweeks: 10\ndesign: {ready_ties: 4, choice: 0.5}\n"

#: (what is replaced, by what, line, path, part of the message)
WRONG: list[tuple[str, str, int, str, str]] = [
    ("kind: calibration", "kind: calibratoin", 2, "kind", "did you mean calibration?"),
    ("kind: calibration", "kind: study", 2, "kind", "this file is a study, not a calibration: use ecosim sweep"),
    ("kind: calibration", "kind: scenario", 2, "kind", "this file is a scenario, not a calibration: use ecosim run"),
    ("kind: calibration\n", "", 1, "", "kind: calibration"),
    ("cohorts:", "cohort:", 3, "cohort", "did you mean cohorts?"),
    (COHORTS, "cohorts: {}\n", 3, "cohorts", "at least one"),
    ("scenario: good.yaml}", "scenario: gud.yaml}", 3, "cohorts.one.scenario", "good.yaml?"),
    ("scenario: good.yaml}", "scenario: preset:xmoc}", 3, "cohorts.one.scenario", "did you mean xmooc?"),
    ("set: {learners: 30}", "sett: {learners: 30}", 3, "cohorts.two.sett", "did you mean set?"),
    ("set: {learners: 30}", "set: {lerners: 30}", 3, "cohorts.two.set.lerners", "did you mean learners?"),
    ("set: {learners: 30}", "set: {learners: -1}", 3, "cohorts.two.set.learners", "-1 is out of range"),
    ("set: {learners: 30}", "set: {seed: 1, kind: study}", 3, "cohorts.two.set.kind", "stands in the file"),
    ("{one:", "{o.ne:", 3, "cohorts.o.ne", "cannot be the name of a cohort"),
    ("cohort: one", "cohort: onne", 4, "targets.0.cohort", "did you mean one?"),
    ("cohort: one", "cohort: zzz", 4, "targets.0.cohort", "there are: one, two"),
    ("metric: retention", "metric: retenion", 4, "targets.0.metric", "did you mean retention?"),
    ("metric: retention", "metric: {name: retention, over: [3, 10]}", 4, "targets.0.metric", "the last week, 9"),
    ("low: 0.5", "low: 0.8", 4, "targets.0", "0.8 is not smaller than 0.7"),
    ("low: 0.5", "low: 0.7", 4, "targets.0", "0.7 is not smaller than 0.7"),
    (", high: 0.7", "", 4, "targets.0.high", "high is missing"),
    ("high: 0.7}", "high: 0.7, weight: 0}", 4, "targets.0.weight", "greater than 0"),
    ("high: 0.7}", "high: .inf}", 4, "targets.0.high", ""),
    ("]", ", {cohort: one, metric: retention, low: 0, high: 1}]", 4, "targets.1", "this is asked of one twice"),
    (TARGETS, "targets: []\n", 4, "targets", "at least one"),
    ("design.hazard:", "design.hazrd:", 5, "free.design.hazrd", "did you mean design.hazard?"),
    ("design.hazard:", "seed:", 5, "free.seed", "seed cannot be varied"),
    ("design.hazard:", "learners:", 5, "free.learners", "the cohort two sets learners itself"),
    ("design.hazard:", "cohorts.one.design.hazrd:", 5, "free.cohorts.one.design.hazrd", "did you mean design.hazard?"),
    ("design.hazard:", "cohorts.on.design.hazard:", 5, "free.cohorts.on.design.hazard", "did you mean one?"),
    ("design.hazard:", "cohorts.one:", 5, "free.cohorts.one", "a path in the scenario of one is missing"),
    ("min: 0.01", "min: 0.1", 5, "free.design.hazard", "0.1 is not smaller than 0.1"),
    ("min: 0.01", "min: -0.01", 5, "free.design.hazard.min", "-0.01 is out of range"),
    ("min: 0.01, ", "", 5, "free.design.hazard.min", "min is missing"),
    ("max: 0.1}", "max: 0.1, scale: lg}", 5, "free.design.hazard.scale", "did you mean log?"),
    ("min: 0.01", "scale: log, min: 0", 5, "free.design.hazard", "a logarithmic scale needs min above 0"),
    ("min: 0.01, max: 0.1", "levels: [1, 2]", 5, "free.design.hazard.levels", "not known here"),
    (FREE, "free: {}\n", 5, "free", "at least one"),
    (FREE, FREE + "method: {kind: abcd}\n", 6, "method.kind", "did you mean abc?"),
    (FREE, FREE + "method: {kind: optuna, population: 20}\n", 6, "method.population", "not known here"),
    (FREE, FREE + "method: {kind: abc, screening: 5}\n", 6, "method.screening", "5 is out of range"),
    (FREE, FREE + "budget: {runs: 100}\n", 6, "budget.runs", "100 runs are too few to begin with"),
    (FREE, FREE + "replicates: 0\n", 6, "replicates", "0 is out of range"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a scenario."""
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_what_is_spoilt_below_is_right(folder: Path) -> None:
    path = folder / "right.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    made = load_calibration(path)
    assert made.study.warnings == []
    assert made.study.name == "right"
    assert [arm.name for arm in made.study.arms] == ["one", "two"]
    assert made.study.arm("two").loaded.scenario.learners == 30


@pytest.mark.parametrize(("good", "bad", "line", "path", "said"), WRONG, ids=[f"{w[3]}-{w[1][:30]}" for w in WRONG])
def test_a_mistake_is_told_at_its_place(folder: Path, good: str, bad: str, line: int, path: str, said: str) -> None:
    assert good in WHOLE
    file = folder / "wrong.yaml"
    file.write_text(WHOLE.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(InvalidFile) as error:
        load_calibration(file)
    found = error.value.problems
    assert any(each.path == path and each.line == line and said in each.say("en") for each in found), error.value.say()
    for lang in LANGUAGES:
        assert all("None" not in each.say(lang) for each in found)


def test_settings_reach_all_cohorts_or_the_calibration_itself(folder: Path) -> None:
    file = folder / "right.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    made = load_calibration(file, set={"weeks": 6, "calibration.replicates": 5}, seed=9)
    assert {arm.loaded.scenario.weeks for arm in made.study.arms} == {6}
    assert (made.calibration.replicates, made.seed) == (5, 9)
    with pytest.raises(InvalidFile, match="did you mean weeks"):
        load_calibration(file, set={"weks": 6})
    with pytest.raises(InvalidFile, match="did you mean replicates"):
        load_calibration(file, set={"calibration.replicate": 6})
