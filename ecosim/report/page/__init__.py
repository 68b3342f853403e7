"""``report.html``: a run on one page that a person reads in two minutes and a stranger repeats in five.

One file, in one language, without any request to anywhere and without scripts: what it shows is in it. Only
:func:`write_page` imports Jinja.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from ecosim.language import text
from ecosim.report.page.content import content

PAGE = "report.html"


def write_page(run: Any, place: Path, figures: Path, lang: str, provenance: dict[str, Any], choices: str = "") -> Path:
    """Write the page of ``run`` and return its path.

    Parameters
    ----------
    run : Run
        Finished.
    place : Path
        Folder in which it is to stand.
    figures : Path
        Folder of the figures that have been drawn, which the page carries in itself.
    lang : {"en", "fr"}
        Language of every word.
    provenance : dict
        What the run ran on, as written beside the page.
    choices : str
        What people decided, as the text of a JSON file; empty where nobody did.
    """
    path = place / PAGE
    path.write_text(html(run, figures, lang, provenance, choices), encoding="utf-8", newline="\n")
    return path


def html(run: Any, figures: Path, lang: str, provenance: dict[str, Any], choices: str = "") -> str:
    """Return the page of ``run`` as text; see :func:`write_page`."""
    said = partial(_said, lang)
    facts = content(run, figures, lang, provenance, choices)
    return rendered("report.html", [__name__], t=said, lang=lang, **facts)


def rendered(template: str, packages: Sequence[str], **facts: Any) -> str:
    """Return a template filled in; templates and ``style.css`` come from ``packages``, styles in their order.

    Parameters
    ----------
    template : str
        Name of the template.
    packages : sequence of str
        Where templates are looked for, the first first; each may have a style.
    **facts
        What templates say.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # lazily: who draws nothing needs none
    from markupsafe import Markup

    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in packages]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    styles = [(files(name) / "style.css").read_text(encoding="utf-8") for name in packages]
    return made.get_template(template).render(style=Markup("".join(styles)), **facts)


def _said(lang: str, key: str, **facts: Any) -> str:
    """Return a message of the page in ``lang``."""
    return text(f"page.{key}", lang, **facts)
