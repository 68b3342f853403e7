"""The network: each learner at her place, her ties, and one of her states, week by week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import anywidget
import numpy as np
import traitlets

from ecosim.language import number, text
from ecosim.report.naming import community_name, profile_name
from ecosim.web.film import Film
from ecosim.web.widgets.parts import script, style, words_of

TRAITS = ("persistence", "autonomous_motive", "skill", "flow")
STATES = ("status", "community", "active", "bonds", *TRAITS)
WORDS = (
    *TRAITS, "community", "colour", "low", "high", "none", "none_yet", "size", "gone", "line", "learner", "left",
    "active", "idle", "ties", "keys", "chosen", "cleared",
)  # fmt: skip


class Network(anywidget.AnyWidget):
    """Who is tied to whom in the week of the clock.

    Attributes
    ----------
    film : dict
        What :func:`film_sent` returns.
    trait : str
        What colours tell: one of :data:`TRAITS`, or ``community``.
    choices : list of str
        Between which the viewer may choose; empty: she may not.
    selected : int
        The learner chosen, -1 without one; set by both sides.
    legend : bool
        Whether the legend is shown.
    clock, words, lang : str, dict, str
        As in :class:`ecosim.web.widgets.player.Player`; ``words["summary"]`` is the picture in words.
    """

    _esm = script("network_drawing", "network")
    _css = style()
    film = traitlets.Dict().tag(sync=True)
    trait = traitlets.Unicode("persistence").tag(sync=True)
    choices: traitlets.List[Any] = traitlets.List().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)
    legend = traitlets.Bool(True).tag(sync=True)
    clock = traitlets.Unicode("main").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)


def network_of(
    film: Film,
    lang: str,
    trait: str | None = None,
    selected: int | None = None,
    on_selected: Callable[[int], None] | None = None,
    on_trait: Callable[[str], None] | None = None,
    choices: Sequence[str] | None = None,
    legend: bool = True,
    clock: str = "main",
) -> Any:
    """Return the network of a film as an element.

    Parameters
    ----------
    film : Film
        The run.
    lang : {"en", "fr"}
        Language of its words.
    trait : str, optional
        What colours tell; without it the browser's choice, at first persistence.
    selected : int, optional
        The learner chosen, -1 for none; without it the browser's choice.
    on_selected, on_trait : callable, optional
        Called with what the viewer chose.
    choices : sequence of str, optional
        Between which she may choose; without it all, ``community`` where there are several.
    legend : bool
        Whether the legend is shown.
    clock : str
        The clock that it follows.
    """
    several = len(film.loaded.scenario.communities) > 1
    if choices is None:
        choices = (*TRAITS, "community") if several else TRAITS
    given = {"trait": trait, "selected": selected, "on_selected": on_selected, "on_trait": on_trait}
    return Network.element(
        film=film_sent(film, lang), choices=list(choices), legend=legend, clock=clock, lang=lang,
        words=words_of("network", WORDS, lang) | {"summary": summary_of(film, lang)},
        **{name: value for name, value in given.items() if value is not None},
    )  # fmt: skip


_sent: WeakKeyDictionary[Film, dict[str, dict[str, Any]]] = WeakKeyDictionary()


def film_sent(film: Film, lang: str) -> dict[str, Any]:
    """Return what the browser needs of a film to draw the network: bytes, and names in ``lang``."""
    known = _sent.setdefault(film, {})
    if lang not in known:
        known[lang] = _made(film, lang)
    return known[lang]


def _made(film: Film, lang: str) -> dict[str, Any]:
    """Return the same, made now."""
    scenario = film.loaded.scenario
    profiles = film.profile.astype("u1")
    return {
        "count": film.learners,
        "weeks": film.weeks,
        "places": np.ascontiguousarray(film.places, "<f4").tobytes(),
        "groups": film.groups.astype("u1").tobytes(),
        "pairs": np.ascontiguousarray(film.pairs, "<u4").tobytes(),
        "strength": film.strength.tobytes(),
        "profile": profiles.tobytes(),
        "names": list(film.loaded.names or []),
        "profiles": [profile_name(scenario, name, lang) for name in scenario.context.profiles],
        "communities": [community_name(scenario, name, lang) for name in scenario.communities],
        **{name: getattr(film, name).tobytes() for name in STATES},
    }


def summary_of(film: Film, lang: str) -> str:
    """Return the whole picture in a sentence or two: who was there at the start and at the end, with how many ties."""
    facts: dict[str, Any] = {}
    for name, week in (("first", 0), ("last", film.weeks - 1)):
        here = film.status[week] == 1
        facts[name] = number(int(here.sum()), lang, 0)
        facts[f"{name}_ties"] = number(float(film.bonds[week][here].mean()) if here.any() else 0.0, lang, 1)
    return text("web.network.summary", lang, weeks=number(film.weeks, lang, 0), **facts)
