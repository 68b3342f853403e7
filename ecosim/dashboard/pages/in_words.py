"""What a picture of a run shows, in words and as a table of its numbers, for who does not see it."""

from __future__ import annotations

from typing import Any

import solara

from ecosim.dashboard import session
from ecosim.language import text
from ecosim.report.page.pictures import MOST_ROWS, Grid, grid_of
from ecosim.report.plots import FIGURES
from ecosim.web.controls.table import table
from ecosim.web.elements import details, h
from ecosim.web.film import Film

FIGURE_OF = {
    "network": "network", "chart": "retention", "channel": "flow_channel", "landscape": "landscape",
    "energy": "energy_balance",
}  # fmt: skip
"""View -> the figure of reports that shows the same, whose words and numbers it has."""


@solara.component
def InWords(figure: str, film: Film) -> None:
    """Say in words, and lay out as a table, what a picture of a run shows."""
    lang = session.lang.value
    words = solara.use_memo(lambda: FIGURES[figure].describe(film.run, lang), [film, lang])
    grid = solara.use_memo(lambda: grid_of(FIGURES[figure].table(film.run, lang), lang), [film, lang])
    h("p", words, cls="eco-fine")
    details(text("dashboard.table", lang), _grid(grid, lang))


def _grid(grid: Grid, lang: str) -> Any:
    """Return a table of numbers, the first rows where there are very many."""
    rows = [tuple(cell.said for cell in row) for row in grid.rows[:MOST_ROWS]]
    return table(grid.head, rows, text("dashboard.rows", lang, shown=len(rows), total=grid.total))
