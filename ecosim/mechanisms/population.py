"""Who comes: traits that stay and dispositions at the start, correlated through one latent trait.

People who are more autonomous also tend to feel more able, more motivated and more persistent: one latent trait loads
on all four dispositions. Activity rates are lognormal, as participation in open communities is (van Mierlo 2014).
"""

from __future__ import annotations

from ecosim.chance import exp
from ecosim.equation import clip, equation
from ecosim.schema import Block, parameter


class Population(Block):
    """Distributions from which learners are drawn before the first week."""

    topics: int = parameter(
        6, "topics", (1, 24), (3, 12), label="number of topics", symbol="K", source="assumed; a course has a few themes"
    )
    """Topics on which a learner may be skilled; each learner is interested in one of them."""
    b0_mean: float = parameter(
        -1.7, "logit", (-10, 10), (-3, 0), label="propensity to act, mean", symbol="b0", source="assumed"
    )
    """Mean log-odds of acting in a week when nothing attracts and nothing pushes."""
    b0_sd: float = parameter(
        0.4, "logit", (0, 5), (0.2, 1.5), label="propensity to act, spread", symbol="sd b0", source="assumed"
    )
    """Spread between learners of the log-odds of acting."""
    rate_sigma: float = parameter(
        1.3, "1", (0, 3), (0.8, 2.2), label="spread of activity rates", symbol="sigma_rate",
        source="van Mierlo 2014", evidence="signed",
    )  # fmt: skip
    """Log-sd of the personal rate of contributing (lognormal with mean 1): why a few contribute so much."""
    flow_trait_sd: float = parameter(
        0.28, "logit", (0, 3), (0.15, 1.0), label="proneness to flow, spread", symbol="sd phi_f",
        source="Csikszentmihalyi 2014; fitted to Palomäki et al. 2021 (docs/validation.md)", evidence="signed",
    )  # fmt: skip
    """Spread between learners of their proneness to flow."""
    skill_mean: float = parameter(
        0.35, "share", (0, 1), (0.15, 0.6), label="skill at the start, mean", symbol="s0", source="assumed"
    )
    """Mean initial skill on a topic."""
    skill_sd: float = parameter(
        0.22, "share", (0, 1), (0.05, 0.35), label="skill at the start, spread", symbol="sd s0", source="assumed"
    )
    """Spread of the initial skill, between learners and between topics."""
    autonomy_mean: float = parameter(
        0.45, "share", (0, 1), (0.3, 0.6), label="autonomy at the start, mean", symbol="A0", source="assumed"
    )
    """Mean initial autonomy."""
    efficacy_mean: float = parameter(
        0.5, "share", (0, 1), (0.35, 0.65), label="efficacy at the start, mean", symbol="E0", source="assumed"
    )
    """Mean initial sense of efficacy."""
    autonomous_motive_mean: float = parameter(
        0.5, "share", (0, 1), (0.35, 0.65), label="autonomous motive at the start, mean", symbol="M0", source="assumed"
    )
    """Mean initial autonomous motive."""
    persistence_mean: float = parameter(
        0.5, "share", (0, 1), (0.35, 0.65), label="persistence at the start, mean", symbol="P0", source="assumed"
    )
    """Mean initial persistence."""
    disposition_sd: float = parameter(
        0.15, "share", (0, 1), (0.05, 0.25), label="dispositions at the start, spread", symbol="sd0", source="assumed"
    )
    """Spread of autonomy, efficacy, autonomous motive and persistence at the start."""
    latent_loading: float = parameter(
        0.6, "1", (0, 1), (0.3, 0.8), label="what dispositions share", symbol="lambda_lat",
        source="Robbins 2004; Stajkovic 2009", evidence="signed",
    )  # fmt: skip
    """Loading of the four dispositions on the one latent trait."""
    own_loading: float = parameter(
        0.8, "1", (0, 1), (0.5, 1.0), label="what each disposition has of its own", symbol="lambda_own",
        source="keeps the variance at one when the latent loading is .6",
    )  # fmt: skip
    """Loading of each disposition on its own part."""
    relatedness_mean: float = parameter(
        0.3, "share", (0, 1), (0.2, 0.5), label="felt acceptance at the start, mean", symbol="n_r0", source="assumed"
    )
    """Mean initial felt acceptance: .3 is rest, nobody has been accepted yet."""
    relatedness_sd: float = parameter(
        0.1, "share", (0, 1), (0, 0.2), label="felt acceptance at the start, spread", symbol="sd n_r0", source="assumed"
    )
    """Spread of the initial felt acceptance."""
    initial_need: float = parameter(
        0.5, "share", (0, 1), (0.3, 0.7), label="other needs at the start", symbol="n0", source="assumed"
    )
    """Satisfaction of the needs for autonomy and competence before anything has happened."""
    initial_enjoyment: float = parameter(
        0.4, "share", (0, 1), (0.2, 0.6), label="enjoyment expected at the start", symbol="e0", source="assumed"
    )
    """Enjoyment that a learner expects of an artefact she has never used."""


@equation
def disposition(mean: float, sd: float, latent: float, own: float, shared: float, private: float) -> float:
    """Return an initial disposition, mean + sd * (.6 latent + .8 own), clipped to [.02, .98].

    ``latent`` and ``own`` are standard normal; ``shared`` and ``private`` their loadings.
    """
    return clip(mean + sd * (shared * latent + private * own), 0.02, 0.98)


@equation
def initial_skill(mean: float, sd: float, noise: float) -> float:
    """Return the initial skill on one topic, N(mean, sd) clipped to [.02, .95]."""
    return clip(mean + sd * noise, 0.02, 0.95)


@equation
def personal_rate(noise: float, spread: float) -> float:
    """Return exp(spread noise - spread^2 / 2), lognormal of mean 1 and log-sd ``spread``; ``noise`` is N(0, 1)."""
    return exp(spread * noise - 0.5 * spread * spread)
