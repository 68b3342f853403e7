"""A study shown: the page of words (:mod:`words`), the figures (:mod:`plots`), ``report.html`` (:mod:`page`).

Importing this package imports neither matplotlib nor Jinja.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ecosim.report.study.shown import shown_of
from ecosim.study.findings import Findings
from ecosim.study.store.folder import Store
from ecosim.study.store.opening import PROVENANCE

FIGURES = "figures"


def write_study_report(store: Store, found: Findings, lang: str) -> list[Path]:
    """Write ``figures/*.png`` and ``report.html`` into the folder of a study; return the paths.

    Parameters
    ----------
    store : Store
        The open results folder; weekly series are read from it where they were kept.
    found : Findings
        What its runs say.
    lang : {"en", "fr"}
        Language of every word.
    """
    from ecosim.report.study.page import write_study_page  # lazily: it imports Jinja
    from ecosim.report.study.plots import write_figures  # lazily: it imports matplotlib

    shown = shown_of(store, found)
    figures = store.folder / FIGURES
    written = write_figures(shown, figures, lang)
    provenance: dict[str, Any] = json.loads((store.folder / PROVENANCE).read_text(encoding="utf-8"))
    return [*written, write_study_page(shown, store.folder, figures, lang, provenance)]
