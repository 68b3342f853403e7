"""A form that is described, not drawn: groups of fields, each with its path, and a call for each change."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from ecosim.language import lookup

WORDS = ("between", "exact", "about", "reset", "over", "end", "from", "until")


@cache
def script(name: str) -> str:
    """Return the text of a script of this package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


class FormWidget(anywidget.AnyWidget):
    """The form in the browser.

    Attributes
    ----------
    spec : dict
        ``groups``, each with ``title``, ``open``, ``count`` and ``fields``; and ``words``.
    sent : dict
        What was last changed: ``path``, ``value``, and a running number ``n``; told by messages, so that of several
        changes in a moment each is heard.
    """

    _esm = script("form.js")
    spec = traitlets.Dict().tag(sync=True)
    sent = traitlets.Dict()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.on_msg(self._hear)

    def _hear(self, _: Any, message: Any, buffers: Any) -> None:
        """Hear of a change."""
        if isinstance(message, dict) and {"path", "value"} <= message.keys():
            self.sent = message


def form(groups: list[dict[str, Any]], lang: str, on_change: Callable[[str, Any], None]) -> Any:
    """Return a form as an element.

    Parameters
    ----------
    groups : list of dict
        ``title`` (empty: not to be folded), ``open``, ``fields``; a field has ``path``, ``kind`` (``lever``,
        ``number``, ``select``, ``text``, ``area``, ``check``, ``radio``, ``file``), ``label``, ``value``, and what its
        kind asks for.
    lang : {"en", "fr"}
        Language of its own words.
    on_change : callable
        ``on_change(path, value)``; a lever that is reset has the value ``None``. Not called for a path that the form
        does not have: browsers are made to send whatever somebody likes.
    """
    known = {field["path"] for group in groups for field in group["fields"]}
    words = {name: lookup(lang, f"web.form.{name}") or "" for name in WORDS} | {"lang": lang}  # filled in there

    def hear(sent: dict[str, Any]) -> None:
        if sent["path"] in known:
            on_change(sent["path"], sent["value"])

    return FormWidget.element(spec={"groups": groups, "words": words}, on_sent=hear)


def one(field: dict[str, Any], lang: str, on_change: Callable[[Any], None]) -> Any:
    """Return a form of a single field; see :func:`form`."""
    return form([{"title": "", "fields": [field]}], lang, lambda _, value: on_change(value))
