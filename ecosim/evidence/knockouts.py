"""What earns its place: each mechanism switched off in turn, and which patterns fail that the full model shows.

A mechanism without which nothing fails is not thereby wrong: these data do not support it, no more is said. A value
near the end of its band leaves it by luck, too: a pattern is lost only where a number that leaves its band also differs
from that of the full model by more than luck explains, life by life under the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecosim.evidence.living import Lives, World, lived
from ecosim.evidence.pattern import Pattern
from ecosim.evidence.patterns import PATTERNS
from ecosim.evidence.scoreboard import Score, chosen, middle, needed, score
from ecosim.model.state import Array
from ecosim.scenario.ablations import ABLATIONS

BEYOND = 3.0  #: standard errors of a paired difference that luck does not explain


@dataclass(frozen=True)
class KnockOut:
    """What is lost without a mechanism.

    Parameters
    ----------
    mechanism : str
        As ``ablate`` events call it.
    lost : tuple of str
        Patterns that the full model shows and this one does not.
    won : tuple of str
        Patterns that this one shows and the full model does not.
    scores : tuple of Score
        All patterns, without the mechanism.
    """

    mechanism: str
    lost: tuple[str, ...]
    won: tuple[str, ...]
    scores: tuple[Score, ...]

    @property
    def supported(self) -> bool:
        """Whether these data support the mechanism: something fails without it."""
        return bool(self.lost)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "mechanism": self.mechanism,
            "supported": self.supported,
            "lost": list(self.lost),
            "won": list(self.won),
            "values": {each.pattern.name: each.as_json()["value"] for each in self.scores},
        }


def knocked_out(
    mechanisms: Sequence[str] = (),
    replicates: int = 8,
    workers: int | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> list[KnockOut]:
    """Live all cohorts without each of some mechanisms (all without a choice), under the luck of the full model."""
    places, names = chosen(()), list(mechanisms) or list(ABLATIONS)
    wanted = needed(places)
    changed = {name: {world: world._replace(ablated=name) for world in wanted} for name in names}
    everything = dict(wanted)
    for name in names:
        everything |= {changed[name][world]: metrics for world, metrics in wanted.items()}
    lives = lived(everything, replicates, workers, told)
    full = {name: score(PATTERNS[name], worlds, lives).passed for name, worlds in places.items()}
    found = []
    for name in names:
        pairs = {p: [(world, changed[name][world]) for world in worlds] for p, worlds in places.items()}
        scores = [score(PATTERNS[p], [other for _, other in worlds], lives) for p, worlds in pairs.items()]
        lost = [each for each in scores if full[each.pattern.name] and not each.passed]
        won = [each for each in scores if each.passed and not full[each.pattern.name]]
        found.append(
            KnockOut(
                name,
                _by_more_than_luck(lost, pairs, lives, True),
                _by_more_than_luck(won, pairs, lives, False),
                tuple(scores),
            )
        )
    return found


def _by_more_than_luck(
    scores: Sequence[Score], pairs: Mapping[str, Sequence[tuple[World, World]]], lives: Lives, out: bool
) -> tuple[str, ...]:
    """Return the names of those patterns of which a number moved by more than luck explains."""
    return tuple(each.pattern.name for each in scores if moved(each.pattern, pairs[each.pattern.name], lives, out))


def moved(pattern: Pattern, pairs: Sequence[tuple[World, World]], lives: Lives, out: bool) -> bool:
    """Tell whether a number leaves its band (else: comes into it), and differs by more than luck explains."""
    for part in pattern.parts:
        for one, other in pairs:
            before, after = lives[one][part.metric], lives[other][part.metric]
            held, holds = part.holds(middle(before, part.metric)), part.holds(middle(after, part.metric))
            if (held, holds) == (out, not out) and beyond_luck(after - before):
                return True
    return False


def beyond_luck(differences: Array) -> bool:
    """Tell whether the mean of paired differences is far from 0 for its standard error; so is an undefined one."""
    known = differences[np.isfinite(differences)]
    if known.size < 2:  # one life, or a value that the other world does not have
        return True
    return bool(abs(known.mean()) > BEYOND * known.std(ddof=1) / np.sqrt(known.size))
