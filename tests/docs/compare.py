"""Hold what a page shows as output against what came out; and renew it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

ANY = ("...", "…")


def lines(text: str) -> list[str]:
    """Return the lines of ``text`` without blanks at their ends."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def missing(shown: str, real: str) -> list[str] | None:
    """Return the first stretch of lines shown that did not come out in order, ``None`` when all did.

    Lines without ``...`` between them follow one another in the output too; without ``...`` at an end, the output
    begins or ends there.
    """
    stretches, wanted = parted(lines(shown)), lines(real)
    at = 0
    for place, stretch in enumerate(stretches):
        last = place == len(stretches) - 1
        found = [k for k in range(at, len(wanted) - len(stretch) + 1) if wanted[k : k + len(stretch)] == stretch]
        found = [k for k in found if place > 0 or k == 0]
        found = [k for k in found if not last or k + len(stretch) == len(wanted)]
        if not found:
            return stretch
        at = found[0] + len(stretch)
    return None


def parted(shown: list[str]) -> list[list[str]]:
    """Return the stretches of lines between lines ``...``."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() in ANY:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def renewed(shown: str, real: str) -> str:
    """Return ``shown`` as it really came out: each stretch of lines from where its first line now is.

    What is left out with ``...`` stays left out, and as many lines are shown.
    """
    new, at, made = lines(real), 0, []
    stretches = parted(lines(shown))
    if len(stretches) == 1:
        return "".join(f"{line}\n" for line in new)
    for place, stretch in enumerate(stretches):
        if stretch and place == len(stretches) - 1:
            at = max(at, len(new) - len(stretch))
        elif stretch and place > 0:
            at = max(range(at, len(new)), key=lambda k: (likeness(stretch[0], new[k]), -k), default=at)
        made.append(new[at : at + len(stretch)])
        at += len(stretch)
    return f"\n{ANY[0]}\n".join("\n".join(stretch) for stretch in made).strip("\n") + "\n"


def likeness(one: str, other: str) -> float:
    """Return how alike two lines are, from 0 to 1; lines that open alike (``Week 3.``) are more alike than others."""
    openings = [re.split(r"[.:(]", line, maxsplit=1)[0] for line in (one, other)]
    return 0.5 * (openings[0] == openings[1]) + 0.5 * SequenceMatcher(None, one, other, autojunk=False).ratio()
