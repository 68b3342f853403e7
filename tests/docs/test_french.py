"""French pages say what the English ones say: the same headings, the same code, in good typography."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from ecosim.scenario.reader import read_document

from .pages import DOCS, ROOT, Block, blocks, pages

FRENCH = DOCS / "fr"
SAID = {
    "title", "question", "description", "label", "why", "aim", "audience", "misconception", "text", "thought", "higher",
    "lower", "equivalent", "undecided", "notice", "extend", "caution", "say", "questions",
}  # fmt: skip
"""Keys of a scenario, a study, a lesson or a session that are text."""
ONLY_ENGLISH = {"commands.md", "model.md", "performance.md"}
"""Pages without a French one: the commands (whose help is French too), the science, and speed."""
UNTRANSLATED = re.compile(r"\b(the|which|with|what|every)\b")


def written() -> list[Path]:
    """Return the French pages that people write: those of the reference are made from the code."""
    return [page for page in pages() if FRENCH in page.parents and FRENCH / "reference" not in page.parents]


def other(page: Path) -> Path:
    """Return the page in the other language, as the first line below the title says."""
    found = re.search(r"^\*\[(English|Français)\]\(([^)]+)\)\*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{page.relative_to(ROOT)} has no way to the other language"
    return (page.parent / found[2]).resolve()


def prose(page: Path) -> str:
    """Return ``page`` without code, targets of links and comments."""
    text = re.sub(r"^```.*?^```$|<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`|\]\([^)]*\)", "CODE", text)


def headings(page: Path) -> list[int]:
    """Return the levels of the headings of ``page``."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def test_every_page_has_its_french() -> None:
    english = {p for p in DOCS.rglob("*.md") if FRENCH not in p.parents and DOCS / "reference" not in p.parents}
    wanted = {page for page in english if page.name not in ONLY_ENGLISH}
    assert {other(page) for page in written()} == wanted
    assert {other(page) for page in wanted} == set(written())


@pytest.mark.parametrize("page", written(), ids=lambda page: page.stem)
def test_a_french_page_is_built_as_the_english_one(page: Path) -> None:
    english = other(page)
    assert other(english) == page
    assert headings(page) == headings(english)
    assert [(b.language, b.options) for b in blocks(page)] == [(b.language, b.options) for b in blocks(english)]
    assert prose(page).count("|\n") == prose(english).count("|\n")
    assert len(re.findall(r"^(?:- |\d+\. )", prose(page), re.MULTILINE)) == len(
        re.findall(r"^(?:- |\d+\. )", prose(english), re.MULTILINE)
    )


@pytest.mark.parametrize("page", written(), ids=lambda page: page.stem)
def test_a_french_page_has_the_same_code(page: Path) -> None:
    for french, english in zip(blocks(page), blocks(other(page)), strict=True):
        assert meant(french) == meant(english), f"{french.place} and {english.place}"


def meant(block: Block) -> Any:
    """Return what a block does, whatever its words: without comments, and without texts for people."""
    if block.language == "python":
        return ast.dump(Wordless().visit(ast.parse(block.code)))
    if block.language == "yaml":
        return without_words(read_document(block.code.encode(), block.place).value)
    if block.language == "text":
        return None
    lines = [re.sub(r"(^|\s+)#.*$", "", line) for line in block.code.splitlines()] if block.language != "diff" else []
    return [re.sub(r'"[^"]*"', '""', line) for line in lines] or block.code


class Wordless(ast.NodeTransformer):
    """Takes away texts for people: those with a blank in them, those that are printed, and words of a declaration."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Return a constant, emptied if it is a text with a blank."""
        return ast.Constant("") if isinstance(node.value, str) and re.search(r"\s", node.value) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Return a call, without what it prints as it stands."""
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            plain = [not isinstance(each, ast.Constant) for each in node.args]
            node.args = [each for each, kept in zip(node.args, plain, strict=True) if kept]
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        """Return an argument, emptied if it names something for people."""
        return ast.keyword(node.arg, ast.Constant("")) if node.arg in ("label", "over") else self.generic_visit(node)


def without_words(tree: Any) -> Any:
    """Return a scenario without its texts."""
    if isinstance(tree, dict):
        return {name: without_words(value) for name, value in tree.items() if name not in SAID}
    return [without_words(each) for each in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("page", written(), ids=lambda page: page.stem)
def test_french_typography(page: Path) -> None:
    text = prose(page)
    for found in re.finditer(r"[^\u00a0\d] ?[?!;»%](?=\s|$)|[^\u00a0] :(?=\s|$)|« ", text):
        pytest.fail(f"no-break space missing: {text[max(0, found.start() - 40) : found.end() + 10]!r}")
    assert "\u2019" not in text, "straight apostrophes only"


@pytest.mark.parametrize("page", written(), ids=lambda page: page.stem)
def test_nothing_is_left_in_english(page: Path) -> None:
    text = (
        prose(page)
        .replace("*Beyond boredom and anxiety*", "")
        .replace("*The ecological approach to visual perception*", "")
    )
    assert not UNTRANSLATED.findall(text.split("Pour lire plus loin")[0])
