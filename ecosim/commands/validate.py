"""``ecosim validate``: everything that is wrong with files, and everything that is perhaps not meant.

With ``--patterns`` scenarios are held against what was measured in the world instead.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ecosim.commands.options import AsJson, Language, Plugin, Quiet, Seed, Settings, Workers
from ecosim.commands.sweep import CHECK_FAILED
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import EcosimError, InvalidFile, Problem, UsageError
from ecosim.language import text

Sources = Annotated[list[str] | None, typer.Argument(metavar="cli.metavars.source", help="cli.options.sources")]
Patterns = Annotated[bool, typer.Option("--patterns", help="cli.options.patterns")]
Nulls = Annotated[bool, typer.Option("--nulls", help="cli.options.nulls")]
Replicates = Annotated[
    int | None,
    typer.Option(min=2, max=100_000, metavar="cli.metavars.number", help="cli.options.pattern_replicates"),
]


def validate(
    sources: Sources = None,
    patterns: Patterns = False,
    nulls: Nulls = False,
    replicates: Replicates = None,
    workers: Workers = None,
    settings: Settings = None,
    seed: Seed = None,
    plugin: Plugin = None,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Check files of every kind; exit 3 when one is invalid. Or hold scenarios against patterns."""
    from ecosim.commands.sources import check_settings  # lazily: help needs no scenario language

    speaker = voice(lang, quiet)
    if not patterns:
        _check_without(sources, {"--nulls": nulls, "--replicates": replicates, "--workers": workers}, speaker.lang)
    given = check_settings(settings, plugin)
    if patterns:
        from ecosim.commands.patterns import held_against_the_world  # lazily: it lives

        given |= {} if seed is None else {"seed": seed}
        if not held_against_the_world(sources or (), given, replicates, workers, nulls, json, speaker):
            raise typer.Exit(CHECK_FAILED)
        return
    reports = []
    for source in sources or ():
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


def _check_without(sources: list[str] | None, given: dict[str, Any], lang: str) -> None:
    """Refuse what makes no sense without ``--patterns``: no file, and options that go with it."""
    for option, value in given.items():
        if value:
            raise UsageError("errors.usage.only_patterns", option=option)
    if not sources:
        raise UsageError("errors.usage.missing", name=text("cli.metavars.source", lang))


def _warnings(source: str, given: dict[str, Any], seed: int | None) -> list[Problem]:
    """Return what is perhaps not meant in a scenario, a study, a calibration, a lesson or a session.

    Raises
    ------
    EcosimError
        When it is invalid.
    """
    from ecosim.commands.sources import kind_of, open_scenario  # lazily: as above

    kind = kind_of(source)
    if kind == "study":
        from ecosim.study.plan.resolve import load_study

        return load_study(source, set=given, seed=seed).warnings
    if kind == "calibration":
        from ecosim.calibration.resolve import load_calibration

        return load_calibration(source, set=given, seed=seed).study.warnings
    if kind == "lesson":
        from ecosim.dashboard.lesson import open_lesson

        return open_lesson(source, set=given).warnings
    if kind == "session":
        from ecosim.classroom.session import open_session

        return open_session(source, set=given).warnings
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
