"""Help and usage errors: complete, in both languages, with the nearest right name."""

from __future__ import annotations

import re

import pytest

from ecosim import __version__
from ecosim.cli import COMMANDS, command_tree
from ecosim.language import LANGUAGES
from tests.commands.conftest import ROOT, Ecosim

TREES = {lang: command_tree(lang) for lang in LANGUAGES}
OPTIONS = [
    (name, option)
    for name, command in TREES["en"].commands.items()
    for parameter in command.params
    if parameter.param_type_name == "option"
    for option in parameter.opts
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_names_every_command(ecosim: Ecosim, lang: str) -> None:
    done = ecosim("--help", "--lang", lang)
    assert done.code == 0
    assert done.err == ""
    assert all(f"\n  {name} " in done.out for name in COMMANDS)
    assert max(map(len, done.out.splitlines())) <= 100


def test_no_words_is_help(ecosim: Ecosim) -> None:
    assert ecosim().out == ecosim("--help").out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_wholly_in_the_language(ecosim: Ecosim, name: str, lang: str) -> None:
    page = ecosim(name, "--help", "--lang", lang).out
    for parameter in TREES[lang].commands[name].params:
        assert all(option in page for option in parameter.opts if option.startswith("-"))
        assert parameter.help.split()[0] in page
    assert "cli." not in page
    assert not re.search(r"\b(Show|Usage:|Options:)" if lang == "fr" else r"\b(Affiche|Utilisation)", page)


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_the_reference_tells_of_every_option(name: str, option: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    own = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    shared = page.split("\n## What all commands share\n")[1].split("\n## ")[0]
    row = next((line for line in shared.splitlines() if f"`{option}" in line), "")
    assert f"`{option}" in own or (row and (f"`{name}`" in row or "(`" not in row))


def test_version(ecosim: Ecosim) -> None:
    assert ecosim("--version").out == f"ecosim {__version__}\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rum", "a"], "there is no command rum; did you mean run?"),
        (
            ["frobnicate"],
            "there is no command frobnicate; there are: run, sweep, compare, calibrate, dash, class,",
        ),
        (["run", "a", "--sed", "1"], "there is no option --sed here; did you mean --seed?"),
        (["run", "a", "--xyzzy"], "there is no option --xyzzy here\n"),
        (["--json", "list"], "--json comes after the command"),
        (["run"], "SCENARIO is missing"),
        (["run", "a", "b"], "one word too many: b"),
        (["run", "a", "--seed"], "--seed needs a value"),
        (["run", "a", "--seed", "x"], "--seed is a whole number from 0 to 4294967295"),
        (["run", "a", "--seed", "-1"], "--seed is a whole number from 0 to 4294967295"),
        (["run", "a", "--seed", "4294967296"], "--seed is a whole number from 0 to 4294967295"),
        (["run", "a", "--replicate", "1.5"], "--replicate is a whole number from 0 to 4294967295"),
        (["run", "a", "--learner", "-1"], "--learner is a whole number"),
        (["run", "a", "--lang", "de"], "--lang is en or fr"),
        (["schema", "stuff"], "there is a schema of scenario, of study, of calibration, of lesson and of session"),
        (["list", "metric"], "nothing called metric to list; did you mean metrics?"),
        (["list", "xyzzy"], "nothing called xyzzy to list; there are: scenarios, presets,"),
        (["explain", "retenion"], "nothing is called retenion; did you mean retention?"),
        (["explain", "xyzzyxyzzy"], "nothing is called xyzzyxyzzy; ecosim list shows what there is"),
        (["run", "preset:cmoc"], "there is no preset cmoc; did you mean cmooc?"),
        (["run", "preset:cmooc", "--set", "weeks"], "a setting is written path=value"),
    ],
)
def test_misuse_is_told_with_the_nearest_right_name(ecosim: Ecosim, words: list[str], message: str) -> None:
    done = ecosim(*words)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("ecosim: ")
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rum"], "il n'y a pas de commande rum\u00a0; vouliez-vous dire run\u00a0?"),
        (["run", "a", "--sed"], "vouliez-vous dire --seed\u00a0?"),
        (["run"], "il manque SCÉNARIO"),
        (["run", "a", "--seed", "x"], "--seed est un nombre entier de 0 à 4294967295"),
    ],
)
def test_misuse_is_told_in_french(ecosim: Ecosim, words: list[str], message: str) -> None:
    done = ecosim(*words, "--lang", "fr")
    assert done.code == 2
    assert message in done.err
    assert "--help" in done.err or "commande" in done.err


@pytest.mark.parametrize("words", [["--lang", "fr", "list"], ["list", "--lang=fr"]])
def test_the_language_may_stand_before_or_after_the_command(ecosim: Ecosim, words: list[str]) -> None:
    assert "ce que l'on mesure" in ecosim(*words).out
