"""A debrief for one student: her learner beside the same person under the same luck as the model decides."""

from __future__ import annotations

from collections.abc import Mapping

from ecosim.classroom.debrief.lots import Lot
from ecosim.classroom.debrief.worlds import LIVED, MODEL
from ecosim.language import number, text
from ecosim.report.grammar import counted, plural
from ecosim.report.study.amounts import signed

LATE = 2  #: weeks before the first decision from which words say so


def told_to(lots: Mapping[str, Lot], lang: str) -> list[str]:
    """Return what a student hears of her learner, in up to five lines.

    Parameters
    ----------
    lots : mapping of str to Lot
        World -> what became of her learner there, as :meth:`ecosim.classroom.debrief.Debrief.lots` returns it; where
        there is no world in which the model decides, nothing is compared.
    lang : {"en", "fr"}
        The language.
    """
    own, model = lots.get(LIVED), lots.get(MODEL)
    if own is None:
        return []
    if not own.there:
        return [text("debrief.you.never_came", lang)]
    first = text("debrief.you.nobody", lang) if model is None else _decided(own, lang)
    return [first, _acted(own, model, lang), _inside(own, model, lang), _others(own, model, lang),
            _stayed(own, model, lang)]  # fmt: skip


def _decided(own: Lot, lang: str) -> str:
    """Say in how many weeks she decided, and from when on."""
    count = len(own.decided)
    if not count:
        return text("debrief.you.decided.none", lang)
    if count == own.there:
        return text("debrief.you.decided.all", lang)
    if own.decided[0] >= LATE:
        return plural("debrief.you.late", count, lang, there=own.there, before=counted("weeks", own.decided[0], lang))
    return plural("debrief.you.decided", count, lang, there=own.there)


def _acted(own: Lot, model: Lot | None, lang: str) -> str:
    """Say in how many weeks they acted, and how it felt."""
    if model is None:
        way = "alone" if own.active else "alone_not"
    elif own.active and model.active:
        way = "same" if own.active == model.active else "both"
    elif own.active:
        way = "not_model"
    else:
        way = "not_own" if model.active else "neither"
    facts = {"own": own.active, "model": model.active if model else 0, "weeks": own.weeks}
    told = text(f"debrief.you.acted.{way}", lang, **facts)
    return f"{told} {_felt(own, model, lang)}" if own.active else told


def _felt(own: Lot, model: Lot | None, lang: str) -> str:
    """Say how the weeks felt in which she acted."""
    facts = {"own": own.in_flow, "own_flow": _number(own.mean_flow, lang)}
    if model is None or not model.active:
        return text("debrief.you.flow.own", lang, **facts)
    return text("debrief.you.flow.both", lang, model=model.in_flow, model_flow=_number(model.mean_flow, lang), **facts)


def _inside(own: Lot, model: Lot | None, lang: str) -> str:
    """Say what became of persistence and skill."""
    facts = {"own": _number(own.persistence_end, lang), "own_skill": _gain(own, lang)}
    if model is None:
        return text("debrief.you.inside.own", lang, **facts)
    theirs = {"model": _number(model.persistence_end, lang), "model_skill": _gain(model, lang)}
    return text("debrief.you.inside.both", lang, **facts, **theirs)


def _others(own: Lot, model: Lot | None, lang: str) -> str:
    """Say how many ties they have, and how many posts were answered."""
    facts = {"own": own.ties, "own_posts": _posts(own, lang)}
    if model is None:
        return text("debrief.you.others.own", lang, **facts)
    return text("debrief.you.others.both", lang, model=model.ties, model_posts=_posts(model, lang), **facts)


def _posts(lot: Lot, lang: str) -> str:
    """Return how many posts were answered."""
    if not lot.posted:
        return text("debrief.you.others.no_posts", lang)
    return text("debrief.you.others.posts", lang, answered=lot.answered, posted=lot.posted)


def _stayed(own: Lot, model: Lot | None, lang: str) -> str:
    """Say who is still there, and after how many weeks the other left."""
    if model is None:
        way = "alone" if own.enrolled else "alone_not"
    elif own.enrolled:
        way = "both" if model.enrolled else "not_model"
    elif model.enrolled:
        way = "not_own"
    else:
        way = "same" if own.left_after == model.left_after else "neither"
    after = {"own": own.left_after, "model": model.left_after if model else None, "weeks": own.weeks}
    return text(
        f"debrief.you.stayed.{way}", lang, **{name: counted("weeks", n or 0, lang) for name, n in after.items()}
    )


def _number(value: float | None, lang: str) -> str:
    return text("words.undefined", lang) if value is None else number(value, lang)


def _gain(lot: Lot, lang: str) -> str:
    """Return by how much skill has changed, with its sign."""
    return signed(lot.skill_end - lot.skill_start, lang, 2)
