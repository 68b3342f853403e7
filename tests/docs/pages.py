"""The pages and their code blocks: which are run, how, and which are left out and why.

Conventions, the same in every page:

* a ``bash`` block is run by bash in the page's scratch folder, where ``scenarios/`` is at hand;
* a ``python`` block is run in the page's one Python session, so that later blocks know the names of earlier ones;
* a block whose first line is a comment with a file name, ``# circle.yaml``, is that file: it is written, and a scenario
  or a study among them must be valid without a warning; every ``yaml`` and ``csv`` block is one of these, but for
* ``yaml part``: a part of a scenario, which must be valid over ``preset:community-of-practice``;
* ``yaml study part``: a part of a study, which must be valid without a warning over the designs ``free`` and ``set`` of
  that preset, unless it names its own, and over its usual metrics;
* what a ``bash`` block leaves running in the background is ended with it;
* a ``text`` block after a block that was run is its output, line by line; a line ``...`` stands for any lines;
* a ``diff`` block is an edit of source files, and ``python new`` a new one: a page with such is done as a whole in a
  copy of the repository, see ``edits.py``;
* ``skip=REASON`` leaves a block out, for one of the reasons below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)```(\w*)([^\n`]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# ([\w./-]+\.\w+)(?: .*)?\n")
RUN = ("bash", "python")
WRITTEN = ("yaml", "csv")
SHOWN = ("text", "diff", "")
REASONS = {
    "needs-make": "sets up the whole working copy",
    "needs-internet": "fetches something",
    "needs-r": "R is no part of what is installed",
    "needs-minutes": "lives a dozen cohorts again and again",
}


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Parameters
    ----------
    page : Path
        Where it stands.
    line : int
        Of its opening fence.
    language : str
        The word after the fence, or nothing.
    options : tuple of str
        The words after that.
    code : str
        What it holds.
    start : int
        Where its code begins in the text of the page.
    """

    page: Path
    line: int
    language: str
    options: tuple[str, ...]
    code: str
    start: int

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def skipped(self) -> str | None:
        """Why it is not run, if so."""
        return next((word.removeprefix("skip=") for word in self.options if word.startswith("skip=")), None)

    @property
    def name(self) -> str | None:
        """The file that it is, as its first line says."""
        found = NAMED.match(self.code) if self.language in ("python", *WRITTEN) else None
        return found[1] if found else None


def pages() -> list[Path]:
    """Return all pages."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of ``page`` in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found[2], tuple(found[3].split()), found[4], found.start(4))
        for found in FENCE.finditer(text)
    ]


def lang_of(page: Path) -> str:
    """Return the language in which ``page`` is written."""
    return "fr" if DOCS / "fr" in page.parents else "en"


def to_do(page: Path) -> list[Block]:
    """Return the blocks of ``page`` that are run, written or checked."""
    return [each for each in blocks(page) if each.language in (*RUN, *WRITTEN) and not each.skipped]


def has_edits(page: Path) -> bool:
    """Tell whether ``page`` edits sources, so that all of it is done in a copy of the repository."""
    return any(each.language == "diff" for each in blocks(page))


def runnable() -> list[Path]:
    """Return the pages with something to do in a scratch folder."""
    return [page for page in pages() if to_do(page) and not has_edits(page)]
