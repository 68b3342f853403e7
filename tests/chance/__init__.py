"""Tests of :mod:`ecosim.chance`."""
