"""What many runs say: bands, differences, verdicts in plain words, costs, who gains and who loses."""

from __future__ import annotations

import solara

from ecosim.dashboard import session
from ecosim.dashboard.charts import axis_of
from ecosim.dashboard.drawing import banded
from ecosim.language import text
from ecosim.report.grammar import sentence
from ecosim.report.study.costs import cost_lines
from ecosim.report.study.gains import gains
from ecosim.report.study.naming import design_name, metric_name
from ecosim.report.study.verdicts import difference_beside, verdict_of
from ecosim.study.findings import Findings
from ecosim.web.controls.form import one
from ecosim.web.elements import h
from ecosim.web.ensemble import Ensemble


@solara.component
def Outcome(now: Ensemble, ticks: int) -> None:
    """Show everything that is known so far; ``ticks`` grows with every news, so that it is drawn anew."""
    lang = session.lang.value
    if not any(now.lived(arm.name) for arm in now.study.arms):
        return
    if now.found is not None:
        Verdicts(now.found)
    weekly = [each for each in now.study.wanted if each.metric.is_weekly is not False]
    keys = [each.key for each in weekly]
    chosen = session.metric.value if session.metric.value in keys else keys[0]
    options = [{"value": each.key, "label": sentence(each.label(lang))} for each in weekly]
    field = {"kind": "select", "path": "metric", "label": text("dashboard.outcome.metric", lang), "value": chosen,
             "options": options}  # fmt: skip
    one(field, lang, session.metric.set)
    with h("div", cls="eco-two"):
        Bands(now, chosen, ticks)
        Differences(now, chosen, ticks)
    if now.found is not None:
        Groups(now.found)


def labels(now: Ensemble, lang: str) -> list[str]:
    """Return what the designs are called."""
    return [arm.label(lang) for arm in now.study.arms]


@solara.component
def Bands(now: Ensemble, metric: str, ticks: int) -> None:
    """Show the middle and the usual range of each design's runs, week by week."""
    lang = session.lang.value
    bands = [now.band(arm.name, metric) for arm in now.study.arms]
    name = next(each for each in now.study.wanted if each.key == metric).metric
    caption = text(
        "dashboard.outcome.bands", lang, metric=sentence(name.say_label(lang)), runs=now.lived(now.study.baseline)
    )
    banded(caption, labels(now, lang), bands, range(len(bands)), axis_of(name.name, bands), lang)


@solara.component
def Differences(now: Ensemble, metric: str, ticks: int) -> None:
    """Show the paired differences from the baseline, week by week."""
    lang = session.lang.value
    names = labels(now, lang)
    others = [(place, arm) for place, arm in enumerate(now.study.arms) if arm.name != now.study.baseline]
    bands = [now.difference(arm.name, metric) for _, arm in others]
    name = next(each for each in now.study.wanted if each.key == metric).metric.name
    shown = [names[place] for place, _ in others]
    caption = text("dashboard.outcome.differences", lang, baseline=names[0])
    banded(caption, shown, bands, [place for place, _ in others], axis_of(name, bands, signed=True), lang)


@solara.component
def Verdicts(found: Findings) -> None:
    """Say of each design and metric what is known, and how sure it is."""
    lang = session.lang.value
    with h("section", cls="eco-stack", **{"aria-labelledby": "eco-verdicts"}):
        h("h3", text("dashboard.outcome.verdicts", lang), id="eco-verdicts")
        for arm in found.study.arms:
            own = [each for point, each in found.comparisons if each.design == arm.name]
            if own:
                h("h4", sentence(design_name(found, arm.name, lang)))
                h("ul", *[
                    h("li", h("span", text(f"dashboard.outcome.word.{verdict_of(found, each)}", lang),
                              cls=f"eco-tag eco-{verdict_of(found, each)}"),
                      " ", h("b", sentence(metric_name(found, each.metric, lang))), text("findings.colon", lang),
                      " ", difference_beside(found, each, lang))
                    for each in own
                ], cls="eco-lines")  # fmt: skip
        h("p", text("dashboard.outcome.sure", lang), cls="eco-fine")
        for line in cost_lines(found, lang):
            h("p", line)


@solara.component
def Groups(found: Findings) -> None:
    """Say who gains and who loses."""
    lang = session.lang.value
    points = gains(found, lang)
    if points:
        with h("section", cls="eco-stack"):
            h("h3", text("dashboard.outcome.groups", lang))
            for point in points:
                h("p", point.said)
                if point.more:
                    h("ul", *[h("li", line) for line in point.more])
