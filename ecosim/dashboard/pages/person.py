"""One learner: what this week offers her and what not and why, and her story."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.language import percent, text
from ecosim.report.grammar import sentence
from ecosim.report.naming import artefact_name
from ecosim.report.story import story
from ecosim.scenario.resolve import Loaded
from ecosim.web.controls.table import table
from ecosim.web.elements import Button, details, h
from ecosim.web.films import followed
from ecosim.web.latest import use_latest

LEVELS = ("persistence", "autonomous_motive", "autonomy", "efficacy", "need_relatedness", "skill")

SOME = 0.6  #: of what counts as flow, from which words say that there was some; nothing depends on it


@solara.component
def Person(loaded: Loaded, replicate: int, chosen: int = -1, now: int = -1) -> None:
    """Show a learner in a week: the selected one in the week of the page, unless ``chosen`` and ``now`` say another."""
    lang, learner = session.lang.value, session.learner.value if chosen < 0 else chosen
    shot = use_latest(lambda: followed(loaded, replicate, learner), [loaded.hash(), replicate, learner])
    run = shot.value
    with h("section", cls="eco-card", **{"aria-labelledby": "eco-person"}):
        with h("div", cls="eco-row eco-apart"):
            h("h2", text("dashboard.person.title", lang, learner=learner), id="eco-person")
            if chosen < 0:
                Button(text("dashboard.person.close", lang), lambda: session.learner.set(-1), "eco-button eco-small")
        if shot.error is not None:
            h("p", shot.error.say(lang), cls="eco-problems", role="alert")
            return
        if run is None or learner not in run.followed:
            h("p", h("span", cls="eco-spin"), role="status")
            return
        Weeks(run, learner, session.week.value if now < 0 else now)


@solara.component
def Weeks(run: Any, learner: int, now: int) -> None:
    """Show her week, and her story."""
    lang = session.lang.value
    records = run.followed[learner]
    week = min(now, len(records) - 1)
    told = solara.use_memo(lambda: story(run, learner, lang), [run, learner, lang])
    if told.head != text("dashboard.person.title", lang, learner=learner):
        h("p", told.head)
    with h("div", cls="eco-two"):
        with h("div", cls="eco-stack"):
            h("h3", text("dashboard.person.week", lang, week=week))
            this_week(run, records[week], lang)
        with h("div", cls="eco-stack"):
            h("h3", text("dashboard.person.story", lang))
            h("p", told.starts)
            h("ol", *[h("li", h("b", when), " ", said) for when, said in told.weeks], cls="eco-lines eco-scroll",
              tabindex="0")  # fmt: skip
            h("div", *[h("p", line) for line in told.end], cls="eco-note")


def this_week(run: Any, record: dict[str, Any], lang: str) -> None:
    """Show what a week is for her: what she could do, what not and why, how she stands."""
    if not record["enrolled"]:
        h("p", text("dashboard.person.gone", lang))
        return
    scenario = run.loaded.scenario
    possible = [each for each in record["artefacts"] if each["compossible"]]
    impossible = [each for each in record["artefacts"] if not each["compossible"]]
    h("p", _did(run, record, lang))
    h("h4", text("dashboard.person.possible", lang, count=len(possible)))
    h("ul", *[h("li", _option(scenario, each, lang)) for each in possible])
    if not possible:
        h("p", text("dashboard.person.nothing", lang), cls="eco-fine")
    h("h4", text("dashboard.person.impossible", lang, count=len(impossible)))
    h("ul", *[h("li", h("b", why), " ", names) for why, names in _reasons(scenario, impossible, lang)])
    rows = [
        (text(f"dashboard.person.levels.{name}", lang), percent(record[name], lang))
        for name in LEVELS
        if record[name] is not None
    ]
    head = (text("dashboard.person.what", lang), text("dashboard.person.level", lang))
    details(text("dashboard.person.stands", lang), table(head, rows))


def _option(scenario: Any, each: dict[str, Any], lang: str) -> str:
    """Return something that she could do, and how likely it is that she does."""
    chance = percent(each["chance"] or 0.0, lang)
    return text("dashboard.person.option", lang, name=_name(scenario, each, lang), chance=chance)


def _reasons(scenario: Any, impossible: list[dict[str, Any]], lang: str) -> list[tuple[str, str]]:
    """Return why the rest is not possible: the reason, and the artefacts."""
    found: dict[str, list[str]] = {}
    for each in impossible:
        found.setdefault(each["reason"], []).append(_name(scenario, each, lang))
    return [(text(f"dashboard.person.why.{why}", lang), ", ".join(names)) for why, names in found.items()]


def _name(scenario: Any, each: dict[str, Any], lang: str) -> str:
    """Return what people call an artefact."""
    return artefact_name(scenario, each["number"], lang)


def _did(run: Any, record: dict[str, Any], lang: str) -> str:
    """Return in a sentence what she did this week."""
    if not record["acted"]:
        return text("dashboard.person.idle", lang)
    name = artefact_name(run.loaded.scenario, record["artefact"], lang)
    key = "alone" if record["partner"] is None else "with"
    episode = run.loaded.scenario.context.flow.episode
    felt = "flow" if record["flow"] >= episode else "some" if record["flow"] >= SOME * episode else "little"
    said = text(f"dashboard.person.did_{key}", lang, name=name, partner=record["partner"])
    return sentence(f"{said} {text(f'dashboard.person.felt.{felt}', lang)}")
