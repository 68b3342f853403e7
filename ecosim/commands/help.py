"""What ``--help`` shows: laid out by us, so that it is wholly in the user's language."""

from __future__ import annotations

import shutil
from textwrap import fill, wrap
from typing import Any

from typer.core import TyperCommand, TyperGroup

from ecosim.errors import UsageError, nearest
from ecosim.language import text

WIDEST = 100  #: characters of a line

Row = tuple[str, str]


class Command(TyperCommand):
    """A command whose help is a page of ours."""

    def get_help(self, ctx: Any) -> str:
        """Return the page."""
        return page(self, ctx)


class Group(TyperGroup):
    """All commands; a name that is none gets the nearest right one."""

    def get_help(self, ctx: Any) -> str:
        """Return the page."""
        return page(self, ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command called ``cmd_name``.

        Raises
        ------
        UsageError
            When there is none.
        """
        if cmd_name not in self.commands:
            near = nearest(cmd_name, self.commands)
            key = "errors.usage.command_near" if near else "errors.usage.command"
            raise UsageError(key, value=cmd_name, nearest=near, allowed=", ".join(self.commands))
        return self.commands[cmd_name]


def put_into_words(command: Any, lang: str) -> Any:
    """Return ``command`` with its message keys, and those of the commands in it, said in ``lang``."""
    command.context_settings["obj"] = lang
    command.help = text(command.help, lang)
    for parameter in command.params:
        parameter.help = text(parameter.help, lang)
        if (parameter.metavar or "").startswith("cli."):
            parameter.metavar = text(parameter.metavar, lang)
    for inner in getattr(command, "commands", {}).values():
        put_into_words(inner, lang)
    return command


def page(command: Any, ctx: Any) -> str:
    """Return the help of ``command``: how it is written, what it does, its arguments, options and commands."""
    lang = ctx.obj
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    written = [ctx.command_path, *map(_written, arguments), text("cli.help.options_mark", lang)]
    if commands:
        written.insert(1, text("cli.help.command_mark", lang))
    width = min(WIDEST, shutil.get_terminal_size().columns) - 2
    parts = [text("cli.help.usage", lang, line=" ".join(written))]
    parts += [_paragraph(each, width) for each in command.help.split("\n\n")]
    parts += _table("cli.help.commands", [(name, _first(each.help)) for name, each in commands.items()], lang, width)
    parts += _table("cli.help.arguments", [(_written(each), each.help) for each in arguments], lang, width)
    shown = [*map(_option, options), ("-h, --help", text("cli.help.help", lang))]
    parts += _table("cli.help.options", shown, lang, width)
    return "\n\n".join(parts)


def _paragraph(words: str, width: int) -> str:
    """Return a paragraph of the page; an example to be copied stays on one line."""
    if ": ecosim " in words:
        return f"  {words}"
    return fill(words, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _written(argument: Any) -> str:
    """Return an argument as it stands in a command line: in brackets when it may be left out."""
    dots = "..." if argument.nargs != 1 else ""
    name = f"{argument.metavar}{dots}"
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> Row:
    """Return the names of an option with what it takes, and what it does."""
    names = ", ".join(sorted(option.opts, key=len))
    return (f"{names} {option.metavar}" if option.metavar else names), option.help


def _first(words: str) -> str:
    """Return the first sentence of ``words`` without its full stop."""
    return words.split("\n\n")[0].split(". ")[0].rstrip(".")


def _table(key: str, rows: list[Row], lang: str, width: int) -> list[str]:
    """Return a headed table of two columns, or nothing when it has no rows."""
    if not rows:
        return []
    left = max(len(name) for name, _ in rows) + 4
    lines = [text(key, lang)]
    for name, words in rows:
        first, *more = wrap(words, max(30, width - left), break_on_hyphens=False)
        lines.append(f"  {name}".ljust(left) + first)
        lines += [" " * left + line for line in more]
    return ["\n".join(lines)]
