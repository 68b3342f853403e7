"""Words: every message in English and French, and the French of every term of the model.

``en.toml`` and ``fr.toml`` hold messages by dotted key; those of studies, and of what studies find, stand in files of
their own. The English label and meaning of a parameter, lever or metric stand beside its declaration; their French
stands here, in ``terms_fr.toml``, under the same dotted path.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "fr")
MORE = (
    "study", "findings", "experiments", "calibration", "evidence", "web", "server", "pages", "dashboard", "lessons",
    "classroom", "debrief", "sessions",
)  # fmt: skip
"""Files that messages stand in besides."""


@cache
def table(name: str) -> dict[str, Any]:
    """Return the words of ``name`` (``en``, ``fr`` or ``terms_fr``) as nested dictionaries."""
    made = _read(name)
    for more in MORE if name in LANGUAGES else ():
        made = _merged(made, _read(f"{more}_{name}"))
    return made


def _read(name: str) -> dict[str, Any]:
    """Return the words of one file."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return two tables as one; no text stands in both."""
    made = dict(one)
    for key, value in other.items():
        made[key] = _merged(made[key], value) if key in made else value
    return made


def lookup(name: str, key: str) -> str | None:
    """Return the text under the dotted ``key`` of table ``name``, or ``None``."""
    found = _found(name, key)
    return found if isinstance(found, str) else None


def listed(name: str, key: str) -> tuple[str, ...]:
    """Return the texts listed under the dotted ``key`` of table ``name`` (a lever's anchors), or none."""
    found = _found(name, key)
    return tuple(found) if isinstance(found, list) else ()


def _found(name: str, key: str) -> Any:
    """Return whatever stands under the dotted ``key`` of table ``name``, or ``None``."""
    found: Any = table(name)
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return found


def text(key: str, lang: str = "en", /, **values: Any) -> str:
    """Return message ``key`` in ``lang`` with ``values`` filled in.

    Raises
    ------
    KeyError
        When no such message exists: a mistake in the program, which a test finds.
    """
    found = lookup(lang, key)
    if found is None:
        raise KeyError(f"no message {key!r} in {lang}")
    return found.format(**values)


def language_of_locale() -> str:
    """Return ``fr`` when the environment asks for French (installed locale or not), else ``en``.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, as in POSIX.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def number(value: float, lang: str = "en", digits: int = 2) -> str:
    """Return ``value`` rounded for people: a decimal comma and narrow spaces in French; no sign before a zero."""
    said = f"{value:,.{digits}f}"
    if not said.strip("-0.,"):
        said = said.removeprefix("-")
    if lang == "fr":
        said = said.replace(",", "\u202f").replace(".", ",")
    return said.replace("-", "\u2212")


def percent(value: float, lang: str = "en") -> str:
    """Return a share in [0, 1] as a percentage, ``37 %`` in French and ``37%`` in English."""
    said = number(100 * value, lang, 0)
    return f"{said}\u00a0%" if lang == "fr" else f"{said}%"
