"""A few plain questions, and the scenario that their answers make: a file like any other."""

from __future__ import annotations

from typing import Any

from ecosim.language import LANGUAGES, text
from ecosim.scenario.writer import write

QUESTIONS = ("kind", "learners", "weeks", "who", "freedom", "tutoring", "until", "deadlines")
ANSWERS: dict[str, tuple[str, ...]] = {
    "kind": ("distance-course", "institutional-class", "community-of-practice", "xmooc", "interest-group"),
    "who": ("mixed", "newcomers", "experienced"),
    "freedom": ("set", "some", "own"),
    "tutoring": ("none", "weekly", "often", "daily"),
    "deadlines": ("none", "monthly", "fortnightly"),
}
USUAL: dict[str, Any] = {
    "kind": "distance-course", "learners": 120, "weeks": 26, "who": "mixed", "freedom": "some", "tutoring": "weekly",
    "until": None, "deadlines": "none",
}  # fmt: skip

TUTORING = {"none": 0.0, "weekly": 0.2, "often": 0.4, "daily": 0.8}  #: days in five; more is more than one can be there
FREEDOM = {"set": 0.15, "some": 0.5, "own": 0.9}
EVERY = {"monthly": 4, "fortnightly": 2}  #: weeks between two deadlines
PEOPLE: dict[str, dict[str, Any]] = {
    "newcomers": {"newcomer": {"share": 1.0, "autonomy": {"mean": 0.4}, "skill": {"mean": 0.25}}},
    "experienced": {"experienced": {"share": 1.0, "autonomy": {"mean": 0.6}, "skill": {"mean": 0.5}}},
}


def scenario_text(answers: dict[str, Any], title: str) -> str:
    """Return the scenario that ``answers`` describe, as YAML.

    Parameters
    ----------
    answers : dict
        Question -> answer, as :data:`USUAL` has them; ``until`` is the week from which nobody facilitates, or ``None``.
    title : str
        What it is called.
    """
    weeks, until = int(answers["weeks"]), answers["until"]
    level = TUTORING[answers["tutoring"]]
    fades = until is not None and 0 < int(until) < weeks and level > 0.0
    design: dict[str, Any] = {"choice": FREEDOM[answers["freedom"]], "facilitation": level}
    if fades:
        last = [[int(until) - 1, level]] if int(until) > 1 else []
        design["facilitation"] = [[0, level], *last, [int(until), 0.0]]
    every = EVERY.get(answers["deadlines"])
    design["deadlines"] = list(range(every - 1, weeks, every)) if every else []
    question = {lang: text("dashboard.wizard.question", lang) for lang in LANGUAGES}  # that of the preset fits no more
    made: dict[str, Any] = {
        "ecosim": 1, "kind": "scenario", "title": title, "question": question,
        "extends": f"preset:{answers['kind']}", "weeks": weeks,
        "learners": int(answers["learners"]), "design": design,
    }  # fmt: skip
    if answers["who"] in PEOPLE:
        label = {lang: text(f"dashboard.wizard.who.{answers['who']}", lang) for lang in LANGUAGES}
        made["context"] = {"profiles": {name: {"label": label, **own} for name, own in PEOPLE[answers["who"]].items()}}
    return write(made)
