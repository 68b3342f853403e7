"""Why a learner left, stayed or came back: the terms of her hazard in words, the largest first."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, prod

from ecosim.language import number, text
from ecosim.mechanisms.intention import drive
from ecosim.model.follow import Record
from ecosim.model.risk import TERMS, probability
from ecosim.report.grammar import joined, rate, share

PUSH = 0.2  #: what adds so much to the log hazard (a fifth to the risk) is called a reason
MOST = 3  #: reasons that are told
RARE, EASY = 0.01, 0.1  #: weekly hazard at middle drive, unheld, up to which leaving is rare, from which it is easy

Terms = dict[str, float | None]
Reason = tuple[float, str, str]
"""How much a term adds to the log hazard, its name, and against what: ``plain``, ``others`` or ``self``."""


def reasons_to_leave(records: list[Record], week: int) -> list[Reason]:
    """Return what drove her out at the end of ``week``, the largest first: the terms that stand out.

    A term counts by as much as it exceeds its reference: for a deadline, being new and overload none of it; for drive
    and for being held the mean of the others, and her own mean in the earlier weeks of the spell, whichever makes the
    greater difference, and for drive also the middle of the scale; for how easy leaving is her own earlier weeks alone.
    """
    record, usual = records[week], usual_terms(records, week)
    others = record["hazard_terms_here"]
    found = [max(_against(record["hazard_terms"], others, usual, name), default=(0.0, name, "plain")) for name in TERMS]
    strong = sorted((each for each in found if each[0] >= PUSH), key=lambda each: (-each[0], TERMS.index(each[1])))
    return [each for each in strong if each[0] >= strong[0][0] / 2][:MOST]


def _against(terms: Terms, others: Terms | None, usual: Terms | None, name: str) -> Iterator[Reason]:
    """Yield by how much a term exceeds each of its references."""
    value = terms[name]
    if value is None:
        return
    if name not in ("ease", "held"):
        yield value, name, "plain"
    references = {"others": others if name in ("drive", "held") else None}
    references["self"] = usual if name in ("drive", "held", "ease") else None
    for against, reference in references.items():
        if reference is not None and reference[name] is not None:
            yield value - reference[name], name, against  # type: ignore[operator]


def usual_terms(records: list[Record], week: int) -> Terms | None:
    """Return the mean terms of her earlier weeks of the spell that ends with ``week``, ``None`` in its first week."""
    earlier = [each["hazard_terms"] for each in spell(records, week)[:-1]]
    if not earlier:
        return None
    return {name: _mean([each[name] for each in earlier]) for name in TERMS}


def _mean(values: list[float | None]) -> float | None:
    """Return the mean of those that are defined."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def spell(records: list[Record], week: int) -> list[Record]:
    """Return the weeks on end, up to ``week``, in which she was enrolled."""
    first = week
    while first > 0 and records[first - 1]["enrolled"] and not records[first - 1]["left"]:
        first -= 1
    return records[first : week + 1]


def why_she_leaves(records: list[Record], week: int, lang: str) -> str:
    """Return the reasons in words."""
    named = [_name(records, week, reason) for reason in reasons_to_leave(records, week)]
    ease = records[week]["hazard_terms"]["ease"]
    luck = "easy" if exp(ease) >= EASY else "nothing"
    return joined([text(f"story.leaves.{name}", lang) for name in named or [luck]], lang)


def _name(records: list[Record], week: int, reason: Reason) -> str:
    """Return the name of a reason; of a drive that has sunk, whether her own or the push from outside."""
    _, name, against = reason
    if name == "drive" and against == "self":
        return "drive_own" if own_drive_sank(records, week) else "drive_push"
    return f"{name}_{against}" if name in ("drive", "held") else name


def own_drive_sank(records: list[Record], week: int) -> bool:
    """Tell whether drive has sunk by her own persistence more than by the push from outside."""
    earlier, record = spell(records, week)[:-1], records[week]
    own = sum(each["persistence"] for each in earlier) / len(earlier)
    push = sum(each["external_drive"] for each in earlier) / len(earlier)
    without_own = drive(own, push) - drive(record["persistence"], push)
    return bool(without_own >= drive(own, push) - drive(own, record["external_drive"]))


def how_likely(records: list[Record], week: int, lang: str) -> str:
    """Return how great her risk of leaving was in ``week``, and beside what it stands."""
    record, reasons = records[week], reasons_to_leave(records, week)
    usual, here = usual_terms(records, week), record["hazard_here"]
    facts = {"risk": risk(record["hazard"], lang)}
    against = reasons[0][2] if reasons else ""
    if usual is not None and against != "others":
        return text("story.leaves.risk_self", lang, usual=risk(probability(usual), lang), **facts)
    if here is not None and against != "plain":
        return text("story.leaves.risk_others", lang, usual=risk(here, lang), **facts)
    return text("story.leaves.risk", lang, **facts)


def risk(value: float, lang: str) -> str:
    """Return a weekly risk for people: rare ones with two decimals."""
    if not 0.0 < value < 0.00995:
        return rate(value, lang)
    if value < 0.00005:
        return text("words.less", lang, share=_percent(0.0001, lang))
    return _percent(value, lang)


def _percent(value: float, lang: str) -> str:
    """Return a share as a percentage with two decimals."""
    return number(100.0 * value, lang, 2) + ("\u00a0%" if lang == "fr" else "%")


def why_she_stays(records: list[Record], lang: str) -> str:
    """Return in words what held her in her last weeks: the terms that lower her hazard, the strongest first."""
    found = [text(f"story.stays.{name}", lang, factor=number(factor, lang, 1)) for factor, name in holds(records)]
    if found:
        return joined(found, lang)
    ease = records[-1]["hazard_terms"]["ease"]
    return text("story.stays.rare" if ease is None or exp(ease) <= RARE else "story.stays.lucky", lang)


def holds(records: list[Record]) -> list[tuple[float, str]]:
    """Return by what her risk was divided in the last quarter of the weeks of her spell, the strongest first."""
    lived = spell(records, len(records) - 1)
    lived = lived[-max(1, len(lived) // 4) :]
    means = {name: sum(each["hazard_terms"][name] for each in lived) / len(lived) for name in ("drive", "held")}
    own = sum(each["persistence"] for each in lived) >= sum(each["external_drive"] for each in lived)
    names = {"drive": "own" if own else "pushed", "held": "held"}
    return sorted(((exp(-mean), names[name]) for name, mean in means.items() if mean <= -PUSH), reverse=True)


def lasting(records: list[Record], week: int, lang: str) -> str:
    """Return the probability of having lasted through the spell up to ``week``, leaving at its end not counted."""
    lived = spell(records, week)
    return share(prod(1.0 - each["hazard"] for each in (lived[:-1] if records[week]["left"] else lived)), lang)
