"""Learning: by doing near the edge of what one can, with others, and forgetting what is not practised.

Gains peak a little above one's skill (a zone of proximal development). Guidance helps novices and hinders experts
(Tetzlaff 2025). What was once known is relearned faster than it was learned (Murre & Dros 2015).
"""

from __future__ import annotations

from ecosim.chance import exp, power
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Learning(Block):
    """Rates of learning, forgetting, and of producing knowledge together."""

    l: float = parameter(0.035, "1/week", (0, 1), (0.015, 0.07), label="learning rate", symbol="l", source="assumed")  # noqa: E741 - the paper's name
    """Gain from one contribution at the best difficulty, as a share of what is left to learn."""
    l_p: float = parameter(
        0.05, "1/week", (0, 1), (0.02, 0.1), label="learning rate from a partner", symbol="l_p", source="Springer 1999",
        evidence="signed",
    )  # fmt: skip
    """Gain from a partner at the best distance in skill, as a share of what is left to learn."""
    effort_exponent: float = parameter(
        0.7, "1", (0, 1), (0.5, 1), label="returns to effort", symbol="a_n", source="assumed"
    )
    """Power of the number of contributions in the gain: below one, more effort pays less and less."""
    zpd: float = parameter(
        0.15, "share", (0.01, 1), (0.08, 0.25), label="best distance above skill", symbol="zpd", source="assumed"
    )
    """Distance above one's skill at which a task or a partner teaches most."""
    practice: float = parameter(
        0.15, "1", (0, 1), (0, 0.4), label="gain of easy practice", symbol="z0", source="assumed"
    )
    """What a task at or below one's skill teaches, relative to the best one."""
    flow_floor: float = parameter(
        0.4,
        "1",
        (0, 2),
        (0.2, 0.8),
        label="learning without flow",
        symbol="F0",
        source="Harris 2021",
        evidence="signed",
    )
    """What of the gain remains without flow."""
    xi: float = parameter(
        0.8, "1", (0, 1), (0.4, 1), label="experts hindered by guidance", symbol="xi", source="Tetzlaff 2025",
        evidence="signed",
    )  # fmt: skip
    """Share of an expert's gain that full-time guidance takes away."""
    expert_from: float = parameter(
        0.3, "share", (0, 1), (0.2, 0.5), label="skill where guidance starts to hinder", symbol="s_x0", source="assumed"
    )
    """Skill above which guidance begins to hinder."""
    expert_span: float = parameter(
        0.5, "share", (0.01, 2), (0.3, 0.7), label="span to an expert", symbol="s_x1", source="assumed"
    )
    """Distance in skill over which guidance comes to hinder fully."""
    novice_span: float = parameter(
        0.4, "share", (0.01, 2), (0.2, 0.6), label="skill where guidance stops helping", symbol="s_n", source="assumed"
    )
    """Skill at which guidance no longer adds to a novice's gain."""
    explaining: float = parameter(
        0.3, "1", (0, 1), (0.1, 0.6), label="learning by explaining", symbol="l_e", source="assumed",
    )  # fmt: skip
    """Gain from explaining to a less skilled partner, relative to being taught at the best distance."""
    ground_floor: float = parameter(
        0.5, "1", (0, 2), (0.2, 0.8), label="learning without common ground", symbol="k_g", source="assumed"
    )
    """What of a partner's teaching gets through without common ground."""
    phi: float = parameter(
        0.02, "1/week", (0, 1), (0.005, 0.05), label="forgetting rate", symbol="phi", source="Murre & Dros 2015",
        evidence="signed",
    )  # fmt: skip
    """Share of what can be forgotten that a week without practice takes."""
    savings: float = parameter(
        0.5, "share", (0, 1), (0.3, 0.8), label="what is never forgotten", symbol="k_s", source="Murre & Dros 2015",
        evidence="signed",
    )  # fmt: skip
    """Share of the highest skill ever reached below which forgetting does not go."""
    content_keep: float = parameter(
        0.99, "1/week", (0, 1), (0.95, 1), label="content that lasts", symbol="d_c", source="assumed"
    )
    """Share of co-produced content that is still of use a week later."""
    content_gain: float = parameter(
        20.0, "1", (0, 1000), (5, 50), label="content from learning", symbol="g_c", source="assumed"
    )
    """How much content one unit of a community's mean gain leaves behind."""


@equation
def zone(distance: float, best: float) -> float:
    """Return zpd(y) = (y / .15) exp(1 - y / .15) for y > 0, else 0: one at the best distance."""
    return distance / best * exp(1.0 - distance / best) if distance > 0.0 else 0.0


@equation
def task_gain(task: float, skill: float, best: float, practice: float) -> float:
    """Return z: zpd(d - s) if the task is above one's skill, else the gain of easy practice."""
    return zone(task - skill, best) if task > skill else practice


@equation
def guided(facilitation: float, skill: float, xi: float, start: float, span: float, novice: float) -> float:
    """Return (1 - xi G clip((s - .3) / .5)) (1 + G clip(1 - s / .4)): novices profit from guidance, experts lose."""
    hindered = 1.0 - xi * facilitation * clip((skill - start) / span)
    return hindered * (1.0 + facilitation * clip(1.0 - skill / novice))


@equation
def own_gain(
    rate: float, effort: float, exponent: float, gain: float, flow: float, floor: float, guide: float
) -> float:
    """Return l n^.7 z (.4 + F) * guided, before what is left to learn is counted."""
    return rate * power(effort, exponent) * gain * (floor + flow) * guide


@equation
def partner_gain(lead: float, ground: float, rate: float, floor: float, best: float, explaining: float) -> float:
    """Return l_p (.5 + ground) zpd(s_j - s), or by explaining .3 l_p (.5 + ground) when s_j < s; 0 when s_j = s."""
    reached = zone(lead, best) if lead > 0.0 else (explaining if lead < 0.0 else 0.0)
    return rate * (floor + ground) * reached


@equation
def learned(skill: float, gains: float) -> float:
    """Return the skill after gains, s + (1 - s) * gains, at most 1."""
    return min(1.0, skill + (1.0 - skill) * gains)


@equation
def forgotten(skill: float, peak: float, rate: float, savings: float) -> float:
    """Return the skill after a week without practice, s - phi max(0, s - .5 peak)."""
    return skill - rate * max(0.0, skill - savings * peak)


@equation
def content(stock: float, mean_gain: float, keep: float, gain: float) -> float:
    """Return .99 content + (1 - content) 20 (gains on m) / N_c, at most 1; ``mean_gain`` is gains / N_c."""
    return clip(keep * stock + (1.0 - stock) * gain * mean_gain)
