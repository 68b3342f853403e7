"""Being answered: the attention that a post meets, and the load that everybody else's posts make.

A first answer decides much of whether somebody posts again (Joyce & Kraut 2006). Replies come from ties who are around,
from the facilitator, from the partner and, in open communities, from the crowd; messages beyond one's capacity dampen
all (Jones 2004).
"""

from __future__ import annotations

from ecosim.chance import exp, log
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Response(Block):
    """From a post to an answer or silence."""

    reply: float = parameter(
        0.45, "1", (0, 10), (0.2, 1), label="readiness to reply", symbol="reply", source="Joyce & Kraut 2006",
        evidence="signed",
    )  # fmt: skip
    """Overall readiness of those around to answer a post."""
    tie_reply: float = parameter(
        0.35, "1/tie", (0, 10), (0.1, 0.8), label="answers from ties", symbol="r_w", source="assumed"
    )
    """What each tie who is around adds to the chance of an answer."""
    tie_limit: int = parameter(
        10, "ties", (0, 1000), (5, 20), label="ties that can matter", symbol="k_w", source="assumed"
    )
    """Beyond this number further active ties add nothing."""
    active_tie: float = parameter(
        0.02, "tie strength", (0, 1), (0.01, 0.1), label="weakest tie that answers", symbol="w_a", source="assumed"
    )
    """A tie answers only above this strength, when its other end acts this week."""
    tutor_reply: float = parameter(
        2.5, "1", (0, 20), (1, 5), label="answers from the facilitator", symbol="r_G", source="assumed"
    )
    """What full-time facilitation adds to the chance of an answer."""
    partner_reply: float = parameter(
        0.15, "1", (0, 10), (0.05, 1), label="answer from the partner", symbol="r_p",
        source="fitted to MOOC-Ed (Kellogg & Edelmann 2015)",
    )  # fmt: skip
    """What having a partner adds to the chance of an answer."""
    ground_reply: float = parameter(
        0.4, "1", (0, 10), (0.1, 1), label="answer out of common ground", symbol="r_k", source="assumed"
    )
    """What full common ground with the partner adds to the chance of an answer."""
    crowd: float = parameter(
        0.3, "1", (0, 10), (0.05, 0.5), label="answers from the crowd", symbol="crowd",
        source="fitted to MOOC-Ed (Kellogg & Edelmann 2015)",
    )  # fmt: skip
    """What ln(1 + number acting collectively) is multiplied by, where the community is fully open."""
    crowd_tries: int = parameter(
        64, "learners", (0, 1000), (32, 128), label="passers-by looked at", symbol="k_try", source="assumed"
    )
    """Learner numbers drawn to find which member of the crowd answered."""
    stream: float = parameter(
        0.02, "share", (0, 1), (0.005, 0.1), label="share of the stream received", symbol="stream", source="assumed"
    )
    """Share of the whole community's contributions that reaches everybody where the community is fully open."""
    max_load: float = parameter(3.0, "1", (0, 20), (1, 5), label="highest load", symbol="load_max", source="assumed")
    """Load beyond which more messages make no difference."""
    load_damping: float = parameter(
        0.3, "1", (0, 10), (0.1, 1), label="load silences", symbol="r_L", source="Jones 2004", evidence="signed"
    )
    """How strongly load lowers the chance of an answer."""


@equation
def messages(from_ties: float, from_everybody: float, openness: float, stream: float) -> float:
    """Return the messages received in a week: all of the ties', and a share of the community's where it is open."""
    return from_ties + openness * stream * from_everybody


@equation
def load(received: float, capacity: float, most: float) -> float:
    """Return clip((messages - capacity) / capacity, 0, 3)."""
    return clip((received - capacity) / capacity, 0.0, most)


@equation
def voice_of_ties(active: int, each: float, limit: int) -> float:
    """Return .35 min(10, active ties)."""
    return each * min(limit, active)


@equation
def voice_of_partner(partnered: float, ground: float, base: float, gain: float) -> float:
    """Return [partner] (.15 + .4 ground)."""
    return partnered * (base + gain * ground)


@equation
def voice_of_crowd(openness: float, acting: float, each: float) -> float:
    """Return crowd * openness * ln(1 + acting collectively in the community)."""
    return each * openness * log(1.0 + acting)


@equation
def answered(voices: float, overload: float, readiness: float, damping: float) -> float:
    """Return the probability of an answer, 1 - exp(-reply * voices / (1 + .3 load))."""
    return 1.0 - exp(-readiness * voices / (1.0 + damping * overload))
