"""Everything that has a name, and what is declared of it, in the user's language: for ``list`` and ``explain``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecosim.errors import InvalidFile
from ecosim.language import listed, lookup
from ecosim.model.metrics import METRICS
from ecosim.scenario import presets
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.design import LEVERS, Design
from ecosim.scenario.document import Context
from ecosim.scenario.events import AnyEvent
from ecosim.scenario.files import read_bytes
from ecosim.scenario.parts import in_language
from ecosim.scenario.reader import read_document
from ecosim.scenario.schedule import Schedule
from ecosim.scenario.tree import arms, fields, options
from ecosim.scenario.yaml_events import LIMIT_MEGABYTES
from ecosim.schema import Leaf, leaves, meaning

SCENARIO = re.compile(rb"^kind: *scenario\b", re.MULTILINE)
"""What tells a scenario from other YAML files, most of which need not be read then."""


@dataclass(frozen=True)
class Entry:
    """Something with a name.

    Parameters
    ----------
    kind : str
        ``parameter``, ``lever``, ``metric``, ``preset``, ``event``, ``ablation``, ``scenario``, ``lesson`` or
        ``session``.
    name : str
        As files and commands call it.
    label, meaning : str
        A few words and a sentence, in the user's language.
    facts : dict
        Whatever else is declared: unit, default, legal, plausible, symbol, source, evidence, formula, ...
    aliases : tuple of str
        Other names under which somebody may look it up.
    """

    kind: str
    name: str
    label: str
    meaning: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


def parameters(lang: str) -> Iterator[Entry]:
    """Yield the parameters of the context and of the mechanisms."""
    for path, info, leaf in leaves(Context, "context"):
        *above, name = path.split(".")
        yield _leaf("parameter", path, leaf, info.default, _block(above), name, lang)


def levers(lang: str) -> Iterator[Entry]:
    """Yield the levers of a design."""
    for name, leaf in LEVERS.items():
        default = Design.model_fields[name].default
        value = default.plain() if isinstance(default, Schedule) else default
        yield _leaf("lever", f"design.{name}", leaf, value, Design, name, lang)


def _block(above: list[str]) -> Any:
    """Return the class that declares what stands below the path ``above``."""
    block: Any = Context
    for part in above[1:]:
        block = block.model_fields[part].annotation
    return block


def _leaf(kind: str, path: str, leaf: Leaf, default: Any, block: Any, name: str, lang: str) -> Entry:
    """Return the entry of a parameter or lever."""
    french = lang == "fr"
    label = (lookup("terms_fr", f"{path}.label") if french else None) or leaf.label
    words = (lookup("terms_fr", f"{path}.meaning") if french else None) or meaning(block, name)
    anchors = (listed("terms_fr", f"{path}.anchors") if french else ()) or leaf.anchors
    facts = {
        "unit": leaf.unit,
        "default": default,
        "legal": list(leaf.legal.bounds().values()),
        "plausible": list(leaf.plausible.bounds().values()),
        "symbol": leaf.symbol,
        "anchors": dict(zip(_places(leaf), anchors, strict=True)) if anchors else {},
        "source": leaf.source,
        "evidence": leaf.evidence,
    }
    parts = path.split(".")
    other = [".".join(parts[start:]) for start in range(1, len(parts))]
    return Entry(kind, path, label, words, facts, (*other, leaf.label, label, leaf.symbol))


def _places(leaf: Leaf) -> tuple[str, str, str]:
    """Return the values that the three anchors of a lever speak of."""
    low, high = (0.0, 1.0) if leaf.legal == (0, 1) else leaf.plausible
    return f"{low:g}", f"{(low + high) / 2:g}", f"{high:g}"


def preset_entries(lang: str) -> Iterator[Entry]:
    """Yield the presets."""
    for name in presets.names():
        value = presets.read(name).value
        title, question, description = (_words(value.get(key), lang) for key in ("title", "question", "description"))
        said = {key: value[key] for key in ("weeks", "learners", "design", "context", "arrivals") if key in value}
        yield Entry("preset", name, title, description, {"question": question, **said}, (f"preset:{name}", title))


def _words(said: Any, lang: str) -> str:
    """Return a text of a file in ``lang``."""
    return str(said.get(lang, "")) if isinstance(said, dict) else str(said or "")


def events(lang: str) -> Iterator[Entry]:
    """Yield what may happen in a week."""
    for event in arms(AnyEvent):
        name = options(event.model_fields["do"])[0]
        keys = {key: _event_word(name, key, meaning(event, key), lang) for key in fields(event) if key != "do"}
        words = " ".join((event.__doc__ or "").replace("``", "`").split())
        yield Entry("event", name, _event_word(name, "meaning", words, lang), "", {"keys": keys})


def _event_word(event: str, key: str, english: str, lang: str) -> str:
    """Return the words on an event, or on one of its keys (those that all events share stand with ``mark``)."""
    if lang != "fr":
        return english
    return lookup("events_fr", f"events.{event}.{key}") or lookup("events_fr", f"events.mark.{key}") or english


def ablations(lang: str) -> Iterator[Entry]:
    """Yield the mechanisms that may be switched off."""
    for name, ablation in ABLATIONS.items():
        label = (lookup("events_fr", f"ablations.{name}") if lang == "fr" else None) or ablation.label
        yield Entry("ablation", name, label, "", {"sets": ablation.neutral})


def metrics(lang: str) -> Iterator[Entry]:
    """Yield the metrics, those of the user's own scripts too."""
    for name in METRICS:
        metric = METRICS[name]
        facts = {"unit": metric.unit, "over": metric.say_over(lang), "formula": metric.formula, "source": metric.source}
        label = metric.say_label(lang)
        yield Entry("metric", name, label, metric.say_meaning(lang), facts, (metric.say_label("en"), label))


