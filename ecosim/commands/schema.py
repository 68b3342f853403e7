"""``ecosim schema``: the JSON Schema of files, for editors."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ecosim.commands.options import Language
from ecosim.commands.voice import write_json

Kind = Annotated[Literal["scenario"], typer.Argument(metavar="scenario", help="cli.options.schema_kind")]


def schema(kind: Kind = "scenario", lang: Language = None) -> None:
    """Print the JSON Schema of a scenario file."""
    from ecosim.scenario.json_schema import scenario_schema  # lazily: help needs no scenario language

    write_json(scenario_schema())
