"""What a study found, in plain words: the page that ``ecosim sweep`` prints."""

from __future__ import annotations

from typing import NamedTuple

from ecosim.report.page.opening import INDENT, Point
from ecosim.report.study.costs import cost_lines
from ecosim.report.study.expected import expectation_text, tally
from ecosim.report.study.gains import gains
from ecosim.report.study.leaning import leaning
from ecosim.report.study.naming import design_name, point_name
from ecosim.report.study.outcomes import outcomes
from ecosim.report.study.places import places
from ecosim.report.study.saying import counted, said
from ecosim.scenario.parts import in_language
from ecosim.study.findings import Findings

MOST_FAILURES = 5  #: that are told one by one
LONG, MOST_POINTS = ("sensitivity", "flips"), 8  #: parts of which the page of words tells so much


class Section(NamedTuple):
    """A part of what is told: its key, its title, a line that explains it, its points."""

    key: str
    title: str
    lead: str
    points: list[Point]


def study_text(found: Findings, lang: str) -> str:
    """Return what a study found, as a page of plain words.

    Parameters
    ----------
    found : Findings
        What it found.
    lang : {"en", "fr"}
        Language of every word.
    """
    head = [found.study.title(lang), in_language(found.study.study.question, lang)]
    blocks = ["\n".join(line for line in head if line), " ".join(ran(found, lang))]
    for section in sections(found, lang):
        lines = [section.title + said("colon", lang), section.lead]
        blocks.append("\n".join([line for line in lines if line] + _indented(_few(section, lang))))
    return "\n\n".join([*blocks, said("closing", lang)])


def _few(section: Section, lang: str) -> list[Point]:
    """Return the points of a part, of those that can be very many the first, and how many more there are."""
    over = len(section.points) - MOST_POINTS
    if section.key not in LONG or over <= 0:
        return section.points
    return [*section.points[:MOST_POINTS], Point(counted("more_points", over, lang), [])]


def _indented(points: list[Point]) -> list[str]:
    """Return points and the lines under them, each deeper than what it belongs to."""
    return [line for point in points for line in (INDENT + point.said, *(2 * INDENT + each for each in point.more))]


def sections(found: Findings, lang: str) -> list[Section]:
    """Return all that there is to tell, the answer first; parts of which a study says nothing are left out."""
    tables = {
        "outcomes": outcomes(found, lang),
        "expect": [Point(expectation_text(found, each, lang), []) for each in found.held],
        "groups": gains(found, lang),
        "costs": [Point(line, []) for line in cost_lines(found, lang)],
        "sensitivity": leaning(found, lang),
        "flips": places(found, lang),
        "failures": failures(found, lang),
    }
    return [
        Section(key, said(f"{key}.title", lang), lead(found, key, lang), points)
        for key, points in tables.items()
        if points
    ]


def lead(found: Findings, key: str, lang: str) -> str:
    """Return the line that explains a part, empty where none is needed."""
    if key == "expect":
        late = "" if found.expected_before else " " + said("expect.late", lang)
        return tally(found, lang) + late
    if key == "outcomes":
        return said("outcomes.lead" if len(found.study.arms) > 1 else "outcomes.lead_one", lang)
    if key == "sensitivity":
        kind = "rank" if found.study.kind not in ("sobol", "morris") else found.study.kind
        return said(f"sensitivity.lead.{kind}", lang) + (_by_chance(found, lang) if kind == "rank" else "")
    if key in ("groups", "flips"):
        return said(f"{key}.lead", lang)
    return ""


def _by_chance(found: Findings, lang: str) -> str:
    """Return how many of very many assumptions would stand above the noise floor by chance alone."""
    factors = sum(axis.ordered for axis in found.study.points.axes)
    expected = round((1.0 - found.study.study.compare.confidence) * factors)
    if not expected:
        return ""
    return " " + said("sensitivity.by_chance", lang, count=expected, factors=counted("factors", factors, lang))


def ran(found: Findings, lang: str) -> list[str]:
    """Return in sentences how many runs there were, of what."""
    study, runs = found.study, counted("runs", sum(found.counts.values()), lang)
    several = len(study.arms) > 1
    facts = {"runs": runs, "designs": counted("designs", len(study.arms), lang)}
    facts["replicates"] = counted("replicates", found.replicates, lang)
    if study.kind != "designs":
        method = said(f"method.{study.kind}", lang)
        points = counted("points", len(study.points), lang)
        key = "ran.points" if several else "ran.points_one"
        lines = [said(key, lang, **facts, points=points, method=method)]
    else:
        lines = [said("ran.designs" if several else "ran.one", lang, **facts)]
    if several:
        lines.append(said("ran.paired", lang))
    if study.box is not None and study.box.robustness is not None:
        box = {"points": counted("points", len(study.points) - 1, lang),
               "factors": counted("factors", len(study.points.axes), lang),
               "replicates": counted("runs", study.box.robustness.replicates, lang)}  # fmt: skip
        lines.append(said("ran.box", lang, **box))
    return lines


def failures(found: Findings, lang: str) -> list[Point]:
    """Return the runs that failed: how many, and the first of them by name."""
    count = sum(count for status, count in found.counts.items() if status != "done")
    if not count:
        return []
    lines = []
    for each in found.failures[:MOST_FAILURES]:
        facts = {"design": design_name(found, each["design"], lang), "replicate": each["replicate"]}
        point = point_name(found.study.points.settings(each["point"]), each["point"], lang)
        lines.append(said("failures.one", lang, **facts, point=point, error=each["error"]))
    if count > len(lines):
        lines.append(said("failures.more", lang, count=count - len(lines)))
    return [Point(counted("failed", count, lang), lines)]
