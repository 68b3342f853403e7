"""The figures of the folder as the page shows them: the image itself, its words, and the table of its numbers."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any, NamedTuple

from ecosim.language import lookup, number, text
from ecosim.registry import Registry

MOST_ROWS = 160  #: rows of a table that are shown; the tables of the folder have them all
LARGE = 200_000  #: bytes of a PNG above which the page carries it in 256 colours, a third of the size
DIGITS = 3
NAMES = "page.names"  #: where the titles of the figures of a run stand


class Cell(NamedTuple):
    """A cell of a table as people read it, and whether it is a number."""

    said: str
    numeric: bool


class Grid(NamedTuple):
    """A table as people read it: its head, its rows, and how many rows there are in all."""

    head: tuple[str, ...]
    rows: list[list[Cell]]
    total: int


class Picture(NamedTuple):
    """A figure on the page."""

    name: str
    title: str
    words: str
    source: str
    width: int
    height: int
    grid: Grid


def pictures(run: Any, folder: Path, lang: str) -> list[Picture]:
    """Return the figures that were drawn into ``folder``, in their order."""
    from ecosim.report.plots import FIGURES  # lazily: it imports matplotlib

    return pictured(FIGURES, run, folder, lang, NAMES)


def pictured(figures: Registry[Any], subject: Any, folder: Path, lang: str, names: str) -> list[Picture]:
    """Return those of ``figures`` that were drawn into ``folder``, in their order.

    Parameters
    ----------
    figures : Registry
        Figures, each of which can describe its subject and lay it out as a table.
    subject : Run or Shown
        What they show.
    folder : Path
        In which they stand.
    lang : {"en", "fr"}
        Language of the words.
    names : str
        Key under which their titles stand.
    """
    found = []
    for name in figures:
        path = folder / f"{name}.png"
        if path.exists():
            words = figures[name].describe(subject, lang)
            grid = grid_of(figures[name].table(subject, lang), lang)
            found.append(Picture(name, title_of(name, lang, names), words, *_embedded(path), grid))
    return found


def title_of(name: str, lang: str, names: str = NAMES) -> str:
    """Return the title of a figure; one that a user has added goes by its name."""
    return lookup(lang, f"{names}.{name}") or name.replace("_", " ")


def _embedded(path: Path) -> tuple[str, int, int]:
    """Return a PNG as a data URI, with its width and height in pixels."""
    content = path.read_bytes()
    width, height = unpack(">II", content[16:24])
    slim = content if len(content) <= LARGE else _in_few_colours(content)
    return f"data:image/png;base64,{b64encode(slim).decode('ascii')}", width, height


def _in_few_colours(content: bytes) -> bytes:
    """Return a PNG as one with a palette: what is drawn with lines and a few washes looks the same."""
    from PIL import Image  # lazily: only large figures need it; matplotlib writes its PNGs with it

    made = BytesIO()
    with Image.open(BytesIO(content)) as image:
        flat = image.convert("RGB").quantize(method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(made, "PNG", optimize=True)
    return made.getvalue()


def grid_of(table: Any, lang: str) -> Grid:
    """Return a table of raw cells as people read it, without the rows that are too many."""
    rows = [[cell_of(cell, lang) for cell in row] for row in table.rows[:MOST_ROWS]]
    return Grid(tuple(table.head), rows, len(table.rows))


def cell_of(value: Any, lang: str) -> Cell:
    """Return a raw cell as people read it."""
    if value is None:
        return Cell(text("page.empty", lang), True)
    if isinstance(value, bool | str):
        return Cell(str(value), False)
    return Cell(number(value, lang, 0 if isinstance(value, int) else DIGITS), True)
