"""What is on screen is what the files say and what the commands make: the same scenario, the same run, bit for bit."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.cli import main
from ecosim.dashboard.desk import Desk, Source
from ecosim.dashboard.saving import PROGRAM, file_name, nested, run_command, scenario_text
from ecosim.dashboard.world import loaded_of
from ecosim.scenario.resolve import load
from ecosim.web.film import film_of

from .worlds import RICH_DESK, SMALL, SMALL_DESK, desks, two

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
NETWORK = Desk(Source("path", str(SCENARIOS / "imported-network.yaml"), "imported-network.yaml"))


@settings(max_examples=40)
@given(desks())
def test_the_file_of_any_design_is_the_scenario_on_the_desk(desk: Desk) -> None:
    for place in range(len(desk.variants)):
        again = load(scenario_text(desk, place).encode(), allow_files=False)
        assert again.hash() == loaded_of(desk, place).hash()
    assert scenario_text(desk) == scenario_text(desk, desk.active)


def test_the_file_of_a_file_names_what_that_file_names(tmp_path: Path) -> None:
    desk = NETWORK.with_change("design.choice", 0.3).with_shared("weeks", 4)
    (tmp_path / "edges").symlink_to(SCENARIOS / "edges")
    saved = tmp_path / "saved.yaml"
    saved.write_text(scenario_text(desk), encoding="utf-8")
    assert load(saved).hash() == loaded_of(desk).hash()
    assert "edges/reading-circle.csv" in saved.read_text(encoding="utf-8")


def test_the_file_says_only_what_differs() -> None:
    desk = Desk(Source("preset", "xmooc", "xmooc")).with_change("design.choice", 0.25)
    assert scenario_text(desk) == 'ecosim: 1\nkind: scenario\nextends: "preset:xmooc"\ndesign:\n  choice: 0.25\n'


def test_settings_become_the_mappings_of_a_file() -> None:
    given = {"weeks": 3, "design.choice": 0.1, "design.hazard": [[0, 0.1]], "communities.club.design.choice": 1}
    assert nested(given) == {
        "weeks": 3, "design": {"choice": 0.1, "hazard": [[0, 0.1]]}, "communities": {"club": {"design": {"choice": 1}}},
    }  # fmt: skip


FADING: list[list[float]] = [[0, 0.8], [1, 0.8], [2, 0.0]]
SCHEDULED = SMALL_DESK.with_change("design.facilitation", FADING).with_change("design.deadlines", [1, 2])
PRESET = Desk(Source("preset", "distance-course", "distance-course"), {"learners": 20, "weeks": 4, "seed": 77})
CASES: dict[str, Desk] = {
    "text": SMALL_DESK,
    "text, scheduled": SCHEDULED,
    "text with seed and luck": replace(SCHEDULED.with_shared("seed", 12), replicate=3),
    "communities": RICH_DESK.with_change("communities.club.design.choice", 0.2),
    "named with blanks": replace(SMALL_DESK, source=Source("text", SMALL, "my circle; rm -rf *.yaml")),
    "preset with seed and luck": replace(PRESET, replicate=2),
    "preset, scheduled": PRESET.with_change("design.facilitation", FADING).with_change("design.choice", 0.125),
    "preset without deadlines": PRESET.with_change("design.deadlines", []),
    "second design": two(SMALL_DESK, choice=0.1, hazard=0.2),
    "file with ties": NETWORK.with_shared("weeks", 3).with_change("design.choice", 0.9),
}


@pytest.mark.parametrize("name", CASES)
def test_the_command_makes_the_run_that_is_on_screen(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = CASES[name]
    monkeypatch.chdir(tmp_path)
    if desk.source.kind == "text":
        Path(file_name(desk)).write_text(scenario_text(desk), encoding="utf-8")
    program, *words = shlex.split(run_command(desk))
    assert program == PROGRAM
    capsys.readouterr()
    assert main([*words, "--digest", "--quiet"]) == 0
    shown = film_of(loaded_of(desk), desk.replicate)
    assert shown.run is not None
    assert capsys.readouterr().out.strip() == shown.run.digest()


def test_a_command_of_another_design_than_the_active_one_is_to_be_had() -> None:
    desk = two(PRESET, choice=0.125)
    assert "design.choice=0.125" in run_command(desk)
    assert "design.choice" not in run_command(desk, 0)
    assert run_command(desk) == run_command(desk, 1)


NAMES = st.text(max_size=300) | st.sampled_from(
    ["", ".", "..", "../../etc/passwd", "-rf.yaml", "a b.yaml", "é.yaml", "é" * 300, "𝔄" * 300]
)


@given(NAMES, st.sampled_from(["text", "preset", "path"]))
def test_names_of_files_are_safe(name: str, kind: str) -> None:
    said = file_name(Desk(Source(kind, SMALL if kind == "text" else "xmooc", name)))
    stem, dot, ending = said.rpartition(".")
    assert (dot, ending) == (".", "yaml")
    assert stem
    assert not stem.startswith("-"), "it would be taken for an option"
    assert all(letter.isalnum() or letter in "-_" for letter in stem)
    assert len(said.encode()) <= 255, "no file system takes it"
    assert shlex.split(shlex.join([said])) == [said]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (Source("text", SMALL, "circle.yaml"), "circle.yaml"),
        (Source("text", SMALL, "my circle.v2.yml"), "my-circle-v2.yaml"),
        (Source("preset", "xmooc", "xmooc"), "xmooc.yaml"),
        (Source("preset", "community-of-practice", ""), "community-of-practice.yaml"),
        (Source("path", "/home/ada/my.world/circle.yaml", "circle.yaml"), "circle.yaml"),
        (Source("text", SMALL, ""), "scenario.yaml"),
        (Source("text", SMALL, "///"), "scenario.yaml"),
    ],
)
def test_files_are_called_as_people_know_them(source: Source, name: str) -> None:
    assert file_name(Desk(source)) == name


def test_any_value_passes_through_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    values: list[Any] = [1e-05, 0.1 + 0.2, [[0, 1e-07], [2, 1]]]
    for value in values:
        desk = PRESET.with_change("design.hazard", value)
        words = shlex.split(run_command(desk))
        assert main([*words[1:], "--digest", "--quiet"]) == 0
        shown = film_of(loaded_of(desk)).run
        assert shown is not None
        assert capsys.readouterr().out.strip() == shown.digest()
