"""One learner under several designs: the same person under the same luck, side by side, then each story."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecosim.language import number, percent, text
from ecosim.report.story import story_text

WIDE = 34  #: most letters of a column's head


def versus_text(runs: list[Any], labels: list[str], learner: int, lang: str) -> str:
    """Return what became of a learner under each design, as a table and as one story a design.

    Parameters
    ----------
    runs : list of Run
        One a design, each of which has followed the learner.
    labels : list of str
        What people call the designs.
    learner : int
        Her number.
    lang : {"en", "fr"}
        Language.
    """
    rows = [[text("versus.head", lang, learner=learner), *(label[:WIDE] for label in labels)]]
    columns = [facts_of(run, learner, lang) for run in runs]
    rows += [[name, *(column[name] for column in columns)] for name in columns[0]]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    stories = [f"{label}\n{story_text(run, learner, lang)}" for run, label in zip(runs, labels, strict=True)]
    return "\n".join([text("versus.same", lang), "", *table]) + "\n\n" + "\n\n".join(stories)


def facts_of(run: Any, learner: int, lang: str) -> dict[str, str]:
    """Return what became of a learner in one run: what it is called -> what is said."""
    table = run.learners_table()
    own = {name: column[learner] for name, column in table.items()}
    left = int(own["left_week"])
    stays = text("versus.stayed", lang) if own["enrolled"] else text("versus.left", lang, week=left)
    if own["arrival_week"] >= run.engine.week:
        stays = text("versus.never_came", lang)
    facts = {
        "end": stays,
        "weeks_active": number(float(own["weeks_active"]), lang, 0),
        "weeks_collective": number(float(own["weeks_collective"]), lang, 0),
        "contributions": number(float(own["contributions"]), lang, 0),
        "flow": percent(_share(own["weeks_in_flow"], own["weeks_active"]), lang) if own["weeks_active"] else "–",
        "skill_gain": number(float(own["skill_gain"]), lang, 2),
        "apprenance": number(float(own["apprenance"]), lang, 2),
        "autonomous_motive": number(float(own["autonomous_motive"]), lang, 2),
        "persistence": number(float(own["persistence"]), lang, 2),
        "need_relatedness": number(float(own["need_relatedness"]), lang, 2),
        "ties": number(float(own["ties"]), lang, 0),
    }
    return {text(f"versus.facts.{name}", lang): said for name, said in facts.items()}


def _share(part: Any, whole: Any) -> float:
    return float(np.divide(part, whole))
