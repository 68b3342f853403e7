"""ecosim: an agent-based simulation of learning ecosystems.

>>> import ecosim
>>> result = ecosim.run("preset:community-of-practice", set={"weeks": 20}, seed=1)
>>> result.summary["retention"], result.weekly, result.learners
>>> study = ecosim.sweep("experiments/01-alone/study.yaml", workers=2)
>>> study.effects, study.verdicts
>>> model = ecosim.load("scenarios/community-of-practice.yaml").build(seed=1)  # a mesa.Model

Names are imported when they are first asked for, so that ``import ecosim`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecosim.errors import EcosimError, InvalidFile, UsageError
    from ecosim.model.ecosystem import Ecosystem
    from ecosim.model.metrics import metric
    from ecosim.model.world import load, run
    from ecosim.report.solaraviz import solaraviz
    from ecosim.study.api import compare, sweep

__version__ = "0.1.0"

__all__ = [
    "EcosimError", "Ecosystem", "InvalidFile", "UsageError", "__version__", "compare", "load", "metric", "run",
    "solaraviz", "sweep",
]  # fmt: skip

_HOMES = {
    "EcosimError": "ecosim.errors",
    "Ecosystem": "ecosim.model.ecosystem",
    "InvalidFile": "ecosim.errors",
    "UsageError": "ecosim.errors",
    "compare": "ecosim.study.api",
    "load": "ecosim.model.world",
    "metric": "ecosim.model.metrics",
    "run": "ecosim.model.world",
    "solaraviz": "ecosim.report.solaraviz",
    "sweep": "ecosim.study.api",
}
"""Public name -> the module in which it lives."""


def __getattr__(name: str) -> Any:
    """Return a public name, imported now (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
