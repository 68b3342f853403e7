"""The teacher's screen in no browser: what is on it in each part of a lesson, and what her buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara

from ecosim.classroom import app
from ecosim.classroom.live import Live
from ecosim.classroom.pages import news
from ecosim.classroom.phases import CHOOSING, LIVED, LOBBY, OVER
from ecosim.dashboard import session
from ecosim.language import LANGUAGES, text
from ecosim.web.widgets.chart import Chart
from ecosim.web.widgets.network import Network
from tests.classroom.conftest import PIN
from tests.web.crews import comes
from tests.web.rendered import Rendered

KEPT = [each for each in (*vars(session).values(), news.ticks, app.step) if isinstance(each, solara.Reactive)]
RAW = re.compile(r"\b(classroom|dashboard|debrief|sessions|web|figures|errors)(\.[a-z_]+)+\b")

Open = Callable[..., Rendered]


@solara.component
def Screen(lang: str) -> Any:
    """Show the whole screen, as the server does."""
    return solara.RoutingProvider(children=[app.Page()], routes=app.routes, pathname=f"/?lang={lang}")


@pytest.fixture
def at(crew: Any, live: Live) -> Iterator[Open]:
    """Return what opens the screen at a part of the lesson; everything is as before afterwards."""
    before = [(each, each.peek()) for each in KEPT]
    opened: list[Rendered] = []

    def made(step: str = "", lang: str = "en") -> Rendered:
        while opened:
            opened.pop().close()
        app.step.value = step
        opened.append(Rendered(Screen(lang)))
        return opened[-1]

    yield made
    for page in opened:
        page.close()
    for each, value in before:
        each.value = value


def reads_well(page: Rendered) -> None:
    """Check that nothing on the screen is meant for machines only."""
    for said in page.texts():
        assert not RAW.search(said), f"a key: {said!r}"
        assert not re.search(r"\bNone\b|\bnan\b", said), said
    for each in page.everything():
        if isinstance(each, str):
            assert not re.search(r"\{\w*\}", each), f"words that were not filled in: {each!r}"


def lived(live: Live, weeks: int = 2) -> None:
    """Have two students live some weeks."""
    with live.acting() as room:
        seats = [room.join(PIN, name) for name in ("Ana", "Zoé")]
    for _ in range(weeks):
        live.open_round()
        with live.acting() as room:
            for seat in seats:
                options = room.course.options(seat.learner)
                room.choose(seat.token, options[0] if options else None)
            room.live()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weeks", [0, 2])
@pytest.mark.parametrize("step", app.STEPS)
def test_every_part_reads_well(at: Open, live: Live, step: str, weeks: int, lang: str) -> None:
    lived(live, weeks)
    page = at(step, lang)
    assert comes(lambda: text("classroom.debrief.busy", lang) not in page.texts())
    reads_well(page)
    assert len(page.all("h1")) == 1
    other = "fr" if lang == "en" else "en"
    page.press(text("dashboard.frame.language", other))
    reads_well(page)
    assert page.says(text(f"classroom.teacher.{step}", other))


def test_the_screen_follows_the_lesson(at: Open, live: Live) -> None:
    page = at()
    assert page.says("Nobody is here yet.")
    page.press("Begin with the first week")
    assert live.room.phase == CHOOSING
    assert page.says("0 of 0 have decided")
    page.press("Live the week now")
    assert live.room.phase == LIVED
    assert page.widgets(Network)
    assert len(page.widgets(Chart)) >= len(live.session.session.show)
    assert live.room.course.week == 1
    page.press("Open week 1")
    page.press("Pause")
    assert live.room.paused
    page.press("Go on")
    assert not live.room.paused
    page.press("Live the week now")
    page.press("End the lesson")
    assert live.room.phase == OVER
    assert page.says("What did you change?")


def test_what_happens_elsewhere_is_heard_of(at: Open, live: Live) -> None:
    page = at()
    with live.acting() as room:
        room.join(PIN, "<b>Ana</b>")
    assert not page.says("<b>Ana</b>")
    live.tell()
    assert page.says("<b>Ana</b>")  # as text: a tag would be a widget


def test_names_are_hidden_and_seats_taken_away(at: Open, live: Live) -> None:
    with live.acting() as room:
        seat = room.join(PIN, "Ana")
    page = at("join")
    page.press("Hide the name: Ana")
    assert room.seats.taken[seat.token].hidden
    assert not page.says("Ana")
    page.press("Show the name: learner 0")
    assert page.says("Ana")
    page.press("Remove: Ana")
    assert seat.token in room.seats.gone
    assert page.says("Nobody is here yet.")


def test_the_community_is_resized_before_it_begins(at: Open, live: Live) -> None:
    page = at("join")
    page.send("learners", 30)
    assert live.scenario.learners == 30
    assert page.says("30 learners live in this community; the model decides for the other 30.")
    page.send("learners", 1)
    assert live.scenario.learners == 30


def test_a_suggested_change_is_made_and_told(at: Open, live: Live) -> None:
    lived(live, 1)
    page = at("play")
    page.press("Bring in a facilitator")
    (change,) = live.room.course.facts.changes
    assert (change.week, change.lever) == (1, "facilitation")
    assert page.says("from week 1 on")


def test_any_lever_is_changed(at: Open, live: Live) -> None:
    page = at("play")
    page.send("which", "pressure")  # forged: no such lever
    page.send("which", "incentive")
    page.send("value", 0.7)
    page.press("From week 0 on")
    (change,) = live.room.course.facts.changes
    assert (change.lever, change.value) == ("incentive", 0.7)
    page.send("value", 99)
    page.press("From week 0 on")
    assert session.trouble.value.startswith("incentive goes from")
    assert len(live.room.course.facts.changes) == 1


def test_questions_of_the_session_are_asked_and_answers_drawn_over_the_outcome(at: Open, live: Live) -> None:
    with live.acting() as room:
        seat = room.join(PIN)
    page = at()
    page.press("Begin with the first week")
    assert page.says("0 of 1 have answered")
    with live.acting() as room:
        room.answer(seat.token, 1)
    live.tell()
    assert page.says("1 of 1 have answered")
    page.press("Live the week now")
    (chart,) = [each for each in page.widgets(Chart) if each.series[0]["label"] == "Retention"]
    asked = live.session.session.polls[0].options[1]
    answer = chart.series[1]
    assert (answer["low"][-1], answer["high"][-1]) == (asked.low, asked.high)
    assert answer["label"].endswith("(answers: 1)")


def test_the_teacher_asks_and_counts_hands(at: Open, live: Live) -> None:
    lived(live, 1)
    page = at("play")
    page.press("Ask: lower, the same, or higher?")
    poll = live.room.poll
    assert poll is not None and poll.options[0]["low"] == 0.0
    assert poll.options[0]["high"] == poll.options[1]["low"] < poll.options[1]["high"] == poll.options[2]["low"]
    page.send("2", 7)
    assert poll.counts() == [0, 0, 7]
    page.send("question", "Why?")
    page.send("a", "because")
    page.send("b", "why not")
    page.press("Ask this")
    assert live.room.poll is not None and live.room.poll.question == "Why?"


def test_the_class_decides_by_show_of_hands(at: Open, live: Live) -> None:
    page = at("play")
    page.press("Follow a learner together")
    page.press("One more learner")
    assert len(live.room.shared) == 2
    live.open_round()
    live.tell()
    possible = live.room.course.options(0)
    first = str(possible[0]) if possible else "rest"
    page.send(first, 12)
    if first != "rest":
        page.send("rest", 3)
    page.press("Decide as most hands say")
    assert live.room.choices[0]["artefact"] == (possible[0] if possible else None)


def test_the_worlds_are_compared_and_every_student_hears_of_hers(at: Open, live: Live) -> None:
    lived(live, 3)
    page = at("debrief")
    assert comes(lambda: page.says("The worlds side by side"))
    assert page.says("As you lived it") and page.says("As the model decides")
    token = next(iter(live.room.seats.taken))
    heard = live.debriefed(token, "en")
    assert heard is not None and heard["lines"] and len(heard["with"]) == 3


def test_it_begins_once_more_and_the_first_playing_stays_in_sight(at: Open, live: Live) -> None:
    lived(live, 2)
    before = live.film()
    page = at("debrief")
    page.press("Begin once more")
    assert (live.room.phase, live.room.course.week) == (LOBBY, 0)
    assert len(live.room.seats.taken) == 2
    live.open_round()
    with live.acting() as room:
        room.live()
    page = at("play")
    (chart,) = [each for each in page.widgets(Chart) if each.series[0]["label"] == "Retention"]
    assert before is not None
    assert chart.series[1]["label"] == "the playing before"
    assert chart.series[1]["values"] == pytest.approx(before.series["retention"].tolist(), abs=1e-5)


def test_a_mistake_of_ours_costs_the_teacher_no_screen(at: Open, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    page = at()
    monkeypatch.setattr(live, "open_round", broken)
    page.press("Begin with the first week")
    assert "ZeroDivisionError" in session.trouble.value
    assert page.says("Begin with the first week")
