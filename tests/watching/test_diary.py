"""The diary and the records made of it, against plain re-tellings of what they say."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.errors import UsageError
from ecosim.model.engine import Engine
from ecosim.model.kernel import kernel
from ecosim.model.metrics import METRICS
from ecosim.model.watching import questionnaires
from ecosim.model.watching.diary import watched
from ecosim.model.watching.forum import replies
from ecosim.model.watching.friends import waves
from ecosim.model.watching.platform import AFTER, WINDOW, day_log, panel, withdrawals
from ecosim.model.watching.questionnaires import flow_reports, need_reports
from ecosim.model.watching.recorded import as_watched
from ecosim.records.activity import active_share
from ecosim.records.types import Withdrawals
from ecosim.scenario.resolve import load

WORLD = {
    "ecosim": 1,
    "kind": "scenario",
    "learners": 60,
    "weeks": 27,
    "design": {"signifier_collective": 0.6, "hazard": 0.02, "deadlines": [3, 9, 20], "facilitation": 0.5},
    "arrivals": {"kind": "uniform", "until": 4, "at_start": 0.5},
}


def lived(watch: bool = True, replicate: int = 0, **settings: object) -> Engine:
    """Return a small world, lived."""
    engine = Engine(load(WORLD, set=settings).scenario, replicate)
    return (engine.watch() if watch else engine).run()


@pytest.fixture(scope="module")
def eco() -> Engine:
    return lived()


def test_watching_changes_nothing() -> None:
    assert lived(watch=True).digest() == lived(watch=False).digest()


def test_traces_are_left_by_acts_and_by_nothing_else(eco: Engine) -> None:
    page = eco.diary.page
    for trace in (page.clicks, page.days, page.effort):
        assert np.array_equal(trace > 0, page.active)
    assert (page.forum <= page.clicks).all() and (page.days < 128).all()
    assert not (page.active & ~page.enrolled).any()
    assert page.active.sum() == eco.log.active.sum() and page.answered.sum() == eco.log.answered.sum()


@settings(deadline=None, max_examples=8)
@given(
    clicks=st.floats(0, 200), spread=st.floats(0, 3), days=st.floats(0, 10), reading=st.floats(0, 1),
    acting=st.floats(0, 1),
)  # fmt: skip
def test_traces_hold_for_any_platform(clicks: float, spread: float, days: float, reading: float, acting: float) -> None:
    names = {"clicks": clicks, "clicks_sd": spread, "days": days, "forum_reading": reading, "forum_acting": acting}
    page = lived(weeks=4, **{f"context.recording.{name}": value for name, value in names.items()}).diary.page
    assert np.array_equal(page.clicks > 0, page.active) and (page.forum <= page.clicks).all()
    assert (page.clicks <= 5001).all()


def test_days_spread_with_effort() -> None:
    pages = [lived(**{"context.recording.days": days}).diary.page for days in (0.0, 1.0, 10.0)]
    count = [np.unpackbits(page.days[page.active][:, None], axis=1).sum(axis=1) for page in pages]
    assert (count[0] == 1).all()
    assert count[1].mean() < count[2].mean()
    alone = pages[2].effort[pages[2].active] == 1
    assert (count[2][alone] == 1).all(), "one contribution falls on one day"


def test_the_panel_retells_the_diary(eco: Engine) -> None:
    seen, page = panel(eco), eco.diary.page
    due = [3, 9, 20]
    for i in range(60):
        assert seen.clicks[i].tolist() == page.clicks[:, i].tolist()
        left = -1 if eco.learners.enrolled[i] else int(eco.learners.left_week[i])
        assert seen.left[i] == left
        done = sum(bool(page.active[week, i] or page.active[week - 1, i]) for week in due)
        assert seen.completed[i] == (left == -1 and done / len(due) >= eco.p.recording.handed_in)


def test_without_deadlines_every_week_is_an_assignment() -> None:
    eco = lived(**{"design.deadlines": []})
    share = eco.diary.page.active.sum(axis=0) / (eco.week - eco.learners.arrival_week)
    wanted = eco.learners.enrolled & (share >= eco.p.recording.handed_in)
    assert np.array_equal(panel(eco).completed, wanted)


def test_nobody_is_asked_for_before_she_comes(eco: Engine) -> None:
    """The share of the enrolled who are active, week by week, is that of the engine's own record."""
    late = lived(**{"design.hazard": 0.0, "context.staying.comeback": 0.0})
    assert (late.learners.arrival_week > 0).any() and late.learners.enrolled.all()
    log = late.log
    assert np.allclose(active_share(panel(late)), log.active / log.enrolled_at_start)
    active, there = late.diary.page.active, late.diary.page.enrolled
    before = there[:-1] & ~active[:-1]
    assert METRICS["log_returns"].value(late) == pytest.approx(active[1:][before].mean())


def test_withdrawals_count_from_arrival(eco: Engine) -> None:
    record, people = withdrawals(eco), eco.learners
    wanted = [-1 if people.enrolled[i] else people.left_week[i] - people.arrival_week[i] for i in range(60)]
    assert record == Withdrawals(record.week, 27) and record.week.tolist() == wanted


