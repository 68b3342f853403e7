"""Citing a run: what CITATION.cff says, nothing invented, and LaTeX that prints what was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from ecosim import __version__
from ecosim.language import LANGUAGES
from ecosim.model.run import Run
from ecosim.report import citation
from ecosim.report.citation import bibtex, latex

ROOT = Path(__file__).parents[2]


def test_it_says_what_citation_cff_says() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["title"], said["authors"]) == (citation.TITLE, [{"name": citation.AUTHOR}])
    assert (said["license"], said["version"]) == (citation.LICENCE, __version__)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_program_and_run_are_cited_with_what_tells_them_apart(small: Run, lang: str) -> None:
    ran_on = small.provenance()
    found = citation.citation(small, ran_on, lang)
    assert __version__ in found.program
    assert citation.TITLE in found.program
    for part in (ran_on["scenario"]["sha256"][:12], str(small.loaded.scenario.seed), ran_on["begun"][:10], __version__):
        assert part in found.run
    keys = re.findall(r"@misc\{([^,]+),", found.bibtex)
    assert keys == ["ecosim", f"ecosim-{ran_on['scenario']['sha256'][:12]}-0"]
    assert found.bibtex.count("{") == found.bibtex.count("}")
    program, own = found.bibtex.split("\n\n")
    assert "year" not in program
    assert f"year         = {{{ran_on['begun'][:4]}}}" in own


def test_without_git_no_commit_is_cited(small: Run) -> None:
    found = citation.citation(small, small.provenance() | {"git": None}, "en")
    assert "commit" not in found.bibtex
    assert f"Version {__version__}}}" in found.bibtex


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("50 % & more_of #1", r"50 \% \& more\_of \#1"),
        ("a\n b\t c", "a b c"),
        (r"{x} \y ~ ^ $z$", r"\{x\} \textbackslash{}y \textasciitilde{} \textasciicircum{} \$z\$"),
        ("Où ? « là »", "Où ? « là »"),
    ],
)
def test_latex_prints_what_was_meant(said: str, printed: str) -> None:
    assert latex(said) == printed


def test_an_entry_is_aligned() -> None:
    assert bibtex("k", {"a": "1", "long": "2"}) == "@misc{k,\n  a    = {1},\n  long = {2}\n}"
