"""Every way in which a scenario file can be wrong: one clear message, at the line and path where it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ecosim.errors import InvalidFile, Problem, UsageError
from ecosim.language import LANGUAGES
from ecosim.scenario.resolve import load, parse_setting

HEAD = "ecosim: 1\nkind: scenario\ntitle: bad\n"  # so that what follows begins in line 4

#: Files that the bad ones refer to.
BESIDE = {
    "study.yaml": "ecosim: 1\nkind: study\nscenario: bad.yaml\n",
    "base.yaml": HEAD + "weeks: 20\ndesign:\n  choice: 0.4\n  hazard: 20\n",
    "no-header.yaml": "weeks: 20\n",
    "broken.yaml": "ecosim: 1\nkind: scenario\nweeks: [1\n",
    "circle.yaml": HEAD + "extends: bad.yaml\n",
    "list.yaml": "- ecosim\n",
    "edges.csv": "source,target\na,b\n",
    "many.csv": "source,target\na,b\nc,d\ne,f\n",
    "loop.csv": "source,target\na,a\n",
    "observed.csv": "metric,week,value\nretention,0,high\n",
    "folder/inside.yaml": HEAD,
}

#: (text after HEAD, line, path, part of the message)
AFTER_HEAD: list[tuple[str, int, str, str]] = [
    # populations and times that cannot be
    ("learners: 0", 4, "learners", "0 is out of range: allowed are 1 to 10000000"),
    ("learners: -3", 4, "learners", "-3 is out of range"),
    ("learners: 2.5", 4, "learners", "a whole number between 1 and 10000000 is expected here, not 2.5"),
    ("learners: 1000000000000", 4, "learners", "1000000000000 is out of range"),
    ("learners: 1e12", 4, "learners", "is out of range: allowed are 1 to 10000000"),
    ("learners: many", 4, "learners", 'expected here, not "many"'),
    ('learners: "300"', 4, "learners", 'expected here, not "300"'),
    ("learners: true", 4, "learners", "expected here, not true"),
    ("learners: null", 4, "learners", "expected here, not null"),
    ("learners: [300]", 4, "learners", "expected here, not [300]"),
    ("learners: 5", 4, "learners", "6 ready ties are too many: among 5 learners each can have at most 4"),
    ("weeks: 0", 4, "weeks", "0 is out of range: allowed are 1 to 5200"),
    ("weeks: 5201", 4, "weeks", "5201 is out of range"),
    ("weeks: 1.5", 4, "weeks", "a whole number"),
    ("seed: -1", 4, "seed", "-1 is out of range: allowed are 0 to 4294967295"),
    ("seed: 4294967296", 4, "seed", "out of range"),
    # keys that are not known
    ("lerners: 30", 4, "lerners", "the key lerners is not known here; did you mean learners?"),
    ("zpd: 0.2", 4, "zpd", "did you mean context.learning.zpd?"),
    ("design:\n  arrivals: {kind: start}", 5, "design.arrivals", "did you mean context.arrivals?"),
    ("design:\n  choice: 0.2\n  hazrd: 0.1", 6, "design.hazrd", "did you mean hazard?"),
    ("design: {colour: red}", 4, "design.colour", "the key colour is not known here"),
    ("context:\n  learning: {zpdd: 0.2}", 5, "context.learning.zpdd", "did you mean zpd?"),
    ("context: {network: {kind: none, rewire: 0.1}}", 4, "context.network.rewire", "not known here"),
    ("context: {migration: {velocity: 1}}", 4, "context.migration.velocity", "possible are: mobility, known_tie"),
    ("communities: {a: {share: 1, sahre: 1}}", 4, "communities.a.sahre", "did you mean share?"),
    ("events: [{week: 3, do: shuffle, every: 2}]", 4, "events.0.every", "the key every is not known here"),
    ("observed: {file: observed.csv, unit: 1}", 4, "observed.unit", "the key unit is not known here"),
    # things of the wrong type
    ("context: 3", 4, "context", "keys and values are expected here, not 3"),
    ("design: high", 4, "design", 'keys and values are expected here, not "high"'),
    ("context: {learning: [1]}", 4, "context.learning", "keys and values are expected here, not [1]"),
    ("context: {profiles: [a, b]}", 4, "context.profiles", "keys and values are expected here"),
    ("communities: 2", 4, "communities", "keys and values are expected here, not 2"),
    ("communities: {a: 1}", 4, "communities.a", "keys and values are expected here, not 1"),
    ("context: {network: small_world}", 4, "context.network", 'keys and values are expected here, not "small_world"'),
    ("events: {week: 3}", 4, "events", 'a list is expected here, not {"week": 3}'),
    ("events: [3]", 4, "events.0", "keys and values are expected here, not 3"),
    ("metrics: retention", 4, "metrics", 'a list is expected here, not "retention"'),
    ("metrics: [3]", 4, "metrics.0", "the name of a metric, or {name: ..., over: last_quarter}, is expected here"),
    ("metrics: [{name: retention, over: [3]}]", 4, "metrics.0.over", "a first and a last week such as [0, 11]"),
    ("metrics: [{name: retention, over: [9, 3]}]", 4, "metrics.0.over", "a first and a last week such as [0, 11]"),
    ("metrics: [{name: retention, over: [0, 1.5]}]", 4, "metrics.0.over", "a first and a last week such as [0, 11]"),
    ("metrics: [{name: retention, over: first_quarter}]", 4, "metrics.0.over", "did you mean last_quarter?"),
    (
        "question: 7",
        4,
        "question",
        "a text, or one in both languages such as {en: ..., fr: ...}, is expected here, not 7",
    ),
    ("question: {en: why}", 4, "question.fr", "fr is missing"),
    ("question: {en: why, fr: 3}", 4, "question.fr", "a text is expected here, not 3"),
    (
        "question: {en: why, fr: pourquoi, de: warum}",
        4,
        "question.de",
        "the key de is not known here; possible are: en, fr",
    ),
    ("artefacts: 12", 4, "artefacts", "the numbers of artefacts such as {collective: 9, solo: 3}, or a list"),
    ("observed: 3", 4, "observed", "the name of a CSV file, or {file: ..., label: ...}, is expected here, not 3"),
    ("context: {access: true}", 4, "context.access", "a number between 0 and 1 is expected here, not true"),
    ("context: {learning: {zpd: wide}}", 4, "context.learning.zpd", "a number between 0.01 and 1 is expected here"),
    ("context: {relation: {tie_slots: 2.5}}", 4, "context.relation.tie_slots", "a whole number between 1 and 4096"),
    (
        "events: [{week: 3, do: rotate, keep_ground: yes}]",
        4,
        "events.0.keep_ground",
        'true or false is expected here, not "yes"',
    ),
    # parameters and levers out of range
    ("context: {learning: {zpd: 5}}", 4, "context.learning.zpd", "5 is out of range: allowed are 0.01 to 1"),
    ("context: {relation: {tie_slots: 0}}", 4, "context.relation.tie_slots", "0 is out of range"),
    ("context: {intention: {lambda: -1}}", 4, "context.intention.lambda", "-1 is out of range: allowed are 0 to 50"),
    ("context: {access: 1.5}", 4, "context.access", "1.5 is out of range: allowed are 0 to 1"),
    ("design: {choice: 1.2}", 4, "design.choice", "1.2 is out of range: allowed are 0 to 1"),
    ("design: {ready_ties: -1}", 4, "design.ready_ties", "-1 is out of range: allowed are 0 to 4096"),
    ("design: {ready_ties: [[0, 3]]}", 4, "design.ready_ties", "a number between 0 and 4096 is expected here"),
    ("design: {forced_collaboration: 0.5}", 4, "design.forced_collaboration", "only whole numbers between 0 and 1"),
    (
        "design: {choice: high}",
        4,
        "design.choice",
        'or a fade such as {fade: linear, from: 0.6, until: 39}, not "high"',
    ),
    ("design: {choice: true}", 4, "design.choice", "a lever is a number between 0 and 1"),
    # schedules
    ("design: {hazard: []}", 4, "design.hazard", "a list of knots [week, value] must not be empty"),
    ("design:\n  hazard:\n    - [0, 0.1]\n    - [9, 0.2]\n    - [4, 0.1]", 8, "design.hazard.2.0", "4 comes after 9"),
    ("design: {hazard: [[0, 0.1], [0, 0.2]]}", 4, "design.hazard.1.0", "weeks must rise from knot to knot"),
    (
        "design:\n  hazard:\n    - [0, 0.1]\n    - [9, 20]",
        7,
        "design.hazard.1.1",
        "20 is out of range: allowed are 0 to 10",
    ),
    ("design: {hazard: [[0.5, 0.1]]}", 4, "design.hazard.0.0", "a week is a whole number from 0 to 1000000, not 0.5"),
    ("design: {hazard: [[-1, 0.1]]}", 4, "design.hazard.0.0", "a week is a whole number from 0"),
    ("design: {hazard: [0.1, 0.2]}", 4, "design.hazard.0", "a knot is written [week, value] with two numbers, not 0.1"),
    ("design: {hazard: [[0, 0.1, 2]]}", 4, "design.hazard.0", "a knot is written [week, value]"),
    ("design: {hazard: [[0, high]]}", 4, "design.hazard.0", 'with two numbers, not [0, "high"]'),
    ("design: {hazard: {fade: liner, from: 1, until: 9}}", 4, "design.hazard.fade", "did you mean linear?"),
    (
        "design: {hazard: {fade: linear, until: 9}}",
        4,
        "design.hazard",
        '"from" is missing: a fade needs fade, from and until',
    ),
    ("design: {hazard: {fade: linear, from: 1, untl: 9}}", 4, "design.hazard.untl", "did you mean until?"),
    (
        "design: {hazard: {fade: linear, from: 1, until: 9, start: 9}}",
        4,
        "design.hazard.until",
        "from week 9 until week 9",
    ),
    ("design: {hazard: {fade: smooth, from: 1, until: 20000}}", 4, "design.hazard.until", "within 10000 weeks"),
    (
        "design: {hazard: {fade: smooth, from: x, until: 9}}",
        4,
        "design.hazard.from",
        'a number is expected here, not "x"',
    ),
    (
        "design: {choice: {fade: smooth, from: 2, until: 9}}",
        4,
        "design.choice.from",
        "2 is out of range: allowed are 0 to 1",
    ),
    ("design: {deadlines: [6, 3]}", 4, "design.deadlines.1", "weeks of deadlines must rise: 3 comes after 6"),
    ("design: {deadlines: [-2]}", 4, "design.deadlines.0", "a week is a whole number from 0"),
    ("design: {deadlines: 6}", 4, "design.deadlines", "a list is expected here, not 6"),
    ("design: {deadlines: [6.5]}", 4, "design.deadlines.0", "a whole number is expected here, not 6.5"),
    # shares
    ("context:\n  profiles:\n    a: {share: 0.5}\n    b: {share: 0.4}", 5, "context.profiles", "0.5 + 0.4 is 0.9"),
    (
        "communities:\n  a: {share: 0.5}\n  b: {share: 0.6}",
        4,
        "communities",
        "shares add up to 1, but 0.5 + 0.6 is 1.1",
    ),
    ("communities: {a: {share: 1}, b: {share: 0}}", 4, "communities.b.share", "leaves nobody in the community"),
    ("communities: {a: {share: -1}}", 4, "communities.a.share", "-1 is out of range"),
    ("communities: {a: {design: {}}}", 4, "communities.a.share", "share is missing"),
    ("context: {profiles: {a.b: {share: 1}}}", 4, "context.profiles.a.b", '"a.b" cannot be a name'),
    ('communities: {"": {share: 1}}', 4, "communities.", '"" cannot be a name'),
    (
        "context: {profiles: {a: {share: 1, autonomy: {mean: 2}}}}",
        4,
        "context.profiles.a.autonomy.mean",
        "allowed are 0 to 1",
    ),
    # networks that cannot exist
    ("context: {network: {kind: smallworld}}", 4, "context.network.kind", "did you mean small_world?"),
    ("context: {network: {kind: 3}}", 4, "context.network.kind", "possible are: random, none, small_world"),
    ("context: {network: {rewire: 0.1}}", 4, "context.network", "kind is missing; it is one of: random, none"),
    ("context: {network: {kind: small_world, rewire: 2}}", 4, "context.network.rewire", "2 is out of range"),
    ("learners: 4\ndesign: {ready_ties: 4}", 5, "design.ready_ties", "4 ready ties are too many: among 4 learners"),
    (
        "context: {network: {kind: small_world}}\ndesign: {ready_ties: 1}",
        5,
        "design.ready_ties",
        "at least 2 ready ties",
    ),
    (
        "context: {network: {kind: scale_free}}\ndesign: {ready_ties: 0.5}",
        5,
        "design.ready_ties",
        "at least 1 ready tie",
    ),
    (
        "context: {network: {kind: classroom}}\ndesign: {ready_ties: 0}",
        5,
        "design.ready_ties",
        "groups of at least two",
    ),
    (
        "context: {network: {kind: classroom}}\ndesign: {ready_ties: 2.5}",
        5,
        "design.ready_ties",
        "must be a whole number",
    ),
    (
        "learners: 9\ncontext: {network: {kind: blocks, blocks: 10}}",
        4,
        "learners",
        "9 learners cannot form 10 blocks",
    ),
    (
        "learners: 40\ncontext: {network: {kind: blocks, blocks: 10}}",
        4,
        "learners",
        "there are only 3 others in a block",
    ),
    ("context: {network: {kind: edges}}", 4, "context.network.file", "file is missing"),
    ("context: {network: {kind: edges, file: egdes.csv}}", 4, "context.network.file", "did you mean edges.csv?"),
    ("context: {network: {kind: edges, file: folder}}", 4, "context.network.file", "folder is a folder"),
    ("arrivals: {kind: uniform}", 4, "arrivals.until", "until is missing"),
    (
        "arrivals: {kind: uniform, until: 3}\ncontext: {arrivals: {kind: start}}",
        4,
        "arrivals",
        "short for context.arrivals",
    ),
    ("arrivals: {kind: poisson}", 4, "arrivals.kind", '"poisson" is not possible here; possible are: start, uniform'),
    # artefacts
    ("artefacts: {collective: 10, solo: 7}", 4, "artefacts", "there are 17 artefacts; between 1 and 16 are possible"),
    ("artefacts: {collective: 0, solo: 0}", 4, "artefacts", "there are 0 artefacts"),
    ("artefacts: []", 4, "artefacts", "there are 0 artefacts"),
    ("artefacts: [{name: wiki}]", 4, "artefacts.0.collective", "collective is missing"),
    (
        "artefacts:\n  - {name: wiki, collective: true}\n  - {name: wiki, collective: false}",
        6,
        "artefacts.1.name",
        "two artefacts are called wiki",
    ),
    # events
    ("events: [{do: shuffle}]", 4, "events.0.week", "week is missing"),
    ("events: [{week: -1}]", 4, "events.0.week", "-1 is out of range"),
    ("events: [{week: 3, do: withdrow, levers: [choice]}]", 4, "events.0.do", "did you mean withdraw?"),
    ("events: [{week: 3, do: withdraw}]", 4, "events.0.levers", "levers is missing"),
    ("events: [{week: 3, do: withdraw, levers: []}]", 4, "events.0.levers", "at least one entry is needed here"),
    ("events: [{week: 3, do: withdraw, levers: [facilitaton]}]", 4, "events.0.levers.0", "did you mean facilitation?"),
    ("events: [{week: 3, do: withdraw, levers: [ready_ties]}]", 4, "events.0.levers.0", "holds for the whole run"),
    ("events: [{week: 3, do: withdraw, levers: [choice], to: 2}]", 4, "events.0.to", "choice cannot be withdrawn to 2"),
    (
        "events: [{week: 3, do: withdraw, levers: [message_capacity]}]",
        4,
        "events.0.levers.0",
        "cannot be withdrawn to 0",
    ),
    (
        "events: [{week: 3, do: withdraw, levers: [forced_collaboration], to: 0.5}]",
        4,
        "events.0.to",
        "only whole numbers between 0 and 1 are possible",
    ),
    ("events: [{week: 3, do: ablate, mechanism: habits}]", 4, "events.0.mechanism", "did you mean habit?"),
    ("events: [{week: 3, do: swap, share: 0.1}]", 4, "events.0", "there is only one"),
    (
        "events: [{week: 0, do: seed_experts, artefact: 12, share: 0.1}]",
        4,
        "events.0.artefact",
        "numbered from 0 to 11",
    ),
    (
        "events: [{week: 0, do: seed_experts, artefact: solo 4, share: 0.1}]",
        4,
        "events.0.artefact",
        "did you mean solo",
    ),
    (
        "events: [{week: 0, do: seed_experts, artefact: 1.5, share: 0.1}]",
        4,
        "events.0.artefact",
        "the number or the name",
    ),
    (
        "events: [{week: 0, do: seed_experts, artefact: 1, share: 0.1, place: center}]",
        4,
        "events.0.place",
        "mean central?",
    ),
    # extending
    ("extends: 7", 4, "extends", "preset:NAME or the path of a scenario file is expected here, not 7"),
    ('extends: ""', 4, "extends", "preset:NAME or the path"),
    ("extends: [preset:xmooc]", 4, "extends", "preset:NAME or the path"),
    ("extends: preset:cmoc", 4, "extends", "there is no preset cmoc; did you mean cmooc?"),
    ("extends: preset:../secret", 4, "extends", "there is no preset ../secret"),
    ("extends: xmooc", 4, "extends", "the file xmooc does not exist"),
    ("extends: bse.yaml", 4, "extends", "the file bse.yaml does not exist; did you mean base.yaml?"),
    ("extends: folder", 4, "extends", "folder is a folder; a file is expected"),
    ("extends: study.yaml", 4, "extends", "study.yaml is a study; only a scenario can be extended"),
    ("extends: bad.yaml", 4, "extends", "these scenarios extend one another in a circle: bad.yaml -> bad.yaml"),
    ("extends: folder/../bad.yaml", 4, "extends", "in a circle: bad.yaml -> bad.yaml"),
    ("communities: {a: {share: 1, extends: bad.yaml}}", 4, "communities.a.extends", "in a circle"),
    ("communities: {a: {share: 1, extends: preset:wiki}}", 4, "communities.a.extends", "there is no preset wiki"),
    ("observed: nowhere.csv", 4, "observed", "the file nowhere.csv does not exist"),
    ("metrics: [retention, retention]", 4, "metrics.0", "the metric retention is asked for twice"),
]

#: (whole text, line, path, part of the message)
WHOLE: list[tuple[str | bytes, int | None, str, str]] = [
    ("", 1, "", "the file holds no value"),
    ("- a\n- b\n", 1, "", "a scenario file consists of keys and values, and begins with ecosim: 1"),
    ("just text\n", 1, "", "a scenario file consists of keys and values"),
    ("7\n", 1, "", "a scenario file consists of keys and values"),
    ("weeks: 3\n", 1, "", "a scenario file begins with ecosim: 1"),
    ("kind: scenario\nweeks: 3\n", 1, "", "a scenario file begins with ecosim: 1"),
    ("ecosim: 1\nweeks: 3\n", 1, "", "the second line says what kind of file this is: kind: scenario"),
    ("kind: scenario\necosim: 1\n", 2, "ecosim", "ecosim: 1 and kind: scenario come first, in this order"),
    ("ecosim: 1\ntitle: x\nkind: scenario\n", 1, "ecosim", "come first, in this order"),
    ("ecosim: 2\nkind: scenario\n", 1, "ecosim", "version 1 of the scenario language (ecosim: 1), not 2"),
    ('ecosim: "1"\nkind: scenario\n', 1, "ecosim", 'not "1"'),
    ("ecosim: true\nkind: scenario\n", 1, "ecosim", "not true"),
    ("ecosim: 1\nkind: study\n", 2, "kind", "this file is a study, not a scenario: use ecosim sweep"),
    ("ecosim: 1\nkind: scenary\n", 2, "kind", 'not "scenary"; did you mean scenario?'),
    ("ecosim: 1\nkind: [scenario]\n", 2, "kind", "the kind of file is scenario"),
    ("ecosim: 1\nkind: scenario\n5: x\n", 3, "", "a key must be text"),
    ("ecosim: 1\nkind: scenario\nweeks: 3\nweeks: 4\n", 4, "weeks", "the key weeks is given twice (first in line 3)"),
    ("ecosim: 1\nkind: scenario\na: &x 1\nb: *x\n", 3, "", "anchors"),
    ("ecosim: 1\nkind: scenario\ntitle: !!python/none x\n", 3, "", "tags"),
    ("ecosim: 1\nkind: scenario\n<<: {a: 1}\n", 3, "", "merge keys"),
    ("ecosim: 1\nkind: scenario\ndesign:\n\tchoice: 1\n", 4, "", "there is a tab here"),
    ("ecosim: 1\nkind: scenario\ntitle: [a\n", 4, "", "bracket"),
    ("ecosim: 1\nkind: scenario\nweeks: .inf\n", 3, "weeks", "numbers must be finite"),
    (b"ecosim: 1\nkind: scenario\ntitle: \xe9\n", 3, "", "this is not UTF-8 text"),
    (b"ecosim: 1\nkind: scenario\ntitle: a\x00b\n", 3, "", "U+0000 is not allowed"),
    ("x: " + "[" * 50 + "]" * 50, 1, "", "more than 40 levels"),
    ("#" * 1_000_001, None, "", "larger than 1 MB"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, in which the files stand that bad ones refer to."""
    for name, text in BESIDE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(text: str | bytes, **how: Any) -> list[Problem]:
    """Return why the file ``bad.yaml`` with this ``text`` is refused."""
    Path("bad.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InvalidFile) as caught:
        load("bad.yaml", **how)
    assert caught.value.exit_code == 3
    for lang in LANGUAGES:
        for problem in caught.value.problems:
            assert "\n" not in problem.say(lang)
            assert "None" not in problem.say(lang)
    return caught.value.problems


def check(problems: list[Problem], line: int | None, path: str, message: str) -> None:
    """Compare the one problem of ``bad.yaml`` with what is expected."""
    assert [(each.file, each.line, each.path) for each in problems] == [("bad.yaml", line, path)], problems
    assert message in problems[0].say()


@pytest.mark.parametrize(("text", "line", "path", "message"), AFTER_HEAD, ids=[row[0][:60] for row in AFTER_HEAD])
def test_one_thing_wrong(folder: Path, text: str, line: int, path: str, message: str) -> None:
    check(refusal(HEAD + text + "\n"), line, path, message)


@pytest.mark.parametrize(("text", "line", "path", "message"), WHOLE, ids=[repr(row[0])[:40] for row in WHOLE])
def test_no_scenario_at_all(folder: Path, text: str | bytes, line: int | None, path: str, message: str) -> None:
    check(refusal(text), line, path, message)


def test_the_table_is_long_and_varied() -> None:
    assert len(AFTER_HEAD) + len(WHOLE) >= 150
    assert len({row[3] for row in AFTER_HEAD}) > 110


def test_all_problems_at_once_in_file_order(folder: Path) -> None:
    text = HEAD + "learners: 0\ncontext:\n  learning: {zpd: 5, zpdd: 1}\ndesign: {choice: 2}\nweeks: x\nexends: y\n"
    problems = refusal(text)
    assert [each.line for each in problems] == [4, 6, 6, 7, 8, 9]
    assert [each.path for each in problems][1:3] == ["context.learning.zpd", "context.learning.zpdd"]


def test_very_many_problems_are_counted(folder: Path) -> None:
    problems = refusal(HEAD + "".join(f"unknown{k}: 1\n" for k in range(3000)))
    assert len(problems) == 51
    assert "and 2950 more problems" in problems[-1].say()


def test_relations_are_reported_at_once_with_data_files(folder: Path) -> None:
    text = HEAD + (
        "learners: 5\ncontext:\n  profiles: {a: {share: 0.4}}\n  network: {kind: edges, file: many.csv}\n"
        "events: [{week: 1, do: ablate, mechanism: nothing}]\nobserved: observed.csv\n"
    )
    problems = refusal(text)
    assert [(each.file, each.line) for each in problems] == [
        ("bad.yaml", 6),
        ("bad.yaml", 8),
        ("many.csv", 4),
        ("observed.csv", 2),
    ]


@pytest.mark.parametrize(
    ("extends", "file", "line", "path", "message"),
    [
        ("base.yaml", "base.yaml", 7, "design.hazard", "20 is out of range"),
        ("no-header.yaml", "no-header.yaml", 1, "", "begins with ecosim: 1"),
        ("broken.yaml", "broken.yaml", 4, "", "bracket"),
        ("list.yaml", "list.yaml", 1, "", "consists of keys and values"),
        ("circle.yaml", "circle.yaml", 4, "extends", "in a circle: bad.yaml -> circle.yaml -> bad.yaml"),
    ],
)
def test_the_file_in_which_it_stands(folder: Path, extends: str, file: str, line: int, path: str, message: str) -> None:
    (problem,) = refusal(HEAD + f"extends: {extends}\nweeks: 30\n")
    assert (problem.file, problem.line, problem.path) == (file, line, path)
    assert message in problem.say()


def test_a_lever_that_several_communities_inherit_is_reported_once(folder: Path) -> None:
    check(
        refusal(HEAD + "design: {choice: 2}\ncommunities: {a: {share: 0.5}, b: {share: 0.5}}\n"),
        4,
        "design.choice",
        "2 is",
    )


def test_a_value_that_was_put_right_is_no_problem(folder: Path) -> None:
    Path("good.yaml").write_text(HEAD + "extends: base.yaml\ndesign: {hazard: 0.1}\n")
    assert load("good.yaml").scenario.design.hazard.at(0) == 0.1


def test_too_long_a_chain(folder: Path) -> None:
    for k in range(20):
        Path(f"{k}.yaml").write_text(HEAD + f"extends: {k + 1}.yaml\n")
    Path("20.yaml").write_text(HEAD)
    (problem,) = refusal(HEAD + "extends: 0.yaml\n")
    assert "more than 10 scenarios extend one another" in problem.say()


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("extends: base.yaml\n", "extends", "base.yaml: this scenario may extend presets only (preset:NAME), no files"),
        ("communities: {a: {share: 1, extends: base.yaml}}\n", "communities.a.extends", "may extend presets only"),
        ("context: {network: {kind: edges, file: edges.csv}}\n", "context.network.file", "may not name files"),
        ("observed: observed.csv\n", "observed", "observed.csv: this scenario may not name files"),
    ],
)
def test_an_uploaded_scenario_names_no_files(folder: Path, text: str, path: str, message: str) -> None:
    check(refusal(HEAD + text, allow_files=False), 4, path, message)
    with pytest.raises(InvalidFile) as caught:
        load((HEAD + text).encode(), allow_files=False, name="mine.yaml")
    assert [(each.file, each.line, each.path) for each in caught.value.problems] == [("mine.yaml", 4, path)]


