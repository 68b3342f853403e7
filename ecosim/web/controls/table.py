"""A table of texts, as one widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets

from ecosim.web.controls.form import script


class TableWidget(anywidget.AnyWidget):
    """The table in the browser.

    Attributes
    ----------
    content : dict
        ``head`` (texts), ``rows`` (texts, the first of each its head), ``caption``.
    """

    _esm = script("table.js")
    content = traitlets.Dict().tag(sync=True)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str = "") -> Any:
    """Return a table of texts as an element; the first cell of each row is its head."""
    said = [[str(cell) for cell in row] for row in rows]
    return TableWidget.element(content={"head": [str(each) for each in head], "rows": said, "caption": caption})
