"""Section 2: entities, their state variables, and scales."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ecosim.language import number
from ecosim.model.state import FIELDS, Artefacts, Field, Ties
from ecosim.report.reference.declared import CONDITIONS, parameters
from ecosim.report.reference.markdown import anchor, bullets, code, heading, link, page, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.reading import field_groups, writer
from ecosim.report.reference.words import colon, columns, said, say, translated, unit
from ecosim.scenario.document import MOST_COMMUNITIES, MOST_LEARNERS, Scenario
from ecosim.scenario.parts import MOST_ARTEFACTS, MOST_WEEKS, ArtefactCounts

STORED = ("first", "other")  #: how ties are stored, not what they are


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, say("odd.titles.entities", lang), "entities")
    yield say("odd.entities.start", lang)
    yield from _learner(lang)
    yield from _small("artefact", Artefacts._fields, lang)
    yield from _small("tie", tuple(name for name in Ties._fields if name not in STORED), lang)
    yield heading(3, say("odd.titles.community", lang))
    yield say("odd.entities.community", lang)
    yield heading(3, say("odd.titles.environment", lang))
    yield page(say("odd.entities.environment", lang), _environment(lang))
    yield heading(3, say("odd.titles.scales", lang))
    yield bullets(linked(each) for each in _scales(lang))


def _learner(lang: str) -> Iterator[str]:
    """Yield the states of a learner, group by group as the code has them."""
    yield heading(3, say("odd.titles.learner", lang), "learner")
    yield linked(say("odd.entities.learner", lang))
    heads = columns(lang, "name", "symbol", "meaning", "unit", "bounds", "writer")
    for group, names in field_groups().items():
        yield f"**{translated(group, lang)}**"
        yield table(heads, [_row(name, FIELDS[name], lang) for name in names])


def _row(name: str, field: Field, lang: str) -> list[str]:
    """Return the line of one state."""
    means = say(f"odd.state.{name}.means", lang)
    over = f" ({say(f'odd.entities.{field.over}', lang)})" if field.over else ""
    by = writer(field.writer)
    wrote = link(code(by), "", "beginning" if by == "begin" else f"process-{by}")
    units = unit(say(f"odd.state.{name}.unit", lang), lang)
    symbol = plain(say(f"odd.state.{name}.symbol", lang))
    return [
        f"{anchor(f'state-{name}')}{code(name)}",
        symbol,
        linked(plain(means)) + over,
        units,
        bounds(field, lang),
        wrote,
    ]


def bounds(field: Field, lang: str) -> str:
    """Return between which values a state lies at the end of every week."""
    if field.kind == "?":
        return "0, 1"
    if math.isinf(field.low):
        return say("reference.any", lang)
    return f"≥ {field.low:g}" if math.isinf(field.high) else f"{field.low:g} .. {field.high:g}"


def _small(entity: str, names: tuple[str, ...], lang: str) -> Iterator[str]:
    """Yield the properties of artefacts or ties."""
    yield heading(3, say(f"odd.titles.{entity}", lang), entity)
    yield say(f"odd.entities.{entity}", lang)
    rows = []
    for name in names:
        symbol = said(f"odd.{entity}_symbols.{name}", lang)
        rows.append([code(name), plain(symbol or ""), plain(say(f"odd.{entity}.{name}", lang))])
    heads = columns(lang, "name", "symbol", "meaning")
    yield table(heads, rows)


def _environment(lang: str) -> str:
    """Return the conditions that nobody designs."""
    return bullets(
        f"{each.linked()} ({each.label}){colon(lang)} {plain(each.meaning)} {say(f'odd.environment.{each.name}', lang)}"
        for each in parameters(lang)[CONDITIONS]
    )


def _scales(lang: str) -> Iterator[str]:
    """Yield how long and how large the model is."""
    usual, counts = Scenario(), ArtefactCounts()
    most = {"most_weeks": MOST_WEEKS, "most_learners": MOST_LEARNERS, "most_communities": MOST_COMMUNITIES}
    said_most = {name: number(value, lang, 0) for name, value in most.items()}
    yield say("odd.scales.time", lang, weeks=usual.weeks, **said_most)
    yield say("odd.scales.people", lang, learners=usual.learners, **said_most)
    yield say(
        "odd.scales.artefacts", lang, solo=counts.solo, collective=counts.collective, most_artefacts=MOST_ARTEFACTS
    )
    yield say("odd.scales.topics", lang)
    yield say("odd.scales.values", lang)
