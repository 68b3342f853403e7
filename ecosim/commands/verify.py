"""``ecosim verify``: results lived once more, and compared to the last bit."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated, Any

import typer

from ecosim.commands.options import AsJson, Language, Plugin, Quiet, Results
from ecosim.commands.sweep import CHECK_FAILED
from ecosim.commands.voice import Voice, plain, voice, write_json
from ecosim.errors import InvalidFile, Problem

SAMPLE, SHOWN = 20, 10

Runs = Annotated[int, typer.Option("--runs", min=1, metavar="cli.metavars.number", help="cli.options.verify_runs")]


def verify(
    folder: Results,
    runs: Runs = SAMPLE,
    plugin: Plugin = None,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Live a sample of the runs in a results folder again; exit 5 when a bit differs."""
    from ecosim.model.metrics.plugin import run_plugins  # lazily: help needs no engine
    from ecosim.study.store.opening import is_results

    speaker = voice(lang, quiet)
    run_plugins(plugin)
    if is_results(folder):
        count, differences, changed = _of_sweep(folder, runs, speaker)
    elif (folder / "resolved.yaml").is_file():
        count, differences, changed = _of_run(folder, speaker)
    else:
        raise InvalidFile(Problem("errors.folder.no_results", {}, file=str(folder)))
    if json:
        write_json({"runs": count, "same_code": not changed, "differences": differences})
    else:
        _tell(count, differences, changed, speaker)
    if differences:
        raise typer.Exit(CHECK_FAILED)


def _of_sweep(folder: Path, runs: int, speaker: Voice) -> tuple[int, list[dict[str, Any]], bool]:
    """Return how many runs of a sweep were lived again, what differs, and whether the model has changed since."""
    from ecosim.commands.sources import held_runs
    from ecosim.commands.warmup import announce_compiling
    from ecosim.study.runner.order import code_version
    from ecosim.study.store.opening import reading
    from ecosim.study.verification import verified

    announce_compiling(speaker)
    with reading(folder, held_runs(folder)) as store:
        count, found = verified(store, runs)
        return count, [each._asdict() for each in found], not store.code.startswith(code_version())


def _of_run(folder: Path, speaker: Voice) -> tuple[int, list[dict[str, Any]], bool]:
    """Return the same of the folder of one run."""
    from ecosim.commands.repeat import lived_again
    from ecosim.model.kernel import sources_hash

    run, _ = lived_again(folder, speaker)
    held = json_text.loads((folder / "summary.json").read_text(encoding="utf-8"))
    about = json_text.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    now = plain(run.summary)
    found = [
        {"metric": name, "held": held.get(name), "now": now.get(name)}
        for name in dict.fromkeys([*held, *now])
        if held.get(name) != now.get(name)
    ]
    return 1, found, about.get("sources") != sources_hash()


def _tell(count: int, differences: list[dict[str, Any]], changed: bool, speaker: Voice) -> None:
    """Say what came of it."""
    if changed:
        speaker.note("cli.verify.changed")
    if not differences:
        from ecosim.report.grammar import plural  # lazily: help needs no report

        print(plural("cli.sweep.lived", count, speaker.lang))
        return
    for each in differences[:SHOWN]:
        where = " ".join(f"{name} {each[name]}" for name in ("design", "point", "replicate") if name in each)
        speaker.tell("cli.verify.differs", where=where, metric=each["metric"], held=each["held"], now=each["now"])
    speaker.tell("cli.verify.different", count=len(differences), runs=count)
