"""What a class has lived as an archive: a scenario, the choices of people, a report, and how to have it all again.

Nobody can be known by it: facts hold learners' numbers, no names and no phones.
"""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecosim.classroom.course import Facts, decides, opened
from ecosim.classroom.debrief.worlds import decisions
from ecosim.dashboard.desk import Source
from ecosim.dashboard.saving import PROGRAM, scenario_file
from ecosim.errors import InvalidFile
from ecosim.language import text
from ecosim.model.provenance import own_version
from ecosim.model.run import Run, simulate
from ecosim.report.folder import write_results
from ecosim.scenario.writer import write

ARCHIVE = "class.zip"  #: name under which it is offered
SCENARIO, CHOICES, REPORT, WEEKLY, README = (
    "scenario.yaml", "choices.yaml", "report.html", "weekly.csv", "README.txt",
)  # fmt: skip

Decided = dict[int, dict[int, dict[str, Any]]]


def exported(facts: Facts, lang: str) -> bytes:
    """Return what a class has lived as a ZIP archive; weeks that it has not lived are lived by the model.

    Parameters
    ----------
    facts : Facts
        What decided the course.
    lang : {"en", "fr"}
        Language of the report and of the file to read first.

    Raises
    ------
    InvalidFile, UsageError
        When the scenario or a choice is impossible.
    StorageError
        When there is no room for the report while it is made.
    """
    said, decided = scenario_text(facts), decided_by_week(facts)
    run = simulate(opened(said, name=SCENARIO), facts.replicate, choices=decided)
    files = {
        README: readme(facts, run, lang).encode(),
        SCENARIO: said.encode(),
        CHOICES: choices_text(decided).encode(),
        **_results(run, decided, lang),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def scenario_text(facts: Facts) -> str:
    """Return the scenario with its settings and the teacher's changes in it, as a file that needs presets only.

    It says as little as the scenario did; where that would not be the same scenario, it says everything.

    Raises
    ------
    InvalidFile
        When the scenario is impossible.
    """
    loaded = facts.loaded()
    try:
        said = write(scenario_file(Source("text", facts.text, SCENARIO), facts.every_setting()))
        if opened(said, name=SCENARIO).hash() == loaded.hash():
            return said
    except InvalidFile:  # a setting of something that only what it extends has
        pass
    return loaded.text()


def decided_by_week(facts: Facts) -> Decided:
    """Return what people decided: week -> learner -> choice, weeks in which nobody did left out."""
    weeks = (
        {learner: dict(choice) for learner, choice in sorted(made.items()) if decides(choice)}
        for made in facts.choices
    )  # fmt: skip
    return {week: made for week, made in enumerate(weeks) if made}


def choices_text(decided: Decided) -> str:
    """Return choices as the file that ``ecosim run --choices`` reads."""
    plain = {str(week): {str(learner): choice for learner, choice in made.items()} for week, made in decided.items()}
    return write(plain)


def command(facts: Facts) -> list[str]:
    """Return the words of the command that lives it again, beside the files."""
    luck = ["--replicate", str(facts.replicate)] if facts.replicate else []
    return [PROGRAM, "run", SCENARIO, "--choices", CHOICES, *luck]


def readme(facts: Facts, run: Run, lang: str) -> str:
    """Return what the archive is, and how to have the run again."""
    lived, weeks = len(facts.choices), run.loaded.scenario.weeks
    span = "whole" if lived >= weeks else "early"
    words = command(facts)

    def said(key: str, **values: Any) -> str:
        return text(f"debrief.readme.{key}", lang, **values)

    title = said("title")
    told = [
        [title, "=" * len(title)],
        [said("class")],
        [said(span, lived=lived, weeks=weeks), said("decided", count=decisions(facts))],
        [said("files"), *(f"- {said(name)}" for name in ("scenario", "choices", "report", "weekly"))],
        [said("again")],
        [said("install", version=own_version())],
        [f"    {shlex.join(words)}"],
        [said("check")],
        [f"    {shlex.join([*words, '--digest'])}"],
        [said("digest")],
        [f"    {run.digest()}"],
        [said("limit")],
    ]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in told) + "\n"


def _results(run: Run, decided: Decided, lang: str) -> Mapping[str, bytes]:
    """Return the report and the weekly table of the run, as ``ecosim run`` writes them."""
    choices = json.dumps(decided, indent=1) + "\n" if decided else ""
    with TemporaryDirectory(prefix="ecosim-class-") as folder:
        place = Path(folder) / "run"
        write_results(run, place, lang, True, choices)
        return {name: (place / name).read_bytes() for name in (REPORT, WEEKLY)}
