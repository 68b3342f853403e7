"""Everything that can go wrong because of what a user gave, as one small hierarchy.

An error carries a message *key* (see :mod:`ecosim.language`) and the facts that fill it, never a sentence, so that the
command line, the dashboard and the classroom can each say it in English or in French. Every class knows the exit code
that the command line returns for it.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ecosim.language import text

REFUSALS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOTDIR: "no_folder",
    errno.EEXIST: "no_folder",
    errno.ENAMETOOLONG: "long_name",
}
"""What the system says when a folder cannot be written -> the message that explains it."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file or a setting, and where.

    Parameters
    ----------
    key : str
        Message key in ``language/*.toml`` (table ``errors`` or ``warnings``).
    facts : dict
        Values that fill the message: ``value``, ``allowed``, ``nearest``, ...
    path : str
        Dotted path in the document (``design.facilitation``), empty for the document itself.
    file, line, column
        Where it stands; lines and columns count from 1, ``None`` where there is no file.
    """

    key: str
    facts: dict[str, Any] = field(default_factory=dict)
    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def say(self, lang: str = "en") -> str:
        """Return the whole message, ``file:line:column: path: what is wrong``, in ``lang``."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        said = text(self.key, lang, **self.facts)
        return ": ".join(part for part in (place, self.path, said) if part)


class EcosimError(Exception):
    """Base of all errors that a user can mend; ``str(error)`` is the English message.

    Parameters
    ----------
    key : str
        Message key in ``language/*.toml``.
    **facts
        Values that fill the message.
    """

    exit_code = 1

    def __init__(self, key: str, /, **facts: Any) -> None:
        super().__init__(key)
        self.problems: list[Problem] = [Problem(key, facts)]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole: the class, and the problems."""
        return _remade, (type(self), self.problems)

    def say(self, lang: str = "en") -> str:
        """Return the message in ``lang``, one line a problem."""
        return "\n".join(problem.say(lang) for problem in self.problems)

    def __str__(self) -> str:
        return self.say("en")


def _remade(kind: type[EcosimError], problems: list[Problem]) -> EcosimError:
    """Return an error of ``kind`` with ``problems``."""
    error = kind.__new__(kind)
    Exception.__init__(error, problems[0].key)
    error.problems = problems
    return error


class UsageError(EcosimError):
    """The command or call itself makes no sense (unknown name, impossible combination)."""

    exit_code = 2


class InvalidFile(EcosimError):
    """A scenario, study or data file that cannot be accepted; carries every problem found.

    Parameters
    ----------
    *problems : Problem
        At least one.
    """

    exit_code = 3

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].key)
        self.problems = list(problems)


class FolderInUse(EcosimError):
    """The results folder belongs to something else, or is in use."""

    exit_code = 6


class ClusterLost(EcosimError):
    """Nobody is there any more to carry runs: no scheduler answers."""

    exit_code = 69


class StorageError(EcosimError):
    """Results could not be written: the disk is full or the folder is read-only."""

    exit_code = 74


class Interrupted(EcosimError):
    """The user stopped the work; the message names the command that goes on."""

    exit_code = 130


def nearest(name: str, names: Any) -> str | None:
    """Return the one of ``names`` that ``name`` was probably meant to be, or ``None``."""
    found = get_close_matches(str(name), [str(each) for each in names], n=1, cutoff=0.6)
    return found[0] if found else None
