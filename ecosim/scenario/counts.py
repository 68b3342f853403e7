"""How shares become whole learners, and how artefacts are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from ecosim.scenario.document import ArtefactCounts, Scenario


def community_sizes(shares: Sequence[float], learners: int) -> list[int]:
    """Return how many learners each community gets: largest remainders, equal ones to the first named.

    Parameters
    ----------
    shares : sequence of float
        One a community; they add up to 1, or to nearly 1.
    learners : int
        How many there are in all.
    """
    total = sum(shares)
    exact = [share / total * learners for share in shares]
    sizes = [int(each) for each in exact]
    order = sorted(range(len(shares)), key=lambda c: (sizes[c] - exact[c], c))
    for c in order[: learners - sum(sizes)]:
        sizes[c] += 1
    return sizes


def sizes_of(scenario: Scenario) -> dict[str, int]:
    """Return the number of learners of every named community; empty when there is only one, without a name."""
    named = scenario.communities
    sizes = community_sizes([each.share for each in named.values()], scenario.learners) if named else []
    return dict(zip(named, sizes, strict=True))


def listed_artefacts(scenario: Scenario) -> list[str]:
    """Return the names of the artefacts as the file lists them (``solo 1``, ... where it lists none)."""
    given = scenario.artefacts
    if isinstance(given, ArtefactCounts):
        return [f"solo {k + 1}" for k in range(given.solo)] + [f"collective {k + 1}" for k in range(given.collective)]
    return [each.name for each in given]
