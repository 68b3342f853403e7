"""Draw the pictures of the pages anew: ``python -m tests.docs.draw`` writes ``docs/images``.

Each is a figure of the demo, as everybody sees it who runs it; smaller, and with few colours, so that it stays light.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from ecosim.model.run import Run
from ecosim.model.world import load

from .pages import DOCS, ROOT

IMAGES = DOCS / "images"
PICTURES = {
    "overview.png": ("overview", "en"),
    "vue-d-ensemble.png": ("overview", "fr"),
    "network.png": ("network", "en"),
    "reseau.png": ("network", "fr"),
}
"""File -> figure and language."""
WIDTH, COLOURS = 1000, 128


@cache
def demo() -> Run:
    """Return the run of ``make demo``."""
    return load(ROOT / "scenarios" / "community-of-practice.yaml").run()


def picture(name: str) -> Image.Image:
    """Return a picture as it is to be."""
    from ecosim.report.plots import figure  # lazily: the test that only compares sizes draws nothing

    drawn: Any = figure(*_of(name))
    page = BytesIO()
    drawn.savefig(page, format="png", facecolor="white")
    made = Image.open(page).convert("RGB")
    made = made.resize((WIDTH, round(WIDTH * made.height / made.width)), Image.Resampling.LANCZOS)
    return made.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)


def _of(name: str) -> tuple[str, Run, str]:
    """Return figure, run and language of a picture."""
    figure, lang = PICTURES[name]
    return figure, demo(), lang


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name in PICTURES:
        picture(name).save(IMAGES / name, optimize=True)
        print(IMAGES / name, (IMAGES / name).stat().st_size)