SETTINGS = [
    ("zpd", 0.2, "", "there is nothing called zpd in a scenario; did you mean context.learning.zpd?"),
    ("learning.zpd", 0.2, "", "did you mean context.learning.zpd?"),
    ("design.hazrd", 0.2, "", "did you mean design.hazard?"),
    ("desing.hazard", 0.2, "", "did you mean design.hazard?"),
    ("hazrd", 0.2, "", "did you mean design.hazard?"),
    ("contxt.learning.zpd", 0.2, "", "did you mean context.learning.zpd?"),
    ("qwertyuiop", 1, "", "there is nothing called qwertyuiop in a scenario"),
    ("", 1, "", "there is nothing called"),
    ("design.hazard.from", 1, "", "there is nothing called design.hazard.from"),
    ("weeks.0", 1, "", "there is nothing called weeks.0"),
    ("events.0.week", 1, "", "there is nothing called events.0.week"),
    ("communities.hearht.share", 1, "", "did you mean communities.hearth.share?"),
    ("weeks", "x", "weeks", 'expected here, not "x"'),
    ("design.hazard", 20, "design.hazard", "20 is out of range"),
    ("design", {"hazrd": 1}, "design.hazrd", "did you mean hazard?"),
    ("context.network.kind", "smallworld", "context.network.kind", "did you mean small_world?"),
    ("communities.hearth.share", 0.9, "communities", "shares add up to 1"),
    ("extends", "preset:xmooc", "extends", "this cannot be set from outside"),
    ("kind", "study", "kind", "this cannot be set from outside"),
    ("title", object(), "title", "a value of type object cannot stand in a scenario"),
    ("title", {1: 2}, "title", "a key must be text"),
    ("title", "a\x00b", "title", "U+0000 is not allowed"),
    ("title", "\ud800", "title", "not UTF-8"),
    ("seed", 10**50, "seed", "a number has at most 40 characters"),
    ("context.access", float("nan"), "context.access", "a number between 0 and 1 is expected here"),
    ("design.choice", float("inf"), "design.choice", "out of range"),
]


