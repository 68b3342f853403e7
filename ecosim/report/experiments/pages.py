"""The two pages of the experiments: what was expected, what came out, and where the model disagrees with the theory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ecosim.language import LANGUAGES
from ecosim.report.experiments.kept import read
from ecosim.report.experiments.places import PAGES, places
from ecosim.report.experiments.section import section
from ecosim.report.experiments.telling import Told, ask, box_cell, size_note, told_of
from ecosim.report.reference.markdown import bullets, heading, link, page, plain, table
from ecosim.report.study.saying import counted, listed

VERDICTS = ("supported", "contradicted", "undecided", "open")


def write_pages(folder: Path) -> list[Path]:
    """Write the pages of the experiments in ``folder`` from what is kept of them, and return their paths."""
    written = []
    for lang in LANGUAGES:
        path = folder / PAGES[lang]
        path.write_text(page_of(folder, lang), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def page_of(folder: Path, lang: str) -> str:
    """Return the page of the experiments in ``folder``.

    Parameters
    ----------
    folder : Path
        In which each experiment has its folder.
    lang : {"en", "fr"}
        Language of the page.
    """
    all_kept = [read(place) for place in places(folder)]
    told = [each for kept in all_kept for each in told_of(kept, lang)]
    return page(
        heading(1, ask("title", lang)),
        f"*{link(ask('other', lang), ask('other_page', lang))}*",
        *(ask(f"opening.{number}", lang) for number in ("what", "reading", "box", "again")),
        *_tally(told, lang),
        *_disagreements(told, lang),
        heading(2, ask("overview", lang)),
        _overview(told, lang),
        *(section(kept, lang) for kept in all_kept),
    )


def _tally(told: list[Told], lang: str) -> Iterator[str]:
    """Yield how many expectations there are, and what came of them at the defaults and over the box."""
    here = [each.held.verdict for each in told]
    there = [each.held.box.verdict for each in told if each.held.box is not None]
    facts = {"count": len(told), "here": _counts(here, lang), "there": _counts(there, lang), "boxed": len(there)}
    yield ask("tally", lang, **facts)
    late = sorted({each.kept.place.name for each in told if not each.kept.found.expected_before})
    if late:
        yield ask("late", lang, names=", ".join(late))


def _counts(verdicts: Sequence[str], lang: str) -> str:
    """Return how often each verdict was given."""
    return listed([counted(f"expect_{v}", verdicts.count(v), lang) for v in VERDICTS if verdicts.count(v)], lang)


def _disagreements(told: list[Told], lang: str) -> Iterator[str]:
    """Yield the expectations that were contradicted, at the defaults and then over the box, and what is undecided."""
    yield heading(2, ask("against.title", lang))
    groups = {
        "here": [each for each in told if each.held.verdict == "contradicted" and each.held.word != "equivalent"],
        "small": [each for each in told if each.held.verdict == "contradicted" and each.held.word == "equivalent"],
        "there": [each for each in told if each.held.verdict != "contradicted" and each.boxed == "contradicted"],
        "unsure": [each for each in told if each.held.verdict == "supported" and each.boxed == "undecided"],
        "undecided": [each for each in told if each.held.verdict == "undecided"],
    }
    for name, found in groups.items():
        if found:
            yield ask(f"against.{name}", lang)
            yield bullets(_disagreement(each, lang) for each in found)
    if not any(groups.values()):
        yield ask("against.none", lang)


def _disagreement(told: Told, lang: str) -> str:
    """Return one expectation with its result, as an item of a list."""
    came, place = told.came, told.kept.place
    facts = {"claim": plain(came.claim), "why": plain(came.why), "status": came.status, "result": plain(came.result)}
    line = ask("against.item", lang, number=link(str(place.number), name=place.name), **facts)
    return " ".join(part for part in (line, size_note(told, lang), plain(came.box), told.reading(lang)) if part)


def _overview(told: list[Told], lang: str) -> str:
    """Return the table of all expectations."""
    heads = [ask(f"columns.{name}", lang) for name in ("number", "claim", "status", "here", "there")]
    rows, before = [], ""
    for each in told:
        place = each.kept.place
        first = place.name != before
        title = link(f"{place.number}. {plain(each.kept.study.title(lang))}", name=place.name) if first else ""
        before = place.name
        came = each.came
        rows.append([title, plain(came.claim), came.status, _marked(came.verdict, came.word), box_cell(each, lang)])
    return table(heads, rows)


def _marked(words: str, verdict: str) -> str:
    """Return a verdict, in bold where it contradicts."""
    return f"**{words.lower()}**" if verdict == "contradicted" else words.lower()
