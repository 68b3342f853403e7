"""The networks with which a scenario may begin, and whether there can be such a network.

Which ties they make is the business of :mod:`ecosim.model.networks`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field

from ecosim.scenario.parts import Part, Share
from ecosim.schema import Whole


class RandomNetwork(Part):
    """Everybody proposes about half of ``ready_ties`` partners of her own community."""

    kind: Literal["random"] = "random"


class NoNetwork(Part):
    """Nobody knows anybody."""

    kind: Literal["none"]


class SmallWorld(Part):
    """A ring of neighbours, some ties of which are rewired (Watts & Strogatz 1998)."""

    kind: Literal["small_world"]
    rewire: Share = 0.1
    """Share of ties that lead anywhere instead of to a neighbour."""


class ScaleFree(Part):
    """Newcomers tie to those who have many ties (Barabasi & Albert 1999)."""

    kind: Literal["scale_free"]


class BlockNetwork(Part):
    """Cliques of interest: a share ``within`` of ties stays in one's own block."""

    kind: Literal["blocks"]
    blocks: Annotated[Whole, Field(ge=1, le=10_000)] = 4
    """Number of blocks in each community."""
    within: Share = 0.8
    """Share of ties that stay in one's own block."""


class Classroom(Part):
    """Work groups in which everybody knows everybody; group size is ``ready_ties`` + 1."""

    kind: Literal["classroom"]


class EdgeList(Part):
    """Ties from a file: CSV (source, target[, weight[, ground]]) or GraphML."""

    kind: Literal["edges"]
    file: str
    """Path of the file, relative to the scenario file."""


Network = Annotated[
    RandomNetwork | NoNetwork | SmallWorld | ScaleFree | BlockNetwork | Classroom | EdgeList,
    Field(discriminator="kind"),
]


Verdict = tuple[str, dict[str, Any]] | None


def impossible(network: Any, ties: float, size: int) -> Verdict:
    """Return why a ``network`` with ``ties`` ready ties a learner cannot be tied among ``size`` learners.

    Parameters
    ----------
    network : Network
        Kind and shape.
    ties : float
        Mean number of ties a learner, the lever ``ready_ties``.
    size : int
        Learners of the community.

    Returns
    -------
    tuple of str and dict, or None
        Message key and facts; ``None`` when the network can exist.
    """
    if network.kind in ("none", "edges"):
        return None
    if ties > size - 1:
        return "too_many_ties", {"most": size - 1}
    rule = _RULES.get(network.kind)
    return rule(network, ties, size) if rule else None


def _small_world(network: Any, ties: float, size: int) -> Verdict:
    """A ring needs a neighbour on either side."""
    return ("small_world", {}) if ties < 2 else None


def _scale_free(network: Any, ties: float, size: int) -> Verdict:
    """A newcomer needs somebody to tie to."""
    return ("scale_free", {}) if ties < 1 else None


def _blocks(network: Any, ties: float, size: int) -> Verdict:
    """There are people in every block, and enough of them for the ties that stay in it."""
    if network.blocks > size:
        return "blocks", {"blocks": network.blocks}
    inside = size / network.blocks - 1
    return (
        ("full_blocks", {"inside": inside, "wanted": network.within * ties}) if network.within * ties > inside else None
    )


def _classroom(network: Any, ties: float, size: int) -> Verdict:
    """Groups are of two or more, and of whole persons."""
    if ties != int(ties):
        return "whole_groups", {}
    return ("groups", {}) if ties < 1 else None


_RULES: dict[str, Callable[[Any, float, int], Verdict]] = {
    "small_world": _small_world,
    "scale_free": _scale_free,
    "blocks": _blocks,
    "classroom": _classroom,
}
