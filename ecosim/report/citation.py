"""How to cite ecosim and a run of it: as a sentence, and for BibTeX."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ecosim.language import text
from ecosim.scenario.parts import in_language

AUTHOR = "ecosim contributors"
TITLE = "ecosim: agent-based simulation of learning ecosystems"
LICENCE = "MIT"
"""What CITATION.cff says, which does not travel with the package."""
DAY, SHORT = 10, 12  #: characters of a date, and of a hash that still tells everything apart
LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class Citation(NamedTuple):
    """A citation as a sentence and for BibTeX, of the program and of the run."""

    program: str
    run: str
    bibtex: str


def citation(run: Any, provenance: dict[str, Any], lang: str) -> Citation:
    """Return how to cite ecosim, and ``run``.

    Parameters
    ----------
    run : Run
        Finished.
    provenance : dict
        What it ran on, as :meth:`ecosim.model.run.Run.provenance` says it.
    lang : {"en", "fr"}
        Language of the sentences.
    """
    loaded, version = run.loaded, provenance["versions"]["ecosim"]
    title = in_language(loaded.scenario.title, lang) or loaded.name
    facts = {
        "scenario": " ".join(title.split()), "version": version, "seed": provenance["seed"],
        "replicate": run.replicate, "hash": provenance["scenario"]["sha256"][:SHORT], "day": provenance["begun"][:DAY],
    }  # fmt: skip
    program = text("page.cite.program_text", lang, author=AUTHOR, title=TITLE, version=version)
    return Citation(program, text("page.cite.run_text", lang, **facts), "\n\n".join(_entries(facts, provenance, lang)))


def _entries(facts: dict[str, Any], provenance: dict[str, Any], lang: str) -> list[str]:
    """Return the entries for BibTeX: of the program and of the run."""
    git = provenance["git"]
    version = facts["version"] + (f", commit {git['commit'][:SHORT]}" if git else "")
    kinds = [text(f"page.cite.{kind}", lang) for kind in ("software", "simulation")]
    luck = text("page.cite.luck", lang, **facts)
    program = {"author": f"{{{latex(AUTHOR)}}}", "title": f"{{{latex(TITLE)}}}", "howpublished": latex(kinds[0]),
               "note": latex(f"Version {version}")}  # fmt: skip
    own = {"title": f"{{{latex(facts['scenario'])}}}", "howpublished": latex(kinds[1]), "year": facts["day"][:4],
           "note": latex(luck)}  # fmt: skip
    return [bibtex("ecosim", program), bibtex(f"ecosim-{facts['hash']}-{facts['replicate']}", own)]


def bibtex(key: str, fields: dict[str, str]) -> str:
    """Return an entry for BibTeX; ``fields`` hold LaTeX."""
    width = max(map(len, fields))
    rows = ",\n".join(f"  {name.ljust(width)} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{rows}\n}}"


def latex(said: str) -> str:
    """Return ``said`` as LaTeX prints it: on one line, what it would take for a command escaped."""
    line = " ".join(said.split())
    return re.sub(r"[\\{}$&#%_~^]", lambda found: LATEX[found[0]], line)