def scenarios(lang: str) -> Iterator[Entry]:
    """Yield the scenario files below ``scenarios/`` and in the present folder."""
    for path in sorted([*Path("scenarios").glob("**/*.yaml"), *Path().glob("*.yaml")]):
        try:
            text = read_bytes(path, LIMIT_MEGABYTES * 1_000_000)
            value = read_document(text, str(path)).value if SCENARIO.search(text) else None
        except InvalidFile:
            continue
        if isinstance(value, dict):
            title, question = (_words(value.get(key), lang) for key in ("title", "question"))
            yield Entry("scenario", path.as_posix(), title, question)


def lessons(lang: str) -> Iterator[Entry]:
    """Yield the lessons that come with ecosim."""
    from ecosim.dashboard.lesson import lesson_names, load_lesson  # lazily: only who lists lessons reads them

    for name in lesson_names():
        lesson = load_lesson(name).lesson
        words = {key: in_language(getattr(lesson, key), lang) for key in ("title", "aim", "question", "audience")}
        facts = {key: words[key] for key in ("question", "audience")}
        yield Entry("lesson", name, words["title"], words["aim"], {"minutes": lesson.minutes, **facts})


def sessions(lang: str) -> Iterator[Entry]:
    """Yield the class sessions that come with ecosim."""
    from ecosim.classroom.session import load_session, session_names  # lazily: as above

    for name in session_names():
        session = load_session(name).session
        words = {key: in_language(getattr(session, key), lang) for key in ("title", "aim", "question", "audience")}
        facts = {key: words[key] for key in ("question", "audience")}
        yield Entry("session", name, words["title"], words["aim"], {"minutes": session.minutes, **facts})


KINDS: dict[str, Callable[[str], Iterator[Entry]]] = {
    "scenarios": scenarios,
    "presets": preset_entries,
    "metrics": metrics,
    "levers": levers,
    "parameters": parameters,
    "events": events,
    "ablations": ablations,
    "lessons": lessons,
    "sessions": sessions,
}
"""What ``ecosim list`` lists."""
