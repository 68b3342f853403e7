"""The dashboard as Solara finds it: its addresses, its frame, and the page behind each address."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard.frame import Frame
from ecosim.dashboard.lesson import names_here
from ecosim.dashboard.pages.compare import Compare
from ecosim.dashboard.pages.explore import Explore
from ecosim.dashboard.pages.lesson import Lesson
from ecosim.dashboard.pages.lost import Lost
from ecosim.dashboard.pages.start import Start
from ecosim.dashboard.pages.take import Take
from ecosim.dashboard.pages.teach import Teach
from ecosim.web.elements import h

PAGES = {"": Start, "explore": Explore, "compare": Compare, "teach": Teach, "take": Take}


@solara.component
def Page() -> None:
    """Show the page of the address."""
    parts = solara.use_router().parts
    with Frame(parts[0]):
        if parts[0] == "teach" and len(parts) > 1 and parts[1] in names_here():
            Lesson(parts[1]).key(parts[1])
        else:
            PAGES.get("/".join(parts), Lost)()


@solara.component
def Layout(children: Any) -> None:
    """Show nothing of Solara's own around a page."""
    h("div", *children, cls="eco-root")


routes = [
    solara.Route(path="/", component=Page, layout=Layout),
    *(solara.Route(path=name, component=Page) for name in PAGES if name not in ("", "teach")),
    solara.Route(
        path="teach",
        children=[
            solara.Route(path="/", component=Page),
            *(solara.Route(path=name, component=Page) for name in names_here()),
        ],
    ),
]
