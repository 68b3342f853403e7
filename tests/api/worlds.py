"""A small world in which much happens, for tests of what is told and shown of a run."""

from __future__ import annotations

from typing import Any

SETTING: dict[str, Any] = {
    "learners": 40,
    "weeks": 12,
    "context": {
        "arrivals": {"kind": "uniform", "until": 4},
        "migration": {"mobility": 0.5},
        "staying": {"comeback": 0.5},
        "profiles": {"new": {"share": 0.5}, "old": {"share": 0.5}},
    },
}
"""People who come late, move, leave and come back; without communities and events."""
