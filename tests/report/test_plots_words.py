"""Figures for who does not see them: words with the numbers of the run, and tables of what is drawn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from ecosim.language import number, percent
from ecosim.model.run import Run
from ecosim.report.grammar import rate, share
from ecosim.report.plots import FIGURES, channel, figure, plot

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "withdrawal": (str(ROOT / "scenarios" / "community-of-practice.yaml"), {"learners": 60}),
    "observed": (str(ROOT / "scenarios" / "oulad-aaa-2013j.yaml"), {"learners": 80}),
    "communities": (str(ROOT / "scenarios" / "campus.yaml"), {"learners": 80, "weeks": 20}),
    "one week": ("preset:xmooc", {"learners": 30, "weeks": 1}),
    "nobody": ("preset:xmooc", {"learners": 10, "context.access": 0, "design.hazard": 0}),
    "one learner": ("preset:lone-autodidact", {"learners": 1, "weeks": 30}),
}
OWN = (
    "overview", "retention", "participation", "flow_channel", "needs", "energy_balance", "inequality", "profiles"
)  # fmt: skip


@pytest.fixture
def run(request: pytest.FixtureRequest, lived: Lived) -> Run:
    """Return the run of the world that a test names."""
    return lived(*WORLDS[request.param])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("run", WORLDS, indirect=True)
def test_words_are_whole_sentences_of_their_language(run: Run, name: str, lang: str) -> None:
    said = FIGURES[name].describe(run, lang)
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert not re.search(r"[{}]|\bnan\b|\bNone\b|\binf\b| {2}|\.\.|\n", said)
    assert not re.search(r"\d\.\d" if lang == "fr" else r"\d,\d(?!\d\d)", said), "decimals of the other language"
    if lang == "fr":
        assert not re.search(r"[^\u00a0\d][:;?!%»]", said), f"no-break space missing in {said!r}"
    else:
        assert "\u00a0" not in said


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("run", WORLDS, indirect=True)
def test_tables_are_whole_and_their_cells_plain(run: Run, name: str, lang: str) -> None:
    table = FIGURES[name].table(run, lang)
    assert len(set(table.head)) == len(table.head)
    assert all(table.head)
    for row in table.rows:
        assert len(row) == len(table.head)
        for cell in row:
            assert type(cell) in (str, int, float, type(None))
            assert cell == cell


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_both_languages_have_the_same_numbers(run: Run, name: str) -> None:
    english, french = (FIGURES[name].table(run, lang) for lang in ("en", "fr"))
    assert english.head != french.head
    numbers = [[[cell for cell in row if not isinstance(cell, str)] for row in each.rows] for each in (english, french)]
    assert numbers[0] == numbers[1]
    digits = [sorted(re.findall(r"\d+", FIGURES[name].describe(run, lang))) for lang in ("en", "fr")]
    assert digits[0] == digits[1]


# --- the numbers of the words ----------------------------------------------------------------------------------------


def retention(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on retention have to say."""
    stay, hazard = run.weekly_table()["retention"], run.weekly_table()["hazard"]
    left, there = run.engine.log.left, run.engine.log.enrolled_at_start
    worst = int(np.argmax(left / there))
    yield from (share(stay[0], lang), share(stay[-1], lang), str(len(stay) - 1))
    yield from (rate(float(hazard.mean()), lang), str(worst), rate(left[worst] / there[worst], lang))
    if stay.min() < 0.5:
        yield str(next(week for week, value in enumerate(stay) if value < 0.5))


