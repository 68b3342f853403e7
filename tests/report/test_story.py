"""One learner's story: every week told once, like weeks together, true, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from ecosim.language import number
from ecosim.model.run import Run, simulate
from ecosim.report.story import Story, story, story_text, typical_learner
from ecosim.report.story.episodes import episodes, settled_apprenance, state_of
from ecosim.scenario.resolve import load
from tests.strategies import scenarios

ROOT = Path(__file__).parents[2]
Lived = Callable[..., Run]
LANGUAGES = ("en", "fr")
PEOPLE = 40
WORLDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "practice": (str(ROOT / "scenarios" / "community-of-practice.yaml"), {"learners": PEOPLE, "weeks": 50}),
    "arrivals": ("preset:interest-group", {"learners": PEOPLE, "weeks": 20}),
    "circles": (
        str(ROOT / "scenarios" / "two-circles.yaml"), {"learners": PEOPLE, "weeks": 30, "context.migration.mobility": 1}
    ),
    "wiki": ("preset:epistemic-wiki", {"learners": PEOPLE, "weeks": 20}),
    "returns": (
        "preset:community-of-practice",
        {"learners": PEOPLE, "weeks": 30, "context.staying.comeback": 1.0, "design.hazard": 0.3},
    ),
}  # fmt: skip
RUNS: dict[int, Run] = {}
ENGLISH = re.compile(r"\b(she|her|the|weeks?|learner|tasks?|posts?|with|leaves|newly|flow \w)\b", re.I)
FRENCH = "plein flow|de flow|le flow|flow nourrit|faute de flow"


@pytest.fixture(params=list(WORLDS))
def run(request: pytest.FixtureRequest, lived: Lived) -> Run:
    """Return a run in which everybody was followed."""
    source, changes = WORLDS[request.param]
    return lived(source, changes, follow=PEOPLE)


@cache
def _told_of(run: int, learner: int, lang: str) -> str:
    return story_text(RUNS[run], learner, lang)


def told_of(run: Run, learner: int, lang: str = "en") -> str:
    """Return a story, told once for all tests."""
    RUNS[id(run)] = run
    return _told_of(id(run), learner, lang)


def weeks_told(line: str) -> range:
    """Return the weeks that a line tells; none where it tells of no weeks."""
    found = re.match(r"(?:Weeks?|Semaines?) (\d+)(?: (?:to|and|à|et) (\d+))?\. ", line)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)


def lines_of(run: Run, learner: int, lang: str = "en") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each line of weeks, and the records of the weeks that it tells."""
    records = run.followed[learner]
    for line in told_of(run, learner, lang).splitlines():
        if weeks := weeks_told(line):
            yield line, [records[week] for week in weeks]


def numbers(text: str) -> Counter[str]:
    """Return all numbers of a text, decimals with a point."""
    return Counter(each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d+)?", text))


def someone(run: Run, what: Callable[[list[dict[str, Any]]], bool]) -> int:
    """Return a learner for whose weeks ``what`` holds."""
    return next(learner for learner, records in run.followed.items() if what(records))


def test_every_week_is_told_once_and_in_order(run: Run) -> None:
    for learner in range(PEOPLE):
        for lang in LANGUAGES:
            told = [record["week"] for _, weeks in lines_of(run, learner, lang) for record in weeks]
            ever = any(record["enrolled"] for record in run.followed[learner])
            assert told == (list(range(run.loaded.scenario.weeks)) if ever else [])


def test_stories_have_no_gaps_and_stay_in_their_language(run: Run) -> None:
    for learner in range(PEOPLE):
        english, french = (told_of(run, learner, lang) for lang in LANGUAGES)
        for told in (english, french):
            assert not re.search(r"[{}]|\bnan\b|\bNone\b(?! of)|  |\.\.|,,|\( ", told), told
            assert all(line == line.strip() for line in told.splitlines())
            assert not re.search(r"[a-z][.] [a-zéà]", told), told
        assert not ENGLISH.search(re.sub(FRENCH, "", french, flags=re.I).replace(" à ", " ")), french
        assert not re.search(r"\b(de|à) (le|les)\b|\b(que|de) (il|elle|on|un|une|autres)\b", french), french


