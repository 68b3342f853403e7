"""Figures: they draw what the run says, in both languages, on tiny and empty runs too, with every word in its place."""

from __future__ import annotations

import io
import itertools
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from ecosim.errors import UsageError
from ecosim.language import lookup, table
from ecosim.model.run import Run
from ecosim.report.plots import FIGURES, channel, figure, style, write_figures

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
LONG = "Une très longue réunion en présentiel avec tous les tuteurs du dispositif et leurs invités"
CROWDED = [{"week": week, "label": LONG[: 12 + 7 * week]} for week in (0, 1, 3, 4, 6, 9, 10, 11)]
TWELVE = {
    "ecosim": 1, "kind": "scenario",
    "context": {
        "profiles": {
            f"p{k}": {"share": 0.25 if k == 1 else 0.75 / 11, "label": LONG[9 : 20 + 6 * k], "skill": {"mean": k / 14}}
            for k in range(1, 13)
        }
    },
}  # fmt: skip
LATE = {
    "ecosim": 1, "kind": "scenario", "learners": 1, "weeks": 2,
    "context": {"arrivals": {"kind": "uniform", "until": 5000}},
}  # fmt: skip
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "observed": (str(ROOT / "scenarios" / "oulad-aaa-2013j.yaml"), {"learners": 80}),
    "communities": (str(ROOT / "scenarios" / "campus.yaml"), {"learners": 80, "weeks": 20}),
    "withdrawal": (str(ROOT / "scenarios" / "community-of-practice.yaml"), {"learners": 60}),
    "five": ("preset:interest-group", {"learners": 5}),
    "one week": ("preset:xmooc", {"learners": 30, "weeks": 1}),
    "nobody": ("preset:xmooc", {"learners": 10, "context.access": 0, "design.hazard": 0}),
    "two weeks": ("preset:distance-course", {"learners": 30, "weeks": 2}),
    "one learner": ("preset:lone-autodidact", {"learners": 1, "weeks": 30}),
    "profiles": (TWELVE, {"learners": 130, "weeks": 9}),
    "nobody came": (LATE, {"design.ready_ties": 0}),
    "crowded": ("preset:xmooc", {"learners": 30, "events": CROWDED, "title": LONG * 3, "question": LONG * 4}),
}
ALL_CASES = [*itertools.product(WORLDS, FIGURES, ["fr"]), *itertools.product(["observed", "nobody"], FIGURES, ["en"])]
FAST = [case for place, case in enumerate(ALL_CASES) if place % 3 == 0]  # the others take their turn in the long suite
CASES = [case if case in FAST else pytest.param(*case, marks=pytest.mark.long) for case in ALL_CASES]


@pytest.fixture
def run(request: pytest.FixtureRequest, lived: Lived) -> Run:
    """Return the run of the world that a test names."""
    return lived(*WORLDS[request.param])


def drawn_texts(made: Figure) -> list[Text]:
    """Return all texts that can be seen."""
    made.draw_without_rendering()
    hidden: set[int] = set()
    for ax in made.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks() + axis.get_minor_ticks():
                if not (axis.get_visible() and ax.axison and low <= tick.get_loc() <= high):
                    hidden |= {id(tick.label1), id(tick.label2)}
    texts: list[Any] = made.findobj(Text)
    return [each for each in texts if each.get_visible() and each.get_text().strip() and id(each) not in hidden]


@pytest.mark.parametrize(("run", "name", "lang"), CASES, indirect=["run"])
def test_every_word_is_on_the_slide_and_covers_no_other(run: Run, name: str, lang: str) -> None:
    made = figure(name, run, lang)
    texts = drawn_texts(made)
    page = made.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    for said, box in boxes:
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, f"{said!r} is cut at the side"
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, f"{said!r} is cut above or below"
    _check_words([said for said, _ in boxes], run, lang)
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        overlap = min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
        assert not overlap, f"{one!r} covers {two!r}"


def _check_words(texts: list[str], run: Run, lang: str) -> None:
    """Check that labels are filled and in their language."""
    whole = "\n".join(texts)
    assert not re.search(r"[{}]|\bnan\b|\bNone\b", whole)
    assert run.version in whole
    assert ("does not forecast" in whole) == (lang == "en")
    assert ("ne prédit pas" in whole) == (lang == "fr")
    other = table("fr" if lang == "en" else "en")["figures"]
    for word in ("week", "deadline", "simulated", "nobody"):
        assert other[word] not in texts


