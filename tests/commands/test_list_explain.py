"""``list`` and ``explain``: everything that has a name is listed, and explained in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosim.commands.explain import page
from ecosim.commands.glossary import KINDS, ablations, events
from ecosim.commands.voice import Voice
from ecosim.language import LANGUAGES, table
from ecosim.model.metrics import METRICS
from ecosim.scenario import presets
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.design import LEVERS
from tests.commands.conftest import Ecosim

DECLARED = [kind for kind in KINDS if kind != "scenarios"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", DECLARED)
def test_every_entry_is_listed_with_a_label(ecosim: Ecosim, kind: str, lang: str) -> None:
    entries = ecosim("list", kind, "--json", "--lang", lang).json
    lines = ecosim("list", kind, "--lang", lang).out.splitlines()
    assert len(entries) == len(lines) > 2
    for entry, line in zip(entries, lines, strict=True):
        assert line.split()[0] == entry["name"]
        assert line.endswith(entry["label"])
        assert entry["label"]


def test_the_lists_are_what_there_is(ecosim: Ecosim) -> None:
    names = ecosim("list", "--json").json
    assert names["presets"] == list(presets.names())
    assert names["metrics"] == list(METRICS)
    assert names["levers"] == [f"design.{name}" for name in LEVERS]
    assert names["ablations"] == list(ABLATIONS)
    assert names["scenarios"] == []
    assert "context.flow.gain" in names["parameters"]
    assert {"withdraw", "shock", "rotate", "shuffle", "ablate", "alone", "swap", "seed_experts"} < set(names["events"])


def test_the_overview_counts(ecosim: Ecosim) -> None:
    done = ecosim("list")
    counts = {line.split()[0]: int(line.split()[1]) for line in done.out.splitlines()}
    assert counts == {kind: len(names) for kind, names in ecosim("list", "--json").json.items()}
    assert "ecosim explain" in done.err
    assert ecosim("list", "--quiet").err == ""


def test_scenarios_are_those_here(ecosim: Ecosim) -> None:
    assert "ecosim new" in ecosim("list", "scenarios").err
    Path("scenarios").mkdir()
    ecosim("new", "scenarios/mine.yaml")
    ecosim("new", "yours.yaml")
    Path("broken.yaml").write_text("a: [", encoding="utf-8")
    Path("other.yaml").write_text("kind: study\n", encoding="utf-8")
    done = ecosim("list", "scenarios")
    assert [line.split()[0] for line in done.out.splitlines()] == ["scenarios/mine.yaml", "yours.yaml"]
    assert done.err == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", DECLARED)
def test_everything_listed_is_explained(ecosim: Ecosim, kind: str, lang: str) -> None:
    entries = list(KINDS[kind](lang))
    pages = [page(entry, Voice(lang)) for entry in entries]
    for entry, said in zip(entries, pages, strict=True):
        assert entry.name in said.splitlines()[0]
        assert entry.label in said.splitlines()[0]
    done = ecosim("explain", entries[-1].name, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert pages[-1] in done.out


@pytest.mark.parametrize("name", ["design.choice", "choice", "Choice"])
def test_a_lever_by_path_name_and_label(ecosim: Ecosim, name: str) -> None:
    assert ecosim("explain", name).out == (
        "choice (design.choice), a lever\n"
        "How far learners choose what they work on.\n"
        "  unit             share\n"
        "  default          0.6\n"
        "  legal range      0 to 1\n"
        "  plausible range  0.1 to 1\n"
        "  symbol           choice\n"
        "  in words\n"
        "    0              tasks are set\n"
        "    0.5            a choice among a few tasks\n"
        "    1              everybody picks her own tasks\n"
        "  source           Linard 1989-2003; Carré 2005\n"
        "  evidence         direction known (data support the direction; the size is a guess)\n"
    )


def test_french_words_find_it_too(ecosim: Ecosim) -> None:
    done = ecosim("explain", "accompagnement", "--lang", "fr")
    assert done.out.startswith("accompagnement (design.facilitation), un levier\n")
    assert "un tuteur est là tous les jours" in done.out


def test_a_short_name_of_several_things_explains_all(ecosim: Ecosim) -> None:
    found = ecosim("explain", "undermining", "--json").json
    assert {(entry["kind"], entry["name"]) for entry in found} == {
        ("ablation", "undermining"),
        ("parameter", "context.becoming.undermining"),
    }


def test_a_path_means_one_thing(ecosim: Ecosim) -> None:
    (found,) = ecosim("explain", "context.becoming.undermining", "--json").json
    assert found["default"] == 0.025
    assert found["unit"] == "1/week"
    assert found["evidence"] == "signed"
    assert found["legal"][0] <= found["plausible"][0] <= found["default"] <= found["plausible"][1] <= found["legal"][1]


def test_a_symbol_finds_its_parameter(ecosim: Ecosim) -> None:
    assert "context.flow.mood_inertia" in ecosim("explain", "rho_m").out


def test_a_metric_tells_its_formula(ecosim: Ecosim) -> None:
    (found,) = ecosim("explain", "autotelic_ratio", "--json").json
    assert {"unit", "over", "formula", "source", "meaning"} <= {key for key, value in found.items() if value}


def test_a_preset_tells_what_it_sets(ecosim: Ecosim) -> None:
    done = ecosim("explain", "preset:xmooc")
    assert "hazard" in done.out
    assert "0.2" in done.out
    assert "Why do so many leave so soon" in done.out


def test_events_and_ablations_have_french_and_no_orphan() -> None:
    words = table("events_fr")
    assert set(words["ablations"]) == {entry.name for entry in ablations("fr")} == set(ABLATIONS)
    known = {entry.name: set(entry.facts["keys"]) for entry in events("en")}
    assert set(words["events"]) == set(known)
    for name, said in words["events"].items():
        own = known[name] if name == "mark" else known[name] - known["mark"]
        assert set(said) - {"meaning"} == own, name
    for english, french in zip([*events("en"), *ablations("en")], [*events("fr"), *ablations("fr")], strict=True):
        assert english.label != french.label
