"""A mechanism in the ODD: what it says, its equations with all that they are given, its parameters and sources."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

from ecosim.language import text
from ecosim.model.state import FIELDS
from ecosim.report.reference.declared import Declared, blocks, lever, number, parameter
from ecosim.report.reference.markdown import anchor, code, heading, link, plain, table
from ecosim.report.reference.naming import linked
from ecosim.report.reference.reading import equations, sentences, week, writer, written
from ecosim.report.reference.tracing import Origin, uses
from ecosim.report.reference.words import cites, colon, columns, joined, said, say, sources, translated
from ecosim.scenario.design import SCHEDULED

RETURN = "Return "


def mechanism(name: str, group: list[Declared], home: str, lang: str) -> Iterator[str]:
    """Yield one mechanism as blocks of the page.

    Parameters
    ----------
    name : str
        As in the context of a scenario.
    group : list of Declared
        Its parameters.
    home : str
        The process under which it stands.
    lang : str
        Language.
    """
    yield heading(4, text(f"titles.blocks.{name}.label", lang), f"mechanism-{name}")
    paragraphs = (inspect.getdoc(sys.modules[blocks()[name].__module__]) or "").split("\n\n")
    yield "\n\n".join(plain(translated(each, lang)) for each in paragraphs)
    for key, function in equations()[name].items():
        callers = list(dict.fromkeys(use.process for use in uses() if use.equation == key))
        yield from _equation(key, function, callers if callers not in ([], [home]) else [], lang)
    yield f"**{say('odd.titles.parameters', lang)}**"
    heads = columns(lang, "name", "symbol", "label", "default")
    yield table(
        heads,
        [[each.linked(), plain(each.leaf.symbol), plain(each.label), code(number(each.default))] for each in group],
    )
    cited = (each.leaf.source for each in group if cites(each.leaf.source))
    origins = dict.fromkeys(part for each in cited for part in sources(each, lang))
    if origins:
        yield f"**{say('odd.titles.sources', lang)}**{colon(lang)} {plain(joined(origins, lang))}."


def _equation(name: str, function: Callable[..., Any], callers: list[str], lang: str) -> Iterator[str]:
    """Yield one equation: its formula, what is computed, and what each argument is."""
    line = f"{anchor(f'equation-{name}')}**{code(name)}** "
    line += f"{say('odd.submodels.gives', lang)} {plain(returned(function, lang))}"
    if callers:
        also = ", ".join(link(code(each), "", f"process-{each}") for each in callers)
        line += " " + say("odd.submodels.called_by", lang, processes=also)
    yield line
    yield f"```\n{computed(function)}\n```"
    heads = columns(lang, "argument", "is")
    yield table(heads, [[code(key), given(name, key, lang)] for key in inspect.signature(function).parameters])


def returned(function: Callable[..., Any], lang: str) -> str:
    """Return what the docstring of an equation says that it returns."""
    words = translated(sentences(function), lang)
    return words.removeprefix(RETURN)


def computed(function: Callable[..., Any]) -> str:
    """Return the lines of a function after its docstring, as they are written."""
    node = written(function)
    lines = inspect.getsource(sys.modules[function.__module__]).splitlines()
    last = node.body[-1].end_lineno
    return dedent("\n".join(lines[node.body[1].lineno - 1 : last]))


def given(equation: str, argument: str, lang: str) -> str:
    """Return what an argument of an equation is: as words say it, else as it is traced through the week.

    Raises
    ------
    KeyError
        When neither knows: it wants a line under ``[odd.arguments.<equation>]``.
    """
    if words := said(f"odd.arguments.{equation}.{argument}", lang):
        return linked(plain(words))
    found: dict[str, str] = {}
    for use in (each for each in uses() if each.equation == equation):
        said_of_it = whence(use.arguments[argument], lang)
        if said_of_it is None:
            raise KeyError(f"say what {argument!r} is: [odd.arguments.{equation}] in reference_{lang}.toml")
        found.setdefault(said_of_it, link(code(use.process), "", f"process-{use.process}"))
    if len(found) == 1:
        return next(iter(found))
    return f" {say('reference.or', lang)} ".join(f"{words} ({process})" for words, process in found.items())


def whence(where: Origin, lang: str) -> str | None:
    """Return in words where a value comes from, ``None`` where it has no name."""
    name = where.name
    if where.kind == "parameter":
        each = parameter(f"context.{name.removesuffix('_')}", lang)
        return say("odd.submodels.parameter", lang, link=each.linked(), value=number(each.default), label=each.label)
    if where.kind == "lever" and name in SCHEDULED:
        found = lever(name, lang)
        return say("odd.submodels.lever", lang, link=found.linked(), label=found.label)
    if where.kind == "state":
        words = {"link": link(code(name), "", f"state-{name}"), "means": _short(name, lang)}
        return say("odd.submodels.state", lang, when=say(f"odd.submodels.{age(name, where.read)}", lang), **words)
    if where.kind == "result":
        drawn = name == "normal"
        return say("odd.submodels.normal" if drawn else "odd.submodels.result", lang, link=linked(code(name)))
    if where.kind == "artefact":
        return say("odd.submodels.artefact", lang, name=name, means=say(f"odd.artefact.{name}", lang))
    of_the_week = said(f"odd.week.{name}", lang)
    return linked(plain(of_the_week)) if of_the_week else None


def _short(state: str, lang: str) -> str:
    """Return the symbol of a state, or else what it means."""
    return plain(said(f"odd.state.{state}.symbol", lang) or say(f"odd.state.{state}.means", lang))


def age(state: str, read: int) -> str:
    """Return whether a state that a process reads has been renewed this week.

    Parameters
    ----------
    state : str
        Name of the field.
    read : int
        Place in the week at which it is read.
    """
    by = writer(FIELDS[state].writer)
    if by == "begin":
        return "constant"
    place = next(each.number for each in week() if each.name == by)
    return "this_week" if place < read else "before" if place == read else "last_week"
