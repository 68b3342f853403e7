"""Tests of what is known of real cohorts."""
