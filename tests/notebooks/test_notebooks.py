"""The example notebooks do what they show, and say the same in both languages."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from .execute import FOLDER, NOTEBOOKS, code_cells, executed, read, run_cells, source
from .refresh import as_text

ENGLISH, FRENCH = FOLDER / "first-steps.ipynb", FOLDER / "premiers-pas.ipynb"
LARGEST = 400_000  #: bytes of a notebook


def shown(outputs: list[dict[str, Any]]) -> list[str]:
    """Return the texts among the outputs of a cell, and that there is a picture where there is one."""
    return [
        "picture"
        if "image/png" in output.get("data", {})
        else "".join(output.get("text") or output["data"]["text/plain"])
        for output in outputs
    ]


@pytest.mark.parametrize("path", [ENGLISH, pytest.param(FRENCH, marks=pytest.mark.long)], ids=lambda path: path.stem)
def test_every_cell_runs_and_shows_what_the_notebook_keeps(path: Path) -> None:
    for cell, outputs in zip(code_cells(read(path)), executed(path), strict=True):
        before, after = ("\n".join(shown(each)).splitlines() for each in (cell["outputs"], outputs))
        difference = "\n".join(unified_diff(before, after, "kept", "now", lineterm=""))
        assert not difference, f"{source(cell)}\n{difference}\npython -m tests.notebooks.refresh renews what is kept"


def test_the_two_languages_have_the_same_code_and_the_same_steps() -> None:
    first, second = read(ENGLISH)["cells"], read(FRENCH)["cells"]
    assert [cell["cell_type"] for cell in first] == [cell["cell_type"] for cell in second]
    for english, french in zip(first, second, strict=True):
        if english["cell_type"] == "code":
            assert source(french).replace('LANG = "fr"', 'LANG = "en"') == source(english)
        else:
            assert source(french) != source(english)
            assert re.findall(r"^#+", source(french), re.M) == re.findall(r"^#+", source(english), re.M)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept_is_in_order(path: Path) -> None:
    notebook = read(path)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    assert [cell["execution_count"] for cell in code_cells(notebook)] == list(range(1, len(code_cells(notebook)) + 1))
    assert not any(output["output_type"] == "error" for cell in code_cells(notebook) for output in cell["outputs"])
    assert path.read_text(encoding="utf-8") == as_text(notebook)
    assert path.stat().st_size < LARGEST
    assert sum(text == "picture" for cell in code_cells(notebook) for text in shown(cell["outputs"])) >= 2


def test_french_typography() -> None:
    words = "\n".join(source(cell) for cell in read(FRENCH)["cells"] if cell["cell_type"] == "markdown")
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "CODE", words, flags=re.DOTALL)
    assert "\u00a0:" in prose
    assert not re.search(r"[^\u00a0][?!;:%»]", prose)
    assert "\u2019" not in prose


def test_links_lead_somewhere() -> None:
    for path in NOTEBOOKS:
        words = "\n".join(source(cell) for cell in read(path)["cells"] if cell["cell_type"] == "markdown")
        found = re.findall(r"\]\(([^)]+)\)", words)
        assert len(found) >= 4
        assert all((FOLDER / each).exists() for each in found), found


def test_the_runner_shows_what_notebooks_show() -> None:
    printed, valued, drawn, silent = run_cells(
        [
            "%magic\nprint('a')\n1",
            "x = [2]\nx",
            "import matplotlib.pyplot as plt\nax = plt.figure().subplots()",
            "x = 1",
        ]
    )
    assert [each["output_type"] for each in printed] == ["stream", "execute_result"]
    assert (shown(printed), shown(valued), shown(drawn), silent) == (["a\n", "1"], ["[2]"], ["picture"], [])
    with pytest.raises(ZeroDivisionError):
        run_cells(["1 / 0"])