def participation(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on participation have to say."""
    log, acting = run.engine.log, run.weekly_table()["participation"]
    together = log.collective / log.arrived
    yield from (share(value, lang) for value in (acting[0], acting[-1], run.summary["participation"]))
    yield from (share(value, lang) for value in (together[0], together[-1], together.mean()))
    yield from (number(log.contributions.sum(), lang, 0), number(log.contributions.max(), lang, 0))


def flow_channel(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on the flow channel have to say."""
    log = run.engine.log
    acts = log.active.sum()
    yield number(acts, lang, 0)
    yield from (percent(share, lang) for share in channel.shares(run).values())
    yield number(run.summary["mean_flow"], lang)
    yield from (number(log.challenge.sum() / acts, lang), number(log.skill_of_active.sum() / acts, lang))


def needs(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on needs and motives have to say."""
    log = run.engine.log
    for sums in (log.need_autonomy, log.need_competence, log.need_relatedness, log.autonomous_motive, log.autonomy):
        yield from (number(sums[week] / log.enrolled[week], lang) for week in (0, -1))
    yield number(run.summary["efficacy"], lang)


def energy_balance(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on energy have to say."""
    log, ratio = run.engine.log, run.weekly_table()["autotelic_ratio"]
    for sums in (log.persistence_of_active, log.external_drive_of_active):
        yield from (number(sums[week] / log.active[week], lang) for week in (0, -1))
    yield from (share(value, lang) for value in (run.summary["autotelic_ratio"], ratio.min(), ratio.max()))
    yield number(float((log.flow / log.active).mean()), lang)


def overview(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on the whole run have to say."""
    yield from (share(run.summary[name], lang) for name in ("retention", "participation"))
    yield number(run.summary["mean_flow"], lang)
    log = run.engine.log
    yield number(float((log.persistence_of_active / log.active).mean()), lang)
    yield number(float((log.external_drive_of_active / log.active).mean()), lang)


def inequality(run: Run, lang: str) -> Iterator[str]:
    """Yield what the words on inequality have to say."""
    people, summary = run.engine.learners, run.summary
    yield number(people.latent.size, lang, 0)
    yield from (share(float((done == 0).mean()), lang) for done in (people.contributions, people.weeks_active))
    yield share(summary["top10_share"], lang)
    yield from (number(summary[name], lang) for name in ("gini_contributions", "gini_contributions_all"))


TOLD = (overview, retention, participation, flow_channel, needs, energy_balance, inequality)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("run", ["withdrawal", "observed"], indirect=True)
def test_words_have_the_numbers_of_the_run(run: Run, told: Callable[[Run, str], Iterator[str]], lang: str) -> None:
    said = FIGURES[told.__name__].describe(run, lang)
    for each in told(run, lang):
        assert re.search(rf"(?<![\d.,\u2212]){re.escape(each)}(?![\d]|[.,]\d)", said), f"{each!r} not in {said!r}"


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
@pytest.mark.parametrize(("lang", "said"), [("en", "The facilitator leaves"), ("fr", "L'animateur part")])
def test_words_name_what_is_marked(run: Run, lang: str, said: str) -> None:
    for name in ("overview", "retention", "participation", "needs", "energy_balance"):
        assert f"{said} (" in FIGURES[name].describe(run, lang)


@pytest.mark.parametrize("run", ["observed"], indirect=True)
def test_words_name_deadlines_and_what_was_observed(run: Run) -> None:
    said = FIGURES["retention"].describe(run, "en")
    assert "deadlines (weeks 2, 7, 16, 23 and 30)" in said
    observed = [each for each in run.loaded.observed or [] if each.metric == "retention"]
    assert f"{rate(observed[0].value, 'en')} in week {observed[0].week}" in said
    assert f"{rate(observed[-1].value, 'en')} in week {observed[-1].week}" in said


def test_many_events_are_counted(lived: Lived) -> None:
    events = [{"week": week, "label": f"event {week}"} for week in (1, 2, 3, 5, 8)]
    run = lived("preset:xmooc", {"learners": 9, "weeks": 10, "events": events})
    assert "5 events (week 1 to week 8)" in FIGURES["retention"].describe(run, "en")


@pytest.mark.parametrize("run", ["nobody"], indirect=True)
def test_words_say_that_nobody_did_anything(run: Run) -> None:
    assert FIGURES["energy_balance"].describe(run, "en") == "Nobody was active."
    assert FIGURES["participation"].describe(run, "en") == "Nobody was active."
    assert FIGURES["flow_channel"].describe(run, "en") == "Nobody did anything in this run."
    assert FIGURES["inequality"].describe(run, "en") == "Nobody ever did anything."
    assert "Nobody leaves." in FIGURES["retention"].describe(run, "en")


def test_words_say_that_nobody_came(lived: Lived) -> None:
    arrivals = {"kind": "uniform", "until": 5000}
    world = {"ecosim": 1, "kind": "scenario", "learners": 1, "weeks": 2, "context": {"arrivals": arrivals}}
    run = lived(world, {"design.ready_ties": 0})
    for name in ("retention", "inequality", "profiles"):
        assert FIGURES[name].describe(run, "en").startswith("Nobody has come.")
    assert FIGURES["needs"].describe(run, "en") == "Nobody was enrolled."
    assert FIGURES["profiles"].table(run, "en").rows == []


# --- the numbers of the tables ---------------------------------------------------------------------------------------


def column(table: plot.Table, place: int) -> list[float]:
    """Return a column with not-a-number where there is no value."""
    return [np.nan if row[place] is None else row[place] for row in table.rows]


@pytest.mark.parametrize("name", ["retention", "participation", "needs", "energy_balance"])
@pytest.mark.parametrize("run", ["withdrawal", "one week"], indirect=True)
def test_every_line_is_a_column_of_the_table(run: Run, name: str) -> None:
    table = FIGURES[name].table(run, "en")
    columns = [column(table, place) for place in range(len(table.head))]
    assert columns[0] == list(range(run.loaded.scenario.weeks))
    drawn = [line for ax in figure(name, run, "en").axes for line in ax.lines if len(line.get_xdata()) > 0]
    weekly = [line for line in drawn if list(line.get_xdata()) == columns[0] and line.get_marker() != "None"]
    assert weekly
    for line in weekly:
        assert any(np.allclose(line.get_ydata(), each, equal_nan=True) for each in columns), line.get_label()


@pytest.mark.parametrize(("name", "place"), [("retention", 2), ("participation", 3)])
@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_every_bar_is_a_row_of_the_table(run: Run, name: str, place: int) -> None:
    bars = [each for each in figure(name, run, "en").axes[1].patches if isinstance(each, Rectangle)]
    heights = [bar.get_height() for bar in sorted(bars, key=lambda bar: bar.get_x())]
    assert np.allclose(heights, np.nan_to_num(column(FIGURES[name].table(run, "en"), place)))


@pytest.mark.parametrize("run", ["observed"], indirect=True)
def test_what_was_observed_has_a_column(run: Run) -> None:
    table = FIGURES["retention"].table(run, "en")
    observed = {each.week: each.value for each in run.loaded.observed or [] if each.metric == "retention"}
    assert {week: value for week, value in enumerate(column(table, 2)) if value == value} == pytest.approx(observed)


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_the_table_of_the_channel_counts_every_act_once(run: Run) -> None:
    table, log = FIGURES["flow_channel"].table(run, "en"), run.engine.log
    acts, flow = np.array(column(table, 2)), np.array(column(table, 3))
    assert acts.sum() == log.active.sum()
    assert (acts * flow).sum() == pytest.approx(log.flow.sum())
    squares = list(zip(column(table, 0), column(table, 1), strict=True))
    assert len(set(squares)) == len(squares)
    corners = np.round(np.array(squares) * 10)
    skill = ((corners[:, 0] + 0.5) / 10 * acts).sum() / acts.sum()
    assert skill == pytest.approx(log.skill_of_active.sum() / acts.sum(), abs=0.03)


def test_cells_are_plain() -> None:
    values = np.array([1.5, np.nan]), np.array([3, 4]), ["a", "b"]
    assert plot.rows_of(list(values)) == [(1.5, 3, "a"), (None, 4, "b")]
    assert [type(cell) for cell in plot.rows_of(list(values))[0]] == [float, int, str]


def test_ends_are_the_first_and_the_last_value() -> None:
    assert plot.ends([np.nan, 0.1, np.nan, 0.3, np.nan]) == (1, 3)
    assert plot.ends([np.nan]) is None


# --- grey ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("run", ["withdrawal", "communities"], indirect=True)
def test_series_of_a_plot_differ_in_more_than_hue(run: Run, name: str) -> None:
    for ax in figure(name, run, "en").axes:
        lines = [line for line in ax.lines if len(line.get_xdata()) > 2 or line.get_label()[0] != "_"]
        looks = [(str(each._dash_pattern), each.get_marker(), round(each.get_linewidth(), 1)) for each in lines]
        for (one, a), (two, b) in itertools.combinations(zip(lines, looks, strict=True), 2):
            assert a != b, f"{one.get_label()} and {two.get_label()} differ by hue alone"
