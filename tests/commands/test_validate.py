"""``validate``, ``new`` and ``schema``: everything wrong is told at its place, and what we write ourselves is right."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ecosim.language import LANGUAGES
from ecosim.scenario import presets
from ecosim.scenario.reader import read_document
from tests.commands.conftest import ROOT, Ecosim

HEAD = "ecosim: 1\nkind: scenario\ntitle: T\n"


def scenario(name: str, body: str) -> str:
    """Write a scenario file and return its name."""
    Path(name).write_text(HEAD + body, encoding="utf-8")
    return name


def test_all_scenarios_of_the_project_are_valid(ecosim: Ecosim) -> None:
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    done = ecosim("validate", *files, *(f"preset:{name}" for name in presets.names()))
    assert done.code == 0
    assert done.out.count(": valid\n") == len(files) + len(presets.names()) >= 26
    assert "warning" not in done.out


def test_every_problem_of_every_file_is_told(ecosim: Ecosim) -> None:
    bad = scenario("bad.yaml", "weeks: 0\ndesign:\n  choise: 0.5\n  hazard: -1\n")
    good = scenario("good.yaml", "weeks: 5\n")
    done = ecosim("validate", bad, good, "missing.yaml")
    assert done.code == 3
    assert done.err == ""
    told = done.out.splitlines()
    assert told[0].startswith("bad.yaml:4:8: weeks: 0 is out of range")
    assert told[1].startswith("bad.yaml:6:3: design.choise: ")
    assert "did you mean choice?" in told[1]
    assert told[2].startswith("bad.yaml:7:11: design.hazard: -1 is out of range")
    assert told[3] == "good.yaml: valid"
    assert told[4].startswith("missing.yaml: this file does not exist")
    assert len(told) == 5


def test_a_warning_does_not_make_a_file_invalid(ecosim: Ecosim) -> None:
    odd = scenario("odd.yaml", "design: {hazard: 0.9}\n")
    done = ecosim("validate", odd)
    assert done.code == 0
    assert done.out.startswith("warning: odd.yaml:4:18: design.hazard: 0.9 is allowed but unusual")
    assert done.out.endswith("odd.yaml: valid\n")
    assert ecosim("validate", odd, "--quiet").out == ""
    assert ecosim("validate", odd, "--lang", "fr").out.startswith("attention\u00a0: odd.yaml:4:18: design.hazard")


def test_json_says_the_same(ecosim: Ecosim) -> None:
    bad, odd = scenario("bad.yaml", "weeks: 0\n"), scenario("odd.yaml", "design: {hazard: 0.9}\n")
    done = ecosim("validate", bad, odd, "--json")
    assert done.code == 3
    first, second = done.json["files"]
    assert (first["file"], first["valid"], first["warnings"]) == ("bad.yaml", False, [])
    (problem,) = first["errors"]
    assert (problem["file"], problem["line"], problem["column"], problem["path"]) == ("bad.yaml", 4, 8, "weeks")
    assert "out of range" in problem["message"]
    assert (second["valid"], second["errors"], len(second["warnings"])) == (True, [], 1)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("design.choic=0.5", "--set: there is nothing called design.choic in a scenario; did you mean design.choice?"),
        ("design.choice=2", "--set: design.choice: 2 is out of range: allowed are 0 to 1"),
        ("learners=2.5", "--set: learners: a whole number"),
        ("learners=1e12", "--set: learners: 1000000000000 is out of range"),
        ("weeks=[1", "--set: weeks: "),
        ("kind=study", "--set: kind: this cannot be set from outside"),
    ],
)
def test_settings_are_checked_like_files(ecosim: Ecosim, setting: str, message: str) -> None:
    for command in (["validate"], ["run", "--digest"]):
        done = ecosim(*command, "preset:cmooc", "--set", setting)
        assert done.code == 3
        assert message in done.out + done.err


def test_the_last_of_two_settings_counts(ecosim: Ecosim) -> None:
    assert ecosim("validate", "preset:cmooc", "--set", "weeks=0", "--set", "weeks=9").code == 0
    assert ecosim("validate", "preset:cmooc", "--set", "weeks=9", "--set", "weeks=0").code == 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("preset", presets.names())
def test_what_new_writes_is_valid_without_a_word(ecosim: Ecosim, preset: str, lang: str) -> None:
    done = ecosim("new", "mine.yaml", "--from", f"preset:{preset}", "--lang", lang)
    assert done.code == 0
    assert "ecosim run mine.yaml" in done.out
    (report,) = ecosim("validate", "mine.yaml", "--json").json["files"]
    assert report == {"file": "mine.yaml", "valid": True, "errors": [], "warnings": []}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_comment_taken_away_is_still_valid(ecosim: Ecosim, lang: str) -> None:
    ecosim("new", "mine.yaml", "--lang", lang)
    written = Path("mine.yaml").read_text(encoding="utf-8")
    lines, levers = written.splitlines(), False
    for place, line in enumerate(lines):
        levers = levers or line == "design:"
        if line.startswith("  # ") or (levers and line.startswith("#")):
            lines[place] = line.replace("# ", "", 1)
    Path("all.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert "\ndesign:\n  choice: 0.7 " in Path("all.yaml").read_text(encoding="utf-8")
    assert "\nevents:" in Path("all.yaml").read_text(encoding="utf-8")
    assert ecosim("validate", "all.yaml").out == "all.yaml: valid\n"


def test_new_never_overwrites_unasked(ecosim: Ecosim) -> None:
    Path("scenario.yaml").write_text("mine", encoding="utf-8")
    done = ecosim("new")
    assert done.code == 2
    assert "scenario.yaml is there already; --force overwrites it" in done.err
    assert Path("scenario.yaml").read_text(encoding="utf-8") == "mine"
    assert ecosim("new", "--force").code == 0
    assert Path("scenario.yaml").read_text(encoding="utf-8").startswith("# A scenario of ecosim")


def test_new_in_no_folder(ecosim: Ecosim) -> None:
    done = ecosim("new", "nowhere/mine.yaml")
    assert done.code == 74
    assert "the folder in which it should stand does not exist" in done.err
    Path("file").touch()
    assert ecosim("new", "file/mine.yaml").code == 74


def test_new_from_nothing(ecosim: Ecosim) -> None:
    done = ecosim("new", "mine.yaml", "--from", "xmoc")
    assert done.code == 2
    assert "did you mean xmooc?" in done.err
    assert not Path("mine.yaml").exists()


def test_the_schema_accepts_what_new_writes(ecosim: Ecosim) -> None:
    schema = ecosim("schema").json
    assert schema == ecosim("schema", "scenario").json
    jsonschema.Draft202012Validator.check_schema(schema)
    ecosim("new", "mine.yaml")
    value = read_document(Path("mine.yaml").read_bytes(), "mine.yaml").value
    jsonschema.validate(value, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(json.dumps(value)) | {"week": 3}, schema)
