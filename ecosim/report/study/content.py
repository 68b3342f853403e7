"""Everything that the page of a study says, gathered for its templates."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any, NamedTuple

from ecosim.language import lookup, text
from ecosim.report.citation import LICENCE
from ecosim.report.grammar import sentence
from ecosim.report.page.pictures import pictured
from ecosim.report.page.repeat import MOST_TEXT, PACKAGE
from ecosim.report.study.amounts import amount_of
from ecosim.report.study.costs import cost_lines
from ecosim.report.study.designs import designs, factors
from ecosim.report.study.expected import came_of
from ecosim.report.study.naming import design_name
from ecosim.report.study.outcomes import outcomes, summary_text
from ecosim.report.study.saying import said
from ecosim.report.study.shown import Shown
from ecosim.report.study.sure import sure
from ecosim.report.study.verdicts import difference_beside, verdict_of
from ecosim.report.study.words import lead, ran, sections
from ecosim.scenario.parts import in_language
from ecosim.study.findings import Findings

RESOLVED = "resolved.yaml"
PARTS = (
    "answer", "figures", "designs", "expect", "groups", "sensitivity", "flips", "sure", "failures", "repeat", "limits",
    "licence",
)  # fmt: skip
"""Parts of the page in their order; those of which the study says nothing are left out."""
ALWAYS = frozenset({"answer", "designs", "sure", "repeat", "limits", "licence"})
DAY = 10  #: letters of a date


class Row(NamedTuple):
    """A design on one metric: its name, mean, the difference, the verdict beside it, and the word that styles it."""

    design: str
    mean: str
    rest: str
    word: str
    verdict: str


class Answer(NamedTuple):
    """What came out on one metric: its label, its meaning, which way is better, and rows or lines."""

    key: str
    label: str
    meaning: str
    better: str
    rows: list[Row]
    lines: list[str]


def content(shown: Shown, figures: Path, lang: str, provenance: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the page says, by the names that its templates use.

    Parameters
    ----------
    shown : Shown
        Findings, and series where they were kept.
    figures : Path
        Folder of the figures that have been drawn.
    lang : {"en", "fr"}
        Language of every word.
    provenance : dict
        What the study ran on, as it stands in its folder.
    """
    from ecosim.report.study.plots import FIGURES  # lazily: it imports matplotlib

    found = shown.found
    told = {section.key: section for section in sections(found, lang)}
    pictures = pictured(FIGURES, shown, figures, lang, "findings.figures.names")
    there = ALWAYS | told.keys() | ({"figures"} if pictures else set())
    return {
        "parts": [name for name in PARTS if name in there],
        "pictures": pictures,
        "told": told,
        **_head(found, provenance, lang),
        **_rest(found, lang),
        "commands": commands(lang),
        "facts": list(_facts(found, provenance, lang)),
        "files": _files(found),
        "licence": LICENCE,
    }


def _head(found: Findings, provenance: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return what stands first: who made the page and when, title, question, description."""
    session, study = provenance["sessions"][-1], found.study.study
    return {
        "made_by": session["versions"]["ecosim"],
        "day": session["begun"][:DAY],
        "title": found.study.title(lang),
        "question": in_language(study.question, lang),
        "description": in_language(study.description, lang),
    }


def _rest(found: Findings, lang: str) -> dict[str, Any]:
    """Return the answer, and what it rests on."""
    return {
        "ran": " ".join(ran(found, lang)),
        "answers": answers(found, lang),
        "outcome_lead": lead(found, "outcomes", lang),
        "designs": designs(found, lang),
        "factors": factors(found, lang),
        "costs": cost_lines(found, lang),
        "expectations": [came_of(found, each, lang) for each in found.held],
        "sure": sure(found, lang),
        "warnings": [(each.path, text(each.key, lang, **each.facts)) for each in found.study.warnings],
    }


def answers(found: Findings, lang: str) -> list[Answer]:
    """Return what came out on every metric: a row a design where the study stands at one point, else lines."""
    points = outcomes(found, lang)
    one = len(found.values.main) == 1
    made = []
    for wanted, point in zip(found.study.wanted, points, strict=True):
        better = said(f"page.answer.better_{wanted.metric.better}", lang) if wanted.metric.better else ""
        rows = _rows(found, wanted.key, lang) if one else []
        lines = [] if one else point.more
        label = sentence(wanted.label(lang))
        made.append(Answer(wanted.key, label, wanted.metric.say_meaning(lang), better, rows, lines))
    return made


def _rows(found: Findings, metric: str, lang: str) -> list[Row]:
    """Return a row for each design on one metric."""
    compared = {each.design: each for _, each in found.comparisons if each.metric == metric}
    wanted = next(each for each in found.study.wanted if each.key == metric)
    made = []
    for row in (each for each in found.summary_rows() if each["metric"] == metric):
        name = sentence(design_name(found, row["design"], lang))
        mean, word, verdict, rest = summary_text(row, amount_of(wanted), lang), "", "", ""
        if row["design"] in compared:
            comparison = compared[row["design"]]
            word, rest = verdict_of(found, comparison), difference_beside(found, comparison, lang)
            verdict = said(f"verdict.short.{word}", lang)
        elif len(found.study.arms) > 1:
            verdict = said("page.answer.baseline", lang)
        made.append(Row(name, mean, rest, word, verdict))
    return made


def commands(lang: str) -> list[tuple[str, str]]:
    """Return how to go on from the folder of results: what for, and the command."""
    made = {
        "again": [PACKAGE, "sweep", RESOLVED, "--out", "again"],
        "go_on": [PACKAGE, "sweep", "."],
        "verify": [PACKAGE, "verify", "."],
        "page": [PACKAGE, "report", ".", "--lang", lang],
    }
    return [(said(f"page.repeat.{name}", lang), shlex.join(words)) for name, words in made.items()]


def _facts(found: Findings, provenance: dict[str, Any], lang: str) -> Any:
    """Yield what the study ran on: name, value."""
    session = provenance["sessions"][-1]
    if git := session.get("git"):
        state = text("page.repeat.dirty", lang) if git["dirty"] else ""
        yield text("page.repeat.commit", lang), f"{git['commit']} {state}".strip()
    yield said("page.repeat.code", lang), str(provenance["code"])
    yield said("page.repeat.spec", lang), str(provenance["spec"])
    yield said("page.repeat.seed", lang), str(provenance["seed"])
    yield text("page.repeat.versions", lang), ", ".join(map(" ".join, session["versions"].items()))
    begun = [str(each["begun"]).replace("T", " ") for each in provenance["sessions"]]
    yield said("page.repeat.sessions", lang), ", ".join(begun)
    yield text("page.repeat.rule", lang), text("provenance.seed_rule", lang)


def _files(found: Findings) -> dict[str, str]:
    """Return the study as given and the complete one: name -> text, those that are not too long."""
    files = {found.study.file: found.study.given, RESOLVED: found.study.text(), **found.study.resolved()[1]}
    return {name: written for name, written in files.items() if written and len(written) <= MOST_TEXT}


def say(lang: str, key: str, /, **facts: Any) -> str:
    """Return a message of the page: one of its own, else one that it shares with the page of a run."""
    own = f"findings.page.{key}"
    return text(own if lookup(lang, own) is not None else f"page.{key}", lang, **facts)
