"""Chance, and the arithmetic that must not change from one processor to the next.

Every draw is a pure function of *(seed, replicate, decision, week, learner, other)*: a counter hash (Philox4x32-10,
Salmon et al. 2011) turned into a variate by inverting a distribution function. Nothing is drawn in sequence, so a
result cannot depend on the order of learners, on threads, or on what else was drawn: the same learner meets the same
luck under every design.

``exp``, ``log`` and what is built on them are ours: the C library and NumPy give other last bits on other processors.
Only ``+ - * /`` and ``sqrt`` are taken from the machine, and these IEEE 754 fixes.

References
----------
Salmon, J. K., Moraes, M. A., Dror, R. O. & Shaw, D. E. (2011). Parallel random numbers: as easy as 1, 2, 3. SC '11.
Wichura, M. J. (1988). Algorithm AS 241: the percentage points of the normal distribution. Applied Statistics 37.
Cody, W. J. & Waite, W. (1980). Software manual for the elementary functions.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from ecosim.equation import equation

# What is drawn. Each decision has a number of its own: a mechanism that is added takes a new one, and nobody else's
# draws move. "other" is a second learner, an artefact, a topic or a slot, as the comment says; 0 where there is none.
LATENT = 1
PROPENSITY = 2
RATE = 3
FLOW_TRAIT = 4
INTEREST = 5
PROFILE = 6
SKILL = 7  # other: topic
DISPOSITION = 8  # other: 0 autonomy, 1 efficacy, 2 autonomous motive, 3 persistence
RELATEDNESS = 9
ARRIVAL = 10
ARTEFACT = 11  # learner: artefact; other: 0 offer, 1 signifier, 2 required autonomy
TIE_COUNT = 12
TIE_PARTNER = 13  # other: slot
TIE_REWIRE = 14  # other: slot
ACCESS = 20
EXPLORE = 21
ACT = 22
CHOICE = 23  # other: artefact
EFFORT = 24
WALK = 25  # other: 2 * walk, then 2 * walk + 1
STRANGER = 26  # other: slot
CALL = 27  # other: candidate
TASK = 28  # other: slot
ANSWERED = 29
SOURCE = 30  # other: 0 partner, 1 a tie, 2 facilitator, 3 the crowd
AUTHOR = 31  # other: tied learner
CROWD = 32  # other: slot
REJECTION = 33
MOOD = 34
FEELING = 35  # other: dimension
SUCCESS = 36
LEAVE = 37
RETURN = 38
SLOT = 39  # learner: lower number of the pair; other: higher
MOVE = 40
SHOCK = 41
ROTATE = 42  # learner: lower number of the pair; other: higher
SHUFFLE = 43  # learner: lower number of the pair; other: higher
SWAP = 44
EXPERT = 45
LOOK = 128
# What instruments make of a week; nothing of it is fed back.
CLICKED = 129
IN_FORUM = 130
FIRST_DAY = 131
ON_DAY = 132  # other: day
REPORT = 133  # other: 0 flow, 1 competence, 2 autonomy, 3 relatedness, 4 motivation

_WORD = 0xFFFFFFFF
_MULTIPLY_0, _MULTIPLY_1 = 0xD2511F53, 0xCD9E8D57
_WEYL_0, _WEYL_1 = 0x9E3779B9, 0xBB67AE85

_MAGIC = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest whole number in the low bits
_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93145751953125e-1, 1.42860682030941723212e-6
_SQRT2 = 1.4142135623730951


@equation
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of Philox4x32-10 for counter ``c0..c3`` and key ``k0, k1``."""
    for _ in range(10):
        p0 = c0 * _MULTIPLY_0
        p1 = c2 * _MULTIPLY_1
        c0, c1, c2, c3 = (
            ((p1 >> 32) & _WORD) ^ c1 ^ k0,
            p1 & _WORD,
            ((p0 >> 32) & _WORD) ^ c3 ^ k1,
            p0 & _WORD,
        )
        k0 = (k0 + _WEYL_0) & _WORD
        k1 = (k1 + _WEYL_1) & _WORD
    return c0, c1, c2, c3


@equation
def uniform(seed: int, replicate: int, decision: int, week: int, learner: int, other: int) -> float:
    """Return the uniform variate of one decision, strictly between 0 and 1 (52 bits, never an end point).

    All arguments are whole numbers in [0, 2**32).
    """
    # the masks tell the compiler so: its products are cheaper then
    c0, c1, c2, c3 = int(learner) & _WORD, int(other) & _WORD, int(week) & _WORD, int(decision) & _WORD
    w0, w1, _, _ = philox(c0, c1, c2, c3, int(seed) & _WORD, int(replicate) & _WORD)
    bits = ((w0 << 20) | (w1 >> 12)) | 0x3FF0000000000000
    return float(np.int64(bits).view(np.float64)) - 1.0 + 1.1102230246251565e-16


