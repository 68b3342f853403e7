"""What one takes away: files, a link, reports, figures, tables, and the command that makes all of it again."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.dashboard.arrival import LINK
from ecosim.dashboard.comparing import study_text
from ecosim.dashboard.desk import Desk
from ecosim.dashboard.link import MOST_TEXT, packed
from ecosim.dashboard.reports import HTML, YAML, ZIP, figures_of_run, report_of_run, report_of_study, tables_of_run
from ecosim.dashboard.saving import file_name, run_command, scenario_text
from ecosim.dashboard.taking import Work, save
from ecosim.dashboard.world import checked, design_label
from ecosim.language import text
from ecosim.report.plots import FIGURES
from ecosim.web.controls.form import one
from ecosim.web.elements import Button, h
from ecosim.web.films import film

KINDS = {"png": "image/png", "svg": "image/svg+xml"}


@solara.component
def Take() -> None:
    """Show all that can be taken away."""
    lang, desk = session.lang.value, session.desk()
    h("h1", text("dashboard.take.title", lang), tabindex="-1")
    h("p", text("dashboard.take.lead", lang, design=design_label(desk, desk.active, lang)), cls="eco-lead")
    _, problem = checked(desk)
    if problem is not None:
        h("p", problem.say(lang), cls="eco-problems", role="alert")
        return
    with h("div", cls="eco-two"):
        File(desk)
        Share(desk)
        Reports(desk)
        Numbers(desk)


@solara.component
def File(desk: Desk) -> None:
    """Offer the scenario as a file, and the command that lives it."""
    lang = session.lang.value
    content, name = scenario_text(desk), file_name(desk)
    with h("section", cls="eco-card"):
        h("h2", text("dashboard.take.file.title", lang))
        h("p", text("dashboard.take.file.lead", lang))
        with h("div", cls="eco-row"):
            Button(text("dashboard.take.file.save", lang, name=name), lambda: save(name, YAML, content.encode(), lang),
                   "eco-button eco-primary")  # fmt: skip
            if len(desk.variants) > 1:
                study = study_text(desk, session.replicates.value)
                Button(text("dashboard.take.file.study", lang), lambda: save("study.yaml", YAML, study.encode(), lang))
        h("pre", content, cls="eco-code", tabindex="0", role="region", aria_label=name)
        h("h3", text("dashboard.take.command.title", lang))
        Copied(run_command(desk), text("dashboard.take.command.title", lang))
        if len(desk.variants) > 1:
            h("p", text("dashboard.take.command.study", lang))
            Copied("ecosim sweep study.yaml", text("dashboard.take.command.study", lang))


@solara.component
def Copied(said: str, label: str) -> None:
    """Show a text with a button that copies it."""
    lang = session.lang.value
    with h("div", cls="eco-row"):
        h("pre", said, cls="eco-code", tabindex="0", role="region", aria_label=label, style="flex: 1 1 240px")
        copy = lambda: session.ask("copy", text=said, say=text("dashboard.take.copied", lang))  # noqa: E731
        what = {"aria-label": text("dashboard.take.copy_what", lang, what=label)}
        Button(text("dashboard.take.copy", lang), copy, "eco-button eco-small", what)


@solara.component
def Share(desk: Desk) -> None:
    """Offer a link that holds exactly what is on screen."""
    lang = session.lang.value
    with h("section", cls="eco-card"):
        h("h2", text("dashboard.take.link.title", lang))
        if desk.source.kind == "path":
            h("p", text("dashboard.take.link.path", lang))
            return
        view = {"week": session.week.value, "learner": session.learner.value}
        held = packed(desk, view)
        if len(held) > MOST_TEXT:
            h("p", text("dashboard.take.link.long", lang))
            return
        h("p", text("dashboard.take.link.lead", lang))
        place = "compare" if len(desk.variants) > 1 else "explore"
        Copied(f"{session.origin.value}/{place}?lang={lang}&{LINK}={held}", text("dashboard.take.link.title", lang))


@solara.component
def Reports(desk: Desk) -> None:
    """Offer the report of the run, and of the comparison where there is one."""
    lang = session.lang.value
    now = session.ensemble.value
    with h("section", cls="eco-card"):
        h("h2", text("dashboard.take.report.title", lang))
        h("p", text("dashboard.take.report.lead", lang))
        Work(text("dashboard.take.report.run", lang), "report.html", HTML, lambda: report_of_run(desk, lang))
        if now is not None and now.found is not None:
            Work(text("dashboard.take.report.study", lang), "comparison.html", HTML, lambda: report_of_study(now, lang))
        else:
            h("p", text("dashboard.take.report.none", lang), cls="eco-fine")


@solara.component
def Numbers(desk: Desk) -> None:
    """Offer figures and tables."""
    lang = session.lang.value
    figure = solara.use_reactive(next(iter(FIGURES)))
    with h("section", cls="eco-card"):
        h("h2", text("dashboard.take.numbers.title", lang))
        options = [{"value": name, "label": text(f"page.names.{name}", lang)} for name in FIGURES]
        field = {"kind": "select", "path": "figure", "label": text("dashboard.take.numbers.figure", lang),
                 "value": figure.value, "options": options}  # fmt: skip
        one(field, lang, figure.set)
        name = figure.value
        with h("div", cls="eco-row"):
            for kind, mime in KINDS.items():
                make = lambda kind=kind: figures_of_run(_run(desk), name, kind, lang)  # noqa: E731
                Work(kind.upper(), f"{name}.{kind}", mime, make).key(kind)
        h("p", text("dashboard.take.numbers.tables", lang))
        Work(text("dashboard.take.numbers.csv", lang), "tables.zip", ZIP, lambda: tables_of_run(_run(desk)))


def _run(desk: Desk) -> Any:
    """Return the run on screen."""
    return film(checked(desk)[0], desk.replicate).run
