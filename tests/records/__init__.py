"""Tests of what is observed of a cohort: by hand, recounted naively, and where nothing can be told."""
