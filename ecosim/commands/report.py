"""``ecosim report``: the page and the figures of a results folder, written anew, in either language."""

from __future__ import annotations

from pathlib import Path

from ecosim.commands.options import AsJson, Language, Plugin, Quiet, Results
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import InvalidFile, Problem


def report(
    folder: Results, plugin: Plugin = None, json: AsJson = False, quiet: Quiet = False, lang: Language = None
) -> None:
    """Write tables, figures and report of a results folder anew."""
    from ecosim.model.metrics.plugin import run_plugins  # lazily: help needs no engine
    from ecosim.study.store.opening import is_results

    speaker = voice(lang, quiet)
    run_plugins(plugin)
    if is_results(folder):
        _of_sweep(folder, json, speaker)
    elif (folder / "resolved.yaml").is_file() and (folder / "provenance.json").is_file():
        _of_run(folder, json, speaker)
    else:
        raise InvalidFile(Problem("errors.folder.no_results", {}, file=str(folder)))


def _of_sweep(folder: Path, json: bool, speaker: Voice) -> None:
    """Sum a sweep up anew, from the runs that it holds; it may still go on."""
    from ecosim.report.study import write_study_report  # lazily: it imports matplotlib
    from ecosim.report.study.words import study_text
    from ecosim.study.findings import findings, write_tables
    from ecosim.study.store.opening import reading

    with reading(folder) as store:
        found = findings(store)
        write_tables(found, folder)
        speaker.note("cli.run.figures")
        write_study_report(store, found, speaker.lang)
    if json:
        write_json(found.verdicts())
        return
    print(study_text(found, speaker.lang))
    print()
    speaker.tell("cli.run.report", file=folder / "report.html")


def _of_run(folder: Path, json: bool, speaker: Voice) -> None:
    """Live a run once more and write its folder anew: the same to the last bit, if the model is the same."""
    from ecosim.commands.repeat import lived_again
    from ecosim.report.folder import write_results
    from ecosim.report.words import summary_text

    run, choices = lived_again(folder, speaker)
    files = write_results(run, folder, speaker.lang, True, choices)
    if json:
        write_json(run.summary)
        return
    print(summary_text(run, speaker.lang))
    print()
    speaker.tell("cli.run.report", file=next(each for each in files if each.name == "report.html"))
