"""Where phones do not reach the room: learners on the screen, for whom the class decides by show of hands."""

from __future__ import annotations

import solara

from ecosim.classroom.live import the_live
from ecosim.classroom.pages.news import in_room
from ecosim.classroom.phases import CHOOSING, OVER
from ecosim.classroom.phones.told import Told, week_told
from ecosim.classroom.polls import MOST_HANDS
from ecosim.dashboard import session
from ecosim.language import percent, text
from ecosim.web.controls.form import form
from ecosim.web.controls.table import table
from ecosim.web.elements import Button, details, h

MOST_SHARED = 8  #: learners on one screen
NOTHING = "rest"  #: the path of the field of who would do nothing


@solara.component
def Together(news: int) -> None:
    """Show the learners for whom the class decides together, and count hands for them."""
    lang, live = session.lang.value, the_live()
    with live.reading() as room:
        phase, tokens = room.phase, [each for each in room.shared if room.seats.of(each)]
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-together"}):
        h("h2", text("classroom.together.title", lang), id="eco-together")
        if not tokens:
            h("p", text("classroom.together.why", lang), cls="eco-fine")
        with h("div", cls="eco-two"):
            for token in tokens:
                One(token, phase, news).key(token)
        if phase != OVER and len(tokens) < MOST_SHARED:
            name = text("classroom.together.name", lang, number=len(tokens) + 1)
            Button(text("classroom.together.more" if tokens else "classroom.together.take", lang),
                   lambda: in_room(lambda room: room.share(name)), "eco-button")  # fmt: skip


@solara.component
def One(token: str, phase: str, news: int) -> None:
    """Show one learner for whom people decide together."""
    lang, live = session.lang.value, the_live()
    told = week_told(live, token, lang)
    if told is None:
        return
    with h("div", cls="eco-stack"):
        h("h3", told["name"], " · ", text("classroom.page.you", lang, learner=told["learner"]))
        if not told["here"]:
            h("p", text("classroom.page.gone", lang))
            Button(text("classroom.page.another", lang), lambda: in_room(lambda room: room.another(token)),
                   "eco-button")  # fmt: skip
            return
        if told["last"]:
            h("h4", text("classroom.page.last", lang, week=told["last"]["week"]))
            h("ul", *[h("li", each) for each in told["last"]["lines"]])
        if phase == CHOOSING:
            Hands(token, told)
        rows = [(each["label"], percent(each["value"], lang)) for each in told["levels"]]
        head = (text("dashboard.person.what", lang), text("dashboard.person.level", lang))
        details(text("classroom.page.levels", lang), table(head, rows))


@solara.component
def Hands(token: str, told: Told) -> None:
    """Count hands for what such a learner may do, and decide."""
    lang = session.lang.value
    hands: solara.Reactive[dict[str, int]] = solara.use_reactive({})
    names = {str(each["number"]): each["name"] for each in told["possible"]} | {
        NOTHING: text("classroom.page.rest", lang)
    }
    fields = [
        {"kind": "number", "path": path, "label": name, "least": 0, "most": MOST_HANDS,
         "value": hands.value.get(path, 0)} for path, name in names.items()
    ]  # fmt: skip
    h("h4", text("classroom.together.hands", lang))
    with h("div", cls="eco-hands"):
        form(
            [{"title": "", "fields": fields}], lang,
            lambda path, value: hands.set({**hands.value, path: int(value or 0)}),
        )  # fmt: skip
    counted = {path: hands.value.get(path, 0) for path in names}
    best = [path for path, count in counted.items() if count and count == max(counted.values())]
    if len(best) > 1:
        h("p", text("classroom.together.tie", lang), role="status")

    def decide() -> None:
        artefact = None if best[0] == NOTHING else int(best[0])
        in_room(lambda room: room.choose(token, artefact))

    Button(text("classroom.together.decide", lang), decide, "eco-button eco-primary",
           {} if len(best) == 1 else {"disabled": ""})  # fmt: skip
    if told["choice"] is not None:
        chosen = told["choice"]["artefact"]
        name = names.get(NOTHING if chosen is None else str(chosen), "")
        h("p", text("classroom.together.decided", lang, name=name), role="status")
    if told["rest"]:
        rest = [h("li", h("b", each["why"]), " ", each["names"]) for each in told["rest"]]
        details(text("classroom.page.not_possible", lang), h("ul", *rest))
