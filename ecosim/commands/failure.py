"""What is said, and which exit code returned, when a command does not end well."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from ecosim.errors import REFUSALS, EcosimError, InvalidFile, StorageError, nearest
from ecosim.language import text

FULL = (errno.ENOSPC, errno.EDQUOT)
BROKEN_PIPE = 141  #: what a program that SIGPIPE ends returns: whoever read our output has read enough
INTERRUPTED = 130


def failed(error: BaseException, arguments: list[str], lang: str) -> int:
    """Say on standard error what went wrong, in one line or one for each problem, and return the exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it does not fail again
        return BROKEN_PIPE
    if isinstance(error, KeyboardInterrupt):
        return _said(text("errors.command.interrupted", lang, command=shlex.join(["ecosim", *arguments])), INTERRUPTED)
    if isinstance(error, OSError) and error.errno in FULL:
        error = StorageError("errors.storage.full_somewhere")
    if isinstance(error, EcosimError):
        mark = "" if isinstance(error, InvalidFile) else "ecosim: "
        return _said(mark + error.say(lang), error.exit_code)
    if hasattr(error, "format_message"):
        return _said("ecosim: " + misused(error, lang), 2)
    if isinstance(error, MemoryError):
        return _said("ecosim: " + text("errors.command.memory", lang), 1)
    return _broken(error, arguments, lang)


def _said(message: str, code: int) -> int:
    """Say ``message`` on standard error and return ``code``."""
    print(message, file=sys.stderr, flush=True)
    return code


def _broken(error: BaseException, arguments: list[str], lang: str) -> int:
    """Report a mistake of ours: one line, and the whole story in a file; with ECOSIM_DEBUG=1 as Python tells it."""
    if os.environ.get("ECOSIM_DEBUG") == "1":
        raise error
    story = "".join(traceback.format_exception(error))
    short = f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]
    try:
        handle, name = tempfile.mkstemp(prefix="ecosim-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(f"{shlex.join(['ecosim', *arguments])}\n{sys.version}\n{sys.platform}\n\n{story}")
    except OSError:
        return _said("ecosim: " + text("errors.command.internal", lang, error=short), 1)
    return _said("ecosim: " + text("errors.command.internal_file", lang, error=short, file=name), 1)


def misused(error: Any, lang: str) -> str:
    """Return what is wrong with a command line that could not be parsed, and where to look it up."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "ecosim"
    return f"{_misuse(error, context, lang)}\n{text('errors.usage.see', lang, command=path)}"


def _misuse(error: Any, context: Any, lang: str) -> str:
    """Return what is wrong with a command line; ``error`` is the parser's, told apart by what it carries."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption" and context is not None:
        return _unknown_option(error.option_name, context.command, lang)
    if kind == "BadOptionUsage":
        return text("errors.usage.needs_value", lang, option=error.option_name)
    if parameter is not None:
        name = parameter.metavar if parameter.param_type_name == "argument" else max(parameter.opts, key=len)
        if kind == "MissingParameter":
            return text("errors.usage.missing", lang, name=name)
        return text(f"errors.usage.values.{parameter.name}", lang, option=name)
    if error.message.startswith("Missing command"):
        return text("errors.usage.no_command", lang)
    if "extra argument" in error.message and (extra := re.search(r" \((.*)\)$", error.message)):
        return text("errors.usage.extra", lang, value=extra[1])
    return str(error.format_message())


def _unknown_option(name: str, command: Any, lang: str) -> str:
    """Return that ``command`` has no such option, and which one was probably meant."""
    known = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
    elsewhere = [
        option
        for inner in getattr(command, "commands", {}).values()
        for parameter in inner.params
        for option in parameter.opts
    ]
    if name in elsewhere:
        return text("errors.usage.option_place", lang, value=name)
    near = nearest(name, [*known, "--help"])
    key = "errors.usage.option_near" if near else "errors.usage.option"
    return text(key, lang, value=name, nearest=near)


def storage_error(error: OSError, place: Path) -> StorageError:
    """Return what a user can do about an ``error`` met while the file ``place`` was written."""
    key = "no_parent" if error.errno == errno.ENOENT else REFUSALS.get(error.errno or 0, "refused")
    return StorageError(f"errors.storage.{key}", folder=place, reason=error.strerror or type(error).__name__)
