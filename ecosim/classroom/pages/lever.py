"""One lever of those that can move on the way: which, and where to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecosim.dashboard.levers import lever_field
from ecosim.language import text
from ecosim.report.grammar import sentence
from ecosim.report.naming import lever_name
from ecosim.scenario.design import SCHEDULED
from ecosim.web.controls.form import form


def lever_said(lever: str, lang: str) -> str:
    """Return what people call a lever."""
    return str(sentence(lever_name(lever, lang)))


def lever_form(
    lever: str, value: float, lang: str, on_lever: Callable[[str], Any], on_value: Callable[[float | None], Any]
) -> Any:
    """Return a form of one lever as an element.

    Parameters
    ----------
    lever : str
        The one that is shown.
    value : float
        Where it stands.
    lang : {"en", "fr"}
        Language of the words.
    on_lever : callable
        Called with another lever, one of those that there are.
    on_value : callable
        Called with a number, or with ``None`` when the lever is put back.
    """
    names = sorted(SCHEDULED, key=lambda name: lever_said(name, lang))
    options = [{"value": name, "label": lever_said(name, lang)} for name in names]
    which = {"kind": "select", "path": "which", "label": text("classroom.teacher.lever", lang), "value": lever,
             "options": options}  # fmt: skip

    def hear(path: str, given: Any) -> None:
        if path == "which":
            if given in SCHEDULED:
                on_lever(given)
        elif given is None or (isinstance(given, int | float) and not isinstance(given, bool)):
            on_value(given)

    return form([{"title": "", "fields": [which, lever_field(lever, "value", value, lang)]}], lang, hear)
