"""Widgets on the side of Python: what is sent to the browser says what the film says, in both languages, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import pytest
import solara

from ecosim.language import LANGUAGES, table
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import load
from ecosim.web.film import Film, film_of
from ecosim.web.widgets.channel import Channel, channel_of
from ecosim.web.widgets.chart import MOST_SPREAD, Chart, chart_of, line
from ecosim.web.widgets.landscape import Landscape, landscape_of
from ecosim.web.widgets.network import Network, network_of
from ecosim.web.widgets.player import Player, marks_of, player_of

ROOT = Path(__file__).parents[2]
ALL = (Player, Network, Chart, Channel, Landscape)
SCRIPTS = (
    "common", "axes", "player", "network", "network_drawing", "chart", "chart_drawing", "channel", "landscape",
)  # fmt: skip
CLASSROOM: dict[str, Any] = {"learners": 24, "weeks": 40}


@cache
def film(name: str = "campus", weeks: int = 6) -> Film:
    """Return the film of a scenario of the repository."""
    return film_of(load(ROOT / "scenarios" / f"{name}.yaml", {"learners": 24, "weeks": weeks}))


class Shown:
    """A widget as a page without a browser has it."""

    def __init__(self, element: Any) -> None:
        self.box, self.context = solara.render(element, handle_error=False)

    def widget(self, kind: type[anywidget.AnyWidget]) -> Any:
        """Return the widget of a kind."""
        return self.context.find(kind).widget


@pytest.fixture
def shown() -> Iterator[Any]:
    """Return what shows an element and gives its widget."""
    pages = []

    def show(element: Any, kind: type[anywidget.AnyWidget]) -> Any:
        pages.append(Shown(element))
        return pages[-1].widget(kind)

    yield show
    for page in pages:
        page.context.close()


def bare(value: Any) -> Any:
    """Return ``value`` with its bytes, which travel beside the JSON, left out."""
    if isinstance(value, dict):
        return {name: bare(each) for name, each in value.items()}
    if isinstance(value, list):
        return [bare(each) for each in value]
    return len(value) if isinstance(value, bytes) else value


def elements(lang: str, one: Film) -> list[tuple[Any, Any]]:
    """Return every widget as a page has it, with its class."""
    gaps = [line("a", [0.1, np.nan, 0.3], 1, [0.0, np.nan, 0.2], [0.2, np.nan, 0.4], [[0.1, np.nan, 0.2]])]
    return [
        (player_of(one, lang), Player),
        (network_of(one, lang), Network),
        (chart_of(gaps, lang, limits=(0, 1), marks=marks_of(one.loaded.scenario, lang)), Chart),
        (channel_of(one, lang), Channel),
        (landscape_of(one, lang), Landscape),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["campus", "institutional-class", "lone-autodidact"])
def test_everything_sent_is_json_a_browser_reads(shown: Any, lang: str, name: str) -> None:
    for element, kind in elements(lang, film(name)):
        widget = shown(element, kind)
        state = {trait: getattr(widget, trait) for trait in kind.class_own_traits(sync=True) if trait[0] != "_"}
        json.dumps(bare(state), allow_nan=False)
        assert widget.lang == lang
        assert all(widget.words.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_that_a_script_asks_for_is_sent_and_none_in_vain(shown: Any, lang: str) -> None:
    dynamic = {  # asked for by a name that is put together
        Player: {"start", "back", "play", "pause", "step", "end"},
        Network: {"persistence", "autonomous_motive", "skill", "flow", "community"},
        Chart: set(), Channel: {"anxiety", "boredom"}, Landscape: {"solo", "collective"},
    }  # fmt: skip
    for element, kind in elements(lang, film()):
        code = str(kind._esm)
        asked = set(re.findall(r"\bwords(?:\(\))?\.(\w+)", code)) - {"summary"} | dynamic[kind]
        assert asked == set(shown(element, kind).words) - {"summary"}, kind


def test_both_languages_fill_in_the_same() -> None:
    braces = re.compile(r"\{\w+\}")
    for widget in ("player", "network", "chart", "channel", "landscape"):
        english, french = (table(lang)["web"][widget] for lang in LANGUAGES)
        for name, said in english.items():
            assert sorted(braces.findall(said)) == sorted(braces.findall(french[name])), (widget, name)


def test_the_player_knows_weeks_and_what_happens_in_them(shown: Any) -> None:
    one, heard = film("institutional-class", 40), []
    player = shown(player_of(one, "fr", week=3, on_week=heard.append), Player)
    assert (player.week, player.weeks) == (3, 40)
    (event,) = one.loaded.scenario.events
    assert event.label is not None
    told = {(each["week"], each["kind"]): each["label"] for each in player.marks}
    assert told[event.week, "event"] == in_language(event.label, "fr")
    player.week = 7
    assert heard == [7]


def test_deadlines_are_marked_where_everybody_has_them() -> None:
    scenario = load({"learners": 9, "weeks": 9, "design": {"deadlines": [3, 8, 20]}}).scenario
    assert [(each["week"], each["kind"]) for each in marks_of(scenario, "en")] == [(3, "deadline"), (8, "deadline")]
    assert marks_of(scenario, "en", deadlines=False) == []


def test_the_network_sends_the_film(shown: Any) -> None:
    one, chosen = film(), []
    network = shown(network_of(one, "en", trait="skill", on_selected=chosen.append), Network)
    sent = network.film
    for name in ("status", "community", "active", "bonds", "flow", "persistence", "autonomous_motive", "skill"):
        np.testing.assert_array_equal(np.frombuffer(sent[name], "u1").reshape(6, 24), getattr(one, name))
    np.testing.assert_array_equal(np.frombuffer(sent["strength"], "u1").reshape(6, -1), one.strength)
    np.testing.assert_array_equal(np.frombuffer(sent["pairs"], "<u4").reshape(-1, 2), one.pairs)
    np.testing.assert_array_equal(np.frombuffer(sent["places"], "<f4").reshape(-1, 2), one.places)
    assert (network.trait, network.choices[-1], network.selected) == ("skill", "community", -1)
    assert len(sent["communities"]) == 3
    network.selected = 5
    assert chosen == [5]


def test_what_is_sent_is_made_once_for_a_film_and_language() -> None:
    one = film()
    first, again = (network_of(one, "en").kwargs["film"] for _ in range(2))
    assert first is again
    assert network_of(one, "fr").kwargs["film"]["communities"] != first["communities"]


def test_learners_have_the_names_and_profiles_of_the_file(shown: Any) -> None:
    named = film_of(load(ROOT / "scenarios" / "imported-network.yaml", {"weeks": 2}))
    sent = shown(network_of(named, "en"), Network).film
    assert sent["names"] == list(named.loaded.names or [])
    assert len(sent["names"]) == named.learners
    one = film("distance-course")
    profiles = shown(network_of(one, "fr"), Network).film
    assert len(profiles["profiles"]) == len(one.loaded.scenario.context.profiles) > 1
    assert one.run is not None
    assert list(profiles["profile"]) == one.run.engine.learners.profile.tolist()


def test_the_summary_of_the_network_counts(shown: Any) -> None:
    one = film()
    said = shown(network_of(one, "en"), Network).words["summary"]
    assert one.run is not None
    log = one.run.engine.log
    found = [int(each) for each in re.findall(r"\b(\d+)(?![.\d])", said)]
    assert found[0] == log.enrolled[0]
    assert found[-1] == log.enrolled[-1] or found[-2] == log.enrolled[-1]


def test_lines_have_gaps_where_there_is_nothing() -> None:
    made = line("a", [0.123456789, float("nan"), None, float("inf")], 2, [0, 0, 0, 0], [1, 1, 1, float("nan")])
    assert made["values"] == [0.12346, None, None, None]
    assert made["high"] == [1.0, 1.0, 1.0, None]
    assert (made["stroke"], "spread" in made, "dash" in made) == (2, False, False)
    many = line("b", [0.0], spread=np.zeros((MOST_SPREAD + 9, 1)), dash=())
    assert (len(many["spread"]), many["dash"]) == (MOST_SPREAD, [])
    assert "low" not in line("c", [0.0], low=[0.0])


def test_a_chart_takes_and_gives_curves_drawn(shown: Any) -> None:
    drawn: list[Any] = []
    chart = shown(
        chart_of(
            [], "en", unit="percent", weeks=4, sketch=True, sketched=[None, 0.5, float("nan")],
            on_sketched=drawn.append, sketches=[("before", [0.1, float("nan")])],
        ),
        Chart,
    )  # fmt: skip
    assert chart.sketched == [None, 0.5, None]
    assert chart.sketches == [{"label": "before", "values": [0.1, None]}]
    assert (chart.digits, chart.limits, chart.weeks) == (0, [], 4)
    chart.sketched = [0.2, None, None, 0.4]
    assert drawn == [[0.2, None, None, 0.4]]


def test_the_channel_sends_acts_and_where_they_balance(shown: Any) -> None:
    one = film()
    sent = shown(channel_of(one, "en"), Channel).film
    p = one.loaded.scenario.context.challenge
    assert sent["delta"] == p.delta
    assert sent["below"] == p.boredom_width
    assert sent["above"] == pytest.approx(p.overload_width * (p.overload_floor + 0.5 * p.overload_efficacy))
    np.testing.assert_array_equal(np.frombuffer(sent["first"], "<u4"), one.act_first)
    assert [len(sent[name]) for name in ("skill", "challenge", "flow")] == [one.act_first[-1]] * 3


def test_the_summary_of_the_channel_counts_flow_episodes(shown: Any) -> None:
    one = film()
    assert one.run is not None
    said = shown(channel_of(one, "en"), Channel).words["summary"]
    acts, felt = (int(each) for each in re.findall(r"\d+", said))
    assert acts == one.run.engine.log.active.sum()
    assert abs(felt - one.run.engine.log.flow_episodes.sum()) <= 1  # an act on the border may be rounded over it


def test_the_landscape_names_artefacts_and_communities(shown: Any) -> None:
    one = film()
    sent = shown(landscape_of(one, "fr"), Landscape).film
    scenario = one.loaded.scenario
    assert len(sent["communities"]) == len(scenario.communities)
    assert len(sent["names"]) == len(sent["collective"]) == one.landscape.shape[2]
    assert one.run is not None
    assert sent["collective"] == [bool(each) for each in one.run.engine.artefacts.collective]
    np.testing.assert_array_equal(np.frombuffer(sent["values"], "<f4").reshape(one.landscape.shape), one.landscape)


def test_artefacts_that_a_file_lists_have_their_names(shown: Any) -> None:
    book = {"name": "book", "label": {"en": "the book", "fr": "le livre"}, "collective": False}
    listed = [{"name": "forum", "collective": True}, book]
    one = film_of(load({"learners": 9, "weeks": 2, "artefacts": listed}))
    sent = shown(landscape_of(one, "fr"), Landscape).film
    assert (sent["names"], sent["collective"]) == (["Le livre", "Forum"], [False, True])


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_make_no_code_or_markup_of_texts_and_ask_nobody(name: str) -> None:
    code = (files("ecosim.web.widgets") / f"{name}.js").read_text(encoding="utf-8")
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function", "fetch(", "import("):
        assert forbidden not in code
    assert re.findall(r"https?://[^\"'`\s]+", code) in ([], ["http://www.w3.org/2000/svg"])


@pytest.mark.parametrize("kind", ALL)
def test_every_widget_brings_its_script_behind_the_common_one(kind: Any) -> None:
    assert str(kind._esm).count("function makeClock") == 1
    assert str(kind._esm).count("export default") == 1
    assert kind.class_traits()["clock"].default_value == "main"
