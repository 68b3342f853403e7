"""Recording: what instruments make of a week - clicks, days, visits to a forum, answers to a questionnaire.

A platform does not see learning; it sees clicks. So that a simulated community can be held against logs and surveys of
real ones, these equations say what would have been logged or answered. Nothing of it is ever fed back.
"""

from __future__ import annotations

from math import sqrt

from ecosim.chance import exp, log
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Recording(Block):
    """How acts leave traces, and how well questionnaires measure; nothing in the model depends on them."""

    clicks: float = parameter(
        15.0, "clicks", (0, 1000), (5, 40), label="clicks of a contribution", symbol="c_1",
        source="of the size of OULAD's medians (Kuzilek et al. 2017)",
    )  # fmt: skip
    """Clicks that one contribution leaves in the log."""
    clicks_sd: float = parameter(
        0.8, "1", (0, 3), (0.4, 1.2), label="spread of clicks", symbol="sd_c", source="assumed"
    )
    """Log-sd, from week to week, of the clicks of the same contributions."""
    days: float = parameter(1.0, "1", (0, 10), (0.3, 2), label="spreading over days", symbol="k_d", source="assumed")
    """How far contributions spread over the days of a week: 1, each falls on a day of its own choice; 0, all on one."""
    forum_reading: float = parameter(
        0.05, "probability", (0, 1), (0.01, 0.2), label="looks into the forum", symbol="p_f", source="assumed"
    )
    """Probability that a click outside the forum's own acts falls on the forum all the same."""
    forum_acting: float = parameter(
        0.6, "probability", (0, 1), (0.3, 0.9), label="clicks of a collective act in the forum", symbol="p_F",
        source="assumed",
    )  # fmt: skip
    """Probability that a click of a collective act falls on the forum."""
    handed_in: float = parameter(
        0.5, "share", (0, 1), (0.3, 0.8), label="work that completes a course", symbol="h_c", source="assumed"
    )
    """Share of the assignments (without deadlines: of the weeks) that has to be done to complete a course."""
    nomination_weeks: int = parameter(
        2, "weeks", (1, 52), (1, 4), label="contact of a friend", symbol="t_n", source="a convention"
    )
    """Weeks out of the last thirteen with a call or an answer, from which on somebody is named as a friend."""
    flow_items_sd: float = parameter(
        0.24, "scale points", (0, 3), (0.1, 0.7), label="noise of a flow scale", symbol="sd_F",
        source="ten items of the Flow Short Scale, alpha about .9 (Palomäki et al. 2021)",
    )  # fmt: skip
    """Spread of a report on the Flow Short Scale (1 to 7) around what was felt."""
    reliability_competence: float = parameter(
        0.79, "share", (0.05, 1), (0.6, 0.95), label="reliability, competence", symbol="alpha_c",
        source="Holzer et al. 2021, Austria", evidence="measured",
    )  # fmt: skip
    """Cronbach's alpha of the scale on the need for competence."""
    reliability_autonomy: float = parameter(
        0.60, "share", (0.05, 1), (0.5, 0.9), label="reliability, autonomy", symbol="alpha_a",
        source="Holzer et al. 2021, Austria", evidence="measured",
    )  # fmt: skip
    """Cronbach's alpha of the scale on the need for autonomy."""
    reliability_relatedness: float = parameter(
        0.68, "share", (0.05, 1), (0.5, 0.9), label="reliability, relatedness", symbol="alpha_r",
        source="Holzer et al. 2021, Austria", evidence="measured",
    )  # fmt: skip
    """Cronbach's alpha of the scale on the need for relatedness."""
    reliability_motivation: float = parameter(
        0.92, "share", (0.05, 1), (0.7, 0.95), label="reliability, motivation", symbol="alpha_m",
        source="Holzer et al. 2021, Austria", evidence="measured",
    )  # fmt: skip
    """Cronbach's alpha of the scale on intrinsic learning motivation."""


@equation
def expected_clicks(effort: float, clicks: float, spread: float, noise: float) -> float:
    """Return c_1 n exp(sd_c z - sd_c^2 / 2), at most 5,000: the mean of the week's clicks; ``noise`` z is N(0, 1)."""
    return min(5000.0, clicks * effort * exp(spread * noise - 0.5 * spread * spread))


@equation
def day_chance(effort: float, spreading: float) -> float:
    """Return q = 1 - (6/7)^(k_d (n - 1)): how likely another day than the first sees one of n contributions."""
    return clip(1.0 - exp(spreading * (effort - 1.0) * log(6.0 / 7.0)))


@equation
def scale_report(felt: float, low: float, high: float, spread: float, noise: float) -> float:
    """Return low + (high - low) felt + sd z, clipped to the scale: a questionnaire's answer to a state in [0, 1]."""
    return clip(low + (high - low) * felt + spread * noise, low, high)


@equation
def error_spread(reliability: float, spread: float) -> float:
    """Return sd sqrt(1 / alpha - 1): the error with which a scale of reliability alpha measures (Cronbach 1951)."""
    return spread * sqrt(1.0 / reliability - 1.0)
