"""The recipes for contributors fit the code as it is: every edit is made in a copy of the repository, and tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from .edits import changed, copied, do_block, fits, follow
from .execute import PageError
from .pages import DOCS, ROOT, blocks, has_edits, lang_of, pages

RECIPES = [ROOT / "CONTRIBUTING.md", DOCS / "how-to" / "own-mechanism.md"]


@pytest.mark.long
@pytest.mark.parametrize("page", RECIPES, ids=lambda page: page.stem)
def test_a_recipe_works(page: Path, tmp_path: Path) -> None:
    follow(page, copied(tmp_path))


def test_every_page_with_edits_is_tried_or_says_the_same_in_french() -> None:
    """French pages have the same blocks as the English ones: ``test_french.py``."""
    assert {page for page in pages() if has_edits(page) and lang_of(page) == "en"} == set(RECIPES)


@pytest.mark.parametrize("page", RECIPES, ids=lambda page: page.stem)
def test_every_edit_fits_the_sources(page: Path, tmp_path: Path) -> None:
    """Without running anything, so that who moves a line sees at once which recipe speaks of it."""
    copy = copied(tmp_path)
    for block in blocks(page):
        if block.language == "diff" or "new" in block.options:
            do_block(block, copy)


def test_an_edit_puts_in_and_takes_out() -> None:
    assert changed(["a", "b", "c"], [" a", "+x", "-b", " c"], "here") == ["a", "x", "c"]
    assert changed(["long line", "b"], [" long ...", "+x"], "here") == ["long line", "x", "b"]


@pytest.mark.parametrize("lines", [["a", "b"], ["b", "c", "b", "c"], []])
def test_an_edit_that_fits_nowhere_or_twice_is_refused(lines: list[str]) -> None:
    with pytest.raises(PageError, match="not once"):
        changed(lines, [" b", " c", "+d"], "here")


def test_the_rest_of_a_line_may_be_left_out() -> None:
    assert fits("abc", "abc")
    assert fits("ab ...", "abc")
    assert not fits("ab", "abc")
    assert not fits("b ...", "abc")
