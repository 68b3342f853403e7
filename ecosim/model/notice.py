"""Telling a program of one's own why its first run takes a while: through the logger ``ecosim``, once a process."""

from __future__ import annotations

from functools import cache
from logging import getLogger

from ecosim.language import text
from ecosim.model.kernel import COMPILE_SECONDS, is_warm

LOGGER = "ecosim"  #: a program that wants silence sets its level: logging.getLogger("ecosim").setLevel("ERROR")


@cache
def say_compiling() -> None:
    """Warn through the logger, in English, that kernels are about to be compiled, unless they are there already.

    A logger without handlers writes warnings to standard error, one line each.
    """
    if not is_warm():
        getLogger(LOGGER).warning("%s", text("cli.run.compiling", seconds=COMPILE_SECONDS))
