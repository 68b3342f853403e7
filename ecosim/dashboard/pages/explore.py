"""One community: its levers at the left, what comes of them at the right, week by week."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.desk import Desk
from ecosim.dashboard.levers import groups_of, read_deadlines
from ecosim.dashboard.pages.pictures import Pictures
from ecosim.dashboard.pages.undo import UndoRedo
from ecosim.dashboard.pages.world_form import WorldForm
from ecosim.dashboard.world import changes_in_words, checked, design_label, path_label, scenario_of
from ecosim.errors import EcosimError
from ecosim.language import text
from ecosim.report.naming import community_name
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import Loaded
from ecosim.web.controls.form import form, one
from ecosim.web.elements import Button, h
from ecosim.web.films import film
from ecosim.web.latest import use_latest


@solara.component
def Explore() -> None:
    """Show the levers of the active design and the run that they lead to."""
    lang, desk = session.lang.value, session.desk()
    loaded, problem = checked(desk)
    base = scenario_of(desk)
    shot = use_latest(lambda: film(loaded, desk.replicate, base), [loaded.hash(), base.hash(), desk.replicate])
    changed = bool(desk.variant.changes) and problem is None
    ghost = use_latest(lambda: film(base, desk.replicate) if changed else None, [base.hash(), desk.replicate, changed])
    Title(loaded)
    error = problem or shot.error
    if error is not None:
        h("div", *[h("p", line) for line in error.say(lang).splitlines()], cls="eco-problems", role="alert")
    with h("div", cls="eco-bench"):
        with h("section", cls="eco-card eco-panel", **{"aria-labelledby": "eco-levers"}):
            Levers(desk, loaded)
        with h("div", cls="eco-stack"):
            if shot.value is None:
                h("p", h("span", cls="eco-spin"), " ", text("dashboard.explore.first", lang), role="status")
            else:
                Pictures(shot.value, ghost.value, desk.replicate)


@solara.component
def Title(loaded: Loaded) -> None:
    """Show the question, and whose design this is."""
    lang, desk, router = session.lang.value, session.desk(), solara.use_router()
    scenario = loaded.scenario
    with h("div", cls="eco-row eco-apart"):
        with h("div", cls="eco-stack", style_="gap: 4px"):
            h("h1", in_language(scenario.title, lang) or loaded.name, tabindex="-1")
            h("p", in_language(scenario.question, lang), cls="eco-lead")
        with h("div", cls="eco-row"):
            h("a", text("dashboard.levers.title", lang), cls="eco-button eco-small eco-narrow", href="#eco-levers")
            UndoRedo()

            def keep() -> None:
                session.change(lambda now: now.with_copy())
                router.push("/compare")

            full = {"disabled": "", "title": text("dashboard.explore.full", lang)} if len(desk.variants) >= 4 else {}
            Button(text("dashboard.explore.keep", lang), keep, "eco-button eco-small", full)
    if len(desk.variants) > 1:
        with h("div", cls="eco-tabs", **{"role": "group",
                     "aria-label": text("dashboard.explore.designs", lang)}):  # fmt: skip
            for place in range(len(desk.variants)):
                on = {"aria-pressed": str(place == desk.active).lower()}
                turn = lambda place=place: session.turn(lambda now: now.turned_to(place))  # noqa: E731
                Button(design_label(desk, place, lang), turn, "eco-tab", on)


@solara.component
def Levers(desk: Desk, loaded: Loaded) -> None:
    """Show all levers, and what has been changed; ``loaded`` belongs to this desk, perhaps not to a newer one."""
    lang = session.lang.value
    h("h2", text("dashboard.levers.title", lang), id="eco-levers")
    Changed(desk)
    communities = list(loaded.scenario.communities)
    chosen = session.community.value if session.community.value in communities else (communities or [""])[0]
    if communities:
        options = [{"value": each, "label": community_name(loaded.scenario, each, lang)} for each in communities]
        field = {"kind": "select", "path": "community", "label": text("dashboard.levers.community", lang),
                 "value": chosen, "options": options}  # fmt: skip
        one(field, lang, session.community.set)

    def change(path: str, value: Any) -> None:
        if path.endswith("design.deadlines"):
            value = read_deadlines(value)
            if value is None:
                session.say(text("dashboard.levers.no_weeks", lang))
                return
        if value is None:
            session.change(lambda now: now.without_change(path))
        else:
            session.change(lambda now: now.with_change(path, value), moving=f"{desk.active} {path}")

    form(groups_of(desk, loaded.scenario, lang, chosen), lang, change)
    WorldForm(loaded)


@solara.component
def Changed(desk: Desk) -> None:
    """List what differs from the scenario, each with the way back."""
    lang = session.lang.value
    try:
        changes = changes_in_words(desk, desk.active, lang)
    except EcosimError:
        changes = [(path, path_label(path, scenario_of(desk).scenario, lang), "", str(value))
                   for path, value in desk.variant.changes.items()]  # fmt: skip
    if not changes:
        h("p", text("dashboard.levers.nothing", lang), cls="eco-fine")
        return
    with h("ul", cls="eco-lines", **{"aria-label": text("dashboard.levers.list", lang)}):
        for path, label, before, after in changes:
            with h("li", cls="eco-row eco-fine"):
                h("span", text("dashboard.levers.change", lang, label=label, before=before, after=after))
                back = {"aria-label": text("web.form.reset", lang, label=label)}
                Button("↺", lambda path=path: session.change(lambda now: now.without_change(path)),
                       "eco-button eco-quiet eco-small", back)  # fmt: skip
