"""The designs on the desk as a study: the same scenarios, the same luck, and a file that says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.dashboard.comparing import MATTERS, METRICS, design_name, study_of, study_text
from ecosim.dashboard.desk import Desk, Source, Variant
from ecosim.dashboard.world import design_label, loaded_of
from ecosim.language import LANGUAGES
from ecosim.scenario.resolve import Loaded
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.web.budget import MOST_REPLICATES

from .worlds import RICH_DESK, SMALL_DESK, desks, two

CAMPUS = Path(__file__).resolve().parents[2] / "scenarios" / "campus.yaml"
FILE = Desk(Source("path", str(CAMPUS), "campus.yaml"), {"weeks": 40, "seed": 9})
LEFT_OUT = ("title", "question", "description", "metrics", "observed")  #: of scenarios, which the study has instead


def lives(loaded: Loaded) -> dict[str, Any]:
    """Return all of a scenario that has to do with how it is lived."""
    return {name: value for name, value in loaded.resolved().items() if name not in LEFT_OUT}


def agrees(study: LoadedStudy, desk: Desk) -> None:
    """Tell a study and a desk to be about the same worlds."""
    assert [arm.name for arm in study.arms] == [design_name(place) for place in range(len(desk.variants))]
    for place, arm in enumerate(study.arms):
        wanted = loaded_of(desk, place)
        assert lives(arm.loaded) == lives(wanted)
        assert arm.loaded.files() == wanted.files()
        assert study.seed == wanted.scenario.seed, "a run on screen is one of the runs of the comparison"
        for lang in LANGUAGES:
            assert arm.label(lang) == design_label(desk, place, lang)
    assert study.baseline == design_name(0)


@settings(max_examples=25)
@given(desks(least=2), st.integers(2, MOST_REPLICATES))
def test_the_study_is_about_the_designs_on_the_desk(desk: Desk, replicates: int) -> None:
    study = load_study(study_of(desk, replicates), allow_files=False)
    agrees(study, desk)
    assert study.replicates.max == replicates
    assert set(METRICS) <= {each.key for each in study.wanted}
    assert set(MATTERS) <= set(METRICS)


@settings(max_examples=20)
@given(desks(least=2))
def test_the_file_says_the_same_study(desk: Desk) -> None:
    again, straight = (
        load_study(each, allow_files=False) for each in (study_text(desk, 20).encode(), study_of(desk, 20))
    )
    agrees(again, desk)
    assert [arm.loaded.hash() for arm in again.arms] == [arm.loaded.hash() for arm in straight.arms]
    assert again.study == straight.study


def test_a_file_of_the_command_line_is_named_with_what_is_laid_over_it(tmp_path: Path) -> None:
    desk = FILE.with_copy("free").with_change("communities.club.design.choice", 0.95)
    agrees(load_study(study_of(desk, 20)), desk)
    saved = tmp_path / "study.yaml"
    saved.write_text(study_text(desk, 20), encoding="utf-8")
    agrees(load_study(saved), desk)


@pytest.mark.parametrize("desk", [SMALL_DESK, RICH_DESK])
def test_what_the_scenario_asks_for_is_measured_too(desk: Desk) -> None:
    asking = replace(desk, source=replace(desk.source, value=desk.source.value + "metrics: [mean_degree, retention]\n"))
    study = load_study(study_of(two(asking), 4), allow_files=False)
    assert [each.key for each in study.wanted] == [*METRICS, "mean_degree"]


def test_a_design_that_names_a_file_of_the_machine_is_none() -> None:
    from ecosim.errors import InvalidFile

    bad = replace(SMALL_DESK, variants=(Variant(), Variant("", {"observed": {"file": str(CAMPUS)}})))
    with pytest.raises(InvalidFile):
        load_study(study_of(bad, 4), allow_files=False)


def test_a_seed_holds_for_all_designs() -> None:
    desk = two(SMALL_DESK.with_shared("seed", 99))
    given = study_of(desk, 4)
    assert given["seed"] == 99
    assert all("seed" not in each for each in given["designs"].values())
    assert "seed" not in study_of(two(SMALL_DESK), 4)
