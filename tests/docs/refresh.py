"""Renew what pages show as output: ``python -m tests.docs.refresh docs/tutorial.md``; without a name, all pages.

Each line shown is replaced by the line that now comes out in its place, and what a page leaves out with ``...`` stays
left out. Read the difference before you commit it: the prose around may have to follow.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .compare import renewed
from .execute import do
from .pages import ROOT, runnable
from .test_pages import shown_after


def refresh(page: Path) -> int:
    """Renew ``page`` and return how many of its blocks changed."""
    outputs, text, edits = shown_after(page), page.read_text(encoding="utf-8"), []
    with TemporaryDirectory() as folder:
        for block, printed in do(page, Path(folder)):
            if block in outputs:
                shown = outputs[block]
                edits.append((shown.start, shown.code, renewed(shown.code, printed)))
    for start, before, after in reversed(edits):
        text = text[:start] + after + text[start + len(before) :]
    page.write_text(text, encoding="utf-8")
    return sum(before != after for _, before, after in edits)


if __name__ == "__main__":
    for each in [ROOT / name for name in sys.argv[1:]] or runnable():
        print(f"{each.relative_to(ROOT)}: {refresh(each)} blocks renewed")
