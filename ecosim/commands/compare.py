"""``ecosim compare``: scenarios set against one another under the same luck, or a study that does so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ecosim.commands.options import (
    AsJson,
    Language,
    NoFigures,
    OutSweep,
    Place,
    Plugin,
    Quiet,
    Seed,
    Settings,
    Strict,
    Workers,
)
from ecosim.commands.sweep import carry_out
from ecosim.commands.voice import voice
from ecosim.errors import UsageError

Scenarios = Annotated[list[str], typer.Argument(metavar="cli.metavars.source", help="cli.options.scenarios")]
Metrics = Annotated[list[str] | None, typer.Option("--metric", metavar="cli.metavars.name", help="cli.options.metric")]
Smallest = Annotated[
    list[str] | None, typer.Option("--smallest", metavar="cli.metavars.smallest", help="cli.options.smallest")
]
Replicates = Annotated[
    int | None, typer.Option(min=2, max=100_000, metavar="cli.metavars.number", help="cli.options.replicates")
]


def compare(
    sources: Scenarios,
    settings: Settings = None,
    seed: Seed = None,
    metric: Metrics = None,
    smallest: Smallest = None,
    replicates: Replicates = None,
    out: OutSweep = None,
    workers: Workers = None,
    cluster: Place = None,
    plugin: Plugin = None,
    strict: Strict = False,
    no_figures: NoFigures = False,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Compare scenarios, the first as baseline, and say which is better, for whom, and how sure that is."""
    from ecosim.commands.sources import check_settings  # lazily: help needs no scenario language
    from ecosim.study.api import default_folder, opened_study
    from ecosim.study.plan.versus import versus

    speaker = voice(lang, quiet)
    given = check_settings(settings, plugin)
    if len(sources) == 1:
        if not _is_study(sources[0]):
            raise UsageError("errors.sweep.two")
        if metric or smallest or replicates is not None:
            raise UsageError("errors.sweep.in_file")
        study, folder = opened_study(sources[0], given, seed)
    else:
        made = versus(sources, metric or (), dict(map(_effect, smallest or ())), replicates)
        (study, folder) = opened_study(made, given, seed)
    speaker.warn(study.warnings)
    how: dict[str, Any] = {"workers": workers, "cluster": cluster, "plugins": plugin or ()}
    carry_out(study, out or folder or default_folder(study), how, not no_figures, strict, json, speaker)


def _is_study(source: str) -> bool:
    """Tell whether one source is a study by itself: a file that says so, or a folder."""
    from ecosim.commands.sources import is_study

    return Path(source).is_dir() or is_study(source)


def _effect(given: str) -> tuple[str, float]:
    """Return metric and smallest effect of ``metric=value``."""
    name, equals, value = given.partition("=")
    try:
        if equals and float(value) >= 0:
            return name.strip(), float(value)
    except ValueError:
        pass
    raise UsageError("errors.sweep.smallest", value=given[:60])
