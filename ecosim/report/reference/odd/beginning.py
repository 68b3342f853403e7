"""Sections 5 and 6: what there is before the first week, and what comes from outside."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim.language import listed
from ecosim.report.reference.declared import parameters
from ecosim.report.reference.markdown import bullets, code, heading, numbered
from ecosim.report.reference.naming import linked
from ecosim.report.reference.odd.equations import mechanism
from ecosim.report.reference.words import colon, say
from ecosim.scenario import edges, observed
from ecosim.scenario.networks import Network
from ecosim.scenario.tree import arms, options

FIRST = "population"
"""The mechanism whose equations are called before the first week."""


def section(lang: str) -> Iterator[str]:
    """Yield section 5 as blocks of the page."""
    yield heading(2, say("odd.titles.beginning", lang), "beginning")
    learners = listed(f"reference_{lang}", "odd.beginning.learners")
    items = [say("odd.beginning.sizes", lang), *learners]
    items += [say(f"odd.beginning.{each}", lang) for each in ("artefacts", "ties")]
    yield numbered(linked(each) for each in items)
    yield say("odd.beginning.networks_link", lang)
    yield bullets(f"{code(kind)}{colon(lang)} {linked(say(f'odd.network.{kind}', lang))}" for kind in networks())
    yield from mechanism(FIRST, parameters(lang)[FIRST], "begin", lang)


def networks() -> list[str]:
    """Return the kinds of networks with which a scenario may begin."""
    return [options(kind.model_fields["kind"])[0] for kind in arms(Network)]


def data(lang: str) -> Iterator[str]:
    """Yield section 6 as blocks of the page."""
    yield heading(2, say("odd.titles.input", lang), "input")
    yield say("odd.input.start", lang)
    columns = {"edges": ", ".join(edges.COLUMNS), "observed": ", ".join(observed.COLUMNS)}
    yield bullets(each.format(**columns) for each in listed(f"reference_{lang}", "odd.input.items"))
    yield say("odd.input.forcing", lang)
