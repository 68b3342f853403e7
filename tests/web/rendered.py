"""Pages in no browser: what is on them, and what a viewer does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import ipyvue
import ipywidgets
import solara

from ecosim.web.controls.form import FormWidget

from .crews import comes

_sent = count(1)


class Rendered:
    """An element on a page, and all that a test asks of it.

    Parameters
    ----------
    element : element
        What is shown.
    """

    def __init__(self, element: Any) -> None:
        self.box, self.context = solara.render(element, handle_error=False)

    def close(self) -> None:
        """Leave the page."""
        self.context.close()

    def everything(self) -> Iterator[Any]:
        """Yield all widgets and texts in the order in which they stand."""
        yield from _inside(self.box)

    def widgets(self, kind: Any) -> list[Any]:
        """Return all widgets of a kind."""
        return [each for each in self.everything() if isinstance(each, kind)]

    def all(self, tag: str) -> list[Any]:
        """Return all elements with a tag."""
        return [each for each in self.widgets(ipyvue.Html) if each.tag == tag]

    def texts(self) -> list[str]:
        """Return all texts that stand somewhere, those of forms and labels too."""
        found = [each for each in self.everything() if isinstance(each, str)]
        for each in self.widgets(ipyvue.Html):
            found += [value for name, value in each.attributes.items() if name in ("aria-label", "title")]
        for made in self.widgets(ipywidgets.Widget):
            for name in ("spec", "words", "summary", "caption", "label", "lines", "content", "series"):
                if isinstance(value := getattr(made, name, None), str | dict | list):
                    found += _texts(value)
        return found

    def says(self, said: str) -> bool:
        """Tell whether a text stands somewhere."""
        return any(said in each for each in self.texts())

    def button(self, label: str) -> Any:
        """Return the button, or the link, that is called ``label``."""
        for each in self.widgets(ipyvue.Html):
            if each.tag in ("button", "a") and label in (text_of(each), each.attributes.get("aria-label")):
                return each
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")

    def buttons(self) -> list[str]:
        """Return what all buttons are called."""
        return [each.attributes.get("aria-label") or text_of(each) for each in self.all("button")]

    def press(self, label: str) -> None:
        """Press a button, unless it cannot be."""
        button = self.button(label)
        assert "disabled" not in button.attributes, f"{label} cannot be pressed"
        button.fire_event("click" if button.tag == "button" else "click.prevent", None)
        self.rests()

    def rests(self) -> None:
        """Wait until the page shows what it is to show: where another thread is rendering, it renders this too."""
        own = self.context
        assert comes(lambda: not (own._rerender_needed or own._is_rendering or own.thread_lock.locked()))

    def fields(self) -> dict[str, dict[str, Any]]:
        """Return all fields of all forms by path."""
        forms = self.widgets(FormWidget)
        return {each["path"]: each for form in forms for group in form.spec["groups"] for each in group["fields"]}

    def send(self, path: str, value: Any, nth: int = 0) -> None:
        """Have the browser tell that a field was changed, of the ``nth`` form that has it."""
        having = [
            form
            for form in self.widgets(FormWidget)
            if any(each["path"] == path for group in form.spec["groups"] for each in group["fields"])
        ]
        having[nth].sent = {"path": path, "value": value, "n": next(_sent)}
        self.rests()


def _inside(widget: Any) -> Iterator[Any]:
    """Yield a widget and all that stands in it, but for what is hidden."""
    if "hidden" in getattr(widget, "attributes", {}):
        return
    yield widget
    for each in getattr(widget, "children", None) or []:
        yield from _inside(each)


def text_of(widget: Any) -> str:
    """Return all texts in a widget as one."""
    return "".join(each for each in _inside(widget) if isinstance(each, str))


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts that stand somewhere in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("path", "kind", "lang", "value", "accept"):
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
