"""Reading a file that somebody named, with a clear word for everything that may be wrong with it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ecosim.errors import InvalidFile, Problem, nearest

LIMIT_NEIGHBOURS = 1000  #: files looked at to guess a misspelt name


def read_bytes(path: str | Path, most: int) -> bytes:
    """Return the content of the file at ``path``, at most ``most`` + 1 bytes of it.

    Raises
    ------
    InvalidFile
        ``errors.file.*`` when there is no such readable, regular file.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
        if not S_ISREG(mode):
            raise _refused(path, "folder" if S_ISDIR(mode) else "special")
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        found = _neighbour(path)
        raise (_refused(path, "missing_near", nearest=found) if found else _refused(path, "missing")) from None
    except PermissionError:
        raise _refused(path, "forbidden") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _refused(path, "unreadable", reason=getattr(error, "strerror", None) or str(error)) from None


def _refused(path: Path, key: str, **facts: str) -> InvalidFile:
    """Return the error ``errors.file.<key>`` for the file at ``path``."""
    return InvalidFile(Problem(f"errors.file.{key}", dict(facts), file=str(path)))


def _neighbour(path: Path) -> str | None:
    """Return the path of the file that was probably meant by ``path``."""
    try:
        names = [each.name for each in islice(path.parent.iterdir(), LIMIT_NEIGHBOURS) if each.is_file()]
    except OSError:
        return None
    found = nearest(path.name, names)
    return str(path.with_name(found)) if found else None
