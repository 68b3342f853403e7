"""``report.html`` of a study: the answer first, then all that it rests on; one file that asks for nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from ecosim.report import page as shared
from ecosim.report.study.content import content, say
from ecosim.report.study.shown import Shown
from ecosim.study.findings import Findings

PACKAGE = __name__.rpartition(".")[0]


def write_study_page(
    found: Findings | Shown, folder: Path, figures_folder: Path, lang: str, provenance: dict[str, Any]
) -> Path:
    """Write the page of a study and return its path.

    Parameters
    ----------
    found : Findings or Shown
        What it found, with its series where a figure of them was drawn.
    folder : Path
        In which the page is to stand.
    figures_folder : Path
        Figures that have been drawn, which the page carries in itself.
    lang : {"en", "fr"}
        Language of every word.
    provenance : dict
        What the study ran on, as written beside the page.
    """
    path = folder / shared.PAGE
    path.write_text(html(found, figures_folder, lang, provenance), encoding="utf-8", newline="\n")
    return path


def html(found: Findings | Shown, figures: Path, lang: str, provenance: dict[str, Any]) -> str:
    """Return the page of a study as text; see :func:`write_study_page`."""
    shown = found if isinstance(found, Shown) else Shown(found)
    facts = content(shown, figures, lang, provenance)
    return shared.rendered("study.html", [shared.__name__, PACKAGE], t=partial(say, lang), lang=lang, **facts)