@pytest.mark.parametrize(
    ("path", "value", "place", "message"), SETTINGS, ids=[f"{row[0]}={row[1]!r:.20}" for row in SETTINGS]
)
def test_settings(tmp_path: Path, path: str, value: Any, place: str, message: str) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(HEAD + "communities: {hearth: {share: 0.5}, fortress: {share: 0.5}}\n")
    with pytest.raises(InvalidFile) as caught:
        load(file, set={path: value})
    (problem,) = caught.value.problems
    assert message in problem.say()
    if place != "communities":
        assert (problem.file, problem.line, problem.path) == ("--set", None, place)


@pytest.mark.parametrize("text", ["", "weeks", "=3", "weeks=", " = ", "weeks= "])
def test_settings_that_are_none(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_setting(text)
    assert "a setting is written path=value" in str(caught.value)


@pytest.mark.parametrize("text", ["a=[1", "a=&x 1", "a={b: 1, b: 2}", "a=\x00", "a=!x 1", "a=.nan", "a=\udce9"])
def test_settings_whose_value_is_no_yaml(text: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        parse_setting(text)
    assert re.match(r"--set: a: ", str(caught.value))


DICTIONARIES: list[tuple[Any, str, str]] = [
    ({"weeks": 0}, "weeks", "0 is out of range"),
    ({5: 1}, "", "a key must be text"),
    ({"context": {"profiles": {5: {"share": 1}}}}, "context.profiles", "a key must be text"),
    ({"context": 3}, "context", "keys and values are expected here"),
    ({"ecosim": 2}, "ecosim", "version 1"),
    ({"kind": "study"}, "kind", "this file is a study"),
    ({"extends": "preset:nope"}, "extends", "there is no preset nope"),
    ({"extends": "nowhere.yaml"}, "extends", "does not exist"),
    ({"title": {1, 2}}, "title", "a value of type set"),
    ({"communities": {"a": {"share": 0.2}}}, "communities", "0.2 is 0.2"),
]


@pytest.mark.parametrize(("given", "path", "message"), DICTIONARIES, ids=[repr(row[0])[:40] for row in DICTIONARIES])
def test_dictionaries(given: Any, path: str, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        load(given)
    (problem,) = caught.value.problems
    assert (problem.file, problem.path) == (None, path)
    assert message in problem.say()


def test_a_dictionary_in_itself() -> None:
    given: dict[str, Any] = {}
    given["context"] = given
    with pytest.raises(InvalidFile, match="more than 40 levels"):
        load(given)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.yaml", "does not exist"),
        (".", "this is a folder"),
        ("a\x00b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("community-of-practice", "did you mean preset:community-of-practice?"),
        ("/dev/null", "not an ordinary file"),
    ],
)
def test_sources_that_are_none(source: str, message: str) -> None:
    with pytest.raises(InvalidFile, match=re.escape(message)):
        load(source)


def test_a_preset_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match=re.escape("there is no preset xmoc; did you mean xmooc?")):
        load("preset:xmoc")


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "x"])
def test_seeds_that_are_none(seed: Any) -> None:
    with pytest.raises(InvalidFile) as caught:
        load({}, seed=seed)
    assert str(caught.value).startswith("--seed: seed: ")
