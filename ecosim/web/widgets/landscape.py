"""The landscape of possibilities: what each artefact offers, for whom it is possible, who uses it, week by week."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ecosim.model.begin import solo_first
from ecosim.report.naming import community_name
from ecosim.scenario.document import ArtefactCounts, Scenario
from ecosim.scenario.parts import in_language
from ecosim.web.film import Film
from ecosim.web.widgets.parts import script, style, words_of

WORDS = ("caption", "offered", "possible", "users", "solo", "collective", "told", "nobody")


class Landscape(anywidget.AnyWidget):
    """What each artefact is in the week of the clock.

    Attributes
    ----------
    film : dict
        What :func:`artefacts_sent` returns.
    clock, words, lang : str, dict, str
        As in :class:`ecosim.web.widgets.player.Player`.
    """

    _esm = script("landscape")
    _css = style()
    film = traitlets.Dict().tag(sync=True)
    clock = traitlets.Unicode("main").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)


def landscape_of(film: Film, lang: str, clock: str = "main") -> Any:
    """Return the landscape of a film as an element that follows ``clock``."""
    words = words_of("landscape", WORDS, lang)
    return Landscape.element(film=artefacts_sent(film, lang), words=words, lang=lang, clock=clock)


def artefacts_sent(film: Film, lang: str) -> dict[str, Any]:
    """Return what the browser needs of the artefacts: names, which are collective, and the numbers as bytes."""
    scenario = film.loaded.scenario
    return {
        "weeks": film.weeks,
        "names": [plain_name(scenario, m, lang) for m in range(film.landscape.shape[2])],
        "collective": collective(scenario),
        "communities": [community_name(scenario, name, lang) for name in scenario.communities],
        "values": np.ascontiguousarray(film.landscape, "<f4").tobytes(),
    }


def plain_name(scenario: Scenario, m: int, lang: str) -> str:
    """Return what people call artefact ``m`` at the head of a row: with a capital, without quotation marks."""
    given = scenario.artefacts
    if isinstance(given, ArtefactCounts):
        kind, place = ("solo", m) if m < given.solo else ("collective", m - given.solo)
        (named,) = words_of("landscape", (f"{kind}_number",), lang).values()
        return named.format(number=place + 1)
    artefact = solo_first(given)[m]
    name = in_language(artefact.label, lang) or artefact.name
    return name[:1].upper() + name[1:]


def collective(scenario: Scenario) -> list[bool]:
    """Return which artefacts are used together."""
    given = scenario.artefacts
    if isinstance(given, ArtefactCounts):
        return [False] * given.solo + [True] * given.collective
    return [each.collective for each in solo_first(given)]
