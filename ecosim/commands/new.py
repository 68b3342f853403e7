"""``ecosim new``: a first scenario, study or calibration file, with a word on everything that can be turned."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Annotated

import typer

from ecosim.commands.failure import storage_error
from ecosim.commands.options import Language, Quiet
from ecosim.commands.voice import voice
from ecosim.errors import UsageError
from ecosim.language import text

if TYPE_CHECKING:
    from ecosim.scenario.resolve import Loaded

KEPT = "facilitation"  #: the lever that the starter gives itself

File = Annotated[Path | None, typer.Argument(metavar="cli.metavars.new_file", help="cli.options.new_file")]
From = Annotated[str, typer.Option("--from", metavar="cli.metavars.preset", help="cli.options.from")]
IsStudy = Annotated[bool, typer.Option("--study", help="cli.options.new_study")]
IsCalibration = Annotated[bool, typer.Option("--calibration", help="cli.options.new_calibration")]
Force = Annotated[bool, typer.Option("--force", help="cli.options.force")]


def new(
    file: File = None,
    base: From = "preset:community-of-practice",
    study: IsStudy = False,
    calibration: IsCalibration = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Language = None,
) -> None:
    """Write a scenario, study or calibration file to start from."""
    from ecosim.scenario.presets import PREFIX
    from ecosim.scenario.resolve import load  # lazily: help needs no scenario language

    speaker = voice(lang, quiet)
    name = base.removeprefix(PREFIX)
    kind = "calibration" if calibration else "study" if study else "scenario"
    file = file or Path(f"{kind}.yaml")
    loaded = load(PREFIX + name)
    make = starter if kind == "scenario" else starter_question
    words = make(loaded, name, file, speaker.lang, kind)
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
    except FileExistsError:
        raise UsageError("errors.new.exists", file=file) from None
    except OSError as error:
        raise storage_error(error, file) from None
    speaker.tell("cli.new.written" if kind == "scenario" else f"cli.new.written_{kind}", file=file)


def starter_question(loaded: Loaded, preset: str, file: Path, lang: str, kind: str) -> str:
    """Return the text of a study that compares ``preset`` with one change, or of a calibration of it."""
    template = Template((files("ecosim.language") / f"starter_{kind}.{lang}.yaml").read_text(encoding="utf-8"))
    return template.substitute(file=file, preset=preset)


def starter(loaded: Loaded, preset: str, file: Path, lang: str, kind: str = "scenario") -> str:
    """Return the text of a scenario that extends ``preset``, with every lever beside what it means."""
    from ecosim.commands.glossary import levers
    from ecosim.scenario.writer import write

    template = Template((files("ecosim.language") / f"starter.{lang}.yaml").read_text(encoding="utf-8"))
    scenario = loaded.scenario
    plain = loaded.resolved()
    lines = []
    for entry in levers(lang):
        name = entry.name.removeprefix("design.")
        value = write({name: plain["design"][name]}).strip()
        mark = "" if name == KEPT else "# "  # one stays, so that the group is not empty
        lines.append(
            f"  {mark}{value}".ljust(32) + f"# {text('cli.new.lever', lang, label=entry.label, meaning=entry.meaning)}"
        )
    return template.substitute(
        file=file, preset=preset, seed=scenario.seed, weeks=scenario.weeks, learners=scenario.learners,
        access=f"{scenario.context.access:g}", half=scenario.weeks // 2, levers="\n".join(lines),
    )  # fmt: skip
