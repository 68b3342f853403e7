"""``ecosim calibrate``: parameters fitted to what data say of several worlds; started again, it goes on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecosim.commands.options import AsJson, Language, OutSweep, Place, Plugin, Quiet, Seed, Settings, Workers
from ecosim.commands.sweep import SOME_FAILED, DryRun, RetryFailed, estimate
from ecosim.commands.voice import Voice, voice, write_json

if TYPE_CHECKING:
    from ecosim.calibration.loaded import LoadedCalibration
    from ecosim.study.sweep import How

Source = Annotated[
    str, typer.Argument(metavar="cli.metavars.calibration", help="cli.options.calibration", show_default=False)
]
Recover = Annotated[
    int | None, typer.Option("--recover", min=1, max=10_000, metavar="cli.metavars.number", help="cli.options.recover")
]


def calibrate(
    source: Source,
    settings: Settings = None,
    seed: Seed = None,
    out: OutSweep = None,
    workers: Workers = None,
    cluster: Place = None,
    plugin: Plugin = None,
    dry_run: DryRun = False,
    retry_failed: RetryFailed = False,
    recover: Recover = None,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Fit parameters to what data say, and say what was found; or ask whether a truth would be found."""
    from ecosim.calibration.api import opened_calibration, probed, run_counts  # lazily: help needs no engine
    from ecosim.calibration.calibrating import check_libraries
    from ecosim.commands.sources import check_settings
    from ecosim.study.api import default_folder

    speaker = voice(lang, quiet)
    asked, folder = opened_calibration(source, check_settings(settings, plugin), seed)
    check_libraries(asked)
    speaker.warn(asked.study.warnings)
    if dry_run:
        least, most = (count * (recover or 1) for count in run_counts(asked))
        estimate(probed(asked), workers, json, speaker, (least, most))
        return
    how = {"workers": workers, "cluster": cluster, "plugins": plugin or (), "retry_failed": retry_failed}
    place = out or folder or default_folder(asked.study)
    if recover is None:
        _calibrate(asked, place, how, json, speaker)
    else:
        _recover(asked, out or place.with_name(f"{place.name}-recovery"), how, recover, json, speaker)


def _calibrate(asked: LoadedCalibration, folder: Path, how: dict[str, Any], json: bool, speaker: Voice) -> None:
    """Calibrate, and say what was found."""
    from ecosim.calibration.api import keep
    from ecosim.calibration.calibrating import calibrated
    from ecosim.commands.progress import runs_passing

    with runs_passing(speaker) as listener:
        found = calibrated(asked, folder, _how(how, listener, speaker), keep)
    if json:
        write_json(found.plain())
    else:
        from ecosim.report.calibration import calibration_text  # lazily: who reads JSON needs no words

        print(calibration_text(found, speaker.lang))
        print()
        speaker.tell("cli.run.results", folder=folder)
    if any(count for status, count in found.counts.items() if status != "done"):
        raise typer.Exit(SOME_FAILED)


def _recover(
    asked: LoadedCalibration, folder: Path, how: dict[str, Any], times: int, json: bool, speaker: Voice
) -> None:
    """Calibrate to truths that are known, and say how often they were found."""
    from ecosim.calibration.recovery import plain, recovered
    from ecosim.commands.progress import runs_passing

    with runs_passing(speaker) as listener:
        rows = recovered(
            asked, folder, _how(how, listener, speaker), times,
            lambda number: speaker.note("cli.calibrate.truth", number=number, count=times),
        )  # fmt: skip
    if json:
        write_json(plain(rows))
        return
    from ecosim.report.calibration import recovery_text  # lazily: as above

    print(recovery_text(asked, rows, speaker.lang))
    print()
    speaker.tell("cli.run.results", folder=folder)


def _how(how: dict[str, Any], listener: Any, speaker: Voice) -> How:
    """Return how runs are made, as the command line says."""
    from ecosim.commands.warmup import announce_compiling
    from ecosim.study.sweep import How

    announce_compiling(speaker)
    return How(**how, listener=listener, argv=tuple(sys.argv[1:]))
