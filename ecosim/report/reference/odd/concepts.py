"""Section 4: the eleven design concepts, with every decision that is left to chance."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim import chance
from ecosim.language import listed
from ecosim.language import table as words
from ecosim.report.reference.markdown import bullets, code, heading, link, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.odd.equations import computed
from ecosim.report.reference.reading import Draw, decisions, drawn_by
from ecosim.report.reference.words import columns, say, translated


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, say("odd.titles.concepts", lang), "concepts")
    for name in words("reference_en")["odd"]["concepts"]:
        yield heading(3, say(f"odd.concepts.{name}", lang), name)
        yield bullets(linked(each) for each in listed(f"reference_{lang}", f"odd.concept.{name}"))
        if name == "stochasticity":
            heads = columns(lang, "number", "decision", "drawn", "learner", "other")
            yield table(heads, [_row(draw, lang) for draw in decisions()])
            yield f"{linked(say('odd.submodels.uniform', lang))}\n\n```\n{computed(chance.uniform)}\n```"


def _row(draw: Draw, lang: str) -> list[str]:
    """Return the line of one decision."""
    said = dict(part.split(": ", 1) for part in draw.comment.split("; ") if part)
    learner = translated(said.get("learner", "learner"), lang)
    other = plain(translated(said.get("other", ""), lang)) or "0"
    where = ", ".join(_place(name, lang) for name in drawn_by(draw.name))
    return [str(draw.number), f"{code(draw.name)} {say(f'odd.draws.{draw.name}', lang)}", where, learner, other]


def _place(name: str, lang: str) -> str:
    """Return where a decision is drawn: a process, or before the first week, by an event, or by an instrument."""
    if name == "events":
        return link(say("odd.places.events", lang), "events.md", "events")
    if name == "watching":
        return link(say("odd.places.watching", lang), "", "mechanism-recording")
    if name in ("begin", "networks"):
        return link(say(f"odd.places.{name}", lang), "", "beginning")
    return link(code(name), "", f"process-{name}")
