"""The levers of a scenario as inputs of a page, in the form that Mesa's ``model_params`` have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecosim.errors import UsageError, nearest
from ecosim.language import text
from ecosim.report.naming import lever_name
from ecosim.scenario.design import LEVERS
from ecosim.scenario.document import Scenario
from ecosim.scenario.resolve import Loaded
from ecosim.schema import Leaf

REPLICATES = 20  #: on the slider of luck
FEWEST, FINEST = 25, 6  #: steps of a slider at the least; decimals at the most


def params_of(loaded: Loaded, levers: Iterable[str], lang: str = "en", replicate: int = 0) -> dict[str, Any]:
    """Return ``model_params`` as Mesa takes them: the scenario, the replicate, and sliders of levers.

    A seed is no input here: Mesa takes one as text, and a text that is no number would end the page.

    Parameters
    ----------
    loaded : Loaded
        A scenario that has passed every check.
    levers : iterable of str
        Names; a lever that changes over time has no slider, for a slider would make it constant.
    lang : {"en", "fr"}
        Language of the labels.
    replicate : int
        Where the slider of luck stands.

    Raises
    ------
    UsageError
        When there is no such lever.
    """
    made: dict[str, Any] = {
        "scenario": loaded,
        "replicate": slider(text("mesa.luck", lang), replicate, 0, max(REPLICATES, replicate), 1),
    }
    for name in levers:
        if name not in LEVERS:
            near = nearest(name, LEVERS)
            key = "errors.registry.unknown_near" if near else "errors.registry.unknown"
            raise UsageError(key, kind="lever", name=name, nearest=near)
        for path, value, label in _places_of(loaded.scenario, name, lang):
            made[path] = lever_slider(label, value, LEVERS[name])
    return made


def _places_of(scenario: Scenario, lever: str, lang: str) -> list[tuple[str, float, str]]:
    """Return path, value and label of a lever wherever it stays as it is: in each community, where there are any."""
    label = lever_name(lever, lang)
    designs = [("", scenario.design, label)]
    if scenario.communities:
        designs = [
            (f"communities.{name}.", each.design, f"{label} ({name})")  # a whole name leaves the slider no room
            for name, each in scenario.communities.items()
        ]
    found = []
    for place, design, said in designs:
        value = getattr(design, lever)
        knots = getattr(value, "knots", ((0, value),))
        if len(knots) == 1:
            found.append((f"{place}design.{lever}", float(knots[0][1]), said))
    return found


def lever_slider(label: str, value: float, leaf: Leaf) -> dict[str, Any]:
    """Return a slider over the plausible range of ``leaf``, whose steps meet its ends and ``value``.

    A page moves a slider to the nearest step as soon as it is shown; between two steps no value would stay as it is.
    """
    low, high = min(leaf.plausible.low, value), max(leaf.plausible.high, value)
    digits = 0 if leaf.whole else next((d for d in range(FINEST) if _fits(d, low, high, value)), FINEST)
    if digits == 0:
        return slider(label, int(value), int(low), int(high), 1)
    return slider(label, *(round(float(each), digits) for each in (value, low, high, 10.0**-digits)))


def _fits(digits: int, low: float, high: float, value: float) -> bool:
    """Tell whether steps of so many decimals meet all three, and are enough."""
    met = all(abs(each - round(each, digits)) < 10.0**-FINEST for each in (low, high, value))
    return met and (high - low) * 10.0**digits >= FEWEST


def slider(label: str, value: float, low: float, high: float, step: float) -> dict[str, Any]:
    """Return a slider as Mesa takes it: of whole numbers where the step is one."""
    kind = "SliderInt" if isinstance(step, int) else "SliderFloat"
    return {"type": kind, "label": label, "value": value, "min": low, "max": high, "step": step}
