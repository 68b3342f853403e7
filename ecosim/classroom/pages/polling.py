"""Questions to all: those of the session when their week comes, and what the teacher asks; answers over the outcome."""

from __future__ import annotations

from typing import Any

import numpy as np
import solara

from ecosim.classroom.live import Live, the_live
from ecosim.classroom.pages.news import act, in_room
from ecosim.classroom.phases import OVER
from ecosim.classroom.polls import MOST_HANDS, Poll, worded
from ecosim.classroom.room import Room
from ecosim.dashboard import session
from ecosim.dashboard.charts import axis_of
from ecosim.dashboard.comparing import MATTERS
from ecosim.language import LANGUAGES, text
from ecosim.model.metrics import METRICS
from ecosim.model.state import Array
from ecosim.report.grammar import sentence
from ecosim.scenario.parts import in_language
from ecosim.web.controls.form import form
from ecosim.web.elements import Button, details, h

WAYS = ("lower", "same", "higher")
STEP = 0.05  #: what counts as more or less where no smallest effect is known


def next_week(live: Live) -> None:
    """Open the week that comes, with the question that stands before it."""
    with live.acting() as room:
        room.close_poll()
        for each in due(live, room):
            room.ask(each)
    live.open_round()


def due(live: Live, room: Room) -> list[Poll]:
    """Return the questions of the session that stand before the week that comes, unless they have been asked."""
    asked = [each.question for each in room.polls]
    return [
        Poll(both(each.question), [_option(one) for one in each.options], each.metric or "", room.course.week)
        for each in live.session.session.polls
        if each.week == room.course.week and both(each.question) not in asked
    ][-1:]


def _option(answer: Any) -> dict[str, Any]:
    """Return an answer of a session's question as a poll holds it."""
    return {"text": both(answer.text), "low": answer.low, "high": answer.high}


def both(words: Any) -> dict[str, str]:
    """Return a text of a session in both languages, as a journal can hold it."""
    return {lang: in_language(words, lang) for lang in LANGUAGES}


def which_way(metric: str, week: int, now: float) -> Poll:
    """Return the question whether a metric will be lower, the same or higher at the end than it is ``now``."""
    step = MATTERS.get(metric, STEP)
    ends = {"lower": (0.0, now - step), "same": (now - step, now + step), "higher": (now + step, 1.0)}
    label = {lang: METRICS[metric].say_label(lang) for lang in LANGUAGES}
    question = {lang: text("classroom.poll.way", lang, metric=label[lang]) for lang in LANGUAGES}
    options = [
        {"text": {lang: text(f"classroom.poll.{way}", lang) for lang in LANGUAGES}, "low": ends[way][0],
         "high": ends[way][1]} for way in WAYS
    ]  # fmt: skip
    return Poll(question, options, metric, week)


def overlay(poll: Poll, weeks: int, lang: str) -> list[tuple[str, Array, Array]]:
    """Return the answers that were given as bands over the weeks to come: label with its count, lower and upper end."""
    made = []
    counts = poll.counts()
    for option, count in zip(poll.options, counts, strict=True):
        if count and option.get("low") is not None and option.get("high") is not None:
            low, high = (np.full(weeks, np.nan) for _ in range(2))
            low[poll.week :], high[poll.week :] = option["low"], option["high"]
            label = text("classroom.poll.said", lang, option=worded(option["text"], lang), count=count)
            made.append((label, low, high))
    return made


@solara.component
def Polling(news: int) -> None:
    """Show the question that is open, or the latest with its answers, and ask another."""
    lang, live = session.lang.value, the_live()
    with live.reading() as room:
        poll, phase = room.poll, room.phase
        counts = poll.counts() if poll else []
        seats = len(room.seats.taken)
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-poll"}):
        h("h2", text("classroom.page.poll", lang), id="eco-poll")
        if poll is not None:
            h("p", h("b", worded(poll.question, lang)))
            answers(poll, counts, seats, lang)
            if poll.open:
                Button(text("classroom.poll.close", lang), lambda: in_room(lambda room: room.close_poll()),
                       "eco-button")  # fmt: skip
            if phase != OVER:
                counting = Counting(poll, lang).key(str(poll.question))
                details(text("classroom.together.hands", lang), counting)
        if phase != OVER:
            details(text("classroom.poll.ask", lang), Asking())


