"""The whole in a few lines: in short at the top, and at the end what may be claimed and what may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ecosim.evidence.found import found
from ecosim.report.reference.markdown import bullets, heading
from ecosim.report.validation.fitted import opposite
from ecosim.report.validation.words import ask

ALWAYS = (
    "tuned",
    "bands",
    "thinning",
    "survey",
    "posts",
    "dependent",
    "flow",
    "undirected",
)  #: limits that hold whatever came out


SELDOM = 0.25  #: share of single lives below which a pattern is shown on average only


class Kept(NamedTuple):
    """All that is kept of how the model stands; ``None`` where nothing is."""

    scoreboard: dict[str, Any] | None
    knockouts: dict[str, Any] | None
    forecast: dict[str, Any] | None
    calibration: dict[str, Any] | None


def kept() -> Kept:
    """Return what is kept."""
    return Kept(*(found(kind) for kind in Kept._fields))


def in_short(all_kept: Kept, lang: str) -> str:
    """Return the sentences at the top, empty as long as no scoreboard is kept."""
    if all_kept.scoreboard is None:
        return ask("nothing", lang)
    board, held = counts(all_kept.scoreboard)
    said = [ask("opening.board", lang, **board)]
    if names := ", ".join(on_average(all_kept.scoreboard)):
        said.append(ask("opening.on_average", lang, names=names))
    said.append(ask("opening.held", lang, **held))
    if all_kept.knockouts is not None:
        said.append(ask("opening.lost", lang, **mechanisms(all_kept.knockouts)))
    if all_kept.forecast is not None:
        said.append(ask(f"opening.{all_kept.forecast['verdict']}", lang))
    return ask("opening.sum", lang, said=" ".join(said))


def counts(board: dict[str, Any]) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many patterns are shown, by the model and by trivial worlds; how many held-out quantities."""
    scores, rows = board["patterns"], board["held_out"]["patterns"]
    passing = sum(bool(each["null_passes"]) for each in scores)
    of_all = {"shown": sum(each["passed"] for each in scores), "total": len(scores), "nulls": len(scores)}
    held = {"shown": sum(row["passed"] for row in rows), "total": len(rows)}
    return of_all | {"passing": passing, "rejected": len(scores) - passing}, held


def on_average(board: dict[str, Any]) -> list[str]:
    """Return the patterns that the means of lives show, but hardly any single life."""
    return [each["id"] for each in board["patterns"] if each["passed"] and each["within"] < SELDOM]


def mechanisms(lost: dict[str, Any]) -> dict[str, int]:
    """Return how many mechanisms these data support, and how many they do not."""
    supported = sum(each["supported"] for each in lost["mechanisms"])
    total = len(lost["mechanisms"])
    return {"supported": supported, "unsupported": total - supported, "total": total}


def section(all_kept: Kept, lang: str) -> Iterator[str]:
    """Yield the last section as blocks of the page."""
    yield heading(2, ask("claims.title", lang), "claims")
    if all_kept.scoreboard is None:
        yield ask("nothing", lang)
        return
    yield heading(3, ask("claims.may", lang))
    yield bullets(_may(all_kept, all_kept.scoreboard, lang))
    yield heading(3, ask("claims.may_not", lang))
    yield bullets(_may_not(all_kept, all_kept.scoreboard, lang))


def _may(all_kept: Kept, scoreboard: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield what may be claimed."""
    yield ask("claims.shown", lang, **counts(scoreboard)[0])
    if all_kept.knockouts is not None:
        yield ask("claims.supported", lang, **mechanisms(all_kept.knockouts))
    yield ask("claims.same_mechanisms", lang)


def _may_not(all_kept: Kept, scoreboard: dict[str, Any], lang: str) -> Iterator[str]:
    """Yield what may not."""
    yield ask("claims.in_sample", lang)
    held = counts(scoreboard)[1]
    yield ask("claims.held_all" if held["shown"] == held["total"] else "claims.held", lang, **held)
    yield from (ask(f"claims.{name}", lang) for name in ALWAYS)
    names = opposite(scoreboard["course"], lang)
    yield ask("claims.course" if names else "claims.course_fine", lang, names=names)
    yield ask("claims.platforms", lang)
    if all_kept.forecast is not None:
        yield ask(f"claims.{all_kept.forecast['verdict']}", lang)
