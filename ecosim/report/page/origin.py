"""What a scenario starts from: the preset with which its levers and parameters are compared.

A loaded scenario is complete; it still knows the preset at the bottom of what it extends. A file that extends others,
but no preset in the end, is compared with the defaults.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from ecosim.errors import EcosimError, UsageError
from ecosim.report.leaning import DEFAULTS
from ecosim.scenario import presets
from ecosim.scenario.design import Design
from ecosim.scenario.document import Scenario
from ecosim.scenario.parts import in_language
from ecosim.scenario.reader import read_document
from ecosim.scenario.resolve import Loaded, load


class Origin(NamedTuple):
    """What a scenario is compared with.

    Parameters
    ----------
    kind : {"preset", "extends", "file", "none"}
        It is a preset, extends one (through files, perhaps), extends a file of no preset, or extends nothing.
    name : str
        Of that preset or file.
    scenario : Scenario
        The preset, or the defaults.
    communities : dict of str to (str, Design)
        Community -> the preset that it extends (empty without), and the levers from which it starts.
    """

    kind: Literal["preset", "extends", "file", "none"]
    name: str
    scenario: Scenario
    communities: dict[str, tuple[str, Design]]

    @property
    def preset(self) -> str:
        """The name of the preset, empty where there is none."""
        return self.name if self.kind in ("preset", "extends") else ""


def origin_of(loaded: Loaded) -> Origin:
    """Return what ``loaded`` starts from."""
    given = _as_given(loaded)
    kind, name = _kind(loaded, given.get("extends"))
    base = _preset(name) if kind in ("preset", "extends") else load({"title": DEFAULTS}).scenario
    return Origin(kind, name, base, {each: _start(each, given, base) for each in loaded.scenario.communities})


def nearest_preset(loaded: Loaded, origin: Origin) -> str:
    """Return the preset that is most like ``loaded``: its own, that of its largest community, or ``defaults``."""
    if origin.preset:
        return origin.preset
    of_communities = {name: preset for name, (preset, _) in origin.communities.items() if preset}
    shares = loaded.scenario.communities
    largest = max(of_communities, key=lambda name: shares[name].share, default="")
    return of_communities.get(largest, DEFAULTS)


def _as_given(loaded: Loaded) -> dict[str, Any]:
    """Return the scenario as its author wrote it, empty where it was no text."""
    if not loaded.given:
        return {}
    value = read_document(loaded.given.encode("utf-8"), loaded.name).value
    return value if isinstance(value, dict) else {}


def _kind(loaded: Loaded, extends: Any) -> tuple[Literal["preset", "extends", "file", "none"], str]:
    """Return how the scenario starts, and from what."""
    if loaded.name in presets.names() and loaded.given.encode("utf-8") == presets.source(loaded.name):
        return "preset", loaded.name
    if loaded.preset:
        return "extends", loaded.preset
    return ("file", extends) if isinstance(extends, str) else ("none", "")


def _start(community: str, given: dict[str, Any], base: Scenario) -> tuple[str, Design]:
    """Return the preset that a community extends, and the levers from which it starts."""
    found = (given.get("communities") or {}).get(community)
    extends = found.get("extends") if isinstance(found, dict) else None
    if isinstance(extends, str) and extends.startswith(presets.PREFIX):
        name = extends.removeprefix(presets.PREFIX)
        return name, _preset(name).design
    return "", base.design


def preset_title(name: str, lang: str) -> str:
    """Return the title of a preset."""
    return in_language(_preset(name).title, lang)


def _preset(name: str) -> Scenario:
    """Return a preset."""
    return load(presets.PREFIX + name).scenario


def as_given_again(loaded: Loaded) -> Loaded | None:
    """Return the text of ``loaded`` read again without any setting, ``None`` where it needs files or is no text."""
    try:
        return load(loaded.given.encode("utf-8"), allow_files=False) if loaded.given else None
    except (EcosimError, UsageError):
        return None
