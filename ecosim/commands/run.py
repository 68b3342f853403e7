"""``ecosim run``: a scenario from its first week to a folder of results and a page of words."""

from __future__ import annotations

import json as json_text
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecosim import __version__
from ecosim.commands.options import WORD, AsJson, Language, NoFigures, Out, Plugin, Quiet, Seed, Settings, Source
from ecosim.commands.voice import Voice, voice, write_json
from ecosim.errors import EcosimError, UsageError

if TYPE_CHECKING:
    from ecosim.commands.choices import Decisions
    from ecosim.model.run import Run
    from ecosim.scenario.resolve import Loaded

Replicate = Annotated[int, typer.Option(min=0, max=WORD, metavar="cli.metavars.number", help="cli.options.replicate")]
Learner = Annotated[int | None, typer.Option(min=0, metavar="cli.metavars.number", help="cli.options.learner")]
Point = Annotated[int | None, typer.Option(min=0, metavar="cli.metavars.number", help="cli.options.point")]
DesignName = Annotated[str | None, typer.Option("--design", metavar="cli.metavars.name", help="cli.options.design")]
Choices = Annotated[Path | None, typer.Option(metavar="cli.metavars.file", help="cli.options.choices")]
Digest = Annotated[bool, typer.Option("--digest", help="cli.options.digest")]

RESULTS = Path("results")  #: where runs leave what they were not told where to leave


@dataclass(frozen=True)
class Task:
    """What is to be run: a scenario, which luck, whom to follow, and what people decided."""

    loaded: Loaded
    replicate: int
    learner: int | None
    decisions: Decisions | None

    def choices(self) -> str:
        """Return what people decided as JSON, empty without."""
        return json_text.dumps(self.decisions.weeks, indent=1) + "\n" if self.decisions else ""

    def default_folder(self) -> Path:
        """Return a folder that no other run uses: its name ends in a hash of all that tells runs apart."""
        loaded, luck = self.loaded, f"-r{self.replicate}" if self.replicate else ""
        identity = f"{__version__} {loaded.hash()} {self.replicate} {self.choices()}"
        return RESULTS / f"{loaded.name}-{loaded.scenario.seed}{luck}-{sha256(identity.encode()).hexdigest()[:8]}"


def run(
    source: Source,
    settings: Settings = None,
    seed: Seed = None,
    replicate: Replicate = 0,
    out: Out = None,
    learner: Learner = None,
    point: Point = None,
    design: DesignName = None,
    choices: Choices = None,
    plugin: Plugin = None,
    no_figures: NoFigures = False,
    digest: Digest = False,
    json: AsJson = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Run a scenario and say what happened."""
    from ecosim.commands.choices import read_decisions  # lazily: help needs no scenario language
    from ecosim.commands.sources import check_settings, open_scenario

    if digest and learner is not None:
        raise UsageError("errors.usage.digest_learner")
    speaker = voice(lang, quiet)
    given = check_settings(settings, plugin)
    if Path(source).is_dir():
        if given or seed is not None or choices is not None:
            raise UsageError("errors.sweep.replay_as_is")
        _replay(Path(source), design, point or 0, replicate, learner, out, not no_figures, digest, json, speaker)
        return
    if point is not None or design is not None:
        raise UsageError("errors.sweep.replay_folder")
    loaded = open_scenario(source, given, seed)
    task = Task(loaded, replicate, learner, read_decisions(choices) if choices else None)
    speaker.warn(loaded.warnings)
    if digest and out is None:
        _answer(_live(task, speaker), task, [], digest, json, speaker)
        return
    done, files = _kept(task, out or task.default_folder(), not no_figures, speaker)
    _answer(done, task, files, digest, json, speaker)


def _replay(
    folder: Path, design: str | None, point: int, replicate: int, learner: int | None, out: Path | None, figures: bool,
    digest: bool, json: bool, speaker: Voice,
) -> None:  # fmt: skip
    """Live a run of a sweep again; with a learner and no design, that learner's weeks under every design."""
    from ecosim.commands.replay import chosen, same_as_held

    found = chosen(folder, design, point, replicate)
    if len(found) > 1 and learner is not None:
        runs = [_live(Task(each.loaded(), replicate, learner, None), speaker) for each in found]
        _side_by_side(runs, [each.study.arm(each.design).label(speaker.lang) for each in found], learner, json, speaker)
        return
    if len(found) > 1:
        raise UsageError("errors.sweep.which_design", allowed=", ".join(each.design for each in found))
    task = Task(found[0].loaded(), replicate, learner, None)
    if digest and out is None:
        done = _live(task, speaker)
        files: list[Path] = []
    else:
        done, files = _kept(task, out or task.default_folder(), figures, speaker)
    same_as_held(folder, found[0], done, speaker)
    _answer(done, task, files, digest, json, speaker)


def _side_by_side(runs: list[Run], labels: list[str], learner: int, json: bool, speaker: Voice) -> None:
    """Tell one learner's weeks under each design."""
    from ecosim.report.story.versus import versus_text

    if json:
        write_json({label: run.followed[learner] for label, run in zip(labels, runs, strict=True)})
        return
    print(versus_text(runs, labels, learner, speaker.lang))


def _kept(task: Task, place: Path, figures: bool, speaker: Voice) -> tuple[Run, list[Path]]:
    """Run ``task``, leave its results in ``place``, and return the run and the files."""
    from ecosim.report.folder import check_folder, write_results  # lazily: help needs no report

    choices = task.choices()
    check_folder(place, task.loaded, task.replicate, choices)
    done = _live(task, speaker)
    return done, write_results(done, place, speaker.lang, figures, choices)


def _live(task: Task, speaker: Voice) -> Run:
    """Run ``task`` from its first week to its last."""
    from ecosim.commands.progress import weeks_passing
    from ecosim.commands.warmup import announce_compiling
    from ecosim.model.kernel import import_lean_compiler
    from ecosim.model.run import simulate

    announce_compiling(speaker)
    import_lean_compiler()
    lived = [0]
    weeks = task.loaded.scenario.weeks
    with weeks_passing(speaker, weeks) as show:

        def week_over(engine: Any) -> None:
            lived[0] = engine.week
            if show is not None:
                show(engine)

        follow = () if task.learner is None else (task.learner,)
        try:
            choices = task.decisions.weeks if task.decisions else None
            return simulate(task.loaded, task.replicate, follow=follow, choices=choices, each_week=week_over)
        except EcosimError as error:
            raise (task.decisions.refused(error, lived[0]) if task.decisions else error) from None


def _answer(done: Run, task: Task, files: list[Path], digest: bool, json: bool, speaker: Voice) -> None:
    """Write to standard output what was asked for."""
    if digest:
        write_json({"digest": done.digest()}) if json else print(done.digest())
    elif json:
        write_json(done.summary if task.learner is None else done.followed[task.learner])
    else:
        _in_words(done, task, files, speaker)


def _in_words(done: Run, task: Task, files: list[Path], speaker: Voice) -> None:
    """Say what happened, and where to look."""
    from ecosim.report.story import story_text
    from ecosim.report.words import summary_text

    if task.learner is None:
        print(summary_text(done, speaker.lang))
    else:
        print(story_text(done, task.learner, speaker.lang))
    print()
    speaker.tell("cli.run.results", folder=files[0].parent)
    if told := [file for file in files if file.name == "report.html"]:
        speaker.tell("cli.run.report", file=told[0])
    if drawn := [file for file in files if file.parent.name == "figures"]:
        speaker.tell("cli.run.figure", file=drawn[0])
