"""The terms of the model in English and French, side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ecosim.language import table as words
from ecosim.language import text
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.declare import OWN
from ecosim.report.reference.declared import levers, parameters
from ecosim.report.reference.markdown import code, heading, link, page, plain, table
from ecosim.report.reference.words import columns, say
from ecosim.scenario import presets
from ecosim.scenario.parts import in_language
from ecosim.scenario.resolve import load

Term = tuple[str, str, str, str, str]
"""English, French, what it is, its name in the code, and where it is declared."""


def build(lang: str) -> str:
    """Return the page."""
    first, second = ("french", "english") if lang == "fr" else ("english", "french")
    heads = columns(lang, first, second, "definition")
    theory = sorted(((*_in_order(*each[:2], lang), each[2]) for each in _theory(lang)), key=lambda row: fold(row[0]))
    model = sorted(
        ((*_in_order(*each[:2], lang), *each[2:]) for each in _terms(lang)), key=lambda row: (fold(row[0]), row[4])
    )
    rows = [[*map(plain, row[:2]), row[2], link(code(row[3]), *row[4].split("#"))] for row in model]
    return page(
        say("reference.terms.start", lang),
        heading(2, say("reference.terms.theory", lang), "theory"),
        table(heads, [list(map(plain, row)) for row in theory]),
        heading(2, say("reference.terms.model", lang), "model"),
        table([*heads[:2], *(say(f"reference.columns.{each}", lang) for each in ("kind", "name"))], rows),
    )


def _in_order(english: str, french: str, lang: str) -> tuple[str, str]:
    return (french, english) if lang == "fr" else (english, french)


def fold(term: str) -> str:
    """Return ``term`` as dictionaries sort it: without accents and capitals."""
    bare = unicodedata.normalize("NFKD", term.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _theory(lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield the words of the theory with what they mean."""
    for name in words("reference_en")["reference"]["theory"]:
        terms = [say(f"reference.theory.{name}.term", each) for each in ("en", "fr")]
        yield terms[0], terms[1], say(f"reference.theory.{name}.means", lang)


def _terms(lang: str) -> Iterator[Term]:
    """Yield every term that has a name in the code."""
    french = [*levers("fr"), *(each for group in parameters("fr").values() for each in group)]
    english = [*levers("en"), *(each for group in parameters("en").values() for each in group)]
    for one, other in zip(english, french, strict=True):
        kind = "lever" if one.path.startswith("design.") else "parameter"
        yield one.label, other.label, say(f"reference.kinds.{kind}", lang), one.path, f"{one.page}#{one.path}"
    for name in METRICS:
        metric = METRICS[name]
        if metric.compute.__module__.partition(".")[0] == OWN:
            labels = metric.say_label("en"), metric.say_label("fr")
            yield *labels, say("reference.kinds.metric", lang), name, f"metrics.md#{name}"
    for name in presets.names():
        title = load(f"preset:{name}").scenario.title
        labels = in_language(title, "en"), in_language(title, "fr")
        yield *labels, say("reference.kinds.preset", lang), name, f"presets.md#{name}"
    for name in words("en")["titles"]["blocks"]:
        labels = text(f"titles.blocks.{name}.label", "en"), text(f"titles.blocks.{name}.label", "fr")
        yield *labels, say("reference.kinds.group", lang), name, f"parameters.md#{name}"
