"""Where an experiment keeps its study, its verdicts and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ecosim.errors import UsageError, nearest

STUDY, VERDICTS, RESULTS = "study.yaml", "verdicts.json", "results/experiments"
FIGURES = {"en": "figure.png", "fr": "figure.fr.png"}
PAGES = {"en": "README.md", "fr": "LISEZMOI.md"}


class Place(NamedTuple):
    """The folder of one experiment, called by a number and a short name: ``01-alone``."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name, number included."""
        return self.folder.name

    @property
    def number(self) -> int:
        """Its number: that of the proposition."""
        return int(self.name.partition("-")[0])

    @property
    def study(self) -> Path:
        """Its study."""
        return self.folder / STUDY

    @property
    def verdicts(self) -> Path:
        """What is kept of its results."""
        return self.folder / VERDICTS

    def figure(self, lang: str) -> Path:
        """Return its figure in ``lang``."""
        return self.folder / FIGURES[lang]


def places(folder: Path, names: Sequence[str] = ()) -> list[Place]:
    """Return the experiments in ``folder`` by number: all, or those called ``names``.

    Raises
    ------
    UsageError
        When there is none of that name.
    """
    found = {each.parent.name: Place(each.parent) for each in sorted(folder.glob(f"*/{STUDY}"))}
    for name in names:
        if name not in found:
            near = nearest(name, found) or ""
            raise UsageError("experiments.unknown", name=name, nearest=near)
    return [place for name, place in found.items() if not names or name in names]