def test_both_languages_tell_the_same_facts(run: Run) -> None:
    for learner in range(PEOPLE):
        english, french = (told_of(run, learner, lang).splitlines() for lang in LANGUAGES)
        assert len(english) == len(french)
        for one, other in zip(english, french, strict=True):
            assert numbers(one.replace("resource", "")) == numbers(other), (one, other)


def test_text_is_the_parts_joined(run: Run) -> None:
    for lang in LANGUAGES:
        told = story(run, 0, lang)
        assert isinstance(told, Story)
        lines = [f"{when}. {said}" for when, said in told.weeks]
        blocks = [[told.head, told.starts] if told.starts else [told.head], lines, told.end]
        assert story_text(run, 0, lang) == "\n\n".join("\n".join(block) for block in blocks if block)


def test_what_is_told_is_what_was(run: Run) -> None:
    for learner in range(PEOPLE):
        for line, weeks in lines_of(run, learner):
            acts = [record for record in weeks if record["acted"]]
            there = [record for record in weeks if record["enrolled"]]
            assert len(there) in (0, len(weeks))
            assert ("She leaves: " in line) == any(record["left"] for record in weeks)
            assert ("At the end she comes back: " in line) == any(record["returned"] for record in weeks)
            assert ("She moves to " in line) == any(r["community"] != r["community_after"] for r in there)
            assert ("She does nothing" in line) == bool(there and not acts)
            if found := re.search(r"She is active in (\d+) weeks? out of (\d+)", line):
                assert (int(found[1]), int(found[2])) == (len(acts), len(weeks))
            assert ("active every week" in line or "active in both weeks" in line) == (len(acts) == len(weeks) > 1)
            assert ("Out of curiosity" in line) == any(record["explored"] for record in acts)


def test_deeds_are_told_in_the_numbers_of_the_records(run: Run) -> None:
    for learner in range(PEOPLE):
        for line, weeks in lines_of(run, learner):
            acts = [record for record in weeks if record["acted"]]
            posts = [record for record in acts if record["collective"]]
            met = [record for record in posts if record["answered"]]
            if len(acts) > 1:
                assert f"flow ({number(sum(r['flow'] for r in acts) / len(acts))} on average)" in line
            if found := re.search(r"she succeeds (\d+) times in (\d+) tries", line):
                assert (int(found[1]), int(found[2])) == (sum(r["success"] for r in acts), len(acts))
            assert ("she always succeeds" in line) == (len(acts) > 1 and all(r["success"] for r in acts))
            if found := re.search(r"Of her (\d+) posts, (\d+|one)", line):
                assert (found[1], found[2].replace("one", "1")) == (str(len(posts)), str(len(met)))
            assert ("posts are answered" in line and "Of her" not in line) == (len(met) == len(posts) > 1)
            refused = sum(record["rejected"] for record in met)
            assert bool(re.search("turns? her away", line)) == bool(refused)
            if found := re.search(r"Of the answers, (\d+) turn", line):
                assert int(found[1]) == refused


def test_people_who_are_named_were_met(run: Run) -> None:
    for learner in range(PEOPLE):
        for line, weeks in lines_of(run, learner):
            there = {record["partner"] for record in weeks} | {record["author"] for record in weeks}
            there |= {caller for record in weeks for caller in record["called_by"]}
            assert {int(each) for each in re.findall(r"[Ll]earner (\d+)", line)} <= there
            partners = {record["partner"] for record in weeks} - {None}
            if found := re.search(r"She turns to (.*?)\.", line):
                more = re.search(r"(\d+|one) others?", found[1])
                others = int(more[1].replace("one", "1")) if more else 0
                assert len(re.findall(r"learner", found[1])) + others == len(partners)


def test_skill_is_told_from_span_to_span(run: Run) -> None:
    """What one span ends with, the next begins with: nothing is lost between two lines but small changes."""
    for learner in range(PEOPLE):
        for line, weeks in lines_of(run, learner):
            start, end = weeks[0]["skill_before"], weeks[-1]["skill"]
            found = re.search(r"Her skill (rises|falls) from (\S+) to (\d\.\d+)", line)
            told = weeks[0]["enrolled"] and start is not None and abs(end - start) >= 0.01
            assert bool(found) == told
            if found:
                assert found.groups() == ("rises" if end > start else "falls", number(start), number(end))


