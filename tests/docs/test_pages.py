"""Every page does what it says, and prints what it shows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ecosim.model.kernel import is_warm

from .compare import missing
from .execute import do
from .pages import ROOT, Block, blocks, runnable

QUICK = {"README.md"}
"""The page that is read first; the others take longer, and are left to ``make test-all``."""


def shown_after(page: Path) -> dict[Block, Block]:
    """Return the blocks that are run -> the block of text that shows what they print."""
    listed = blocks(page)
    return {one: other for one, other in pairwise(listed) if other.language == "text"}


def marked(page: Path) -> object:
    """Return the parameter for ``page``, marked as long where it is."""
    name = page.relative_to(ROOT).as_posix()
    return pytest.param(page, id=name, marks=() if name in QUICK else pytest.mark.long)


@pytest.mark.parametrize("page", [marked(page) for page in runnable()])
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    assert is_warm(), "run `ecosim warmup` first: what is compiled meanwhile is told on the terminal"
    outputs = shown_after(page)
    for block, printed in do(page, tmp_path):
        if block in outputs:
            lost = missing(outputs[block].code, printed)
            assert lost is None, (
                f"{outputs[block].place}: renew it with python -m tests.docs.refresh {page.relative_to(ROOT)}\n"
                + "\n".join(["these lines did not come out so:", *lost, "", "what came out:", printed])
            )
