"""The command ``ecosim``: which commands there are, in which language, and what becomes of their errors."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from ecosim import __version__
from ecosim.commands.calibrate import calibrate
from ecosim.commands.catalogue import catalogue
from ecosim.commands.classroom import classroom
from ecosim.commands.compare import compare
from ecosim.commands.dash import dash
from ecosim.commands.explain import explain
from ecosim.commands.failure import failed
from ecosim.commands.help import Command, Group, put_into_words
from ecosim.commands.new import new
from ecosim.commands.options import Language
from ecosim.commands.report import report
from ecosim.commands.run import run
from ecosim.commands.schema import schema
from ecosim.commands.sweep import sweep
from ecosim.commands.validate import validate
from ecosim.commands.verify import verify
from ecosim.commands.voice import SPOKEN, accept_any_terminal, asked_language
from ecosim.commands.warmup import warmup

COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "sweep": sweep,
    "compare": compare,
    "calibrate": calibrate,
    "dash": dash,
    "class": classroom,
    "report": report,
    "verify": verify,
    "validate": validate,
    "list": catalogue,
    "explain": explain,
    "new": new,
    "schema": schema,
    "warmup": warmup,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Do what a command line asks for and return the exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after ``ecosim``; without it those that the program was called with.
    """
    gc.set_threshold(100_000)  # a command lives for a second: looking for garbage would take a tenth of it
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = asked_language(arguments)
    SPOKEN.set(lang)
    accept_any_terminal()
    try:
        code = _invoke(command_tree(lang), arguments or ["--help"])
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return failed(error, arguments, lang)
    return code


def _invoke(tree: Any, arguments: list[str]) -> int:
    """Parse ``arguments`` and call the command they name."""
    try:
        with tree.make_context("ecosim", arguments) as context:
            tree.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    return 0


def command_tree(lang: str) -> Any:
    """Return all commands, speaking ``lang``."""
    app = typer.Typer(
        cls=Group, rich_markup_mode=None, add_completion=False, context_settings={"help_option_names": ["-h", "--help"]}
    )
    app.callback(help="cli.commands.ecosim")(_ecosim)
    for name, function in COMMANDS.items():
        app.command(name, cls=Command, help=f"cli.commands.{name}")(function)
    return put_into_words(typer.main.get_command(app), lang)


def _version(asked: bool) -> None:
    if asked:
        print(f"ecosim {__version__}")
        raise typer.Exit


def _ecosim(
    version: Annotated[bool, typer.Option("--version", help="cli.options.version", callback=_version)] = False,
    lang: Language = None,
) -> None:
    """All that stands before a command."""