def test_strangers_are_strangers_once(run: Run) -> None:
    """Nobody is called a stranger whom she met in an earlier span, or to whom she had a tie."""
    for learner in range(PEOPLE):
        met: set[int] = set()
        for line, weeks in lines_of(run, learner):
            first: dict[int, dict[str, Any]] = {}
            for record in weeks:
                if record["partner"] is not None:
                    first.setdefault(record["partner"], record)
            new = {j for j, record in first.items() if j not in met and record["partner_tie"] == 0.0}
            if found := re.search(r"\b(\d+|one) of them (?:a )?strangers?", line):
                assert int(found[1].replace("one", "1")) == len(new) < len(first)
            if "none of them a stranger" in line or "met before" in line or "knew already" in line:
                assert not new
            if re.search(r"strangers? to her until then", line):
                assert new == set(first)
            met |= first.keys() | {caller for record in weeks for caller in record["called_by"]}


def test_what_is_possible_is_told_when_it_changes(run: Run) -> None:
    """Whatever she uses has been told to be possible before, or is called a try out of curiosity."""
    scenario = run.loaded.scenario
    if not isinstance(getattr(scenario.artefacts, "solo", None), int):
        return
    for learner in range(PEOPLE):
        known: set[int] = set()
        for line, weeks in lines_of(run, learner):
            known |= opened(line, scenario.artefacts.solo)
            for record in weeks:
                if record["acted"] and not record["explored"]:
                    assert record["artefact"] in known, line
            for said in re.findall(r"(?:No longer possible|any more; gone): ([^.]*)\.", line):
                lost = listed(said, scenario.artefacts.solo)
                assert lost <= known
                assert not lost & {thing["number"] for r in weeks for thing in r["artefacts"] if thing["compossible"]}
                known -= lost


def opened(line: str, solo: int) -> set[int]:
    """Return the artefacts of which a line says that they are possible."""
    found = re.findall(r"(?:Possible for her|Newly possible|open to her|opens to her): ([^.]*)\.", line)
    return {number for said in found for number in listed(said, solo)}


def listed(said: str, solo: int) -> set[int]:
    """Return the numbers of the artefacts in a list such as "resources 1 to 3 and shared space 2"."""
    numbers: set[int] = set()
    for kind, which in re.findall(r"(resource|shared space)s? ([\d, to]*(?:(?:and )?\d[\d, to]*)*)", said):
        spans = re.findall(r"(\d+) to (\d+)", which)
        each = {n for a, b in spans for n in range(int(a), int(b) + 1)} | {int(n) for n in re.findall(r"\d+", which)}
        numbers |= {n - 1 + (solo if kind == "shared space" else 0) for n in each}
    return numbers


def test_the_end_says_what_became_of_her(run: Run) -> None:
    for learner, records in run.followed.items():
        if not any(record["enrolled"] for record in records):
            continue
        end, last = "\n".join(story(run, learner, "en").end), records[-1]
        there = bool(run.engine.learners.enrolled[learner])
        assert ("still there" in end or "just coming back" in end) == there
        if found := re.search(r"she left in week (\d+) ", end):
            assert int(found[1]) == run.engine.learners.left_week[learner]
        active = sum(record["acted"] for record in records)
        enrolled = sum(record["enrolled"] for record in records)
        assert re.search(rf"In all, {active} active weeks? out of {enrolled}[ .,]", end) or not active
        assert f" to {number(last['skill'])}, her persistence" in end
        times = {0: "", 1: "once", 2: "twice"}.get(count := sum(r["returned"] for r in records), f"{count} times")
        assert f"She has come back {times}." in end or not times


def test_a_year_takes_at_most_forty_lines(lived: Lived) -> None:
    presets = ("community-of-practice", "xmooc", "question-and-answer", "institutional-class", "lone-autodidact")
    for name in presets:
        run = lived(f"preset:{name}", {"learners": 24, "weeks": 52}, follow=24)
        lengths = [len(told_of(run, learner, "en").splitlines()) for learner in run.followed]
        assert max(lengths) <= 40, name
        assert np.median(lengths) <= 24, name


