"""What a lesson leaves on paper: a handout for students, and a key for the teacher. Both are whole HTML pages.

They fetch nothing and run nothing, and are laid out for A4. Only what is asked for imports Jinja.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ecosim.dashboard.lesson.document import Look
from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.dashboard.lesson.picture import bands, empty_axes, stroke, swatch
from ecosim.dashboard.lesson.sheet import Timed, printed, timed
from ecosim.dashboard.lesson.telling import LETTERS, told
from ecosim.language import number, text
from ecosim.model.provenance import own_version
from ecosim.model.state import Array
from ecosim.report.grammar import counted, sentence
from ecosim.study.findings import Findings

LINES = 3  #: to write on
FEW_MINUTES = 15  #: up to which a lesson has room for fewer words


def handout(lesson: LoadedLesson, lang: str) -> str:
    """Return the handout for students as a page of HTML: it asks, and gives nothing away.

    Parameters
    ----------
    lesson : LoadedLesson
        The lesson.
    lang : {"en", "fr"}
        Language of every word.
    """
    predict = lesson.lesson.predict
    options = [lesson.say(each.text, lang) for each in predict.options]
    facts = {
        "options": list(zip(LETTERS, options, strict=False)),
        "axes": _safe(empty_axes(lesson, lang)) if predict.kind == "curve" else "",
        "drawn": lesson.design(predict.design, lang) if predict.design else "",
        "designs": [arm.label(lang) for arm in lesson.study.arms],
        "lines": range(1 if lesson.lesson.minutes <= FEW_MINUTES else LINES),
    }  # fmt: skip
    return _page("handout.html", lesson, lang, **facts)


def answer_key(lesson: LoadedLesson, found: Findings, lang: str, series: Mapping[str, Array]) -> str:
    """Return the key for the teacher as a page of HTML: the plan, what came out, why, and what to be careful with.

    Parameters
    ----------
    lesson : LoadedLesson
        The lesson.
    found : Findings
        What the runs of its study say.
    lang : {"en", "fr"}
        Language of every word.
    series : mapping of design -> array of shape (3, weeks)
        Lower end, middle and upper end of ``show.metric`` over the runs, week by week.
    """
    study = found.study
    legend = [(_safe(swatch(*stroke(lesson, name))), lesson.design(name, lang)) for name in series]
    facts = {
        "told": told(lesson, found, lang), "plan": plan(lesson, lang), "legend": legend,
        "figure": _safe(bands(lesson, series, lang)),
        "ran": text("lessons.key.ran", lang, runs=number(sum(found.counts.values()), lang, 0), seed=study.seed,
                    replicates=counted_replicates(found, lang), version=own_version()),
    }  # fmt: skip
    return _page("key.html", lesson, lang, **facts)


def counted_replicates(found: Findings, lang: str) -> str:
    """Return how many draws of luck each design had."""
    return text("lessons.key.replicates", lang, count=number(found.replicates, lang, 0))


def plan(lesson: LoadedLesson, lang: str) -> list[Timed]:
    """Return the lesson minute by minute."""
    return timed(lesson.lesson.plan, lang, lambda step: text(f"lessons.step.{step}", lang))


def looks(lesson: LoadedLesson, lang: str) -> list[tuple[str, str]]:
    """Return what to look at: where, and what for."""
    return [(look_place(lesson, each, lang), lesson.say(each.text, lang)) for each in lesson.lesson.observe]


def look_place(lesson: LoadedLesson, look: Look, lang: str) -> str:
    """Return where something is to be looked at: the picture, the design, the week."""
    view, design = text(f"lessons.view.{look.view}", lang), lesson.design(look.design, lang)
    key = "place" if look.week is None else "place_week"
    return text(f"lessons.look.{key}", lang, view=view, design=design, week=look.week)


def _page(template: str, lesson: LoadedLesson, lang: str, **facts: Any) -> str:
    """Return a template filled in with what both pages say, and ``facts``."""
    own = lesson.lesson
    metric = sentence(lesson.metric(own.show.metric).metric.say_label(lang))
    return printed(
        template, own, lang, metric=metric, looks=looks(lesson, lang),
        trials=[(lesson.design(each.design, lang), lesson.say(each.text, lang)) for each in own.trials],
        weeks=counted("weeks", lesson.weeks, lang), **facts,
    )  # fmt: skip


def _safe(markup: str) -> Any:
    """Return markup that we made ourselves, so that it is not escaped."""
    from markupsafe import Markup  # lazily: it comes with Jinja

    return Markup(markup)
