"""Tests of the engine: what it computes in closed form, how processes point, what never breaks, what never changes."""