def test_short_stays_are_told_week_by_week(lived: Lived) -> None:
    run = lived("preset:xmooc", {"learners": PEOPLE, "weeks": 12}, follow=PEOPLE)
    for learner, records in run.followed.items():
        lived = [record["acted"] for record in records if record["enrolled"]]
        if len(lived) <= 6:
            changes = sum(one != other for one, other in pairwise(lived))
            assert sum(weeks[0]["enrolled"] for _, weeks in lines_of(run, learner)) > changes


def test_spans_begin_where_something_turns(run: Run) -> None:
    events = {event.week for event in run.loaded.scenario.events}
    for learner, records in run.followed.items():
        spans = episodes(run, records)
        assert [record for span in spans for record in span] == records
        starts = {span[0]["week"] for span in spans}
        for before, record in pairwise(records):
            if state_of(run, before) != state_of(run, record):
                assert record["week"] in starts
            elif not record["enrolled"]:
                assert record["week"] not in starts
            elif before["community"] != before["community_after"]:
                assert record["week"] in starts
        for week in events:
            if 0 < week < len(records) and records[week]["enrolled"] and sum(r["enrolled"] for r in records) > 30:
                assert {week - 1, week, week + 1} & starts
        assert learner == spans[0][0]["learner"]


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ("----hhhh", [(4, True)]), ("hhhh", [(0, True)]), ("hhh-hhh", []), ("hhhhh---hh", [(0, True)]),
        ("hhhh----hhhh", [(0, True), (4, False), (8, True)]), ("hhhhgggg", [(0, True)]), ("", []),
    ],
)  # fmt: skip
def test_apprenance_settles_after_some_weeks(course: str, expected: list[tuple[int, bool]]) -> None:
    records = [
        {"week": week, "enrolled": each != "g", "apprenance": 0.7 if each == "h" else 0.5}
        for week, each in enumerate(course)
    ]
    assert list(settled_apprenance(records, 0.6)) == expected


