"""The pictures of the pages are light, have words, and show what the program draws."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from .draw import IMAGES, PICTURES, picture
from .pages import ROOT, pages

HOW = "draw it anew: python -m tests.docs.draw"


def test_pictures_are_light_and_have_words() -> None:
    for page in pages():
        for words, name in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert len(words) > 20, f"{page.relative_to(ROOT)}: {name} says nothing to who cannot see it"
            assert (page.parent / name).stat().st_size < 150_000, name


def test_pictures_are_used() -> None:
    said = "".join(page.read_text(encoding="utf-8") for page in pages())
    drawn = {path.name for path in IMAGES.iterdir() if not path.name.startswith(("dash-", "class-"))}  # photographed
    assert drawn == set(PICTURES), HOW
    for name in PICTURES:
        assert f"images/{name})" in said, name


@pytest.mark.long
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_is_drawn_now(name: str) -> None:
    """In the large: seen from afar, so that another version of the drawing library does not matter."""
    now, kept = (
        np.asarray(each.convert("L").resize((48, 27), Image.Resampling.BOX), float)
        for each in (picture(name), Image.open(IMAGES / name))
    )
    assert np.abs(now - kept).mean() < 2.0, HOW
