"""``ecosim warmup``: compile ahead of time what runs need."""

from __future__ import annotations

from typing import Any

from ecosim.commands.options import Language, Quiet
from ecosim.commands.voice import Voice, voice

#: Small ecosystems that, together, use all of the model: every network, several communities, people who move.
NETWORKS: tuple[dict[str, Any], ...] = (
    {"kind": "random"},
    {"kind": "small_world"},
    {"kind": "scale_free"},
    {"kind": "blocks"},
)


def warmup(quiet: Quiet = False, lang: Language = None) -> None:
    """Compile the model, once for this version on this machine."""
    from ecosim.model.run import simulate  # lazily: it brings the engine
    from ecosim.scenario.resolve import load

    speaker = voice(lang, quiet)
    announce_compiling(speaker)
    for network in NETWORKS:
        context = {"network": network, "migration": {"mobility": 0.1}}
        communities = {"here": {"share": 0.5}, "there": {"share": 0.5}}
        simulate(load({"learners": 80, "weeks": 3, "context": context, "communities": communities}))
    speaker.note("cli.warmup.done")


def announce_compiling(speaker: Voice) -> None:
    """Say that the first run compiles, and about how long, unless machine code is there already."""
    from logging import ERROR, getLogger

    from ecosim.model.kernel import COMPILE_SECONDS, is_warm  # lazily: it brings the engine
    from ecosim.model.notice import LOGGER

    getLogger(LOGGER).setLevel(ERROR)  # who types a command hears it from here, in her language or not at all

    if not is_warm():
        speaker.note("cli.run.compiling", seconds=COMPILE_SECONDS)
