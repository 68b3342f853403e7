"""The calibration that is shipped asks for what the patterns ask for, and nothing else."""

from __future__ import annotations

from pathlib import Path

from ecosim.calibration.resolve import load_calibration
from ecosim.evidence.patterns import PATTERNS

FILE = Path(__file__).parents[2] / "experiments" / "calibration" / "calibration.yaml"
OUTSIDE = {"A23", "A26"}  #: signs have no width to fit to; completion is looked at afterwards
ENDS = {"forum_hazard_low", "forum_hazard_high", "first_reply_attenuation"}  #: bands without an end


def test_targets_are_the_bands_of_the_patterns() -> None:
    asked = {
        (target.source, target.cohort, target.metric.name): (target.low, target.high)
        for target in load_calibration(FILE).calibration.targets
    }
    wanted = {}
    for name in PATTERNS:
        pattern = PATTERNS[name]
        cohort = "oulad-bbb2013b" if "oulad-bbb2013b" in pattern.cohorts else pattern.cohorts[0]
        if name not in OUTSIDE:
            wanted |= {
                (name, cohort, part.metric): (part.low, part.high) for part in pattern.parts if part.metric not in ENDS
            }
    assert asked == wanted


def test_what_is_left_out_is_in_no_cohort() -> None:
    cohorts = set(load_calibration(FILE).calibration.cohorts)
    assert "oulad-aaa2013j" not in cohorts and "free-mooc" not in cohorts
