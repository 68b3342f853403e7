"""Names in running text: ``walks`` in back-quotes becomes a link to where it is declared."""

from __future__ import annotations

import re
from functools import cache

from ecosim.model.metrics import METRICS
from ecosim.model.state import FIELDS
from ecosim.report.reference.declared import levers, parameters
from ecosim.report.reference.markdown import code, link
from ecosim.report.reference.reading import every_equation, week

_NAME = re.compile(r"(?<!\[)`([A-Za-z_][\w.]*)`")


@cache
def places() -> dict[str, tuple[str, str]]:
    """Return name -> (page, anchor), of equations before levers before parameters before states before metrics.

    Levers and parameters have their paths too, and the end of these: ``flow.gain``.
    """
    found: dict[str, tuple[str, str]] = {each.name: ("odd.md", f"process-{each.name}") for each in week()}
    found |= {name: ("odd.md", f"equation-{name}") for name in every_equation()}
    declared = [*levers("en"), *(each for group in parameters("en").values() for each in group)]
    names = [each.name for each in declared]
    for each in declared:
        place = (each.page, each.path)
        if names.count(each.name) == 1:
            found.setdefault(each.name, place)
        found[each.path] = place
        found.setdefault(each.path.removeprefix("context."), place)
    for name in FIELDS:
        found.setdefault(name, ("odd.md", f"state-{name}"))
    for name in METRICS:
        found.setdefault(name, ("metrics.md", name))
    return found


def linked(words: str, page: str = "odd.md") -> str:
    """Return ``words`` with the names in back-quotes as links, as they are written on ``page``."""

    def put(found: re.Match[str]) -> str:
        place = places().get(found[1])
        if place is None:
            return found[0]
        return link(code(found[1]), "" if place[0] == page else place[0], place[1])

    return _NAME.sub(put, words)
