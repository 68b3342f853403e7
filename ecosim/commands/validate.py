"""``ecosim validate``: everything that is wrong with files, and everything that is perhaps not meant."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ecosim.commands.options import AsJson, Language, Plugin, Quiet, Seed, Settings
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import EcosimError, InvalidFile, Problem

Sources = Annotated[list[str], typer.Argument(metavar="cli.metavars.source", help="cli.options.sources")]


def validate(
    sources: Sources,
    settings: Settings = None,
    seed: Seed = None,
    plugin: Plugin = None,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Check scenario and study files; exit 3 when one of them is invalid."""
    from ecosim.commands.sources import check_settings  # lazily: help needs no scenario language

    speaker = voice(lang, quiet)
    given = check_settings(settings, plugin)
    reports = []
    for source in sources:
        try:
            reports.append(_report(source, [], _warnings(source, given, seed), speaker))
        except EcosimError as error:
            reports.append(_report(source, error.problems, [], speaker))
    if json:
        write_json({"files": reports})
    else:
        for report in reports:
            _show(report, speaker)
    if not all(report["valid"] for report in reports):
        raise typer.Exit(InvalidFile.exit_code)


def _warnings(source: str, given: dict[str, Any], seed: int | None) -> list[Problem]:
    """Return what is perhaps not meant in a scenario or a study.

    Raises
    ------
    EcosimError
        When it is invalid.
    """
    from ecosim.commands.sources import is_study, open_scenario  # lazily: as above

    if is_study(source):
        from ecosim.study.plan.resolve import load_study

        return load_study(source, set=given, seed=seed).warnings
    return open_scenario(source, given, seed).warnings


def _report(source: str, errors: list[Problem], warnings: list[Problem], speaker: Voice) -> dict[str, Any]:
    """Return what is said of one file."""
    return {
        "file": source,
        "valid": not errors,
        "errors": [_in_words(each, speaker.lang) for each in errors],
        "warnings": [_in_words(each, speaker.lang) for each in warnings],
    }


def _in_words(problem: Problem, lang: str) -> dict[str, Any]:
    """Return a problem with its place and its message."""
    place = {"file": problem.file, "line": problem.line, "column": problem.column, "path": problem.path}
    return {**place, "key": problem.key, "message": problem.say(lang)}


def _show(report: dict[str, Any], speaker: Voice) -> None:
    """Write one file's problems, or that it is valid, to standard output."""
    for problem in report["errors"]:
        print(problem["message"])
    if not speaker.quiet:
        for warning in report["warnings"]:
            speaker.tell("cli.warning", said=warning["message"])
        if report["valid"]:
            speaker.tell("cli.validate.valid", file=report["file"])
