"""One learner's story: every week told once, quiet ones together, true, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ecosim.model.run import Run
from ecosim.report.story import story_text

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
LANGUAGES = ("en", "fr")
PEOPLE = 40
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "practice": (str(ROOT / "scenarios" / "community-of-practice.yaml"), {"learners": PEOPLE, "weeks": 30}),
    "arrivals": ("preset:interest-group", {"learners": PEOPLE, "weeks": 20}),
    "circles": (
        str(ROOT / "scenarios" / "two-circles.yaml"), {"learners": PEOPLE, "weeks": 30, "context.migration.mobility": 1}
    ),
    "wiki": ("preset:epistemic-wiki", {"learners": PEOPLE, "weeks": 20}),
}  # fmt: skip
ENGLISH = re.compile(r"\b(she|her|the|week|learner|task|answers?|with|leaves|flow \w)\b", re.I)


@pytest.fixture(params=list(WORLDS))
def run(request: pytest.FixtureRequest, lived: Lived) -> Run:
    """Return a run in which everybody was followed."""
    source, settings = WORLDS[request.param]
    return lived(source, settings, follow=PEOPLE)


def weeks_told(story: str) -> Iterator[int]:
    """Yield every week that a story speaks of, in its order."""
    for line in story.splitlines():
        if found := re.match(r"(?:Weeks?|Semaines?) (\d+)(?: (?:to|and|à|et) (\d+))?\. ", line):
            yield from range(int(found[1]), int(found[2] or found[1]) + 1)


def line_of(story: str, week: int) -> str:
    """Return the line that tells ``week``."""
    return next(line for line in story.splitlines() if week in weeks_told(line))


def someone(run: Run, what: Callable[[list[dict[str, Any]]], bool]) -> int:
    """Return a learner for whose weeks ``what`` holds."""
    return next(learner for learner, records in run.followed.items() if what(records))


def test_every_week_is_told_once_and_in_order(run: Run) -> None:
    for learner in range(PEOPLE):
        for lang in LANGUAGES:
            told = list(weeks_told(story_text(run, learner, lang)))
            ever = any(record["enrolled"] for record in run.followed[learner])
            assert told == (list(range(run.loaded.scenario.weeks)) if ever else [])


def test_stories_have_no_gaps_and_stay_in_their_language(run: Run) -> None:
    for learner in range(PEOPLE):
        english, french = (story_text(run, learner, lang) for lang in LANGUAGES)
        for story in (english, french):
            assert not re.search(r"[{}]|\bnan\b|\bNone\b|  |\.\.", story), story
            assert all(line == line.strip() for line in story.splitlines())
        assert len(english.splitlines()) == len(french.splitlines())
        assert not ENGLISH.search(french.replace("plein flow", "").replace("de flow", "").replace(" à ", " ")), french


def test_what_is_told_is_what_was(run: Run) -> None:
    for learner, records in run.followed.items():
        story = story_text(run, learner, "en")
        for record in records:
            if not any(each["enrolled"] for each in records):
                continue
            line = line_of(story, record["week"])
            assert ("She leaves: " in line) == (record["left"] or any(
                each["left"] for each in records if each["week"] in weeks_told(line)
            ))  # fmt: skip
            assert ("She does nothing" in line) == (record["enrolled"] and not record["acted"])
            assert ("alone with" in line) == bool(record["acted"] and not record["collective"])
            assert ("Nobody answers." in line) == (record["answered"] is False)
            assert ("Turned away by" in line) == bool(record["rejected"])
            assert ("tries something out" in line) == bool(record["explored"])
            if record["partner"] is not None:
                assert f"with learner {record['partner']}, " in line
            if record["acted"]:
                assert record["success"] == ("she succeeds" in line)
                assert (record["flow"] >= 0.65) == ("full flow" in line)


def test_a_learner_who_stayed(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    stayed = someone(
        run, lambda records: all(r["enrolled"] and not r["left"] for r in records) and records[-1]["persistence"] > 0.8
    )
    story = story_text(run, stayed, "en")
    assert "At the end she is still there: her own persistence carries her" in story
    assert "leaves" not in story
    active = sum(record["acted"] for record in run.followed[stayed])
    assert f"In all, {active} active weeks out of 30 (" in story
    assert "À la fin, elle est toujours là\u00a0: sa propre persistance la porte" in story_text(run, stayed, "fr")


def test_a_learner_who_left(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    gone = someone(run, lambda records: sum(r["left"] for r in records) == 1 and not records[-1]["enrolled"])
    story = story_text(run, gone, "en")
    week = next(record["week"] for record in run.followed[gone] if record["left"])
    assert "She leaves: " in line_of(story, week)
    assert "She is gone." in line_of(story, week + 1)
    assert "At the end she is gone." in story


def test_a_learner_who_came_back(lived: Lived) -> None:
    run = lived(
        "preset:community-of-practice",
        {"learners": PEOPLE, "weeks": 30, "context.staying.comeback": 1.0, "design.hazard": 0.3},
        follow=PEOPLE,
    )
    back = someone(run, lambda records: any(record["returned"] for record in records))
    week = next(record["week"] for record in run.followed[back] if record["returned"])
    assert line_of(story_text(run, back, "en"), week).endswith("She comes back at the end.")
    assert line_of(story_text(run, back, "fr"), week).endswith("À la fin, elle revient.")


def test_a_learner_who_never_did_anything(lived: Lived) -> None:
    run = lived({"ecosim": 1, "kind": "scenario", "learners": 9, "weeks": 12, "design": {"hazard": 0},
                 "context": {"access": 0}}, follow=1)  # fmt: skip
    story = story_text(run, 0, "en")
    assert "In all, she never did anything." in story
    assert "Weeks 0 to 11. " in story
    assert "In all, she never did anything." not in story_text(run, 0, "fr")
    assert "elle n'a jamais rien fait" in story_text(run, 0, "fr")


def test_a_learner_who_came_late(lived: Lived) -> None:
    run = lived(*WORLDS["arrivals"], follow=PEOPLE)
    late = someone(run, lambda records: records[5]["arrived"])
    story = story_text(run, late, "en")
    assert "\nWeeks 0 to 4. She has not come yet.\n" in story
    assert line_of(story, 5).split(". ", 1)[1].startswith("She comes. ")
    assert "Elle arrive. " in line_of(story_text(run, late, "fr"), 5)


def test_a_learner_who_never_came(lived: Lived) -> None:
    run = lived(*WORLDS["arrivals"], follow=PEOPLE)
    never = someone(run, lambda records: not any(record["enrolled"] for record in records))
    assert story_text(run, never, "en") == f"Learner {never}\n\nShe never comes during the run."
    assert "Elle n'arrive pas" in story_text(run, never, "fr")


def test_who_she_is_is_said(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    newcomer = someone(run, lambda records: records[0]["profile"] == "newcomer")
    assert story_text(run, newcomer, "en").startswith(f"Learner {newcomer} (newcomer)\nShe begins with ")
    assert story_text(run, newcomer, "fr").startswith(f"Apprenante {newcomer} (nouveau venu)\nElle commence avec ")
    circles = lived(*WORLDS["circles"], follow=PEOPLE)
    assert story_text(circles, 0, "en").startswith("Learner 0 (the hearth)\n")


def test_moves_are_told(lived: Lived) -> None:
    run = lived(*WORLDS["circles"], follow=PEOPLE)
    mover = someone(run, lambda records: any(r["community"] != r["community_after"] for r in records))
    record = next(r for r in run.followed[mover] if r["community"] != r["community_after"])
    names = {"hearth": "the hearth", "fortress": "the fortress"}
    assert f"She moves to {names[record['community_after']]}." in line_of(story_text(run, mover, "en"), record["week"])


def test_what_is_possible_and_why_not_the_rest(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    told = "\n".join(story_text(run, learner, "en") for learner in range(PEOPLE))
    assert "Possible for her: resources 1 " in told
    assert "she does not notice" in told
    assert "Now also possible: shared space" in told
    bare = lived(
        {
            "ecosim": 1,
            "kind": "scenario",
            "learners": 9,
            "weeks": 3,
            "design": {"solo_offer": 0, "collective_offer": 0},
        },
        follow=1,
    )
    story = story_text(bare, 0, "en")
    assert (
        "Nothing is possible for her. Of the rest, 12 offer nothing. She does nothing; nothing is possible for her."
        in story
    )


def test_artefacts_go_by_their_names(lived: Lived) -> None:
    artefacts = [
        {"name": "book", "label": {"en": "the book", "fr": "le livre"}, "collective": False, "signifier": 1},
        {"name": "forum", "collective": True, "signifier": 1},
    ]
    run = lived({"ecosim": 1, "kind": "scenario", "learners": 20, "weeks": 12, "artefacts": artefacts}, follow=20)
    english = "\n".join(story_text(run, learner, "en") for learner in range(20))
    french = "\n".join(story_text(run, learner, "fr") for learner in range(20))
    assert 'Possible for her: "the book" and "forum".' in english
    assert "«\u00a0le livre\u00a0» et «\u00a0forum\u00a0»" in french


@pytest.mark.parametrize(
    ("design", "context", "said"),
    [
        ({"deadlines": [2, 3, 4], "hazard": 0.05}, {"staying": {"deadline_factor": 50}}, "something is due"),
        ({"hazard": 5}, {}, "she is still new"),
        ({"hazard": 1}, {"population": {"persistence_mean": 0.1}}, "little drives her any more"),
        ({"hazard": 1, "ready_ties": 0}, {}, "no circle that accepts her holds her back"),
        (
            {"hazard": 0.5, "message_capacity": 1, "openness": 1, "signifier_collective": 1},
            {"response": {"stream": 1}, "staying": {"h_L": 5}, "population": {"b0_mean": 3}},
            "there are too many messages",
        ),
    ],
)
def test_why_she_left_is_said(design: dict[str, Any], context: dict[str, Any], said: str, lived: Lived) -> None:
    world = {"ecosim": 1, "kind": "scenario", "learners": 30, "weeks": 6, "design": design, "context": context}
    run = lived(world, follow=30)
    lines = [line for i in range(30) for line in story_text(run, i, "en").splitlines() if "She leaves: " in line]
    assert sum(said in line for line in lines) >= len(lines) / 4 > 0


def test_a_deadline_is_a_reason_only_in_its_week(lived: Lived) -> None:
    world = {"ecosim": 1, "kind": "scenario", "learners": 30, "weeks": 6, "design": {"deadlines": [3], "hazard": 0.4}}
    run = lived(world, follow=30)
    for learner, records in run.followed.items():
        for record in (each for each in records if each["left"]):
            line = line_of(story_text(run, learner, "en"), record["week"])
            assert ("something is due" in line) == (record["week"] == 3)


def test_weeks_that_are_alike_are_told_together(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    for learner, records in run.followed.items():
        lines = [line for line in story_text(run, learner, "en").splitlines() if "She is gone." in line]
        spells = sum(
            not record["enrolled"] and (before["enrolled"] or before["returned"])
            for before, record in pairwise(records)
        )
        assert len(lines) == spells


def test_only_followed_learners_have_a_story(small: Run) -> None:
    with pytest.raises(KeyError):
        story_text(small, 0, "en")
