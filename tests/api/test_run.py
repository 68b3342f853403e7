"""A run: callbacks, choices, what is known of where it came from."""

from __future__ import annotations

import json
import logging
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import ecosim
from ecosim.errors import UsageError
from ecosim.model import notice, provenance
from ecosim.model.run import simulate
from ecosim.scenario.resolve import load

SMALL: dict[str, Any] = {"learners": 30, "weeks": 5}


def test_every_week_is_told() -> None:
    told: list[int] = []
    simulate(load(SMALL), each_week=lambda engine: told.append(engine.week))
    assert told == [1, 2, 3, 4, 5]


def test_following_and_being_told_change_nothing() -> None:
    plain = simulate(load(SMALL))
    watched = simulate(load(SMALL), follow=range(30), each_week=lambda engine: None)
    assert plain.digest() == watched.digest()
    assert plain.summary == watched.summary
    assert set(watched.followed) == set(range(30))


def test_choices_are_lived_in_their_week() -> None:
    loaded = load(SMALL)
    plain = simulate(loaded, follow=[4])
    open_to = next(a["number"] for a in plain.followed[4][2]["artefacts"] if a["compossible"])
    decided = simulate(loaded, follow=[4], choices={2: {4: {"artefact": open_to, "effort": 50}}})
    assert [week["effort"] for week in decided.followed[4]][2] == 50
    assert decided.followed[4][2]["artefact"] == open_to
    assert decided.followed[4][:2] == plain.followed[4][:2]


def test_impossible_wishes() -> None:
    loaded = load(SMALL)
    for follow in ([30], [-1], ["four"], [1.0]):
        with pytest.raises(UsageError, match="no learner"):
            simulate(loaded, follow=follow)  # type: ignore[arg-type]
    for week in (5, -1, "2"):
        with pytest.raises(UsageError, match="no week"):
            simulate(loaded, choices={week: {0: {"artefact": None}}})  # type: ignore[dict-item]
    with pytest.raises(UsageError, match="no part called artifact"):
        simulate(loaded, choices={1: {0: {"artifact": 0}}})


def test_a_summary_is_plain_json() -> None:
    summary = simulate(load({"learners": 12, "weeks": 2, "context": {"access": 0.0}})).summary
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary
    assert None in summary.values()
    assert {type(value) for value in summary.values()} == {float, type(None)}


def test_provenance_says_how_to_repeat_it() -> None:
    run = simulate(load(SMALL | {"seed": 77}), replicate=6)
    found = run.provenance()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["versions"]["ecosim"] == ecosim.__version__ == run.version
    assert found["versions"]["python"] == platform.python_version()
    assert {"numpy", "mesa", "numba"} <= set(found["versions"])
    assert (found["seed"], found["replicate"]) == (77, 6)
    assert found["scenario"]["sha256"] == run.loaded.hash()
    assert found["argv"]
    assert found["seconds"] > 0
    assert found["begun"].endswith("+00:00")
    again = simulate(load(yaml_file(found["scenario"]["text"])), replicate=found["replicate"])
    assert again.digest() == run.digest()


def yaml_file(text: str) -> bytes:
    """Return a scenario as an uploaded file."""
    return text.encode()


def test_the_text_of_a_file_is_kept_as_given() -> None:
    file = Path(__file__).resolve().parents[2] / "scenarios" / "xmooc.yaml"
    run = simulate(load(file, set={"learners": 20, "weeks": 2}))
    assert run.provenance()["scenario"]["text"] == file.read_text(encoding="utf-8")


def test_the_commit_is_that_of_our_own_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that lies in somebody else's repository, untracked, has no commit; a tracked one has, clean or not."""
    git = shutil.which("git")
    assert git, "the tests need git"
    package = tmp_path / "ecosim"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert provenance.commit() is None
    for words in (
        ["init", "-q"],
        ["-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "--allow-empty", "-m", "m"],
    ):
        subprocess.run([git, "-C", str(tmp_path), *words], check=True)
    assert provenance.commit() is None
    for words in (["add", "ecosim"], ["-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "m"]):
        subprocess.run([git, "-C", str(tmp_path), *words], check=True)
    clean = provenance.commit()
    assert clean is not None
    assert len(clean["commit"]) == 40
    assert clean["dirty"] is False
    (package / "__init__.py").write_text("changed = True\n")
    assert provenance.commit() == clean | {"dirty": True}


def test_without_git_there_is_no_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert provenance.commit() is None
    assert simulate(load({"learners": 8, "weeks": 1})).provenance()["git"] is None


def test_a_run_shows_itself_in_a_few_words() -> None:
    run = ecosim.run({"learners": 12, "weeks": 2, "seed": 5}, replicate=3)
    assert repr(run) == "Run('scenario', seed=5, replicate=3, learners=12, weeks=2)"


def test_a_program_is_told_once_that_kernels_are_compiled(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(notice, "is_warm", lambda: False)
    logging.getLogger(notice.LOGGER).setLevel(logging.WARNING)
    notice.say_compiling.cache_clear()
    for _ in range(2):
        ecosim.load({"learners": 12, "weeks": 1}).run()
    (said,) = [record.getMessage() for record in caplog.records if record.name == notice.LOGGER]
    assert said.startswith("Compiling the model, once for this version")
