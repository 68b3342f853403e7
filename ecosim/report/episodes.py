"""A learner's week in sentences; weeks that would read the same are put together."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ecosim.language import number, text
from ecosim.model.follow import Record
from ecosim.report.grammar import joined, plural
from ecosim.report.naming import artefact_list, artefact_name

FITS = 0.75  #: balance from which a task is said to fit
SOME_FLOW = 0.45
FAMILIAR = 0.3  #: common ground from which two are said to know one another well: that of a ready tie
STEP = 0.01  #: changes of skill, and
FADED = 0.02  #: of persistence, that are told
REASONS = ("not_offered", "not_perceived", "not_able", "out_of_reach")


class Teller:
    """Tells the weeks of one learner.

    Parameters
    ----------
    run : Run
        The run.
    records : list of Record
        Her weeks.
    lang : {"en", "fr"}
        The language.
    """

    def __init__(self, run: Any, records: list[Record], lang: str) -> None:
        self.run, self.records, self.lang = run, records, lang
        self.news = _news(records)

    def groups(self) -> list[list[Record]]:
        """Return her weeks, those put together that would read the same."""
        found: list[list[Record]] = []
        for record in self.records:
            if found and self._same(found[-1][-1], record):
                found[-1].append(record)
            else:
                found.append([record])
        return found

    def say(self, group: list[Record]) -> list[str]:
        """Return the sentences for some weeks that are alike."""
        first = group[0]
        kind = self._kind(first)
        if kind in ("before", "gone"):
            return [text(f"story.{kind}", self.lang)]
        comes = [text("story.comes", self.lang)] if first["arrived"] and first["week"] else []
        said = self._act(group) if kind == "act" else self._idle(group)
        return [*comes, *self._possible(first), *said]

    def _kind(self, record: Record) -> str:
        """Return what kind of week it was."""
        if record["enrolled"]:
            return "act" if record["acted"] else "idle"
        return "before" if record["week"] < self.run.engine.learners.arrival_week[record["learner"]] else "gone"

    def _same(self, before: Record, record: Record) -> bool:
        """Tell whether a week reads like the one before."""
        moved = before["community"] != before["community_after"]
        if moved or record["arrived"] or record["week"] in self.news:
            return False
        return self._signature(before) == self._signature(record)

    def _signature(self, record: Record) -> tuple[Any, ...]:
        """Return everything that is said of a week, but for numbers."""
        kind = self._kind(record)
        if kind == "idle":
            return (kind, any(thing["compossible"] for thing in record["artefacts"]))
        if kind != "act":
            return (kind,)
        deed = (record["artefact"], record["explored"], record["partner"], _known(record))
        return (kind, *deed, self._task(record), self._flow(record), self._answer(record))

    def _possible(self, record: Record) -> list[str]:
        """Say what has become possible for her, and why the rest is not."""
        week, things = record["week"], record["artefacts"]
        if week not in self.news:
            return []
        scenario, new = self.run.loaded.scenario, self.news[week]
        if not new:
            said = [text("story.possible.none", self.lang)]
        else:
            key = "first" if week == min(self.news) else "new"
            said = [text(f"story.possible.{key}", self.lang, list=artefact_list(scenario, new, self.lang))]
        why = Counter(thing["reason"] for thing in things if not thing["compossible"])
        parts = [plural(f"story.reason.{name}", why[name], self.lang) for name in REASONS if why[name]]
        if parts:
            said.append(text("story.possible.rest", self.lang, reasons=joined(parts, self.lang)))
        return said

    def _idle(self, group: list[Record]) -> list[str]:
        """Say that she did nothing, and what it did to her."""
        last = group[-1]
        options = sum(thing["compossible"] for thing in last["artefacts"])
        said = [plural("story.idle", options, self.lang)]
        if len(group) > 1 and group[0]["persistence"] - last["persistence"] >= FADED:
            said.append(text("story.fading", self.lang, level=number(last["persistence"], self.lang)))
        return said

    def _act(self, group: list[Record]) -> list[str]:
        """Say what she did and with whom, how it felt, who answered, what she learned."""
        first, last, lang = group[0], group[-1], self.lang
        artefact = artefact_name(self.run.loaded.scenario, first["artefact"], lang)
        who = "" if first["partner"] is None else text("story.person", lang, learner=first["partner"])
        said = [text("story.explores", lang)] if first["explored"] else []
        said.append(text(f"story.act.{_known(first)}", lang, artefact=artefact, partner=who))
        mean = number(sum(record["flow"] for record in group) / len(group), lang)
        felt = text(f"story.flow.{self._flow(first)}", lang, flow=mean)
        said.append(text("story.felt", lang, task=text(f"story.task.{self._task(first)}", lang), flow=felt))
        answer, author = self._answer(first)
        if answer:
            said.append(text(f"story.answer.{answer}", lang, author=author))
        change = last["skill"] - first["skill_before"]
        if abs(change) >= STEP:
            way = "rises" if change > 0 else "falls"
            said.append(text(f"story.skill.{way}", lang, skill=number(last["skill"], lang)))
        return said

    def _task(self, record: Record) -> str:
        """Return how the task fitted, and whether she managed it."""
        way = "fits" if record["balance"] >= FITS else "easy" if record["mismatch"] < 0.0 else "hard"
        return f"{way}_{'yes' if record['success'] else 'no'}"

    def _flow(self, record: Record) -> str:
        """Return how much flow there was."""
        if record["flow"] >= self.run.loaded.scenario.context.flow.episode:
            return "full"
        return "some" if record["flow"] >= SOME_FLOW else "little"

    def _answer(self, record: Record) -> tuple[str, str]:
        """Return how her post was met and by whom; nothing where there was none."""
        if record["answered"] is None:
            return "", ""
        author = record["author"]
        if not record["answered"]:
            return "nobody", ""
        if author is None or author == "facilitator":
            said = text(f"story.{author or 'crowd'}", self.lang)
        elif author == record["partner"]:
            said = text("story.partner", self.lang)
        else:
            said = text("story.person", self.lang, learner=author)
        return "rejected" if record["rejected"] else "warm", said


def _known(record: Record) -> str:
    """Return with whom she acts: alone with a resource, alone on something shared, or with whom."""
    if record["partner"] is None:
        return "alone" if record["collective"] else "solo"
    if record["ground"] <= 0.0:
        return "stranger"
    return "familiar" if record["ground"] >= FAMILIAR else "acquaintance"


def _news(records: list[Record]) -> dict[int, list[int]]:
    """Return what has become possible for the first time, by the week in which it is told.

    Told are the week of her arrival, whatever was possible in it, and the weeks in which she acts.
    """
    told: set[int] = set()
    found: dict[int, list[int]] = {}
    for record in records:
        if not record["enrolled"] or not (record["arrived"] or record["acted"]):
            continue
        new = [thing["number"] for thing in record["artefacts"] if thing["compossible"] and thing["number"] not in told]
        told.update(new)
        if new or record["arrived"]:
            found[record["week"]] = new
    return found
