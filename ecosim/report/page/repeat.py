"""How a stranger repeats a run: the commands, the digest that must come out, and what it ran on."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from ecosim.errors import EcosimError
from ecosim.language import text
from ecosim.report.page.origin import Origin
from ecosim.scenario.presets import PREFIX
from ecosim.scenario.resolve import Loaded, load
from ecosim.scenario.tree import IDENTITY, dotted

PACKAGE = __name__.partition(".")[0]
PLUGIN = "ecosim_plugin_"  #: what the module of a user's script is called
GIVEN, RESOLVED, CHOICES = "scenario.yaml", "resolved.yaml", "choices.json"
MOST_TEXT = 100_000  #: characters of a file that the page still carries


class Repeat(NamedTuple):
    """What is needed to repeat a run.

    Parameters
    ----------
    command : str
        From the preset or file that was given, with its settings; empty where no command can say that.
    resolved : str
        From the complete scenario in the folder.
    digest : str
        The hash of the final state, which both must print.
    facts : list of (str, str)
        What it ran on: name -> value.
    files : dict of str to str
        The complete scenario and what belongs beside it: name -> text, those that are not too long.
    """

    command: str
    resolved: str
    digest: str
    facts: list[tuple[str, str]]
    files: dict[str, str]


def repeat(run: Any, origin: Origin, provenance: dict[str, Any], choices: str, lang: str) -> Repeat:
    """Return how to repeat ``run``."""
    loaded = run.loaded
    luck = ["--replicate", str(run.replicate)] if run.replicate else []
    more = [*luck, *_plugins(run), *(["--choices", CHOICES] if choices else []), "--digest"]
    given = as_words(loaded, origin)
    files = {RESOLVED: loaded.text(), **loaded.files(), CHOICES: choices}
    return Repeat(
        shlex.join([PACKAGE, "run", *given, *more]) if given else "",
        shlex.join([PACKAGE, "run", RESOLVED, *more]),
        run.digest(),
        list(_facts(run, provenance, lang)),
        {name: said for name, said in files.items() if said and len(said) <= MOST_TEXT},
    )


def as_words(loaded: Loaded, origin: Origin) -> list[str]:
    """Return what a command line says to get ``loaded`` from the text as given, or nothing.

    The settings are those by which the two differ. They are tried: what does not give the same scenario is not said,
    nor is anything of a text that needs other files.
    """
    if not loaded.given:
        return []
    text_ = loaded.given.encode("utf-8")
    try:
        base = load(text_, allow_files=False)
        settings = dict(differences(loaded.resolved(), base.resolved()))
        seed = settings.pop("seed", None)
        if load(text_, set=settings, seed=seed, allow_files=False).hash() != loaded.hash():
            return []
    except EcosimError:
        return []
    source = PREFIX + origin.name if origin.kind == "preset" else GIVEN
    said = [f"{path}={json.dumps(value, ensure_ascii=False)}" for path, value in settings.items()]
    pairs = [part for each in said for part in ("--set", each)]
    return [source, *pairs, *(["--seed", str(seed)] if seed is not None else [])]


def differences(now: dict[str, Any], base: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the settings that turn the plain scenario ``base`` into ``now``: dotted path, value."""
    for key, value in now.items():
        path, before = (*above, key), base.get(key)
        if value == before:
            continue
        kind = IDENTITY.get(path)
        if isinstance(value, dict) and isinstance(before, dict) and (not kind or value.get(kind) == before.get(kind)):
            yield from differences(value, before, path)
        else:
            yield dotted(path), value


def _plugins(run: Any) -> list[str]:
    """Return the options that name the scripts of the user's own from which metrics of this run come."""
    modules = dict.fromkeys(each.metric.compute.__module__ for each in run.wanted)
    scripts = [each.removeprefix(PLUGIN) for each in modules if each.startswith(PLUGIN)]
    return [part for script in scripts for part in ("--plugin", f"{script}.py")]


def _facts(run: Any, provenance: dict[str, Any], lang: str) -> Iterator[tuple[str, str]]:
    """Yield what the run ran on: name, value."""
    git, platform, versions = (provenance[name] for name in ("git", "platform", "versions"))
    if git:
        state = text("page.repeat.dirty", lang) if git["dirty"] else ""
        yield text("page.repeat.commit", lang), f"{git['commit']} {state}".strip()
    yield text("page.repeat.sources", lang), str(provenance["sources"])
    yield text("page.repeat.scenario", lang), str(provenance["scenario"]["sha256"])
    yield text("page.repeat.luck", lang), f"{run.loaded.scenario.seed}, {run.replicate}"
    yield text("page.repeat.versions", lang), ", ".join(map(" ".join, versions.items()))
    yield text("page.repeat.platform", lang), f"{platform['system']} ({platform['machine']})"
    yield text("page.repeat.begun", lang), str(provenance["begun"]).replace("T", " ")