def answers(poll: Poll, counts: list[int], seats: int, lang: str) -> None:
    """Show how many gave each answer; while the question is open only how many have answered."""
    if poll.open:
        h("p", text("classroom.poll.waiting", lang, count=sum(counts), seats=seats), role="status")
        h("ul", *[h("li", worded(each["text"], lang)) for each in poll.options])
        return
    total = max(1, sum(counts))
    with h("dl", cls="eco-answers"):
        for option, count in zip(poll.options, counts, strict=True):
            h("dt", worded(option["text"], lang))
            h("dd", h("span", h("span", cls="eco-answer", style_=f"width: {100 * count / total:.0f}%"),
                      cls="eco-answer-bar"), h("b", str(count)))  # fmt: skip


@solara.component
def Counting(poll: Poll, lang: str) -> None:
    """Count hands for the answers, besides what phones have answered."""
    hands = solara.use_reactive(poll.hands or [0] * len(poll.options))

    def hear(path: str, value: Any) -> None:
        counted = [*hands.value]
        counted[int(path)] = int(value or 0)
        hands.value = counted
        in_room(lambda room: room.count_hands(counted))

    fields = [
        {"kind": "number", "path": str(place), "label": worded(each["text"], lang), "least": 0,
         "most": MOST_HANDS, "value": hands.value[place]} for place, each in enumerate(poll.options)
    ]  # fmt: skip
    form([{"title": "", "fields": fields}], lang, hear)


@solara.component
def Asking() -> None:
    """Let the teacher ask which way a metric goes, or something of her own."""
    lang, live = session.lang.value, the_live()
    own = solara.use_reactive({"question": "", "a": "", "b": "", "c": "", "d": ""})
    metrics = [name for name in live.session.session.show if METRICS[name].is_weekly is not False]
    metric = solara.use_reactive(metrics[0])
    options = [{"value": each, "label": sentence(METRICS[each].say_label(lang))} for each in metrics]
    fields: list[dict[str, Any]] = [{"kind": "select", "path": "metric", "value": metric.value, "options": options,
                                     "label": text("classroom.poll.which", lang)}]  # fmt: skip

    def hear_metric(_: str, value: Any) -> None:
        if value in metrics:
            metric.value = value

    form([{"title": "", "fields": fields}], lang, hear_metric)
    Button(text("classroom.poll.ask_way", lang), lambda: act(lambda live: _ask_way(live, metric.value)), "eco-button")
    words = [{"kind": "text", "path": name, "value": own.value[name], "longest": 120,
              "label": text(f"classroom.poll.own.{name}", lang)} for name in own.value]  # fmt: skip
    form([{"title": "", "fields": words}], lang, lambda path, value: own.set({**own.value, path: str(value or "")}))
    given = [own.value[name].strip() for name in "abcd" if own.value[name].strip()]
    ready = {} if own.value["question"].strip() and len(given) > 1 else {"disabled": ""}

    def ask_own() -> None:
        with_text = [{"text": each} for each in given]
        in_room(lambda room: room.ask(Poll(own.value["question"].strip(), with_text, "", room.course.week)))

    Button(text("classroom.poll.ask_own", lang), ask_own, "eco-button", ready)


def _ask_way(live: Live, metric: str) -> None:
    """Ask which way a metric goes from where it is."""
    film = live.film()
    values = film.series[metric] if film is not None else np.array([1.0])
    there = values[np.isfinite(values)]
    now = float(there[-1]) if there.size else 0.5
    with live.acting() as room:
        room.ask(which_way(metric, room.course.week, now))


def axis_with(metric: str, values: Array, bands: list[tuple[str, Array, Array]]) -> Any:
    """Return the axis on which a metric and the answers about it both find room."""
    return axis_of(metric, [values, *[each for _, low, high in bands for each in (low, high)]])
