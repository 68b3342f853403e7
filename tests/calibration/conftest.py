"""What tests of calibrations share: metrics declared by a test go with it, and runs without processes."""

from tests.study.conftest import clean, inline

__all__ = ["clean", "inline"]