def test_a_learner_who_stayed(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    stayed = someone(
        run, lambda records: all(r["enrolled"] and not r["left"] for r in records) and records[-1]["persistence"] > 0.8
    )
    told = story_text(run, stayed, "en")
    assert re.search(r"At the end she is still there: .*her own persistence carries her", told)
    assert "She leaves" not in told
    assert re.search(
        r"À la fin, elle est toujours là\u00a0: .*sa propre persistance la porte", story_text(run, stayed, "fr")
    )


def test_a_learner_who_left(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    gone = someone(run, lambda records: sum(r["left"] for r in records) == 1 and not records[-1]["enrolled"])
    week = next(record["week"] for record in run.followed[gone] if record["left"])
    lines = [line for line, weeks in lines_of(run, gone) if weeks[-1]["week"] == week]
    assert re.search(r"She leaves: [^:]*\. Her risk of leaving was [\d.]+% that week", lines[0])
    assert story_text(run, gone, "en").count("She is gone.") == 1
    assert f"At the end she is gone: she left in week {week} (" in story_text(run, gone, "en")


def test_a_learner_who_came_back(lived: Lived) -> None:
    run = lived(*WORLDS["returns"], follow=PEOPLE)
    back = someone(run, lambda records: any(record["returned"] for record in records[:-1]))
    week = next(record["week"] for record in run.followed[back] if record["returned"])
    lines = {weeks[0]["week"]: line for line, weeks in lines_of(run, back)}
    assert "She is back." in lines[week + 1]
    assert "Elle est de retour." in story_text(run, back, "fr")


def test_a_learner_who_never_did_anything(lived: Lived) -> None:
    world = {"ecosim": 1, "kind": "scenario", "learners": 9, "weeks": 12, "design": {"hazard": 0}}
    run = lived(world | {"context": {"access": 0}}, follow=1)
    told = story_text(run, 0, "en")
    assert "In all, she never did anything." in told
    assert "In 12 weeks out of 12, circumstances leave her no room for it." in told or "In 11 weeks out of 11" in told
    assert "still there: hardly anybody leaves from one week to the next." in told
    assert "elle n'a jamais rien fait" in story_text(run, 0, "fr")


def test_a_learner_who_came_late_or_never(lived: Lived) -> None:
    run = lived(*WORLDS["arrivals"], follow=PEOPLE)
    late = someone(run, lambda records: 0 < records[0]["week"] + sum(not r["enrolled"] for r in records[:5]) < 5)
    told = story_text(run, late, "en")
    assert "She has not come yet." in told
    assert "She comes." in told
    never = someone(run, lambda records: not any(record["enrolled"] for record in records))
    assert story_text(run, never, "en") == f"Learner {never}\n\nShe never comes during the run."
    assert story(run, never, "fr") == Story(
        f"Apprenante {never}", "", [], ["Elle n'arrive pas avant la fin de la simulation."]
    )


def test_people_go_by_their_names() -> None:
    run = simulate(load(str(ROOT / "scenarios" / "imported-network.yaml"), set={"weeks": 12}), follow=range(60))
    told = [story_text(run, learner, "en") for learner in range(60)]
    assert told[5].startswith("Camille (learner 5)\n")
    assert story_text(run, 5, "fr").startswith("Camille (apprenante 5)\n")
    assert any("She turns to " in each for each in told)
    assert not any(re.search(r"[Ll]earner \d", each.partition("\n")[2]) for each in told)


def test_events_are_told_by_name_to_those_who_are_there(lived: Lived) -> None:
    run = lived(*WORLDS["practice"], follow=PEOPLE)
    for learner, records in run.followed.items():
        here = records[40]["enrolled"]
        assert ("Event in week 40: The facilitator leaves." in story_text(run, learner, "en")) == here
        assert ("Événement de la semaine 40\u00a0: L'animateur part." in story_text(run, learner, "fr")) == here


def test_whom_a_person_plays() -> None:
    world = load("preset:community-of-practice", set={"learners": 20, "weeks": 8, "design.hazard": 0})
    choices = {week: {3: {"artefact": None}} for week in (2, 3, 4)}
    run = simulate(world, follow=[3], choices=choices)
    assert "In 3 weeks a person decides for her." in story(run, 3, "en").starts
    assert "Pendant 3 semaines, une personne décide pour elle." in story(run, 3, "fr").starts


def test_only_followed_learners_have_a_story(small: Run) -> None:
    with pytest.raises(KeyError):
        story_text(small, 0, "en")


def test_the_typical_learner_is_the_medoid(run: Run) -> None:
    people = run.engine.learners
    who = [i for i in range(PEOPLE) if people.arrival_week[i] < run.engine.week]
    skill = people.skill[people.interest, np.arange(PEOPLE)]
    enrolled = [sum((r["enrolled"] and not r["left"]) or r["returned"] for r in run.followed[i]) for i in range(PEOPLE)]
    ties = [run.followed[i][-1]["ties"] for i in range(PEOPLE)]
    table = np.array([skill, people.weeks_active, enrolled, ties], float)[:, who]
    table /= table.std(axis=1)[:, None]
    distance = np.abs(table[:, :, None] - table[:, None, :]).sum(axis=(0, 2))
    found = typical_learner(run)
    assert distance[who.index(found)] == pytest.approx(distance.min())
    assert found == typical_learner(run)


def test_where_all_are_alike_the_first_is_typical() -> None:
    world = {"learners": 1, "weeks": 1, "context": {"network": {"kind": "none"}}}
    assert typical_learner(simulate(load(world))) == 0


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(learners=30, weeks=9))
def test_any_world_can_be_told(world: dict[str, Any]) -> None:
    """Whatever the scenario: the story never fails, and never contradicts the records."""
    run = simulate(load(world), follow=range(min(4, world["learners"])))
    for learner, records in run.followed.items():
        english, french = (story_text(run, learner, lang) for lang in LANGUAGES)
        assert len(english.splitlines()) == len(french.splitlines())
        told = list(lines_of(run, learner))
        if not any(record["enrolled"] for record in records):
            assert not told
            continue
        assert [record["week"] for _, weeks in told for record in weeks] == list(range(len(records)))
        for line, weeks in told:
            assert ("She leaves: " in line) == weeks[-1]["left"]
            assert not any(record["left"] for record in weeks[:-1])
            assert ("She does nothing" in line) == (weeks[0]["enrolled"] and not any(r["acted"] for r in weeks))
