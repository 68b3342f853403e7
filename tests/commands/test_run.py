"""``run``: what it writes where, what it refuses, and that nothing half-done is ever left."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from ecosim.language import LANGUAGES
from ecosim.model.metrics import METRICS
from tests.commands.conftest import SMALL, Ecosim

RUN = ("run", "preset:community-of-practice", *SMALL)
FILES = {
    "scenario.yaml", "resolved.yaml", "provenance.json", "summary.json", "weekly.csv", "learners.csv",
    "network.graphml",
}  # fmt: skip


def names(folder: Path | str) -> set[str]:
    """Return what lies in ``folder``, hidden files too."""
    return {each.name for each in Path(folder).iterdir()}


def test_results_are_kept_and_named(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--out", "here", "--no-figures")
    assert done.code == 0
    assert names("here") == FILES
    assert names(".") == {"here"}
    assert done.out.splitlines()[-1] == "Results: here"


def test_the_last_line_is_the_path_of_a_figure(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--out", "here")
    assert names("here") == FILES | {"figures", "report.html"}
    *_, report, last = done.out.splitlines()
    assert report == f"Report: {Path('here') / 'report.html'}"
    assert last.startswith("Figure: ")
    figure = Path(last.removeprefix("Figure: "))
    assert figure.is_relative_to("here")
    assert figure.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("lang", "words"), [("en", "Results: "), ("fr", "Résultats\u00a0: ")])
def test_the_summary_is_in_words(ecosim: Ecosim, lang: str, words: str) -> None:
    done = ecosim(*RUN, "--out", "here", "--no-figures", "--lang", lang)
    title = "A community of practice" if lang == "en" else "Une communauté de pratique"
    assert done.out.startswith(title)
    assert words in done.out


def test_json_is_the_summary(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--out", "here", "--no-figures", "--json")
    assert done.json == json.loads(Path("here/summary.json").read_text(encoding="utf-8"))
    assert set(done.json) <= set(METRICS)
    assert 0 <= done.json["retention"] <= 1


def test_without_out_every_run_has_a_folder_of_its_own(ecosim: Ecosim) -> None:
    for more in ([], ["--seed", "5"], ["--replicate", "2"], ["--set", "design.choice=0.3"], []):
        assert ecosim(*RUN, *more, "--no-figures", "--json").code == 0
    made = sorted(names("results"))
    assert len(made) == 4
    assert [name.rsplit("-", 1)[0] for name in made] == [
        "community-of-practice-1", "community-of-practice-1", "community-of-practice-1-r2", "community-of-practice-5",
    ]  # fmt: skip


def test_the_digest_is_one_line_and_writes_nothing(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--digest")
    assert len(done.out) == 65
    assert int(done.out, 16) > 0
    assert names(".") == set()
    assert ecosim(*RUN, "--digest", "--json").json == {"digest": done.out.strip()}


def test_the_digest_tells_runs_apart(ecosim: Ecosim) -> None:
    ways: list[list[str]] = [[], ["--seed", "2"], ["--replicate", "1"], ["--set", "design.choice=0.1"]]
    digests = [ecosim(*RUN, "--digest", *more).out for more in ways]
    assert len(set(digests)) == 4
    assert ecosim(*RUN, "--digest").out == digests[0]
    assert ecosim(*RUN, "--digest", "--out", "here", "--no-figures").out == digests[0]
    assert names("here") == FILES


def test_resolved_runs_alone_and_gives_the_same(ecosim: Ecosim) -> None:
    first = ecosim(*RUN, "--out", "here", "--no-figures", "--json").json
    digest = ecosim(*RUN, "--digest").out
    assert ecosim("run", "here/resolved.yaml", "--digest").out == digest
    assert ecosim("run", "here/resolved.yaml", "--out", "there", "--no-figures", "--json").json == first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learner_has_a_story(ecosim: Ecosim, lang: str) -> None:
    done = ecosim(*RUN, "--learner", "3", "--out", "here", "--no-figures", "--lang", lang)
    assert done.code == 0
    assert len(done.out.splitlines()) >= 6
    weeks = ecosim(*RUN, "--learner", "3", "--out", "here", "--no-figures", "--json").json
    assert [week["week"] for week in weeks] == [0, 1, 2, 3]
    assert {week["learner"] for week in weeks} == {3}


def test_a_learner_who_does_not_exist(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--learner", "12")
    assert done.code == 2
    assert "12" in done.err
    assert names(".") == set()


def test_choices_are_replayed_and_kept(ecosim: Ecosim) -> None:
    Path("choices.yaml").write_text('"0":\n  "3": {artefact: null}\n"1":\n  "3": {effort: 4}\n', encoding="utf-8")
    more = ("--learner", "3", "--out", "here", "--no-figures", "--json", "--choices", "choices.yaml")
    weeks = ecosim(*RUN, *more).json
    assert weeks[0]["acted"] is False
    assert weeks[1]["effort"] in (None, 4)
    assert json.loads(Path("here/choices.json").read_text(encoding="utf-8")) == {
        "0": {"3": {"artefact": None}},
        "1": {"3": {"effort": 4}},
    }
    Path("same.json").write_text('{"0": {"3": {"artefact": null}}, "1": {"3": {"effort": 4}}}', encoding="utf-8")
    assert ecosim(*RUN, *more[:-1], "same.json").json == weeks
    assert ecosim(*RUN, "--out", "here", "--no-figures").code == 6


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ("[1]", "choices.yaml:1:1: keys and values are expected here"),
        ('"0": 3', "choices.yaml:1:6: 0: keys and values are expected here"),
        ('"0": {"1": 3}', "choices.yaml:1:12: 0.1: keys and values are expected here"),
        ('"x": {}', "choices.yaml:1:6: x: weeks and learners are whole numbers from 0 on, not x"),
        ('"01": {}', "whole numbers from 0 on, not 01"),
        ('"0": {"-1": {}}', "whole numbers from 0 on, not -1"),
        ('"0": {"1": {effrt: 2}}', "0.1.effrt: effrt cannot be chosen; did you mean effort?"),
        ('"0": {"1": {effort: 1.5}}', "0.1.effort: a whole number is expected here, not 1.5"),
        ('"0": {"1": {effort: 900}}', "choices.yaml:1:12: 0.1: "),
        ('"2": {"1": {artefact: 99}}', "choices.yaml:1:12: 2.1: "),
        ('"0": {"99": {effort: 1}}', "choices.yaml:1:13: 0.99: "),
        ('"9": {"1": {effort: 1}}', "choices.yaml:1:6: 9: "),
        ("0: {}", "a key must be text"),
    ],
)
def test_impossible_choices_are_problems_of_their_file(ecosim: Ecosim, choices: str, message: str) -> None:
    Path("choices.yaml").write_text(choices, encoding="utf-8")
    done = ecosim(*RUN, "--choices", "choices.yaml", "--no-figures")
    assert done.code == 3
    assert message in done.err
    assert names(".") <= {"choices.yaml", "results"}
    assert not Path("results").exists() or names("results") == set()


PLUGIN = '''
from ecosim import metric


@metric("tenfold", label={"en": "ten times retention", "fr": "dix fois la rétention"}, unit="share", formula="10 r")
def tenfold(eco):
    """Return ten times the retention of the last week."""
    return 10 * float(eco.log.enrolled[eco.week - 1] / eco.log.arrived[eco.week - 1])
'''


def test_a_metric_of_ones_own(ecosim: Ecosim) -> None:
    Path("mine.py").write_text(PLUGIN, encoding="utf-8")
    try:
        summary = ecosim(*RUN, "--plugin", "mine.py", "--no-figures", "--json").json
        assert summary["tenfold"] == pytest.approx(10 * summary["retention"])
        assert "dix fois la rétention" in ecosim("explain", "tenfold", "--plugin", "mine.py", "--lang", "fr").out
        assert names(".") == {"mine.py", "results"}
        assert "tenfold" in ecosim("list", "metrics", "--plugin", "mine.py").out
        Path("s.yaml").write_text("ecosim: 1\nkind: scenario\ntitle: T\nmetrics: [tenfold]\n", encoding="utf-8")
        assert ecosim("validate", "s.yaml", "--plugin", "mine.py").code == 0
    finally:
        METRICS.remove("tenfold")
    assert ecosim("validate", "s.yaml").code == 3


@pytest.mark.parametrize(
    ("name", "script", "message"),
    [
        ("mine.py", "import ecosim\n\n1 / 0\n", "mine.py:3: this script failed: ZeroDivisionError: division by zero"),
        ("mine.py", "a = (\n", "mine.py:1: this script failed: SyntaxError"),
        ("mine.txt", "", "mine.txt: a script of your own is a Python file"),
        ("else.py", "", "mine.py: this file does not exist"),
    ],
)
def test_a_script_that_fails(ecosim: Ecosim, name: str, script: str, message: str) -> None:
    Path(name).write_text(script, encoding="utf-8")
    done = ecosim("list", "metrics", "--plugin", "mine.txt" if name == "mine.txt" else "mine.py")
    assert done.code == 3
    assert message in done.err


def test_the_same_run_replaces_its_results_and_keeps_what_is_not_ours(ecosim: Ecosim) -> None:
    ecosim(*RUN, "--out", "here", "--no-figures")
    Path("here/notes.txt").write_text("mine", encoding="utf-8")
    Path("here/weekly.csv").write_text("damaged", encoding="utf-8")
    assert ecosim(*RUN, "--out", "here", "--no-figures").code == 0
    assert names("here") == FILES | {"notes.txt"}
    assert Path("here/notes.txt").read_text(encoding="utf-8") == "mine"
    assert Path("here/weekly.csv").read_text(encoding="utf-8") != "damaged"
    assert names(".") == {"here"}


@pytest.mark.parametrize("more", [["--seed", "9"], ["--replicate", "1"], ["--set", "weeks=3"]])
def test_another_run_is_refused_the_folder(ecosim: Ecosim, more: list[str]) -> None:
    ecosim(*RUN, "--out", "here", "--no-figures")
    before = Path("here/provenance.json").read_bytes()
    done = ecosim(*RUN, *more, "--out", "here", "--no-figures")
    assert done.code == 6
    assert done.out == ""
    assert "holds the results of something else" in done.err
    assert Path("here/provenance.json").read_bytes() == before
    assert names(".") == {"here"}


def test_a_folder_of_other_files_is_refused(ecosim: Ecosim) -> None:
    Path("home").mkdir()
    Path("home/thesis.txt").write_text("mine", encoding="utf-8")
    done = ecosim(*RUN, "--out", "home", "--no-figures")
    assert done.code == 6
    assert "no run of ecosim has written" in done.err
    assert names("home") == {"thesis.txt"}


def test_a_file_in_the_way(ecosim: Ecosim) -> None:
    Path("file").write_text("mine", encoding="utf-8")
    for out in ("file", "file/below"):
        done = ecosim(*RUN, "--out", out, "--no-figures")
        assert done.code == 74
        assert "a file is in the way" in done.err
    assert Path("file").read_text(encoding="utf-8") == "mine"
    assert names(".") == {"file"}


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "the disk is full: nothing was written to"),
        (errno.EROFS, "is on a file system that cannot be written to"),
        (errno.EACCES, "you do not have the right to write to"),
        (errno.EIO, "cannot be written"),
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_when_writing_fails_nothing_is_left(
    ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch, number: int, message: str, there: bool
) -> None:
    if there:
        ecosim(*RUN, "--out", "here", "--no-figures")
        before = {name: Path("here", name).read_bytes() for name in FILES}

    def refuse(*arguments: Any) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr("ecosim.report.folder.write_graphml", refuse)
    done = ecosim(*RUN, "--out", "here", "--no-figures")
    assert done.code == 74
    assert message in done.err
    assert done.out == ""
    assert names(".") == ({"here"} if there else set())
    if there:
        assert {name: Path("here", name).read_bytes() for name in FILES} == before


def test_an_interruption_leaves_nothing_and_names_the_command(ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ecosim.report.folder.write_graphml", interrupt)
    done = ecosim(*RUN, "--out", "a folder", "--no-figures")
    assert done.code == 130
    assert done.err.endswith(f"To start again: ecosim {' '.join(RUN)} --out 'a folder' --no-figures\n")
    assert names(".") == set()


def test_a_mistake_of_ours_is_one_line_and_a_file(
    ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*arguments: Any) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("ecosim.report.folder.write_graphml", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = ecosim(*RUN, "--out", "here", "--no-figures")
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "ZeroDivisionError: oh no" in done.err
    (report,) = tmp_path.glob("ecosim-*.txt")
    assert str(report) in done.err
    assert "Traceback" in report.read_text(encoding="utf-8")
    assert "ecosim run preset:community-of-practice" in report.read_text(encoding="utf-8")
    assert names(".") == {report.name}
    monkeypatch.setenv("ECOSIM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        ecosim(*RUN, "--out", "here", "--no-figures")


def test_too_little_memory_is_said(ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **more: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("ecosim.model.run.new_engine", fail)
    done = ecosim(*RUN, "--digest")
    assert done.code == 1
    assert "not enough memory" in done.err


def test_an_invalid_scenario_writes_nothing(ecosim: Ecosim) -> None:
    Path("bad.yaml").write_text("ecosim: 1\nkind: scenario\nlearners: 0\n", encoding="utf-8")
    done = ecosim("run", "bad.yaml", "--out", "here")
    assert done.code == 3
    assert done.err.startswith("bad.yaml:3:11: learners: 0 is out of range")
    assert done.out == ""
    assert names(".") == {"bad.yaml"}


def test_warnings_go_to_standard_error_unless_quiet(ecosim: Ecosim) -> None:
    more = ("--set", "design.hazard=0.9", "--digest")
    loud, quiet = ecosim(*RUN, *more), ecosim(*RUN, *more, "--quiet")
    assert "warning: --set: design.hazard: 0.9 is allowed but unusual" in loud.err
    assert quiet.err == ""
    assert loud.out == quiet.out


def test_the_first_run_says_that_it_compiles(ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecosim.model.kernel.is_warm", lambda: False)
    assert "Compiling the model, once" in ecosim(*RUN, "--digest").err
    assert ecosim(*RUN, "--digest", "--quiet").err == ""
    assert "Compiling the model, once" in ecosim("warmup").err


def test_warmup_says_when_it_is_done(ecosim: Ecosim) -> None:
    done = ecosim("warmup")
    assert (done.code, done.out, done.err.splitlines()[-1]) == (0, "", "The model is compiled.")


def test_a_metric_of_the_user_that_fails_is_told_as_hers(ecosim: Ecosim, tmp_path: Path) -> None:
    head = "from ecosim import metric\n\n@metric('broken_here')\ndef broken(eco):\n"
    (tmp_path / "mine.py").write_text(head + "    return eco.log.nothing_of_the_kind\n")
    try:
        done = ecosim(*RUN, "--plugin", "mine.py", "--no-figures", "--json")
    finally:
        METRICS.remove("broken_here")
    assert (done.code, done.out) == (3, "")
    assert "mine.py:5: the metric broken_here failed: AttributeError: " in done.err
    assert "ecosim itself" not in done.err


def test_digest_and_learner_are_two_outputs(ecosim: Ecosim) -> None:
    done = ecosim(*RUN, "--digest", "--learner", "1")
    assert (done.code, done.out) == (2, "")
    assert "--digest and --learner" in done.err


def test_a_preset_names_no_file_and_the_way_out_is_told(ecosim: Ecosim) -> None:
    done = ecosim("run", "preset:xmooc", "--set", "context.network={kind: edges, file: ties.csv}")
    assert done.code == 3
    assert "write a scenario file that says extends: preset:xmooc" in done.err


def test_measured_weeks_after_the_end_are_warned_of(ecosim: Ecosim, tmp_path: Path) -> None:
    (tmp_path / "seen.csv").write_text("metric,week,value\nretention,3,0.9\nretention,4,0.9\nhazard,7,0\n")
    (tmp_path / "s.yaml").write_text("ecosim: 1\nkind: scenario\ntitle: t\nweeks: 4\nobserved: seen.csv\n")
    done = ecosim("validate", "s.yaml")
    assert done.code == 0
    assert "2 of the observed values come after the last week, 3, the first of them in week 4" in done.out
    (tmp_path / "seen.csv").write_text("metric,week,value\nretention,3,95\n")
    done = ecosim("validate", "s.yaml")
    assert done.code == 3
    assert "seen.csv:2: value: 95 cannot be" in done.out
