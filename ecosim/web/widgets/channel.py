"""The flow channel: the acts of the week, challenge against skill, over the band where the two balance."""

from __future__ import annotations

from typing import Any

import anywidget
import numpy as np
import traitlets

from ecosim.language import number, text
from ecosim.web.film import Film
from ecosim.web.widgets.parts import script, style, words_of

WORDS = ("skill", "challenge", "anxiety", "boredom", "flow", "in_flow", "out", "band", "told", "nobody")
MIDDLING = 0.5  #: the efficacy for which the band is drawn


class Channel(anywidget.AnyWidget):
    """What activity felt like in the week of the clock.

    Attributes
    ----------
    film : dict
        What :func:`acts_sent` returns.
    clock, words, lang : str, dict, str
        As in :class:`ecosim.web.widgets.player.Player`; ``words["summary"]`` is the picture in words.
    """

    _esm = script("axes", "channel")
    _css = style()
    film = traitlets.Dict().tag(sync=True)
    clock = traitlets.Unicode("main").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)


def channel_of(film: Film, lang: str, clock: str = "main") -> Any:
    """Return the flow channel of a film as an element that follows ``clock``."""
    words = words_of("channel", WORDS, lang) | {"summary": summary_of(film, lang)}
    return Channel.element(film=acts_sent(film), words=words, lang=lang, clock=clock)


def acts_sent(film: Film) -> dict[str, Any]:
    """Return what the browser needs of the acts: bytes, and where challenge and skill balance.

    ``below`` and ``above`` are how far from the fitting challenge balance is 61 % for a learner of middling efficacy;
    ``episode`` is the flow from which an act counts as a flow episode.
    """
    p = film.loaded.scenario.context
    room = p.challenge.overload_floor + p.challenge.overload_efficacy * MIDDLING
    return {
        "weeks": film.weeks,
        "first": film.act_first.astype("<u4").tobytes(),
        "skill": film.act_skill.tobytes(),
        "challenge": film.act_challenge.tobytes(),
        "flow": film.act_flow.tobytes(),
        "episode": p.flow.episode,
        "delta": p.challenge.delta,
        "below": p.challenge.boredom_width,
        "above": p.challenge.overload_width * room,
    }


def summary_of(film: Film, lang: str) -> str:
    """Return how many acts there were, and how many of them in flow, in a sentence."""
    acts = int(film.act_flow.size)
    episode = film.loaded.scenario.context.flow.episode
    felt = int(np.count_nonzero(film.act_flow >= round(254 * episode)))
    return text("web.channel.summary", lang, acts=number(acts, lang, 0), felt=number(felt, lang, 0))
