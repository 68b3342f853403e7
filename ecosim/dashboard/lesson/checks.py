"""What must hold between the parts of a lesson, once each of them is right by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from ecosim.dashboard.lesson.blanks import allowed, blanks, near, texts
from ecosim.dashboard.lesson.document import DECIDED, Lesson
from ecosim.dashboard.lesson.judging import fits
from ecosim.errors import Problem, nearest
from ecosim.report.page.leafwords import words_of
from ecosim.scenario.layers import Node
from ecosim.scenario.reader import KeyPath
from ecosim.study.plan.loaded import LoadedStudy

FEWEST_DESIGNS, MOST_DESIGNS = 2, 4
MOST_NAMED = 16  #: names that a message lists


def check(root: Node, lesson: Lesson, study: LoadedStudy) -> list[Problem]:
    """Return what cannot be, in no particular order.

    Parameters
    ----------
    root : Node
        The lesson, for places.
    lesson : Lesson
        Its shape.
    study : LoadedStudy
        Its study, checked.
    """
    designs = [arm.name for arm in study.arms]
    metrics = [each.key for each in study.wanted]
    return [
        *_size(root, study),
        *_claims(root, lesson, designs, metrics),
        *_show(root, lesson, study),
        *_predict(root, lesson, designs),
        *_places(root, lesson, designs),
        *_explain(root, lesson, designs, metrics),
        *_plan(root, lesson),
        *_assumptions(root, lesson),
    ]


def _known(root: Node, path: KeyPath, name: str, names: Collection[str], kind: str) -> Iterator[Problem]:
    """Yield that there is no design, metric or claim ``name``, if so."""
    if name not in names:
        meant = nearest(name, names)
        key = f"errors.lesson.{kind}_near" if meant else f"errors.lesson.{kind}"
        yield root.problem(key, path, value=name, nearest=meant, allowed=", ".join(list(names)[:MOST_NAMED]))


def _size(root: Node, study: LoadedStudy) -> Iterator[Problem]:
    """A lesson compares two to four designs at one point."""
    if study.kind != "designs" or study.box is not None:
        yield root.problem("errors.lesson.method", ("study", "method"))
    if not FEWEST_DESIGNS <= len(study.arms) <= MOST_DESIGNS:
        facts = {"count": len(study.arms), "low": FEWEST_DESIGNS, "high": MOST_DESIGNS}
        yield root.problem("errors.lesson.designs", ("study", "designs"), of_key=True, **facts)


def _claims(root: Node, lesson: Lesson, designs: Collection[str], metrics: Collection[str]) -> Iterator[Problem]:
    """Claims compare designs and metrics that there are."""
    for name, claim in lesson.claims.items():
        for key, kind, names in (
            ("metric", "metric", metrics), ("against_metric", "metric", metrics), ("of", "design", designs),
            ("against", "design", designs),
        ):  # fmt: skip
            if (said := getattr(claim, key)) is not None:
                yield from _known(root, ("claims", name, key), said, names, kind)
        if claim.against_metric is not None and claim.against not in (None, claim.of):
            yield root.problem("errors.lesson.two_metrics", ("claims", name, "against"))


def _show(root: Node, lesson: Lesson, study: LoadedStudy) -> Iterator[Problem]:
    """What is drawn has a weekly series and an axis."""
    show, wanted = lesson.show, {each.key: each for each in study.wanted}
    yield from _known(root, ("show", "metric"), show.metric, wanted, "metric")
    yield from _known(root, ("show", "claim"), show.claim, lesson.claims, "claim")
    if show.metric in wanted and wanted[show.metric].metric.is_weekly is False:
        yield root.problem("errors.lesson.not_weekly", ("show", "metric"), value=show.metric)
    if show.low >= show.high:
        yield root.problem("errors.lesson.axis", ("show", "low"), low=show.low, high=show.high)


def _predict(root: Node, lesson: Lesson, designs: Collection[str]) -> Iterator[Problem]:
    """There is something to predict, and however the runs come out, one option is right."""
    predict, at = lesson.predict, ("predict",)
    if predict.kind == "curve" and predict.design is None:
        yield root.problem("errors.lesson.no_curve", at, of_key=True)
    if predict.design is not None:
        yield from _known(root, (*at, "design"), predict.design, designs, "design")
    if len(predict.options) == 1 or (predict.kind == "choice" and not predict.options):
        yield root.problem("errors.lesson.few_options", at, of_key=True)
    unknown: list[Problem] = []
    for place, option in enumerate(predict.options):
        for claim in option.when:
            unknown += _known(root, (*at, "options", place, "when", claim), claim, lesson.claims, "claim")
        if option.otherwise == bool(option.when):
            yield root.problem("errors.lesson.when", (*at, "options", place), of_key=True)
    yield from unknown or _covered(root, lesson)


def _covered(root: Node, lesson: Lesson) -> Iterator[Problem]:
    """However the claims come out, exactly one option is right: else a lesson would not follow the model."""
    options = lesson.predict.options
    if not options:
        return
    claims = sorted({claim for option in options for claim in option.when})
    for outcome in product(DECIDED, repeat=len(claims)):
        words = dict(zip(claims, outcome, strict=True))
        right = fits(options, words).count("right")
        if right != 1:
            said = ", ".join(f"{claim}: {word}" for claim, word in words.items())
            yield root.problem("errors.lesson.options", ("predict", "options"), of_key=True, count=right, outcome=said)
            return


def _places(root: Node, lesson: Lesson, designs: Collection[str]) -> Iterator[Problem]:
    """Designs that are looked at, or changed, are there."""
    for place, look in enumerate(lesson.observe):
        yield from _known(root, ("observe", place, "design"), look.design, designs, "design")
    for place, trial in enumerate(lesson.trials):
        yield from _known(root, ("try", place, "design"), trial.design, designs, "design")


def _explain(root: Node, lesson: Lesson, designs: Collection[str], metrics: Collection[str]) -> Iterator[Problem]:
    """Paragraphs are one text, or one for each outcome; their blanks can be filled."""
    every = allowed(lesson, designs, metrics)
    for place, paragraph in enumerate(lesson.explain):
        at: KeyPath = ("explain", place)
        chosen = paragraph.claim is not None
        needed = (paragraph.higher, paragraph.lower) if chosen else (paragraph.text,)
        if chosen == (paragraph.text is not None) or None in needed:
            yield root.problem("errors.lesson.paragraph", at, of_key=True)
        if paragraph.claim is not None:
            yield from _known(root, (*at, "claim"), paragraph.claim, lesson.claims, "claim")
        for below, text in texts(paragraph):
            for blank in blanks(text):
                if blank not in every:
                    meant = near(blank, every)
                    key = "errors.lesson.blank_near" if meant else "errors.lesson.blank"
                    yield root.problem(key, (*at, *below), value="{" + blank + "}", nearest=f"{{{meant}}}")


def _plan(root: Node, lesson: Lesson) -> Iterator[Problem]:
    """The minutes of the plan are those of the lesson."""
    together = sum(stage.minutes for stage in lesson.plan)
    if together != lesson.minutes:
        yield root.problem("errors.lesson.minutes", ("plan",), of_key=True, count=together, minutes=lesson.minutes)


def _assumptions(root: Node, lesson: Lesson) -> Iterator[Problem]:
    """What a lesson rests on are levers and parameters."""
    for place, path in enumerate(lesson.rests_on):
        try:
            words_of(path, "en")
        except (KeyError, AttributeError, TypeError, ValueError):
            yield root.problem("errors.lesson.assumption", ("rests_on", place), value=path)
