"""``ecosim schema``: the JSON Schema of files, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ecosim.commands.options import Language
from ecosim.commands.voice import write_json

Kind = Annotated[Literal["scenario", "study"], typer.Argument(metavar="scenario|study", help="cli.options.schema_kind")]


def schema(kind: Kind = "scenario", lang: Language = None) -> None:
    """Print the JSON Schema of scenario or study files."""
    from ecosim.scenario.json_schema import scenario_schema  # lazily: help needs no scenario language
    from ecosim.study.plan.json_schema import study_schema

    write_json(scenario_schema() if kind == "scenario" else study_schema())
