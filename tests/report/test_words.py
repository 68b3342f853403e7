"""What is said of a run: in both languages, without gaps, right with none and one, and true."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ecosim.language import text
from ecosim.model.engine import Engine
from ecosim.model.run import Run
from ecosim.report.groups import signed
from ecosim.report.naming import artefact_name
from ecosim.report.words import ENERGY, summary_text
from ecosim.scenario.observed import Measurement
from ecosim.scenario.presets import names
from ecosim.scenario.resolve import load

ROOT = Path(__file__).parents[2]
SMALL = {"learners": 60, "weeks": 20}
ENGLISH_LEFTOVERS = re.compile(
    r"\b(the|of|and|with|were|was|week|weeks|learners?|enrolled|average|nobody|shared|activity|skill|departures?)\b",
    re.I,
)
FRENCH_LEFTOVERS = re.compile(r"\b(les|des|une|dans|semaines?|apprenants?|inscrits|moyenne|personne|liens)\b", re.I)
Lived = Callable[..., Run]


def world(**more: Any) -> dict[str, Any]:
    """Return a scenario as a dictionary."""
    return {"ecosim": 1, "kind": "scenario", "title": "A try", "learners": 60, "weeks": 20} | more


def told(run: Run, lang: str) -> str:
    """Return what is said, checked for what must never be in it."""
    said = summary_text(run, lang)
    assert not re.search(r"[{}]|\bnan\b|\bNone\b|\binf\b", said), said
    for line in said.splitlines():
        assert line == line.rstrip()
        assert "  " not in line.lstrip()
    assert said.endswith(text("words.closing", lang))
    return said


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_preset_can_be_told(name: str, lang: str, lived: Lived) -> None:
    run = lived(f"preset:{name}", SMALL)
    said = told(run, lang)
    body = said.split("\n\n", 1)[1]
    leftover = (ENGLISH_LEFTOVERS if lang == "fr" else FRENCH_LEFTOVERS).search(body)
    assert leftover is None, f"{leftover} in {said}"
    assert 8 <= len(said.splitlines()) <= 22


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_scenario_can_be_told(path: Path, lived: Lived) -> None:
    run = lived(str(path), {"weeks": 12})
    for lang in ("en", "fr"):
        said = told(run, lang)
        first, second = said.splitlines()[:2]
        assert first == getattr(run.loaded.scenario.title, lang)
        assert second == getattr(run.loaded.scenario.question, lang)


def test_the_head_counts_are_those_of_the_log(lived: Lived) -> None:
    run = lived(world())
    log, said = run.engine.log, told(run, "en")
    enrolled, left = int(log.enrolled[-1]), int(log.left.sum())
    assert f"At the end {enrolled} of 60 are still enrolled ({100 * enrolled / 60:.0f}%)." in said
    assert f"There were {left} departures" in said
    worst = int(log.left.argmax())
    assert f"the worst was week {worst}, with {int(log.left[worst])} " in said
    half = next(week for week in range(20) if log.left[: week + 1].sum() >= left / 2)
    assert f"half of them by week {half};" in said


def test_a_world_in_which_nothing_happens(lived: Lived) -> None:
    run = lived(world(design={"hazard": 0}, context={"access": 0}))
    english, french = told(run, "en"), told(run, "fr")
    assert "At the end all 60 are still enrolled.\nNobody ever left.\nNobody ever did anything." in english
    assert "Personne n'est jamais parti.\nPersonne n'a jamais rien fait." in french
    assert "Flow" not in english


def test_a_world_that_everybody_leaves(lived: Lived) -> None:
    run = lived(world(design={"hazard": 10}, weeks=6, context={"staying": {"comeback": 0}}))
    assert run.engine.log.enrolled[-1] == 0
    assert "At the end nobody is enrolled any more." in told(run, "en")
    assert "À la fin, plus personne n'est inscrit." in told(run, "fr")


@pytest.mark.parametrize("learners", [1, 2, 5])
@pytest.mark.parametrize("weeks", [1, 2, 9])
def test_tiny_worlds_can_be_told(learners: int, weeks: int, lived: Lived) -> None:
    run = lived(world(learners=learners, weeks=weeks, design={"ready_ties": 0}, context={"population": {"b0_mean": 3}}))
    for lang in ("en", "fr"):
        said = told(run, lang)
    assert (
        f"{learners} apprenant{'s' if learners > 1 else ''} pendant {weeks} semaine{'s' if weeks > 1 else ''} " in said
    )


def test_one_departure_is_one(lived: Lived) -> None:
    for seed in range(1, 60):
        run = lived(world(learners=3, weeks=4, seed=seed, design={"ready_ties": 0}))
        if run.engine.log.left.sum() == 1 and run.engine.log.returned.sum() == 0:
            break
    week = int(run.engine.log.left.argmax())
    assert f"There was 1 departure, in week {week}.\n" in told(run, "en")
    assert f"Il y a eu 1 départ, en semaine {week}.\n" in told(run, "fr")


def test_late_arrivals_are_counted(lived: Lived) -> None:
    run = lived("preset:interest-group", {"learners": 30, "weeks": 10})
    arrived = int(run.engine.log.arrived[-1])
    assert 0 < arrived < 30
    assert f"from week 0 to week 9: {arrived} in all by the end." in told(run, "en")


def test_working_alone_is_said(lived: Lived) -> None:
    run = lived("preset:lone-autodidact", SMALL | {"context.intention.exploration": 0})
    assert "Nobody did anything on a shared artefact." in told(run, "en")
    assert "Gini" not in told(run, "en")


def test_rejections_are_said(lived: Lived) -> None:
    run = lived("preset:epistemic-wiki", SMALL)
    log = run.engine.log
    share = f"{100 * log.rejected.sum() / log.answered.sum():.0f}%"
    assert f"{share} of the answers turning the writer away" in told(run, "en")


@pytest.mark.parametrize(("ratio", "name"), [(1.0, "own"), (0.9, "own"), (0.8, "mostly_own"), (0.6, "more_own"),
                                             (0.3, "more_pushed"), (0.1, "pushed"), (0.0, "pushed")])  # fmt: skip
def test_the_autotelic_ratio_is_put_into_words(ratio: float, name: str, small: Run) -> None:
    run = replace(small, summary=small.summary | {"autotelic_ratio": ratio})
    for lang in ("en", "fr"):
        assert text(f"words.energy.{name}", lang, ratio="#").split("(")[0] in told(run, lang)
    assert [least for least, _ in ENERGY] == sorted((least for least, _ in ENERGY), reverse=True)


@pytest.mark.parametrize(
    ("gain", "key"), [(0.2, "rose"), (-0.2, "fell"), (0.0, "same"), (0.004, "same"), (-0.004, "same")]
)
def test_skill_rises_falls_or_stays(gain: float, key: str, small: Run) -> None:
    run = replace(small, summary=small.summary | {"skill_gain": gain})
    words = {"rose": "topic rose by 0.20", "fell": "topic fell by 0.20", "same": "topic hardly changed"}
    assert words[key] in told(run, "en")


# --- groups ----------------------------------------------------------------------------------------------------------


def test_communities_and_profiles_have_a_line_each(lived: Lived) -> None:
    run = lived(str(ROOT / "scenarios" / "campus.yaml"), {"weeks": 10})
    said, groups = told(run, "en"), run.by_group()["community"]
    assert "By community:\n" in said
    for name, label in (("class", "the class"), ("club", "the astronomy club"), ("desk", "the help desk")):
        stayed = f"{100 * groups[name]['retention']:.0f}% stayed"
        assert f"\n  {label} ({groups[name]['learners']:.0f} learners): {stayed}" in said
    assert "le club d'astronomie" in told(run, "fr")
    cmooc = lived(str(ROOT / "scenarios" / "cmooc.yaml"), {"weeks": 10, "learners": 60})
    assert "\n  used to being led (" in told(cmooc, "en")
    assert "\n  habitué à être guidé (" in told(cmooc, "fr")


def test_of_many_groups_the_best_and_the_worst_are_told(lived: Lived) -> None:
    profiles = {f"p{k}": {"share": 0.125} for k in range(8)}
    run = lived(world(context={"profiles": profiles}, learners=200))
    said = told(run, "en").split("By profile:\n")[1].splitlines()
    kept = [float(re.search(r"(\d+)% stayed", line)[1]) for line in (*said[:2], *said[3:5])]  # type: ignore[index]
    assert said[2] == "  and 4 more, in between"
    assert kept == sorted(kept, reverse=True)
    everybody = [group["retention"] for group in run.by_group()["profile"].values()]
    assert kept[0] == round(100 * max(everybody))  # type: ignore[type-var]
    assert kept[-1] == round(100 * min(everybody))  # type: ignore[type-var]


def test_a_profile_without_anybody_is_said(lived: Lived) -> None:
    run = lived(
        world(learners=3, design={"ready_ties": 0}, context={"profiles": {"a": {"share": 1}, "b": {"share": 0}}})
    )
    assert "\n  b: nobody.\n" in told(run, "en")


def test_people_who_move_are_told_where_they_are(lived: Lived) -> None:
    run = lived(str(ROOT / "scenarios" / "two-circles.yaml"), {"weeks": 10})
    assert "By community, as people are placed at the end:" in told(run, "en")


@pytest.mark.parametrize(("value", "said"), [(0.12, "+0.12"), (-0.12, "\u22120.12"), (0.001, "0.00"), (-0.001, "0.00")])
def test_changes_have_a_sign(value: float, said: str) -> None:
    assert signed(value, "en") == said


# --- what came from outside ------------------------------------------------------------------------------------------


def test_what_changes_around_an_event_is_said(lived: Lived) -> None:
    events = [
        {"week": 10, "do": "withdraw", "levers": ["facilitation"], "label": {"en": "She goes", "fr": "Elle part"}}
    ]
    run = lived(world(events=events))
    log = run.engine.log
    shares = [100 * log.active[a:b].sum() / log.enrolled_at_start[a:b].sum() for a, b in ((6, 10), (10, 14))]
    assert f"Week 10 – She goes: in the 4 weeks before, {shares[0]:.0f}% of the enrolled were active" in told(run, "en")
    assert f"in the 4 weeks from then on, {shares[1]:.0f}% and" in told(run, "en")
    assert "Semaine 10 – Elle part\u00a0: les 4 semaines d'avant" in told(run, "fr")
    assert "of what it would have been had nothing been withdrawn" in told(run, "en")


def test_events_at_the_edges_are_said(lived: Lived) -> None:
    events = [{"week": 0, "label": "first"}, {"week": 1, "label": "second"}, {"week": 19, "label": "last"}]
    said = told(lived(world(events=[*events, {"week": 20, "label": "never"}])), "en")
    assert "From week 0 on: first." in said
    assert "Week 1 – second: in the week before," in said
    assert "Week 19 – last: in the 4 weeks before," in said
    assert "; in that week, " in said
    assert "never" not in said.split("Week 1 ")[1]


def test_of_many_events_the_first_are_told(lived: Lived) -> None:
    events = [{"week": week, "label": f"event {week}"} for week in (2, 3, 5, 7, 9)]
    said = told(lived(world(events=events)), "en")
    assert "event 5" in said
    assert "event 7" not in said
    assert "2 more events are on the figures." in said


def test_events_without_a_name_are_named_by_what_they_do(lived: Lived) -> None:
    events = [
        {"week": 2, "do": "withdraw", "levers": ["facilitation", "incentive"]},
        {"week": 3, "do": "shock", "weeks": 1, "share": 0.5},
        {"week": 4, "do": "rotate", "every": 2},
    ]
    run = lived(world(events=events))
    assert "withdrawal of facilitation and incentive:" in told(run, "en")
    assert "retrait (accompagnement et récompense)" in told(run, "fr")
    assert "For each extra activity during the surge" in told(run, "en")


def test_deadlines_are_compared_with_the_other_weeks(lived: Lived) -> None:
    run = lived(world(design={"deadlines": [3, 9]}))
    left, there = run.engine.log.left[[3, 9]].sum(), run.engine.log.enrolled_at_start[[3, 9]].sum()
    assert f"In the 2 weeks with a deadline {100 * left / there:.0f}" in told(run, "en")
    assert "In the week with a deadline" in told(lived(world(design={"deadlines": [3]})), "en")


def test_nothing_is_said_of_deadlines_that_only_some_have(lived: Lived) -> None:
    assert "deadline" not in told(lived(str(ROOT / "scenarios" / "campus.yaml"), {"weeks": 26}), "en")


def beside(run: Run, *observed: Measurement) -> str:
    """Return what is said of ``run`` beside some measurements."""
    return told(replace(run, loaded=replace(run.loaded, observed=list(observed))), "en")


def test_observed_series_are_compared_with_the_simulated_ones(small: Run) -> None:
    series = small.weekly_table()["retention"]
    near = [Measurement("retention", week, float(series[week]) + 0.02, 0.0, 1.0) for week in range(5)]
    assert "retention is off by 2.0 points on average over 5 weeks, and always inside its interval." in beside(
        small, *near
    )
    off = [Measurement("retention", week, 2.0, 1.9, None) for week in (7, 1, 2, 3)]
    assert "outside its interval in 4 of 5: weeks 1 to 3 and 7." in beside(small, near[0], *off)
    bare = [Measurement("retention", 3, float(series[3]))]
    assert "retention is off by 0.0 points on average over 1 week.\n" in beside(small, *bare)
    assert "Observed retention: no week of it lies within the run." in beside(small, Measurement("retention", 99, 0.5))
    high = Measurement("mean_degree", 3, 0.0, 0.0, 0.1)
    assert f"off by {small.weekly_table()['mean_degree'][3]:.2f} on average over 1 week, and outside" in beside(
        small, high
    )


def test_scattered_weeks_are_said_by_their_ends(small: Run) -> None:
    away = [Measurement("retention", week, 2.0, 1.9, 2.1) for week in (0, 2, 4, 6, 8)]
    assert "in 5 of 5: between weeks 0 and 8." in beside(small, *away)


def test_metrics_that_are_asked_for_are_said(lived: Lived) -> None:
    run = lived(world(metrics=["retention", "effort", {"name": "mean_flow", "over": "last_quarter"}, "mean_load"]))
    said = told(run, "en")
    line = next(line for line in said.splitlines() if line.startswith("Also asked for: "))
    assert f"effort {run.summary['effort']:.2f}" in line
    assert "flow" in line
    assert "retention" not in line
    assert "Autres indicateurs demandés\u00a0: " in told(run, "fr")


def test_metrics_without_a_value_are_said_to_have_none(small: Run) -> None:
    wanted = [each._replace(asked=each.key == "hazard_shape") for each in small.wanted]
    run = replace(small, wanted=wanted, summary=small.summary | {"hazard_shape": None})
    assert "Also asked for: shape of the hazard undefined." in told(run, "en")


def test_nothing_is_told_that_was_not_computed(small: Run) -> None:
    run = replace(
        small, summary={name: None if name == "apprenance" else value for name, value in small.summary.items()}
    )
    assert "Apprenance" not in told(run, "en")
    assert np.isfinite(small.engine.log.active).all()


def test_listed_artefacts_go_by_their_own_names() -> None:
    """The engine numbers solo artefacts first, however a file lists them."""
    listed = [{"name": "forum", "collective": True}, {"name": "book", "collective": False}]
    loaded = load({"ecosim": 1, "kind": "scenario", "artefacts": listed, "learners": 9, "weeks": 2})
    engine = Engine(loaded.scenario)
    assert [artefact_name(loaded.scenario, m, "en") for m in range(2)] == [
        f'"{name}"' for name in engine.artefact_names
    ]
    assert engine.artefact_names == ["book", "forum"]
