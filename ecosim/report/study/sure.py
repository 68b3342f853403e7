"""How sure results are: shared luck, looks and the confidence that they spend, the assumption box."""

from __future__ import annotations

from collections.abc import Iterator

from ecosim.language import number
from ecosim.report.grammar import joined
from ecosim.report.study.amounts import amount_of, confidence
from ecosim.report.study.naming import metric_name, metric_of
from ecosim.report.study.saying import counted, listed, said
from ecosim.report.study.verdicts import smallest_text
from ecosim.study.findings import Findings
from ecosim.study.statistics.comparison import level_at
from ecosim.study.statistics.sequential import looks

TWO = 2  #: designs to compare; with more of them they are judged in an order


def sure(found: Findings, lang: str) -> list[str]:
    """Return in paragraphs why, and how far, the results can be relied on."""
    return list(_paragraphs(found, lang))


def _paragraphs(found: Findings, lang: str) -> Iterator[str]:
    """Yield what is to be said of the study."""
    study = found.study
    whole = confidence(study.study.compare.confidence, lang)
    if len(study.arms) >= TWO:
        yield said("sure.paired", lang)
    yield _looked(found, whole, lang)
    if found.comparisons:
        if len(study.arms) > TWO:
            yield said("sure.holm", lang)
        yield said("sure.verdicts", lang)
    effects = [
        said("sure.smallest_of", lang, metric=metric_name(found, key, lang),
             value=smallest_text(value, amount_of(metric_of(found, key)), lang))
        for key, value in study.study.compare.smallest_effect.items()
    ]  # fmt: skip
    if effects:
        yield said("sure.smallest", lang, list=listed(effects, lang))
    if found.groups:
        yield said("sure.groups", lang, confidence=whole)
    if study.box is not None:
        yield said("sure.box", lang, points=counted("points", len(study.points) - 1, lang))


def _looked(found: Findings, whole: str, lang: str) -> str:
    """Return how often results were looked at, and how much confidence that has spent."""
    rule, made = found.study.replicates, found.replicates
    planned = looks(rule)
    if rule.until == "fixed" or len(planned) == 1:
        return said("sure.fixed", lang, replicates=counted("replicates", made, lang), confidence=whole)
    reached = [count for count in planned if count <= made] or [planned[0]]
    return said(
        "sure.looks", lang, looks=joined([number(count, lang, 0) for count in reached], lang),
        most=number(rule.max, lang, 0), confidence=whole,
        now=confidence(1.0 - level_at(found.study, made), lang),
    )  # fmt: skip
