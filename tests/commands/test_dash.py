"""``ecosim dash``: what it checks before it serves, what it says, and what it hands to the pages."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from ecosim.dashboard.lesson import here, lesson_here, lesson_names, load_lesson, names_here
from ecosim.dashboard.lesson.opening import source
from ecosim.web import environment
from ecosim.web.address import listening
from ecosim.web.given import Given, give, given
from tests.commands.conftest import Ecosim
from tests.commands.test_process import HEAVY, imported

ADDRESS = "http://127.0.0.1:8765/"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what would have been served, were it not a test."""
    calls: list[dict[str, Any]] = []

    def serve(app: str, host: str, port: int | None, **more: Any) -> None:
        calls.append({"app": app, "host": host, "port": port, **more})
        more["ready"](ADDRESS)

    monkeypatch.setattr("ecosim.web.server.serve", serve)
    monkeypatch.setattr(environment, "find_spec", lambda name: name)
    monkeypatch.setattr(metadata, "version", lambda name: "1.12.0")
    give(Given())
    return calls


@pytest.fixture
def lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nobody's lesson there before, or after."""
    monkeypatch.setattr(here, "_brought", {})


def test_it_says_where_the_pages_are_and_opens_them(ecosim: Ecosim, served: list[dict[str, Any]]) -> None:
    done = ecosim("dash")
    assert (done.code, done.out) == (0, f"The pages are at {ADDRESS}\n")
    assert "Ctrl-C" in done.err
    (call,) = served
    assert (call["app"], call["host"], call["port"]) == ("ecosim.dashboard.app", "127.0.0.1", None)
    assert (call["open_browser"], call["lang"]) == (True, "en")
    assert given() == Given()


def test_in_french_and_quiet(ecosim: Ecosim, served: list[dict[str, Any]]) -> None:
    done = ecosim("dash", "--lang", "fr", "--no-browser", "--quiet", "--port", "9000")
    assert (done.code, done.out, done.err) == (0, f"Les pages sont à l'adresse {ADDRESS}\n", "")
    assert (served[0]["port"], served[0]["open_browser"], served[0]["lang"]) == (9000, False, "fr")


def test_a_file_is_opened_and_handed_over_whole(ecosim: Ecosim, served: list[dict[str, Any]], tmp_path: Path) -> None:
    text = "ecosim: 1\nkind: scenario\nextends: preset:xmooc\nlearners: 30\ndesign: {hazard: 0.9}\n"
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    done = ecosim("dash", "mine.yaml")
    assert done.code == 0
    assert "warning: " in done.err
    kept = given()
    assert kept.source == "mine.yaml" and kept.loaded is not None
    assert (kept.loaded.given, kept.loaded.scenario.learners) == (text, 30)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("ecosim: 1\nkind: scenario\nlearners: many\n", 3, "bad.yaml:3:11: learners: "),
        ("ecosim: 1\nkind: scenario\nlerners: 3\n", 3, "bad.yaml:3:1: "),
    ],
)
def test_a_bad_file_is_told_as_everywhere_and_nothing_is_served(
    ecosim: Ecosim, served: list[dict[str, Any]], tmp_path: Path, text: str, code: int, said: str
) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done, run = ecosim("dash", "bad.yaml"), ecosim("run", "bad.yaml")
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(said)
    assert done.err == run.err
    assert not served and given().loaded is None


@pytest.mark.parametrize(
    ("file", "name", "before"),
    [("choice.yaml", "choice", ""), ("alone.yaml", "mine", ""), ("mon cours é.yaml", "mine", "# é\n")],
)
def test_a_lesson_of_ones_own_is_shown_first(
    ecosim: Ecosim, served: list[dict[str, Any]], lessons: None, tmp_path: Path, file: str, name: str, before: str
) -> None:
    (tmp_path / file).write_text(before + source("size").decode(), encoding="utf-8")
    done = ecosim("dash", file)
    assert (done.code, given().loaded) == (0, None)
    assert served[0]["page"] == f"teach/{name}"
    assert names_here() == (name, *lesson_names())
    assert lesson_here(name).given.startswith(before) and lesson_here(name).name == Path(file).stem
    assert lesson_here("alone") is load_lesson("alone"), "what comes with ecosim stays there"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("\nminutes:", "\nminuets:", 3, "bad.yaml:8:1: minuets: the key minuets is not known here"),
        ("learners: 3000", "learners: 6000", 2, "6\u202f000 learners are too many"),
    ],
)
def test_a_lesson_that_cannot_be_shown_is_told(
    ecosim: Ecosim, served: list[Any], lessons: None, tmp_path: Path, old: str, new: str, code: int, said: str
) -> None:
    text = source("size").decode()
    assert old in text
    (tmp_path / "bad.yaml").write_text(text.replace(old, new), encoding="utf-8")
    done = ecosim("dash", "bad.yaml")
    assert (done.code, done.out, served, names_here()) == (code, "", [], lesson_names())
    assert said in done.err


def test_misuse(ecosim: Ecosim, served: list[dict[str, Any]]) -> None:
    assert ecosim("dash", "preset:cmoc").code == 2
    assert "--port is a whole number from 0 to 65535" in ecosim("dash", "--port", "70000").err
    assert "is no name or address of this machine" in ecosim("dash", "--host", "a..b").err
    assert not served


def test_a_taken_port_is_told(ecosim: Ecosim) -> None:
    with listening() as taken:
        port = taken.getsockname()[1]
        done = ecosim("dash", "--no-browser", "--port", str(port))
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines() == [
            f"ecosim: port {port} is in use by another program; name another one with --port, or leave it out to take "
            "the first free one"
        ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_missing_extra_is_told_with_what_installs_it(
    ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == "solara" else name)
    done = ecosim("dash", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "solara" in done.err and 'pip install "ecosim[ui]"' in done.err


def test_packages_that_leave_pages_empty_are_told(ecosim: Ecosim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: name)
    monkeypatch.setattr(metadata, "version", lambda name: "3.1.0")
    done = ecosim("dash")
    assert done.code == 2
    assert "ipyvuetify 3.1.0" in done.err


def test_assets_that_are_missing_are_told(tmp_path: Path) -> None:
    with pytest.raises(environment.UsageError, match="solara-assets"):
        environment.check_libraries(tmp_path)


def test_leaving_this_machine_is_told_however_quiet(ecosim: Ecosim, served: list[dict[str, Any]]) -> None:
    done = ecosim("dash", "--host", "0.0.0.0", "--quiet")
    assert done.code == 0
    assert "open to everyone who reaches this machine" in done.err
    assert "quiconque" in ecosim("dash", "--host", "0.0.0.0", "--quiet", "--lang", "fr").err


def test_help_and_bad_files_import_nothing_of_the_pages(tmp_path: Path) -> None:
    pages = HEAVY | {"starlette", "uvicorn", "ipywidgets", "anywidget"}
    assert not imported(tmp_path, "dash", "--help") & (pages | {"numpy", "yaml"})
    assert not imported(tmp_path, "dash", "missing.yaml") & pages
