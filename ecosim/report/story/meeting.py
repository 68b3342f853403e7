"""With whom a learner acted, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ecosim.language import text
from ecosim.model.follow import Record
from ecosim.report.grammar import joined, plural, sentence
from ecosim.report.naming import artefact_name, person_name
from ecosim.report.story.told import Told

NAMED = 3  #: partners of an episode who are named; the others are counted


def single(told: Told, record: Record) -> str:
    """Say what she did in a week that is told by itself."""
    lang, known = told.lang, "solo"
    who: dict[str, Any] = {}
    if record["partner"] is not None:
        known, who = bond(told, record), {"partner": person(told, record["partner"])}
    elif record["collective"]:
        known = "alone"
    artefact = artefact_name(told.run.loaded.scenario, record["artefact"], lang)
    return text(f"story.act.{known}", lang, artefact=artefact, **who)


def person(told: Told, learner: int) -> str:
    """Return what people call ``learner``."""
    return person_name(told.run.loaded, learner, told.lang)


def bond(told: Told, record: Record) -> str:
    """Return what her partner was to her: a ``stranger``, somebody ``known`` already, or met ``again``."""
    if record["partner"] in told.met:
        return "again"
    return "known" if record["partner_tie"] > 0.0 else "stranger"


def company(told: Told, acts: list[Record]) -> Iterator[str]:
    """Say with whom she acted in several weeks, and who of them were strangers."""
    calls = [record for record in acts if record["partner"] is not None]
    if calls:
        yield _partners(told, calls)
    nobody = sum(record["collective"] and record["partner"] is None for record in acts)
    if nobody:
        yield plural("story.company.nobody", nobody, told.lang)


def _partners(told: Told, calls: list[Record]) -> str:
    """Say on whom she called: some by name, the others by their number."""
    lang, times = told.lang, Counter(record["partner"] for record in calls)
    first = {record["partner"]: record for record in reversed(calls)}
    bonds = {partner: bond(told, record) for partner, record in first.items()}
    ranked = sorted(times, key=lambda partner: (-times[partner], partner))
    listed = [_times(person(told, partner), times[partner], lang) for partner in ranked[:NAMED]]
    if len(ranked) > NAMED:
        listed.append(plural("story.company.others", len(ranked) - NAMED, lang))
    said = joined(listed, lang)
    strangers = sum(each == "stranger" for each in bonds.values())
    if strangers == len(ranked):
        return plural("story.company.strangers", strangers, lang, list=said)
    if len(ranked) == 1:
        return text(f"story.company.{bonds[ranked[0]]}", lang, list=said)
    return plural("story.company.list", strangers, lang, list=said)


def _times(name: str, count: int, lang: str) -> str:
    """Return a name, and how often, where more than once."""
    return plural("story.company.times", count, lang, name=name)


def callers(told: Told, weeks: list[Record]) -> Iterator[str]:
    """Say who turned to her."""
    found = sorted({caller for record in weeks for caller in record["called_by"]})
    if len(found) == 1:
        yield sentence(text("story.called.one", told.lang, person=person(told, found[0])))
    elif found:
        yield text("story.called.many", told.lang, count=len(found))


def remember(told: Told, weeks: list[Record]) -> None:
    """Keep in mind whom she has met."""
    for record in weeks:
        told.met.update(record["called_by"])
        if record["partner"] is not None:
            told.met.add(record["partner"])


def answers(told: Told, acts: list[Record]) -> Iterator[str]:
    """Say what came back on her posts, and from whom."""
    lang = told.lang
    posts = [record for record in acts if record["collective"]]
    met = [record for record in posts if record["answered"]]
    if len(posts) == 1:
        yield _answer(told, posts[0])
    elif posts and not met:
        yield plural("story.answers.none", len(posts), lang, posts=len(posts))
    elif posts:
        whole = "all" if len(met) == len(posts) else "some"
        facts: dict[str, Any] = {"posts": len(posts), "mostly": _mostly(told, met)}
        yield plural(f"story.answers.{whole}", len(met), lang, **facts)
        turned = sum(record["rejected"] for record in met)
        if turned:
            yield text("story.rejected.all", lang) if turned == len(met) else plural("story.rejected", turned, lang)


def _answer(told: Told, record: Record) -> str:
    """Say how a single post was met."""
    if not record["answered"]:
        return text("story.answer.nobody", told.lang)
    key = "rejected" if record["rejected"] else "warm"
    return sentence(text(f"story.answer.{key}", told.lang, author=_author(told, record)))


def _author(told: Told, record: Record) -> str:
    """Return who answered, in words."""
    author = record["author"]
    if author is None or author == "facilitator":
        return text(f"story.{author or 'crowd'}", told.lang)
    return text("story.partner", told.lang) if author == record["partner"] else person(told, author)


def _mostly(told: Told, met: list[Record]) -> str:
    """Return from whom most answers came, where one source gave more than half of several."""
    sources = Counter("partner" if _by_partner(record) else record["author"] for record in met)
    if len(met) > 1:
        source, times = sources.most_common(1)[0]
        if 2 * times > len(met) and source is not None:
            named = source if isinstance(source, int) else None
            who = text(f"story.mostly.{source}", told.lang) if named is None else person(told, named)
            return text("story.mostly.line", told.lang, who=who)
    return ""


def _by_partner(record: Record) -> bool:
    """Tell whether the one whom she called on answered."""
    return record["author"] is not None and record["author"] == record["partner"]
