"""Affordances and compossibles: what is possible for this learner, here, now.

An affordance is a relation (Gibson 1979; Simonian 2014): it needs something offered, somebody able, and a chance to be
perceived, by a sign, by familiarity or by seeing others do it. Without any of the three there is none. Compossibles
(Simonian 2015) are the possibilities that are open at the same time.
"""

from __future__ import annotations

from ecosim.chance import exp, sigma
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Affordance(Block):
    """From what is offered to what is possible."""

    omega: float = parameter(
        4.0,
        "1",
        (0, 50),
        (1, 8),
        label="salience of seen use",
        symbol="omega",
        source="Simonian 2014",
        evidence="signed",
    )
    """How quickly the sight of others using an artefact makes it perceived."""
    w0: float = parameter(
        0.5, "tie strength", (0.001, 10), (0.2, 1), label="unseen background", symbol="w0", source="assumed"
    )
    """Summed tie strength at which ties fill half of the view; keeps a single weak tie from showing everything."""
    gamma: float = parameter(
        0.5, "tie strength", (0, 5), (0.2, 1), label="weight of the facilitator as a model", symbol="gamma",
        source="assumed",
    )  # fmt: skip
    """The facilitator is one more visible user, worth a tie of this strength when present full time."""
    shown: float = parameter(
        3.0, "artefacts", (0, 16), (1, 6), label="artefacts a facilitator shows", symbol="shown", source="assumed"
    )
    """How many collective artefacts a facilitator shows in a week, spread evenly over all of them."""
    kappa: float = parameter(
        10.0, "1", (0, 50), (4, 20), label="sharpness of ability", symbol="kappa", source="assumed"
    )
    """How sharply the ability to use an artefact changes with supported autonomy around what it requires."""
    ease: float = parameter(
        1.0, "logit", (-5, 5), (0, 2), label="ease at the threshold", symbol="eps0", source="assumed"
    )
    """Log-odds of being able to use an artefact when supported autonomy just equals what it requires."""
    theta: float = parameter(
        0.10, "share", (0, 1), (0.05, 0.2), label="threshold of the possible", symbol="theta", source="assumed"
    )
    """An affordance at or above this value is a compossible: it enters the learner's options."""
    instrumentalisation: float = parameter(
        0.3,
        "share",
        (0, 1),
        (0, 0.6),
        label="enrichment by use",
        symbol="i_O",
        source="Rabardel 1995",
        evidence="signed",
    )
    """How far shared mastery and co-produced content raise an artefact's offer above its technical potential."""
    openness_floor: float = parameter(
        0.05, "share", (0, 1), (0, 0.2), label="collective access of a stranger", symbol="k0", source="assumed"
    )
    """What is left of a collective affordance for somebody without ties in a closed community."""
    openness_gain: float = parameter(
        0.35, "share", (0, 1), (0.1, 0.6), label="collective access through openness", symbol="k1", source="assumed"
    )
    """What full openness adds to the collective affordance of somebody without ties."""
    tie_reach: float = parameter(
        0.3, "tie strength", (0.01, 10), (0.1, 1), label="ties that open the collective", symbol="w_r", source="assumed"
    )
    """Summed tie strength at which 63 % of the collective offer is within reach."""


@equation
def seen_use(using: float, known: float, facilitator: float, shown: float, background: float) -> float:
    """Return U = (sum w [used = m] + G gamma shown_m) / (sum w + w0 + G gamma).

    ``using`` and ``known`` are sums of tie strength, ``facilitator`` is G * gamma, ``shown`` how often she
    shows m (3 / number of collective artefacts), ``background`` is w0.
    """
    return (using + facilitator * shown) / (known + background + facilitator)


@equation
def perception(signifier: float, mastery: float, visibility: float, seen: float, salience: float) -> float:
    """Return pi = 1 - (1 - u)(1 - I)(1 - v min(1, omega U)): three independent ways to notice a possibility."""
    return 1.0 - (1.0 - signifier) * (1.0 - mastery) * (1.0 - visibility * min(1.0, salience * seen))


@equation
def effectivity(supported: float, required: float, sharpness: float, ease: float) -> float:
    """Return eps = sigma(kappa (a - q) + ease), being able to do what the artefact requires."""
    return sigma(sharpness * (supported - required) + ease)


@equation
def effective_offer(offer: float, mastery: float, content: float, enrichment: float) -> float:
    """Return O* = O + .3 (1 - O)(mean mastery + content) / 2 where O > 0: use enriches the artefact (Rabardel 1995)."""
    return offer + enrichment * (1.0 - offer) * 0.5 * (mastery + content) if offer > 0.0 else 0.0


@equation
def collective_access(openness: float, known: float, floor: float, gain: float, reach: float) -> float:
    """Return max(floor + gain * openness, 1 - exp(-sum w enrolled / reach)), what of the collective is within reach."""
    return max(floor + gain * openness, 1.0 - exp(-known / reach))


@equation
def affordance(offer: float, perceived: float, able: float, access: float) -> float:
    """Return alpha = clip(O* pi eps access): a relation, null as soon as one factor is."""
    return clip(offer * perceived * able * access)
