"""``ecosim sweep``: a study from its file to a folder of results and a page of words; started again, it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from ecosim.commands.voice import Voice, voice, write_json

if TYPE_CHECKING:
    from ecosim.study.findings import Findings
    from ecosim.study.plan.loaded import LoadedStudy

SOME_FAILED, CHECK_FAILED = 4, 5

StudySource = Annotated[str, typer.Argument(metavar="cli.metavars.study", help="cli.options.study", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="cli.options.dry_run")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="cli.options.retry_failed")]


def sweep(
    source: StudySource,
    settings: Settings = None,
    seed: Seed = None,
    out: OutSweep = None,
    workers: Workers = None,
    cluster: Place = None,
    plugin: Plugin = None,
    dry_run: DryRun = False,
    retry_failed: RetryFailed = False,
    strict: Strict = False,
    no_figures: NoFigures = False,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Run a study, or what is left of it, and say what it found."""
    from ecosim.commands.sources import check_settings  # lazily: help needs no scenario language
    from ecosim.study.api import default_folder, opened_study

    speaker = voice(lang, quiet)
    study, folder = opened_study(source, check_settings(settings, plugin), seed)
    speaker.warn(study.warnings)
    if dry_run:
        estimate(study, workers, json, speaker)
        return
    how = {"workers": workers, "cluster": cluster, "plugins": plugin or (), "retry_failed": retry_failed}
    carry_out(study, out or folder or default_folder(study), how, not no_figures, strict, json, speaker)


def carry_out(
    study: LoadedStudy, folder: Path, how: dict[str, Any], figures: bool, strict: bool, json: bool, speaker: Voice
) -> None:
    """Run a study into ``folder``, say what it found, and leave with the exit code that this deserves."""
    from ecosim.commands.progress import runs_passing
    from ecosim.commands.warmup import announce_compiling
    from ecosim.study.sweep import How, swept

    announce_compiling(speaker)
    found: list[Findings] = []
    with runs_passing(speaker) as listener:
        told = How(**how, listener=listener, argv=tuple(sys.argv[1:]))
        swept(study, folder, told, _summed_up(found, folder, figures, listener.rest, speaker))
    _answer(found[0], folder, json, speaker)
    leave(found[0], strict)


def _summed_up(
    found: list[Findings], folder: Path, figures: bool, rest: Callable[[], None], speaker: Voice
) -> Callable[[Any], None]:
    """Return what sums a finished sweep up: tables, then figures and the report."""

    def finish(store: Any) -> None:
        from ecosim.study.findings import findings, write_tables
        from ecosim.study.store.export import write_exports

        rest()
        found.append(findings(store))
        write_tables(found[0], folder)
        write_exports(store)
        if figures:
            from ecosim.report.study import write_study_report  # lazily: it imports matplotlib

            speaker.note("cli.run.figures")
            write_study_report(store, found[0], speaker.lang)

    return finish


def _answer(found: Findings, folder: Path, json: bool, speaker: Voice) -> None:
    """Write to standard output what a study found, and where to look."""
    if json:
        write_json(found.verdicts())
        return
    from ecosim.report.study.words import study_text  # lazily: who reads JSON needs no words

    print(study_text(found, speaker.lang))
    print()
    speaker.tell("cli.run.results", folder=folder)
    if (folder / "report.html").exists():
        speaker.tell("cli.run.report", file=folder / "report.html")


def leave(found: Findings, strict: bool) -> None:
    """Leave with another exit code than 0 where runs failed, or, if ``strict``, something is undecided."""
    if any(count for status, count in found.counts.items() if status != "done"):
        raise typer.Exit(SOME_FAILED)
    undecided = any(each.judged.word == "undecided" for _, each in found.comparisons)
    undecided = undecided or any(each.verdict == "undecided" for each in found.held)
    if strict and undecided:
        raise typer.Exit(CHECK_FAILED)


def estimate(
    study: LoadedStudy, workers: int | None, json: bool, speaker: Voice, counts: tuple[int, int] | None = None
) -> None:
    """Say what a study, or whatever has so many runs at least and at most, will take, measured on a few of its runs."""
    from ecosim.commands.warmup import announce_compiling
    from ecosim.language import number
    from ecosim.report.grammar import plural
    from ecosim.study.preflight import preflight

    announce_compiling(speaker)
    found = preflight(study, workers, counts)
    if json:
        write_json(found._asdict())
        return
    lang = speaker.lang
    runs = number(found.least, lang, 0)
    key = "runs" if found.least == found.most else "runs_up_to" if counts is None else "runs_between"
    workers_said = plural("cli.sweep.workers", found.workers, lang)
    speaker.tell(f"cli.sweep.{key}", runs=runs, most=number(found.most, lang, 0), workers=workers_said)
    speaker.tell("cli.sweep.each", milliseconds=number(1000 * found.seconds, lang, 0))
    key, facts = _duration(found.minutes_least, found.minutes_most, lang)
    speaker.tell(key, **facts)
    memory = number(found.worker_megabytes * (found.workers + 1), lang, 0)
    speaker.tell("cli.sweep.room", memory=memory, disk=number(found.disk_megabytes, lang, 1))


def _duration(least: float, most: float, lang: str) -> tuple[str, dict[str, str]]:
    """Return how to say how long it takes, and the facts for it."""
    from ecosim.language import number

    if most < 1.0:
        return "cli.sweep.under_a_minute", {}
    low, high = number(least, lang, 1), number(most, lang, 1)
    return ("cli.sweep.minutes" if low == high else "cli.sweep.minutes_up_to"), {"low": low, "high": high}
