"""Where the twin's luck comes from: keyed draws, as the engine's, or a plain sequence of random numbers."""

from __future__ import annotations

import math
import random
from typing import Protocol

from ecosim import chance as keyed


class Chance(Protocol):
    """What the twin asks of chance, and the two functions that a processor could round otherwise."""

    def uniform(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return a number between 0 and 1."""

    def normal(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return a standard normal variate."""

    def gumbel(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return a standard Gumbel variate."""

    def poisson(self, mean: float, decision: int, week: int, learner: int, other: int = 0) -> int:
        """Return a Poisson variate with the given mean."""

    def exp(self, x: float) -> float:
        """Return e**x."""

    def log(self, x: float) -> float:
        """Return ln x."""


class KeyedChance:
    """Every draw is a function of seed, replicate and the decision's key."""

    def __init__(self, seed: int, replicate: int = 0) -> None:
        self.seed = seed
        self.replicate = replicate

    def uniform(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the uniform variate of this decision."""
        return keyed.uniform(self.seed, self.replicate, decision, week, learner, other)

    def normal(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the standard normal variate of this decision."""
        return keyed.normal(self.uniform(decision, week, learner, other))

    def gumbel(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the standard Gumbel variate of this decision."""
        return keyed.gumbel(self.uniform(decision, week, learner, other))

    def poisson(self, mean: float, decision: int, week: int, learner: int, other: int = 0) -> int:
        """Return the Poisson variate of this decision."""
        return keyed.poisson(self.uniform(decision, week, learner, other), mean, keyed.exp(-mean))

    def exp(self, x: float) -> float:
        """Return e**x as the engine computes it."""
        return keyed.exp(x)

    def log(self, x: float) -> float:
        """Return ln x as the engine computes it."""
        return keyed.log(x)


class LooseChance:
    """Draws in sequence from Python's generator; the keys are ignored (for benchmarks and tests of distributions)."""

    def __init__(self, seed: int) -> None:
        self.generator = random.Random(seed)

    def uniform(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the next uniform variate."""
        return self.generator.random()

    def normal(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the next standard normal variate."""
        return self.generator.gauss(0.0, 1.0)

    def gumbel(self, decision: int, week: int, learner: int, other: int = 0) -> float:
        """Return the next standard Gumbel variate."""
        return -math.log(self.generator.expovariate(1.0) or 5e-324)

    def poisson(self, mean: float, decision: int, week: int, learner: int, other: int = 0) -> int:
        """Return the next Poisson variate, by adding up its probabilities."""
        u = self.generator.random()
        count = 0
        term = total = math.exp(-mean)
        while total < u and count < 1000:
            count += 1
            term *= mean / count
            total += term
        return count

    def exp(self, x: float) -> float:
        """Return e**x, for x kept within +-700."""
        return math.exp(min(700.0, max(-700.0, x)))

    def log(self, x: float) -> float:
        """Return ln x."""
        return math.log(x)
