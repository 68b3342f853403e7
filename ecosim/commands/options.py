"""The options that several commands share; their help is a message key, said in the user's language when shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

WORD = 2**32 - 1  #: seeds and replicates are counters of 32 bits

Source = Annotated[str, typer.Argument(metavar="cli.metavars.source", help="cli.options.source", show_default=False)]
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="cli.metavars.setting", help="cli.options.set")]
Seed = Annotated[int | None, typer.Option(min=0, max=WORD, metavar="cli.metavars.number", help="cli.options.seed")]
Plugin = Annotated[list[Path] | None, typer.Option(metavar="cli.metavars.script", help="cli.options.plugin")]
Workers = Annotated[
    int | None, typer.Option(min=1, max=4096, metavar="cli.metavars.number", help="cli.options.workers")
]
Place = Annotated[str | None, typer.Option("--cluster", metavar="cli.metavars.cluster", help="cli.options.cluster")]
Out = Annotated[Path | None, typer.Option(metavar="cli.metavars.folder", help="cli.options.out")]
OutSweep = Annotated[Path | None, typer.Option("--out", metavar="cli.metavars.folder", help="cli.options.out_sweep")]
Strict = Annotated[bool, typer.Option("--strict", help="cli.options.strict")]
NoFigures = Annotated[bool, typer.Option("--no-figures", help="cli.options.no_figures")]
Results = Annotated[
    Path, typer.Argument(metavar="cli.metavars.results", help="cli.options.results", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="cli.options.json")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="cli.options.quiet")]
Language = Annotated[Literal["en", "fr"] | None, typer.Option("--lang", metavar="en|fr", help="cli.options.lang")]
