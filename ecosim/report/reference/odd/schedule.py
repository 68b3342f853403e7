"""Section 3: the processes of a week in their order, read from ``Engine.step``."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from textwrap import dedent

from ecosim.model.engine import Engine
from ecosim.model.state import FIELDS
from ecosim.report.reference.markdown import code, heading, link, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.reading import Process, decisions, named_in, process, steps, writer
from ecosim.report.reference.tracing import uses
from ecosim.report.reference.words import columns, joined, say, translated


def section(lang: str) -> Iterator[str]:
    """Yield the section as blocks of the page."""
    yield heading(2, say("odd.titles.schedule", lang), "schedule")
    yield say("odd.schedule.start", lang)
    rows = [_row(each, lang) for each in steps() if each.kernels]
    heads = columns(lang, "number", "process", "does", "equations", "draws")
    yield table(heads, rows)
    books = joined(
        (
            f"{code(each.name)} ({plain(translated(each.sentence, lang)).rstrip('.')})"
            for each in steps()
            if not each.kernels
        ),
        lang,
    )
    yield say("odd.schedule.books", lang, names=books)
    yield f"{say('odd.schedule.as_code', lang)}\n\n```\n{step_code()}\n```"
    yield say("odd.schedule.absent", lang)
    yield say("odd.schedule.human", lang, intend=_process("intend"), meet=_process("meet"))


def _process(name: str) -> str:
    return link(code(name), "", f"process-{name}")


def _row(each: Process, lang: str) -> list[str]:
    """Return the line of one process: what it does and writes, the equations it calls, what it draws."""
    does = plain(translated(each.sentence, lang))
    written = [name for name, field in FIELDS.items() if each.number and writer(field.writer) == each.name]
    if written:
        links = ", ".join(link(code(name), "", f"state-{name}") for name in written)
        does += f" <br>{say('odd.schedule.writes', lang)} {links}"
    called = dict.fromkeys(use.equation for use in uses() if use.process == each.name)
    equations = [linked(code(name)) for name in called if linked(code(name)) != code(name)]
    drawn = [draw.name for draw in decisions() if each.number and draw.name in named_in(process(each.name))]
    return [str(each.number), _process(each.name), does, ", ".join(equations), ", ".join(map(code, drawn))]


def step_code() -> str:
    """Return the calls of ``Engine.step`` as they are written, without its docstring."""
    step = ast.parse(dedent(inspect.getsource(Engine.step))).body[0]
    assert isinstance(step, ast.FunctionDef)
    lines = dedent(inspect.getsource(Engine.step)).splitlines()
    return dedent("\n".join(lines[step.body[1].lineno - 1 :]))
