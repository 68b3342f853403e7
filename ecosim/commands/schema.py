"""``ecosim schema``: the JSON Schema of files, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ecosim.commands.options import Language
from ecosim.commands.voice import write_json

Kind = Annotated[
    Literal["scenario", "study", "calibration", "lesson", "session"],
    typer.Argument(metavar="scenario|study|calibration|lesson|session", help="cli.options.schema_kind"),
]


def schema(kind: Kind = "scenario", lang: Language = None) -> None:
    """Print the JSON Schema of scenario, study, calibration, lesson or session files."""
    from ecosim.calibration.json_schema import calibration_schema  # lazily: help needs no scenario language
    from ecosim.classroom.session.json_schema import session_schema
    from ecosim.dashboard.lesson.json_schema import lesson_schema
    from ecosim.scenario.json_schema import scenario_schema
    from ecosim.study.plan.json_schema import study_schema

    made = {
        "scenario": scenario_schema,
        "study": study_schema,
        "calibration": calibration_schema,
        "lesson": lesson_schema,
        "session": session_schema,
    }
    write_json(made[kind]())
