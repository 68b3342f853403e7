"""Mechanisms that the data which the model was held against do not support: named in the ledger and in the ODD."""

from __future__ import annotations

from ecosim.evidence.found import unsupported
from ecosim.language import lookup, text
from ecosim.report.reference.markdown import code, link, plain
from ecosim.report.reference.words import joined
from ecosim.scenario.ablations import ABLATIONS

VALIDATION = "../validation.md"


def without(name: str, lang: str) -> str:
    """Return in words what no longer happens without a mechanism."""
    label = lookup("events_fr", f"ablations.{name}") if lang == "fr" else ABLATIONS[name].label
    return plain(label or ABLATIONS[name].label)


def ledger(lang: str) -> str:
    """Return the mechanisms with links to their parameters; empty where all are supported, or nothing is kept."""
    names = unsupported()
    said = joined((f"{without(name, lang)}{_parameters(name)}" for name in names), lang)
    return text("evidence.unsupported.ledger", lang, names=said, page=VALIDATION) if names else ""


def _parameters(name: str) -> str:
    """Return the parameters of a mechanism in brackets, nothing where it has none of its own."""
    paths = ABLATIONS[name].neutral
    links = ", ".join(link(code(path.removeprefix("context.")), "", path) for path in paths)
    return f" ({links})" if links else ""


def odd(lang: str) -> str:
    """Return the mechanisms with links to what switches them off; empty where all are supported."""
    names = unsupported()
    said = joined((link(without(name, lang), "events.md", f"ablation-{name}") for name in names), lang)
    return text("evidence.unsupported.odd", lang, names=said, page=VALIDATION) if names else ""
