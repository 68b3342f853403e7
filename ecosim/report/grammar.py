"""Sentences that are right with none, one and many, and numbers rounded for people, in English and in French."""

from __future__ import annotations

from typing import Any

from ecosim.language import lookup, number, percent, text


def joined(parts: list[str], lang: str) -> str:
    """Return ``parts`` as a list in a sentence: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return text("report.and", lang, first=", ".join(parts[:-1]), last=parts[-1])


def sentence(said: str) -> str:
    """Return ``said`` with a capital at its beginning."""
    return said[:1].upper() + said[1:]


def plural(key: str, count: int, lang: str, /, **facts: Any) -> str:
    """Return the message ``key`` in the number of ``count``: ``one``, ``many``, or ``none`` and ``two`` where given.

    English says 0 weeks, 1 week, 2 weeks; French 0 semaine, 1 semaine, 2 semaines.
    """
    if count == 0 and lookup(lang, f"{key}.none") is not None:
        form = "none"
    elif count == 2 and lookup(lang, f"{key}.two") is not None:
        form = "two"
    else:
        form = "one" if count == 1 or (count == 0 and lang == "fr") else "many"
    return text(f"{key}.{form}", lang, count=number(count, lang, 0), **facts)


def counted(what: str, count: int, lang: str) -> str:
    """Return so many ``learners`` or ``weeks`` in words."""
    return plural(f"words.{what}", count, lang)


def share(value: float, lang: str) -> str:
    """Return a share for people: whole per cents, but neither 0 % for a little nor 100 % for nearly all."""
    if 0.0 < value <= 0.005:
        return text("words.less", lang, share=percent(0.01, lang))
    if 0.995 <= value < 1.0:
        return text("words.more", lang, share=percent(0.99, lang))
    return percent(value, lang)


def rate(value: float, lang: str) -> str:
    """Return a weekly rate for people: with a decimal below ten per cent."""
    if not 0.0005 <= value < 0.0995:
        return share(value, lang)
    return number(100.0 * value, lang, 1) + ("\u00a0%" if lang == "fr" else "%")


def spans(weeks: list[int], lang: str) -> str:
    """Return ascending ``weeks`` as people say them: weeks 3, 5 to 8 and 12."""
    return plural("report.weeks", len(weeks), lang, weeks=stretches(weeks, lang))


def stretches(numbers: list[int], lang: str) -> str:
    """Return ascending ``numbers`` as people say them: 3, 5 to 8 and 12."""
    runs: list[list[int]] = []
    for number_ in numbers:
        if runs and number_ == runs[-1][1] + 1:
            runs[-1][1] = number_
        else:
            runs.append([number_, number_])
    parts: list[str] = []
    for first, last in runs:
        long = last - first > 1
        parts += [text("report.span", lang, first=first, last=last)] if long else map(str, range(first, last + 1))
    return joined(parts, lang)
