"""Who gains and who loses, group by group; and one learner's weeks in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

from ecosim.language import number, text
from ecosim.model.follow import week_of
from ecosim.model.metrics import METRICS
from ecosim.model.run import new_engine
from ecosim.report.naming import community_name, profile_name
from ecosim.report.page.opening import measured
from ecosim.report.page.pictures import Cell, Grid
from ecosim.report.story import Story, story, typical_learner

TOLD = ("retention", "participation", "flow_share", "collective_share", "skill_gain", "need_relatedness", "apprenance")
"""Metrics of the table of groups."""
NAMES = {"community": community_name, "profile": profile_name}
MOST_LEARNER_WEEKS = 3_000_000  #: above so many a run is not lived again for the sake of one story: some seconds


class Followed(NamedTuple):
    """Whose story is told, why hers, and the story."""

    learner: int
    rule: str
    story: Story


def groups(run: Any, lang: str) -> dict[str, Grid]:
    """Return the table of each kind of group of which there are several: communities, profiles."""
    made = {}
    for kind, found in run.by_group().items():
        labels = (METRICS[name].say_label(lang) for name in TOLD)
        head = (text(f"page.groups.{kind}", lang), text("page.groups.learners", lang), *labels)
        rows = [_row(NAMES[kind](run.loaded.scenario, name, lang), values, lang) for name, values in found.items()]
        made[kind] = Grid(head, rows, len(rows))
    return made


def _row(name: str, values: dict[str, float | None], lang: str) -> list[Cell]:
    """Return the row of one group."""
    size = Cell(number(values["learners"] or 0.0, lang, 0), True)
    return [Cell(name, False), size, *(Cell(measured(METRICS[each], values[each], lang), True) for each in TOLD)]


def followed(run: Any, choices: str, lang: str) -> Followed | None:
    """Return the weeks of the learner who was followed, or else of a typical one; ``None`` where the run is too large.

    To follow somebody chosen afterwards, the run is lived again: the same luck makes the same run, to the last bit.

    Parameters
    ----------
    run : Run
        Finished.
    choices : str
        What people decided in it, as the text of a JSON file; empty where nobody did.
    lang : {"en", "fr"}
        The language.
    """
    if run.followed:
        learner, rule = next(iter(run.followed)), text("page.person.followed", lang)
    elif run.loaded.scenario.learners * run.loaded.scenario.weeks > MOST_LEARNER_WEEKS:
        return None
    else:
        learner, rule = typical_learner(run), text("page.person.typical", lang)
        run = replace(run, followed={learner: lived_again(run, learner, choices)})
    return Followed(learner, rule, story(run, learner, lang))


def lived_again(run: Any, learner: int, choices: str) -> list[dict[str, Any]]:
    """Return the weeks of ``learner`` in the same run lived again: the same luck, the same choices of people."""
    decided = {int(week): _by_number(made) for week, made in json.loads(choices or "{}").items()}
    engine = new_engine(run.loaded, run.replicate)
    records: list[dict[str, Any]] = []
    while engine.running:
        engine.step(decided.get(engine.week))
        records.append(week_of(engine, learner, records[-1] if records else None))
    return records


def _by_number(made: dict[str, Any]) -> dict[int, Any]:
    """Return the choices of a week with the learners' numbers as numbers again."""
    return {int(learner): choice for learner, choice in made.items()}
