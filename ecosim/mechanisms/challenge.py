"""Being challenged: the task taken, the help received, and how far the challenge is from what fits.

A learner takes the task nearest to a little above her skill, for success rather than for learning. Help lowers the part
of the difficulty that exceeds her. Balance is asymmetric: boredom and overload do not weigh the
same; that balance matters at all is Fong 2015.
"""

from __future__ import annotations

from ecosim.chance import exp, sigma
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Challenge(Block):
    """From the tasks on offer to balance and success."""

    offers: float = parameter(
        6.0, "tasks", (0, 30), (3, 12), label="tasks a free choice opens", symbol="offers", source="assumed"
    )
    """Tasks to choose from, beyond the first, when choice and supported autonomy are both full."""
    task_sd: float = parameter(
        0.18, "share", (0, 1), (0.1, 0.3), label="spread of tasks", symbol="sd_d", source="assumed"
    )
    """Spread of the difficulty of tasks around their level."""
    delta: float = parameter(
        0.08, "share", (-0.5, 0.5), (0, 0.15), label="comfortable step above skill", symbol="delta", source="assumed",
        evidence="assumed",
    )  # fmt: skip
    """The perceived challenge that fits is this much above skill."""
    boredom_width: float = parameter(
        0.10, "share", (0.01, 2), (0.05, 0.2), label="tolerance of boredom", symbol="width-", source="assumed",
    )  # fmt: skip
    """How far below the fitting challenge balance falls to 61 %."""
    overload_width: float = parameter(
        0.20, "share", (0.01, 2), (0.1, 0.3), label="tolerance of overload", symbol="width+", source="assumed",
    )  # fmt: skip
    """How far above the fitting challenge balance falls to 61 %, for a learner of middling efficacy."""
    overload_floor: float = parameter(
        0.7, "1", (0.01, 2), (0.5, 1), label="tolerance without efficacy", symbol="k_E0", source="assumed"
    )
    """Share of the tolerance of overload that is left without a sense of efficacy."""
    overload_efficacy: float = parameter(
        0.6, "1", (0, 2), (0.2, 1), label="tolerance from efficacy", symbol="k_E1", source="assumed"
    )
    """What a full sense of efficacy adds to the tolerance of overload."""
    tutor_help: float = parameter(
        0.5, "share", (0, 0.5), (0.2, 0.5), label="help of a facilitator", symbol="h_G", source="VanLehn 2011",
        evidence="signed",
    )  # fmt: skip
    """Share of the excess difficulty that full-time facilitation takes away."""
    peer_help: float = parameter(
        0.4, "share", (0, 0.5), (0.1, 0.5), label="help of a partner", symbol="h_j", source="Springer 1999",
        evidence="signed",
    )  # fmt: skip
    """Share of the excess difficulty that a clearly more skilled partner takes away."""
    peer_scale: float = parameter(
        0.2, "share", (0.01, 1), (0.1, 0.4), label="lead of a helpful partner", symbol="s_h", source="assumed"
    )
    """Lead in skill from which a partner helps as much as a partner can."""
    success_logit: float = parameter(
        1.735, "logit", (-10, 10), (1, 2.5), label="success at balance", symbol="y0",
        source="the value of Wilson 2019's 85 % rule, which concerns the speed of learning",
    )  # fmt: skip
    """Log-odds of success when the perceived challenge fits: 1.735 is 85 %."""
    success_scale: float = parameter(
        0.08, "share", (0.005, 2), (0.04, 0.15), label="steepness of success", symbol="s_y", source="assumed"
    )
    """How fast success becomes rarer as the perceived challenge exceeds what fits."""


@equation
def curriculum(start: float, slope: float, week: int) -> float:
    """Return the level that a curriculum prescribes in ``week``, start + slope * week, clipped to [0, 1]."""
    return clip(start + slope * week)


@equation
def task_level(prescribed: float, skill: float, self_levelled: float) -> float:
    """Return (1 - L) curr + L (s + curr) / 2: where the tasks on offer lie."""
    return (1.0 - self_levelled) * prescribed + self_levelled * 0.5 * (skill + prescribed)


@equation
def task_count(choice: float, supported: float, most: float) -> int:
    """Return 1 + floor(6 choice a), the number of tasks to choose from."""
    return 1 + int(most * choice * supported)


@equation
def difficulty(level: float, spread: float, noise: float) -> float:
    """Return a task's difficulty, N(level, spread) clipped to [.02, 1.1]."""
    return clip(level + spread * noise, 0.02, 1.1)


@equation
def support(facilitation: float, lead: float, partnered: float, tutor: float, peer: float, scale: float) -> float:
    """Return h = .5 G + .4 clip((s_j - s) / .2) [partner]."""
    return tutor * facilitation + partnered * peer * clip(lead / scale)


@equation
def perceived_challenge(task: float, skill: float, step: float, supported: float) -> float:
    """Return c = d - h max(0, d - s - delta): help takes away from what exceeds the learner."""
    return task - supported * max(0.0, task - skill - step)


@equation
def balance(mismatch: float, efficacy: float, boredom: float, overload: float, floor: float, gain: float) -> float:
    """Return b = exp(-x^2 / (2 width^2)), width = boredom if x < 0 else overload (.7 + .6 E)."""
    width = boredom if mismatch < 0.0 else overload * (floor + gain * efficacy)
    return exp(-mismatch * mismatch / (2.0 * width * width))


@equation
def success(mismatch: float, logit: float, scale: float) -> float:
    """Return the probability of success, sigma(1.735 - x / .08): 85 % at balance (Wilson 2019)."""
    return sigma(logit - mismatch / scale)