@equation
def exp(x: float) -> float:
    """Return e**x for finite x, clamped to |x| <= 700; within 1.1 units in the last place."""
    x = 700.0 if x > 700.0 else (-700.0 if x < -700.0 else x)
    shifted = x * _LOG2_E + _MAGIC
    n = shifted - _MAGIC
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    p = 1.0 / 6227020800.0
    p = p * r + 1.0 / 479001600.0
    p = p * r + 1.0 / 39916800.0
    p = p * r + 1.0 / 3628800.0
    p = p * r + 1.0 / 362880.0
    p = p * r + 1.0 / 40320.0
    p = p * r + 1.0 / 5040.0
    p = p * r + 1.0 / 720.0
    p = p * r + 1.0 / 120.0
    p = p * r + 1.0 / 24.0
    p = p * r + 1.0 / 6.0
    p = p * r + 0.5
    p = p * r * r + r + 1.0
    scale = (np.float64(shifted).view(np.int64) + 1023) << 52
    return p * float(np.int64(scale).view(np.float64))


@equation
def log(x: float) -> float:
    """Return ln(x) for normal x > 0, within 2 units in the last place."""
    bits = np.float64(x).view(np.int64)
    exponent = (bits >> 52) - 1023
    m = float(np.int64((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000).view(np.float64))
    high = m > _SQRT2
    m = 0.5 * m if high else m
    e = float(exponent) + (1.0 if high else 0.0)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    p = 1.0 / 23.0
    p = p * z + 1.0 / 21.0
    p = p * z + 1.0 / 19.0
    p = p * z + 1.0 / 17.0
    p = p * z + 1.0 / 15.0
    p = p * z + 1.0 / 13.0
    p = p * z + 1.0 / 11.0
    p = p * z + 1.0 / 9.0
    p = p * z + 1.0 / 7.0
    p = p * z + 1.0 / 5.0
    p = p * z + 1.0 / 3.0
    return e * _LN2_HIGH + (2.0 * s + (2.0 * s * z * p + e * _LN2_LOW))


@equation
def power(x: float, y: float) -> float:
    """Return x**y for normal x > 0."""
    return exp(y * log(x))


@equation
def sigma(x: float) -> float:
    """Return the logistic function 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exp(-x))


@equation
def gumbel(u: float) -> float:
    """Return the standard Gumbel variate -ln(-ln u): the option with the largest value + noise is a softmax draw."""
    return -log(-log(u))


@equation
def poisson(u: float, mean: float, none: float) -> int:
    """Return the Poisson variate with the given ``mean`` (at most 200) whose distribution function first reaches u.

    ``none`` is the probability of zero, exp(-mean), which a caller computes for many means at once.
    """
    k = 0
    term = none
    total = term
    while total < u and k < 1000:
        k += 1
        term *= mean / k
        total += term
    return k


@equation
def normal(u: float) -> float:
    """Return the standard normal quantile of u in (0, 1) (Wichura 1988, AS 241 PPND16, relative error 1e-16)."""
    q = u - 0.5
    tail = u if q < 0.0 else 1.0 - u
    central = abs(q) <= 0.425
    r = 0.180625 - q * q if central else sqrt(-log(tail))
    value = q * _central(r) if central else (_near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0))
    return -value if (not central and q < 0.0) else value


@equation
def _central(r: float) -> float:
    """AS 241, |u - 1/2| <= 0.425."""
    above = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    above = above * r + 6.7265770927008700853e4
    above = above * r + 4.5921953931549871457e4
    above = above * r + 1.3731693765509461125e4
    above = above * r + 1.9715909503065514427e3
    above = above * r + 1.3314166789178437745e2
    above = above * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    below = below * r + 3.9307895800092710610e4
    below = below * r + 2.1213794301586595867e4
    below = below * r + 5.3941960214247511077e3
    below = below * r + 6.8718700749205790830e2
    below = below * r + 4.2313330701600911252e1
    return above / (below * r + 1.0)


@equation
def _near_tail(r: float) -> float:
    """AS 241, sqrt(-ln tail) <= 5."""
    above = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
    above = above * r + 2.41780725177450611770e-1
    above = above * r + 1.27045825245236838258e0
    above = above * r + 3.64784832476320460504e0
    above = above * r + 5.76949722146069140550e0
    above = above * r + 4.63033784615654529590e0
    above = above * r + 1.42343711074968357734e0
    below = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
    below = below * r + 1.51986665636164571966e-2
    below = below * r + 1.48103976427480074590e-1
    below = below * r + 6.89767334985100004550e-1
    below = below * r + 1.67638483018380384940e0
    below = below * r + 2.05319162663775882187e0
    return above / (below * r + 1.0)


@equation
def _far_tail(r: float) -> float:
    """AS 241, sqrt(-ln tail) > 5."""
    above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    above = above * r + 1.24266094738807843860e-3
    above = above * r + 2.65321895265761230930e-2
    above = above * r + 2.96560571828504891230e-1
    above = above * r + 1.78482653991729133580e0
    above = above * r + 5.46378491116411436990e0
    above = above * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    below = below * r + 1.84631831751005468180e-5
    below = below * r + 7.86869131145613259100e-4
    below = below * r + 1.48753612908506148525e-2
    below = below * r + 1.36929880922735805310e-1
    below = below * r + 5.99832206555887937690e-1
    return above / (below * r + 1.0)
