"""No block of a page goes untried: each is run, or says why not."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from .compare import missing, renewed
from .pages import REASONS, ROOT, RUN, SHOWN, WRITTEN, blocks, pages

SKIPPED = {
    ("README.md", "needs-make"): 1,
    ("README.md", "needs-internet"): 1,
    ("README.md", "needs-minutes"): 1,
    ("CONTRIBUTING.md", "needs-make"): 1,
    ("docs/tutorial.md", "needs-make"): 1,
    ("docs/how-to/read-results.md", "needs-r"): 2,
    ("docs/how-to/run-a-class.md", "needs-internet"): 1,
    ("docs/how-to/teach.md", "needs-internet"): 1,
    ("docs/fr/guides/classe.md", "needs-internet"): 1,
    ("docs/fr/guides/enseigner.md", "needs-internet"): 1,
    ("docs/fr/tutoriel.md", "needs-make"): 1,
    ("docs/fr/guides/resultats.md", "needs-r"): 2,
}
"""Blocks that are left out, by page and reason: add to it only what no test can do."""


def name_of(page: Path) -> str:
    """Return ``page`` as people call it."""
    return page.relative_to(ROOT).as_posix()


ALL = [(page, block) for page in pages() for block in blocks(page)]


def test_there_are_pages_and_blocks() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/commands.md", "docs/tutorial.md"} <= {name_of(p) for p in pages()}
    assert sum(block.language in RUN for _, block in ALL) > 40


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_fences_are_closed_and_known(page: Path) -> None:
    fences = re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) == 2 * len(blocks(page))
    for block in blocks(page):
        assert block.language in (*RUN, *WRITTEN, *SHOWN, "r"), block.place
        allowed = {"part", "study"} if block.language == "yaml" else {"new"} if block.language == "python" else set()
        assert {word for word in block.options if not word.startswith("skip=")} <= allowed, block.place


def test_what_is_left_out_is_listed_with_a_reason() -> None:
    found = Counter((name_of(page), block.skipped) for page, block in ALL if block.skipped)
    assert found == Counter(SKIPPED)
    assert {reason for _, reason in SKIPPED} <= set(REASONS)


def test_other_languages_are_left_out_openly() -> None:
    for _, block in ALL:
        assert block.language != "r" or block.skipped == "needs-r", block.place


def test_files_have_names_and_parts_have_none() -> None:
    for _, block in ALL:
        if block.language in WRITTEN:
            assert bool(block.name) != ("part" in block.options), f"{block.place}: a first line `# name`, or `part`"


def test_what_is_shown_as_output_follows_what_is_run() -> None:
    for page in pages():
        listed = blocks(page)
        for before, block in zip([None, *listed], listed, strict=False):
            if block.language == "text":
                assert before is not None, block.place
                assert before.language in RUN and not before.name and not before.skipped, block.place


def test_edits_are_done_by_the_test_of_the_five_edits() -> None:
    pages_with_edits = {name_of(page) for page, block in ALL if block.language == "diff"}
    assert pages_with_edits <= {"CONTRIBUTING.md", "docs/how-to/own-mechanism.md", "docs/fr/guides/mecanisme.md"}


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link, anchor in re.findall(r"\]\(([^)#: ]*)(#[^) ]*)?\)", text):
        target = page.parent / link if link else page
        assert target.exists(), f"{name_of(page)}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor[1:] in anchors(target), f"{name_of(page)}: {link}{anchor}"


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_equations_are_where_pages_say(page: Path) -> None:
    for name, link in re.findall(r"\[`(\w+)`\]\(([^)]+\.py)\)", page.read_text(encoding="utf-8")):
        assert f"\ndef {name}(" in (page.parent / link).read_text(encoding="utf-8"), f"{name_of(page)}: {name}"


def anchors(page: Path) -> set[str]:
    """Return the anchors of ``page``: of its headings, as GitHub makes them, and those that stand in it."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", head).lower() for head in heads]
    made = {re.sub(r"[^\w\- ]", "", head).strip().replace(" ", "-") for head in plain}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


def test_make_has_the_targets_that_pages_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "test-all", "lint", "bench", "clean", "help"} <= targets
    typed = [block.code for _, block in ALL if block.language == "bash"] + [(ROOT / ".ci" / "run").read_text("utf-8")]
    named = {name for code in typed for name in re.findall(r"^make ([a-z-]+)", code, re.MULTILINE)}
    for page in pages():
        named |= set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")))
    assert {"demo", "test", "docs"} <= named <= targets


@pytest.mark.parametrize(
    ("shown", "real", "lost"),
    [
        ("a\nb\n", "a\nb\n", None),
        ("a\nb\n", "a\nc\n", ["a", "b"]),
        ("a\n", "a\nb\n", ["a"]),
        ("a\n...\n", "a\nb\n", None),
        ("...\nb\n", "a\nb\n", None),
        ("...\na\n", "a\nb\n", ["a"]),
        ("...\nb\n...\nd\n", "a\nb\nc\nd\n", None),
        ("...\nc\n...\nb\n", "a\nb\nc\n", ["b"]),
        ("a\n...\nc\nd\n", "a\nb\nc\nd\n", None),
        ("a\n...\nb\nd\n", "a\nb\nc\nd\n", ["b", "d"]),
    ],
)
def test_what_did_not_come_out_is_found(shown: str, real: str, lost: list[str] | None) -> None:
    assert missing(shown, real) == lost


def test_renewing_makes_the_page_right() -> None:
    shown, real = "week 1: 12 left\n...\nin all 40\n", "week 1: 13 left\nweek 2: 9 left\nin all 41\n"
    assert renewed(shown, real) == "week 1: 13 left\n...\nin all 41\n"
    assert missing(renewed(shown, real), real) is None
    assert renewed("a\nb\n", "c\n") == "c\n"
