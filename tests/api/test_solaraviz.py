"""Mesa's page for an ecosystem, without a browser: it steps, ends, and is reset to what the sliders say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ecosim
from ecosim.errors import UsageError
from ecosim.report import solaraviz as module
from ecosim.report.plots.live import engine_now, network_now, places_of
from ecosim.report.sliders import lever_slider, params_of
from ecosim.scenario.design import LEVERS
from ecosim.schema import Leaf, Range

CAMPUS = Path(__file__).resolve().parents[2] / "scenarios" / "campus.yaml"
SMALL: dict[str, Any] = {"learners": 30, "weeks": 3, "seed": 4, "design": {"choice": 0.7}}


class Noted(ecosim.Ecosystem):
    """An ecosystem that leaves a note of itself, so that a test finds those that a page builds."""

    made: list[Noted]

    def __init__(self, scenario: Any = SMALL, **kwargs: Any) -> None:
        super().__init__(scenario, **kwargs)
        self.made.append(self)


class Page:
    """A page in no browser, and what a viewer does on it."""

    def __init__(self, element: Any) -> None:
        import ipyvuetify
        import solara

        self.parts = ipyvuetify
        self.box, self.context = solara.render(solara.AppLayout(children=[element]), handle_error=False)

    def _all(self, kind: Any) -> list[Any]:
        return list(self.context.find(kind).widgets)

    def button(self, label: str) -> Any:
        """Return the button called ``label``."""
        return next(each for each in self._all(self.parts.Btn) if label in each.children)

    def sliders(self) -> dict[str, Any]:
        """Return all sliders by name."""
        return {each.label: each for each in self._all(self.parts.Slider)}

    def pictures(self) -> int:
        """Return how many figures are shown."""
        import ipywidgets

        return len(self._all(ipywidgets.Image))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Page]]:
    """Return what shows an element on a page; without the extra there is none to test."""
    pytest.importorskip("solara")
    pages = []
    Noted.made = []
    monkeypatch.setattr(module, "Ecosystem", Noted)

    def show(element: Any) -> Page:
        pages.append(Page(element))
        return pages[-1]

    yield show
    for page in pages:
        page.context.close()


def test_a_viewer_steps_to_the_end_and_resets_to_what_the_sliders_say(opened: Callable[..., Page]) -> None:
    page = opened(module.solaraviz(ecosim.load(SMALL)))
    assert page.pictures() == len(module.SHOWN_METRICS) + 1
    mine = Noted.made[0]
    for week in (1, 2, 3):
        page.button("Step").click()
        assert mine.engine.week == week
    assert page.button("Step").disabled
    assert mine.digest() == ecosim.run(SMALL).digest()

    page.sliders()["choice"].v_model = 0.2
    page.sliders()["luck (replicate)"].v_model = 5
    page.button("Reset").click()
    assert not page.button("Step").disabled
    again = Noted.made[-1]
    assert (again.engine.week, again.engine.replicate, again.loaded.scenario.seed) == (0, 5, 4)
    assert again.run().digest() == ecosim.run(SMALL, set={"design.choice": 0.2}, replicate=5).digest()


@pytest.mark.long
def test_viewers_of_a_scenario_have_one_each_and_those_of_an_ecosystem_share_it(opened: Callable[..., Page]) -> None:
    element = module.solaraviz(SMALL)
    first, _ = opened(element), opened(element)
    first.button("Step").click()
    assert [each.engine.week for each in Noted.made] == [1, 0]
    built = Noted(SMALL, replicate=3)
    shared = [opened(module.solaraviz(built)) for _ in range(2)]
    for page in shared:
        page.button("Step").click()
    assert built.engine.week == 2
    shared[0].button("Reset").click()
    assert Noted.made[-1].engine.replicate == 3


def test_the_page_asks_for_more_weeks_than_there_are(opened: Callable[..., Page]) -> None:
    page = opened(module.solaraviz(SMALL, render_interval=5, metrics=["retention"]))
    with pytest.warns(RuntimeWarning, match="the run is over: it has 3 weeks"):
        page.button("Step").click()
    assert Noted.made[0].engine.week == Noted.made[0].steps == 3


def test_what_a_user_of_mesa_adds(opened: Callable[..., Page]) -> None:
    viz, _ = module.visualization()
    own = {"learners": {"type": "SliderInt", "label": "people", "value": 12, "min": 2, "max": 50, "step": 1}}
    plot = viz.make_plot_component({"control": "tab:blue", "immersion": "tab:red"})
    page = opened(module.solaraviz(SMALL, levers=["facilitation"], model_params=own, components=[plot], lang="fr"))
    assert set(page.sliders()) >= {"accompagnement", "people", "hasard (réplique)"}
    assert "choix" not in page.sliders()
    assert page.pictures() == len(module.SHOWN_METRICS) + 2
    page.button("Reset").click()
    assert Noted.made[-1].loaded.scenario.learners == 12


@pytest.mark.parametrize("asked", [{"metrics": ["retentoin"]}, {"levers": ["choise"]}])
def test_unknown_names_are_refused_with_the_nearest(asked: dict[str, Any]) -> None:
    pytest.importorskip("solara")
    with pytest.raises(UsageError, match="did you mean"):
        ecosim.solaraviz(SMALL, **asked)


def test_a_metric_of_the_whole_run_has_no_plot() -> None:
    pytest.importorskip("solara")
    with pytest.raises(UsageError, match="gini_contributions has no value a week"):
        ecosim.solaraviz(SMALL, metrics=["gini_contributions"])


@pytest.mark.parametrize("package", ["solara", "altair", "mesa.visualization", "ipyvuetify"])
def test_without_the_extra_one_is_told_what_to_install(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.startswith("mesa.visualization")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=r"pip install 'ecosim\[ui\]' \(.+\)"):
        ecosim.solaraviz(SMALL)


def test_an_ipyvuetify_that_leaves_pages_empty_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ipyvuetify = pytest.importorskip("ipyvuetify")
    monkeypatch.setattr(ipyvuetify, "__version__", "3.1.0")
    with pytest.raises(UsageError, match=r"ipyvuetify<2"):
        ecosim.solaraviz(SMALL)


def test_levers_become_sliders_that_change_nothing_by_being_shown() -> None:
    for source in ("preset:community-of-practice", "preset:xmooc", CAMPUS):
        world = ecosim.load(source)
        made = params_of(world.loaded, LEVERS)
        assert made.pop("scenario") == world.loaded
        for path, given in made.items():
            low, high, step, value = (given[name] for name in ("min", "max", "step", "value"))
            assert low <= value <= high
            assert 20 <= round((high - low) / step) <= 300 or isinstance(step, int), path
            assert (value - low) / step == pytest.approx(round((value - low) / step), abs=1e-6), path
        settings = {path: given["value"] for path, given in made.items() if path != "replicate"}
        built = ecosim.Ecosystem(world.loaded, **settings)
        assert built.loaded.resolved() == world.loaded.resolved()


def test_a_slider_reaches_an_unusual_value() -> None:
    leaf = Leaf("share", "share", Range(0, 1), Range(0.2, 0.9), "", "", "assumed")
    expected = {"type": "SliderFloat", "label": "x", "value": 0.05, "min": 0.05, "max": 0.9, "step": 0.01}
    assert lever_slider("x", 0.05, leaf) == expected
    whole = Leaf("yes", "yes/no", Range(0, 1), Range(0, 1), "", "", "assumed", whole=True)
    assert lever_slider("x", 1.0, whole) == {**expected, "type": "SliderInt", "value": 1, "min": 0, "max": 1, "step": 1}


def test_what_changes_over_time_has_no_slider() -> None:
    fading = ecosim.load({**SMALL, "design": {"facilitation": [[0, 0.5], [2, 0.0]]}})
    assert set(params_of(fading.loaded, ["facilitation", "choice"])) == {"scenario", "replicate", "design.choice"}


def test_communities_have_sliders_of_their_own() -> None:
    made = params_of(ecosim.load(CAMPUS).loaded, ["choice"], "fr", replicate=40)
    paths = [f"communities.{name}.design.choice" for name in ("class", "club", "desk")]
    assert [path for path in made if "." in path] == paths
    assert [made[path]["label"] for path in paths] == ["choix (class)", "choix (club)", "choix (desk)"]
    assert made["replicate"]["value"] == made["replicate"]["max"] == 40


@pytest.mark.parametrize(
    "scenario",
    [
        SMALL,
        {"learners": 2, "weeks": 1, "design": {"ready_ties": 1}},
        {"learners": 12, "weeks": 2, "design": {"ready_ties": 0}},
    ],
)
def test_everybody_has_a_place_and_keeps_it(scenario: dict[str, Any]) -> None:
    eco = ecosim.Ecosystem(scenario)
    places = places_of(eco)
    assert places.shape == (scenario["learners"], 2)
    assert len(np.unique(places.round(6), axis=0)) == scenario["learners"]
    assert np.abs(places).max() <= 1.0
    before = network_now(engine_now(eco), places)
    assert eco.engine.week == 0, "looking lives no week"
    eco.run()
    np.testing.assert_array_equal(places_of(eco), places)
    after = network_now(engine_now(eco), places)
    assert eco.digest() == ecosim.run(scenario).digest()
    dots = [[len(each.get_offsets()) for each in figure.axes[0].collections[1:]] for figure in (before, after)]
    enrolled = int(eco.engine.learners.enrolled.sum())
    assert dots == [[0, scenario["learners"]], [scenario["learners"] - enrolled, enrolled]]


def test_ties_drawn_are_the_strongest_of_each() -> None:
    eco = ecosim.Ecosystem(SMALL).run()
    people = eco.engine.learners.enrolled
    lines = network_now(engine_now(eco), places_of(eco)).axes[0].collections[0]
    ties = [(i, j, tie["weight"]) for i, j, tie in eco.graph().edges(data=True) if people[i] and people[j]]
    best = max(weight for *_, weight in ties)
    assert 0 < len(lines.get_segments()) <= min(len(ties), 2 * int(people.sum()))
    assert max(lines.get_linewidth()) == pytest.approx(0.25 + 1.5 * best)