def test_days_keep_every_click(eco: Engine) -> None:
    log, page = day_log(eco), eco.diary.page
    assert log.events.shape == (60, WINDOW + AFTER) and log.window == WINDOW
    for i in range(60):
        for week in range((WINDOW + AFTER) // 7):
            days = log.events[i, 7 * week : 7 * week + 7]
            assert days.sum() == page.clicks[week, i]
            open_days = [bool(page.days[week, i] >> day & 1) for day in range(7)]
            assert all(open_days[day] for day in range(7) if days[day] > 0)
            if page.clicks[week, i] >= 7:
                assert [bool(each) for each in days] == open_days
            used = days[days > 0]
            assert not used.size or used.max() - used.min() <= 1
            assert log.discussion[i, 7 * week : 7 * week + 7].sum() == page.forum[week, i]


def test_posts_retell_calls_answers_and_contributions(eco: Engine) -> None:
    record, page = replies(eco), eco.diary.page
    told = Counter(zip(record.sender.tolist(), record.receiver.tolist(), record.week.tolist(), strict=True))
    wanted: Counter[tuple[int, int, int]] = Counter()
    for week in range(27):
        written = Counter({i: int(page.effort[week, i]) for i in range(60) if page.collective[week, i]})
        for i in range(60):
            j, author = int(page.partner[week, i]), int(page.author[week, i])
            if j >= 0:
                wanted[i, j, week] += 1
                written[i] -= 1
            if page.answered[week, i] and author != -1:
                wanted[author, i, week] += 1
                written[author] -= 1
        for i, rest in written.items():
            if i >= 0 and rest > 0:
                wanted[i, -1, week] += rest
    assert told == wanted
    assert sum(told.values()) > 200


def test_friends_are_contacts_of_several_weeks(eco: Engine) -> None:
    page, nominated = eco.diary.page, waves(eco).ties
    assert nominated.shape == (2, 60, 60)
    for wave in range(2):
        for i in range(60):
            for j in range(60):
                weeks = 0
                for week in range(13 * wave, 13 * wave + 13):
                    called = page.partner[week, i] == j
                    answered = page.author[week, j] == i
                    weeks += bool(called or answered)
                assert nominated[wave, i, j] == (i != j and weeks >= 2)


def test_reports_are_the_feeling_plus_an_error(eco: Engine) -> None:
    exact = lived(**{"context.recording.flow_items_sd": 0.0})
    plain, noisy = flow_reports(exact), flow_reports(eco)
    page = exact.diary.page
    assert np.allclose(plain.flow, 1.0 + 6.0 * page.flow.astype(float)[plain.moment, plain.person])
    error = noisy.flow - plain.flow
    assert 0.8 * 0.24 < error.std() < 1.1 * 0.24 and abs(error.mean()) < 0.03
    assert (noisy.flow >= 1.0).all() and (noisy.flow <= 7.0).all()


def test_reports_of_flow_are_the_same_after_a_survey(eco: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are given columns of a table, a survey rows: who asks first must not decide how either is read."""
    plain = flow_reports(eco)
    monkeypatch.setattr(questionnaires, "answer", kernel(questionnaires.answer.function))
    need_reports(eco)
    assert (flow_reports(eco).flow == plain.flow).all()
    monkeypatch.setattr(questionnaires, "answer", questionnaires.answer.function)
    assert (flow_reports(eco).flow == plain.flow).all(), "nor is it as plain Python reads it"


def test_surveys_are_as_reliable_as_they_say() -> None:
    """The correlation of what is answered with what is felt is sqrt(alpha), up to the clipping of the scale."""
    eco = lived(learners=3000, weeks=12, **{"design.hazard": 0.001, "context.population.b0_mean": 1.0})
    answers, people = need_reports(eco), eco.learners
    who = people.enrolled & (people.weeks_active > 0)
    for felt, answered, alpha in (
        (people.need_competence, answers.competence, 0.79),
        (people.autonomous_motive, answers.motivation, 0.92),
    ):
        assert np.corrcoef(felt[who], answered)[0, 1] == pytest.approx(alpha**0.5, abs=0.03)


def test_a_metric_says_that_it_needs_a_diary(eco: Engine) -> None:
    with pytest.raises(UsageError, match=r"watch\(\)"):
        METRICS["log_stays"].value(lived(watch=False))
    assert 0.0 <= METRICS["log_stays"].value(eco) <= 1.0


def test_what_is_made_of_a_diary_is_made_once(eco: Engine) -> None:
    assert watched(eco, panel) is watched(eco, panel)


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].watched])
def test_watched_metrics_are_numbers_or_undefined(eco: Engine, name: str) -> None:
    value = METRICS[name].value(eco)
    assert isinstance(value, float)
    if METRICS[name].unit in ("share", "probability") and value == value:
        assert 0.0 <= value <= 1.0


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].watched])
def test_watched_metrics_survive_a_world_where_nothing_happens(name: str) -> None:
    nobody = lived(learners=9, weeks=1, **{"context.access": 0.0})
    value = METRICS[name].value(nobody)
    assert np.isnan(value) or value in (0.0, 1.0), value


def test_records_that_nobody_simulated_are_measured_alike() -> None:
    week = np.array([0, 3, -1, -1])
    assert METRICS["log_withdrawn"].value(as_watched({withdrawals: Withdrawals(week, 10)})) == 0.5
