"""Every clause of a story can be told, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecosim import language
from ecosim.model.run import simulate
from ecosim.report.story import story_text
from ecosim.scenario.resolve import load

NEVER = {"story.answers.all.one", "story.answers.none.one", "story.with.several.one"}
"""Singulars that stand beside a plural, and are said of several things only."""

PRACTICE = "preset:community-of-practice"
SHARED = {"signifier_collective": 1, "collective_offer": 1, "openness": 1, "demand": 0.1}
EAGER = {"population": {"b0_mean": 3}}
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "practice": (PRACTICE, {"learners": 40, "weeks": 52, "design.hazard": 0.08}),
    "wiki": ("preset:epistemic-wiki", {"learners": 40, "weeks": 20, "design.rejection": 0.7}),
    "late": ("preset:interest-group", {"learners": 30, "weeks": 20}),
    "named": (str(Path(__file__).parents[2] / "scenarios" / "imported-network.yaml"), {"weeks": 2}),
}
"""Name -> a preset, and what is changed of it."""
MADE: dict[str, dict[str, Any]] = {
    "moving": {
        "weeks": 30,
        "context": {"migration": {"mobility": 0.5}, "profiles": {"one": {"share": 1.0}}},
        "communities": {"one": {"share": 0.5, "design": {"rejection": 0.6}}, "two": {"share": 0.5}},
        "events": [
            {"week": 9, "do": "swap", "share": 0.5},
            {"week": 12, "do": "shock", "weeks": 2, "share": 0.6},
        ],
    },
    "returning": {
        "weeks": 60,
        "design": {"hazard": 0.6, "facilitation": 1, **SHARED},
        "context": {"staying": {"comeback": 1, "embedding": 0.01, "h_W": 0}, "needs": {"rest": 0}, **EAGER},
    },
    "back once": {
        "weeks": 12,
        "design": {"hazard": 0.2, "facilitation": 1, **SHARED},
        "context": {"staying": {"comeback": 1, "embedding": 0.01, "h_W": 0}, "needs": {"rest": 0}, **EAGER},
    },
    "less choice": {
        "weeks": 40,
        "design": {"choice": [[0, 1], [19, 1], [20, 0.3]], "facilitation": 0, "hazard": 0, **SHARED},
        "context": EAGER,
    },
    "forced": {
        "weeks": 14,
        "design": {"forced_collaboration": [[0, 0], [5, 0], [6, 1]], "signifier_collective": [[0, 0.2], [8, 0]]},
    },
    "emptied": {"weeks": 30, "design": {"solo_offer": [[0, 1], [9, 1], [10, 0]], "collective_offer": 0, "hazard": 0}},
    "one thing": {
        "weeks": 30,
        "artefacts": {"solo": 1, "collective": 0},
        "design": {"hazard": 0, "signifier_solo": 0.3},
    },
    "no time": {"weeks": 20, "context": {"access": 0.3}},
    "flow cut": {
        "weeks": 30,
        "design": {"hazard": 0.02, "deadlines": [4, 5, 9]},
        "context": EAGER,
        "events": [{"week": 10, "do": "ablate", "mechanism": "flow_persistence"}],
    },
    "due": {"weeks": 10, "design": {"deadlines": [3, 4, 6, 8], "hazard": 0.2}},
    "made easy": {"weeks": 20, "design": {"hazard": [[0, 0.01], [9, 0.01], [10, 0.4]], **SHARED}, "context": EAGER},
    "push ends": {
        "weeks": 12,
        "design": {"incentive": [[0, 1], [5, 1], [6, 0]], "facilitation": 0, "hazard": 0.02},
        "context": {"staying": {"drive_effect": 20}, "energy": {"lambda_R": 0.9}},
    },
    "pushed": {
        "weeks": 30,
        "design": {"incentive": 1, "controlling": 0, "facilitation": 1, "hazard": 0.03},
        "context": {
            "energy": {"lambda_R": 0.9},
            "becoming": {"iota": 0.2, "over_cost": 2},
            "population": {"persistence_mean": 0.2},
        },
    },
    "pressed": {
        "weeks": 30,
        "design": {"incentive": 1, "hazard": 0.02, "choice": [[0, 0], [15, 0], [16, 1]]},
        "context": {"becoming": {"undermining": 0.06}, "needs": {"reward_cost": 0.2}, **EAGER},
    },
    "flooded": {
        "weeks": 10,
        "design": {"message_capacity": 1, "hazard": 0.1, **SHARED},
        "context": {"response": {"stream": 1}, "staying": {"h_L": 3}, **EAGER},
    },
    "hard": {
        "weeks": 24,
        "design": {"self_levelled": [[0, 0], [11, 0], [12, 1]], "curriculum_start": 0.7, "choice": 0, "hazard": 0},
        "context": EAGER,
    },
    "scattered": {
        "weeks": 12,
        "design": {"choice": 0, "hazard": 0},
        "context": {"challenge": {"task_sd": 0.5, "overload_width": 0.05}, **EAGER},
    },
    "crowd": {
        "weeks": 20,
        "design": {"facilitation": 0, "ready_ties": 0, "hazard": 0, **SHARED},
        "context": {"response": {"crowd_tries": 1, "partner_reply": 0, "ground_reply": 0, "tie_reply": 0}, **EAGER},
    },
}
"""Name -> a world that is made for some clauses."""


def flat(tree: dict[str, Any], prefix: str) -> set[str]:
    """Return the dotted keys of all texts of ``tree``."""
    found: set[str] = set()
    for key, value in tree.items():
        path = f"{prefix}.{key}"
        found |= flat(value, path) if isinstance(value, dict) else {path}
    return found


def lived() -> Any:
    """Yield a run of every world, everybody followed."""
    for source, changes in WORLDS.values():
        loaded = load(source, set=changes)
        yield simulate(loaded, follow=range(min(40, loaded.scenario.learners)))
    for made in MADE.values():
        yield simulate(load({"learners": 24} | made), follow=range(24))
    played = load(PRACTICE, set={"learners": 20, "weeks": 8, "design.hazard": 0})
    yield simulate(played, follow=[3], choices={2: {3: {"artefact": None}}})
    yield simulate(played, follow=[3], choices={week: {3: {"artefact": None}} for week in (1, 2)})


@pytest.fixture(scope="module")
def reached() -> dict[str, set[str]]:
    """Return, for each language, the keys of all clauses that some story of some world has told."""
    found: dict[str, set[str]] = {lang: set() for lang in language.LANGUAGES}
    plain = language.lookup

    def noting(name: str, key: str) -> str | None:
        if name in found:
            found[name].add(key)
        return plain(name, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "lookup", noting)
        for run in lived():
            for learner in run.followed:
                for lang in found:
                    story_text(run, learner, lang)
    return found


@pytest.mark.long
@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_clause_is_told_somewhere(lang: str, reached: dict[str, set[str]]) -> None:
    keys = flat(language.table(lang)["story"], "story")
    assert keys - reached[lang] - NEVER == set()
    assert not NEVER & reached[lang]


@pytest.mark.long
def test_both_languages_tell_the_same_clauses(reached: dict[str, set[str]]) -> None:
    """But for singular and plural, which they count differently."""
    english, french = ({key.removesuffix(".one").removesuffix(".many") for key in reached[lang]} for lang in reached)
    assert english == french