@pytest.mark.long
@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_every_figure_is_a_slide_of_its_own_name(run: Run, tmp_path: Path) -> None:
    paths = write_figures(run, tmp_path, "en")
    assert [path.stem for path in paths] == list(FIGURES)
    assert paths[0].name == "overview.png"
    for path in paths:
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert (width, height) == (1600, 900)
    assert len({path.read_bytes() for path in paths}) == len(paths)


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_an_unknown_figure_names_the_nearest(run: Run) -> None:
    with pytest.raises(UsageError, match="retention"):
        figure("retentoin", run, "en")


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_figures_leave_no_trace_in_matplotlib(run: Run) -> None:
    import matplotlib
    from matplotlib import _pylab_helpers

    before = dict(matplotlib.rcParams)
    figure("overview", run, "fr")
    assert dict(matplotlib.rcParams) == before
    assert not _pylab_helpers.Gcf.figs


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_figures_are_the_same_every_time(run: Run) -> None:
    pictures = []
    for _ in range(2):
        stream = io.BytesIO()
        figure("overview", run, "en").savefig(stream, dpi=40)
        pictures.append(stream.getvalue())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    "title", ["$x$ and $5", "costs $", r"\frac{1}{2} $\frac$", "emoji 😀 漢字", "two\nlines\tand tab", "x" * 400]
)
def test_any_title_can_be_drawn(title: str, lived: Lived, tmp_path: Path) -> None:
    world = {"ecosim": 1, "kind": "scenario", "learners": 9, "weeks": 3, "title": title, "question": title}
    run = lived(world | {"events": [{"week": 1, "label": title}]})
    for name in ("overview", "retention"):
        style.save(figure(name, run, "en"), tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").stat().st_size > 1000


# --- what is drawn ---------------------------------------------------------------------------------------------------


def line(made: Figure, label: str) -> Any:
    """Return the line that the legend calls ``label``."""
    return next(each for ax in made.axes for each in ax.lines if each.get_label() == label)


@pytest.mark.parametrize("run", ["observed"], indirect=True)
def test_retention_shows_the_simulated_the_observed_and_the_deadlines(run: Run) -> None:
    made = figure("retention", run, "en")
    assert np.array_equal(line(made, "simulated").get_ydata(), run.weekly_table()["retention"])
    measured = [each for each in run.loaded.observed or [] if each.metric == "retention"]
    assert list(line(made, "observed, with its interval").get_ydata()) == [each.value for each in measured]
    assert list(line(made, "deadline").get_xdata()) == run.loaded.scenario.design.deadlines
    heights = sorted((bar.get_x(), bar.get_height()) for bar in made.axes[1].patches)  # type: ignore[attr-defined]
    assert [height for _, height in heights] == pytest.approx(run.weekly_table()["hazard"])
    ends = made.axes[0].collections[-1].get_segments()  # type: ignore[attr-defined]
    assert [tuple(segment[:, 1]) for segment in ends] == [(each.low, each.high) for each in measured]


@pytest.mark.parametrize("run", ["observed"], indirect=True)
def test_measurements_after_the_run_or_without_interval_are_drawn_as_they_are(run: Run) -> None:
    observed = [replace(each, low=None, high=None) for each in run.loaded.observed or []]
    observed += [replace(observed[0], week=500)]
    made = figure("retention", replace(run, loaded=replace(run.loaded, observed=observed)), "en")
    assert max(line(made, "observed").get_xdata()) < 39


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
@pytest.mark.parametrize(("lang", "said"), [("en", "The facilitator leaves"), ("fr", "L'animateur part")])
def test_events_are_drawn_and_named(run: Run, lang: str, said: str) -> None:
    for name in ("retention", "energy_balance", "participation", "needs"):
        made = figure(name, run, lang)
        assert said in [text.get_text() for text in drawn_texts(made)]
        for ax in made.axes:
            assert any(list(each.get_xdata()) == [40, 40] for each in ax.lines)


@pytest.mark.parametrize("run", ["crowded"], indirect=True)
def test_every_event_has_its_line_even_without_room_for_its_name(run: Run) -> None:
    made = figure("retention", run, "fr")
    weeks = {each.get_xdata()[0] for each in made.axes[1].lines if len(set(each.get_xdata())) == 1}
    assert weeks == {event["week"] for event in CROWDED}


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_the_channel_shows_every_act_once(run: Run) -> None:
    made = style.new_figure()
    ax = made.subplots()
    squares = channel.channel(ax, run, "en")
    acts = run.engine.channel[0]
    assert squares is not None
    assert acts.sum() == run.engine.log.active.sum()
    merged = acts.reshape(22, 2, 22, 2).sum(axis=(1, 3))
    assert len(squares.get_paths()) == np.count_nonzero(merged)
    largest = max(squares.get_paths(), key=lambda path: np.ptp(path.vertices[:, 0])).vertices  # type: ignore[arg-type]
    row, column = np.unravel_index(merged.argmax(), merged.shape)
    middle = (np.array([column, row]) + 0.5) * 1.1 / 22
    assert np.allclose((largest.min(axis=0) + largest.max(axis=0)) / 2, middle)  # type: ignore[attr-defined]
    flow = run.engine.channel[1].reshape(22, 2, 22, 2).sum(axis=(1, 3))
    assert np.allclose(np.asarray(squares.get_array()), flow[merged > 0] / merged[merged > 0])


@pytest.mark.parametrize("run", ["withdrawal", "nobody"], indirect=True)
def test_the_shares_of_the_regions_are_those_of_the_acts(run: Run) -> None:
    assert sum(channel.shares(run).values()) == pytest.approx(1.0 if run.engine.log.active.any() else 0.0)


def test_the_balance_line_is_the_comfortable_step_above_skill(lived: Lived) -> None:
    run = lived("preset:xmooc", {"learners": 20, "weeks": 3, "context.challenge.delta": 0.2})
    made = figure("flow_channel", run, "en")
    xs, ys = line(made, "the challenge fits").get_data()
    assert np.allclose(np.array(ys) - np.array(xs), 0.2)


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_the_energy_is_that_of_the_active(run: Run) -> None:
    made, log = figure("energy_balance", run, "en"), run.engine.log
    assert np.allclose(line(made, "persistence").get_ydata(), log.persistence_of_active / log.active)
    assert np.allclose(line(made, "external drive").get_ydata(), log.external_drive_of_active / log.active)
    assert np.allclose(line(made, "_ratio").get_ydata(), run.weekly_table()["autotelic_ratio"])


@pytest.mark.parametrize("run", ["withdrawal"], indirect=True)
def test_participation_is_that_of_all_who_came(run: Run) -> None:
    made, log = figure("participation", run, "en"), run.engine.log
    assert np.allclose(line(made, "all the active").get_ydata(), run.weekly_table()["participation"])
    assert np.allclose(line(made, "on something shared").get_ydata(), log.collective / log.arrived)
    heights = [bar.get_height() for bar in made.axes[1].patches]  # type: ignore[attr-defined]
    assert heights == log.contributions.tolist()


@pytest.mark.parametrize("run", ["nobody"], indirect=True)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_emptiness_is_said(run: Run, lang: str) -> None:
    nobody = lookup(lang, "figures.nobody")
    assert nobody in [text.get_text() for text in drawn_texts(figure("energy_balance", run, lang))]
    no_acts = lookup(lang, "figures.channel.no_acts")
    assert no_acts in [text.get_text() for text in drawn_texts(figure("flow_channel", run, lang))]


def test_a_week_between_two_gaps_is_a_point() -> None:
    made = style.new_figure()
    ax = made.subplots()
    values = [np.nan] * 60
    values[31] = values[40] = values[41] = 0.5
    style.series(ax, style.STROKES[0], values, "")
    marked: Any = ax.lines[0].get_markevery()
    assert 31 in marked
    assert 41 not in marked


# --- the look --------------------------------------------------------------------------------------------------------


def lightness(color: str) -> float:
    """Return the lightness L* of a colour, 0 .. 100 (CIE 1976)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def test_series_differ_in_grey_in_line_and_in_marker() -> None:
    for one, two in itertools.combinations(style.STROKES, 2):
        assert abs(lightness(one.color) - lightness(two.color)) >= 14
    assert len({str(stroke.line) for stroke in style.STROKES}) == len(style.STROKES)
    assert len({stroke.marker for stroke in style.STROKES} | {style.OBSERVED.marker}) == len(style.STROKES) + 1


@pytest.mark.parametrize("color", [style.INK, style.SOFT, style.EVENT])
def test_words_stand_out_from_the_paper(color: str) -> None:
    luminance = [((lightness(each) + 16) / 116) ** 3 for each in (style.PAPER, color)]
    assert (luminance[0] + 0.05) / (luminance[1] + 0.05) >= 4.5


def test_labels_of_axes_are_written_as_the_language_does() -> None:
    made = style.new_figure()
    ax = made.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 0.02))
    style.in_numbers(ax.xaxis, "fr")
    style.in_percent(ax.yaxis, "fr")
    made.canvas.draw()
    assert "0,2" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert "1,0\u00a0%" in [tick.get_text() for tick in ax.get_yticklabels()]
