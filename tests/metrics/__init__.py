"""Metrics, against hand-made cases and against slow, independent formulas."""
