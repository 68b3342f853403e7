"""Plain HTML as Solara elements: a tag, its words, its attributes; what can be pressed is a button or a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import ipyvue
import solara
from solara.alias import rv

Element = Any


@cache
def _kind(tag: str) -> Any:
    """Return the widget of one tag: the browser never changes the tag of a widget, so that each has its own."""
    return type(f"Html_{tag}", (ipyvue.Html,), {})


def h(tag: str, *children: Any, cls: str = "", **attributes: Any) -> Element:
    """Return an HTML element.

    Parameters
    ----------
    tag : str
        ``section``, ``h2``, ``p``, ...
    *children : str or element
        What stands in it; ``None`` and empty texts are left out.
    cls : str
        Its classes.
    **attributes
        As in HTML, with ``_`` for ``-`` and one ``_`` behind Python's own words (``for_``); ``None`` leaves one out.
    """
    given = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None}
    kept = [child for child in children if child is not None and child != ""]
    return _kind(tag).element(tag=tag, children=kept, class_=cls, attributes=given)


@solara.component
def Button(
    label: Any, on_click: Callable[[], Any], cls: str = "eco-button", attributes: dict[str, Any] | None = None
) -> Element:
    """Show a button."""
    inside = label if isinstance(label, list) else [label]
    made = h("button", *inside, cls=cls, **{"type": "button", **(attributes or {})})
    rv.use_event(made, "click", lambda *_: on_click())
    return made


@solara.component
def Link(label: Any, path: str, cls: str = "eco-link", attributes: dict[str, Any] | None = None) -> Element:
    """Show a link to another page of the same application, which stays as it is."""
    router = solara.use_router()
    inside = label if isinstance(label, list) else [label]
    made = h("a", *inside, cls=cls, **{"href": path, **(attributes or {})})
    rv.use_event(made, "click.prevent", lambda *_: router.push(path))
    return made


def details(label: str, *children: Any, cls: str = "eco-more", opened: bool = False) -> Element:
    """Return what is shown when somebody asks for it."""
    return h("details", h("summary", label), *children, cls=cls, open="" if opened else None)
