"""A page that is nothing but what the ground stands on: a word, a press, a number, a widget with code of its own."""

from __future__ import annotations

import anywidget
import solara
import traitlets
from solara.alias import rv

from ecosim.web.visitor import visitor_here

count = solara.reactive(0)

SCRIPT = """
export default {
  render({ model, el }) {
    const field = document.createElement("input");
    field.setAttribute("aria-label", "told");
    field.addEventListener("change", () => { model.set("told", field.value); model.save_changes(); });
    const show = () => { el.dataset.bytes = model.get("sent").byteLength; };
    model.on("change:sent", show);
    show();
    el.append(field);
  },
};
"""


class Told(anywidget.AnyWidget):
    """A field whose text goes to the server, and bytes that come from it."""

    _esm = SCRIPT
    told = traitlets.Unicode("").tag(sync=True)
    sent = traitlets.Bytes(b"").tag(sync=True)


@solara.component
def Layout(children):
    """Show a page as it is."""
    return rv.Html(tag="div", class_="eco", children=children)


@solara.component
def Page():
    """Show the page."""
    told, set_told = solara.use_state("")
    visitor = visitor_here(solara.use_router().search)
    press = rv.Html(
        tag="button", children=[f"pressed {count.value}"], class_="eco-button", attributes={"type": "button"}
    )
    rv.use_event(press, "click", lambda *_: count.set(count.value + 1))
    return rv.Html(
        tag="main",
        children=[
            rv.Html(tag="h1", children=["Bare"]),
            press,
            Told.element(sent=bytes(len(told)), on_told=set_told),
            rv.Html(tag="p", class_="said", children=[f"{visitor.lang} {visitor.theme} told {len(told)}"]),
        ],
    )
