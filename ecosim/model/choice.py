"""What a person decided for a learner, checked before it is lived."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.errors import UsageError


def checked(eco: Any, learner: int, choice: dict[str, Any]) -> dict[str, int]:
    """Return one checked choice: ``act`` 0 or 1 where it decides that, and what it names."""
    people = eco.scenario.learners
    if not 0 <= learner < people or not eco.learners.enrolled[learner]:
        raise UsageError("errors.choice.learner", learner=learner)
    unknown = sorted(set(choice) - {"artefact", "effort", "partner"})
    if unknown:
        raise UsageError("errors.choice.unknown", name=unknown[0], learner=learner)
    made = {name: value for name, value in choice.items() if value is not None}
    if "artefact" in choice:
        made["act"] = 0 if choice["artefact"] is None else 1
    options = eco.options(learner)
    if "artefact" in made and not (_whole(made["artefact"]) and made["artefact"] in options):
        raise UsageError("errors.choice.artefact", learner=learner, artefact=made["artefact"], options=options)
    effort, partner = made.get("effort", 1), made.get("partner", -1)
    if not (_whole(effort) and 1 <= effort <= 201):
        raise UsageError("errors.choice.effort", learner=learner, effort=effort)
    if not (_whole(partner) and -1 <= partner < people) or partner == learner:
        raise UsageError("errors.choice.partner", learner=learner, partner=partner)
    return made


def _whole(thing: Any) -> bool:
    """Tell whether ``thing`` is a whole number, and not a truth value."""
    return isinstance(thing, int | np.integer) and not isinstance(thing, bool)
