"""Whether a network can exist: as many ready ties as a lever asks for, among as many learners as there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Verdict = tuple[str, dict[str, Any]] | None


def impossible(network: Any, ties: float, size: int) -> Verdict:
    """Return why a ``network`` with ``ties`` ready ties a learner cannot be tied among ``size`` learners.

    Parameters
    ----------
    network : one of the networks of :mod:`ecosim.scenario.parts`
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
    return ("full_blocks", {"inside": inside, "wanted": network.within * ties}) if network.within * ties > inside else None


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
