"""Teaching material that comes with ecosim: files of a folder in the package, by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import NamedTuple

from ecosim.errors import UsageError, nearest

ENDING = ".yaml"


class Shelf(NamedTuple):
    """A folder of files of one kind.

    Parameters
    ----------
    package, folder : str
        Where it is.
    kind : str
        What its files are, as errors call it: ``lesson``, ``session``.
    """

    package: str
    folder: str
    kind: str

    def names(self, minutes: Callable[[str], int]) -> tuple[str, ...]:
        """Return the names of all files, without their ending, those that take the fewest ``minutes`` first."""
        found = [each.name for each in (files(self.package) / self.folder).iterdir() if each.name.endswith(ENDING)]
        return tuple(sorted((each.removesuffix(ENDING) for each in found), key=lambda name: (minutes(name), name)))

    def text(self, name: str, known: Callable[[], tuple[str, ...]]) -> bytes:
        """Return the file ``name``.

        Raises
        ------
        UsageError
            When there is none of that name, with the nearest of the ``known``.
        """
        place = files(self.package) / self.folder / f"{name}{ENDING}"
        if not name.replace("-", "").isalnum() or not place.is_file():
            near = nearest(name, known())
            key = f"errors.{self.kind}.name_near" if near else f"errors.{self.kind}.name"
            raise UsageError(key, value=name[:60], nearest=near, allowed=", ".join(known()))
        return place.read_bytes()
