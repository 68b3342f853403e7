"""What must hold between the parts of a study, once each of them is right by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ecosim.errors import Problem, nearest
from ecosim.model.metrics import METRICS
from ecosim.model.metrics.summary import key_of
from ecosim.scenario.document import Measure
from ecosim.scenario.layers import Node
from ecosim.scenario.problems import shown
from ecosim.scenario.reader import KeyPath
from ecosim.scenario.resolve import Loaded
from ecosim.study.plan.document import MOST_POINTS, Designs, Expectation, Study

DESIGN = "design"  #: how an interaction calls the choice of design
NAME = re.compile(r"[^\s.=/\\'\"][^\n\r.=/\\'\"]{0,59}")


def check(
    root: Node, study: Study, designs: Sequence[str], measures: Sequence[Measure], loaded: Mapping[str, Loaded]
) -> list[Problem]:
    """Return what cannot be, in no particular order.

    Parameters
    ----------
    root : Node
        The study, for places.
    study : Study
        Its shape.
    designs : sequence of str
        Names of its designs.
    measures : sequence of Measure
        All that is measured.
    loaded : mapping of design -> Loaded
        Every design's scenario.
    """
    keys = [key_of(each.name, each.over) for each in measures]
    return [
        *_names(root, study),
        *_method(root, study),
        *_replicates(root, study, keys, designs),
        *_compare(root, study, keys, designs),
        *_metrics(root, study, loaded),
        *(found for place in range(len(study.expect)) for found in _expected(root, study, place, designs)),
    ]


def _known(root: Node, path: KeyPath, name: str, names: Collection[str], kind: str) -> Iterator[Problem]:
    """Yield that there is no design or metric ``name``, if so."""
    if name not in names:
        near = nearest(name, names)
        key = f"errors.study.{kind}_near" if near else f"errors.study.{kind}"
        yield root.problem(key, path, value=shown(name), nearest=near, allowed=", ".join(list(names)[:16]))


def _names(root: Node, study: Study) -> Iterator[Problem]:
    """Names of designs can stand in tables, file names and commands."""
    for name in study.designs:
        if not NAME.fullmatch(name):
            yield root.problem("errors.study.name", ("designs", name), of_key=True, value=shown(name))


def _method(root: Node, study: Study) -> Iterator[Problem]:
    """What is varied is what the method varies."""
    method = study.method
    if isinstance(method, Designs):
        if study.vary and method.robustness is None:
            yield root.problem("errors.study.vary_unused", ("vary",), of_key=True)
        if method.robustness is not None and len(study.designs) < 2:
            yield root.problem("errors.study.robustness_alone", ("method",))
    elif method.kind == "list":
        if study.vary:
            yield root.problem("errors.study.vary_list", ("vary",), of_key=True)
        paths = set(method.points[0])
        for place, point in enumerate(method.points):
            if set(point) != paths:
                yield root.problem("errors.study.uneven", ("method", "points", place), first=", ".join(sorted(paths)))
    elif method.kind == "posterior":
        if study.vary:
            yield root.problem("errors.posterior.vary", ("vary",), of_key=True)
    elif not study.vary:
        yield root.problem("errors.study.vary_missing", ("method",), method=method.kind)
    if method.kind == "sobol" and method.base & (method.base - 1):
        yield root.problem(
            "errors.study.power", ("method", "base"), value=method.base, near=1 << (method.base.bit_length() - 1)
        )
    if method.kind == "morris" and method.levels % 2:
        yield root.problem("errors.study.even", ("method", "levels"), value=method.levels)
    if method.kind == "grid":
        yield from _grid_size(root, study)


def _grid_size(root: Node, study: Study) -> Iterator[Problem]:
    """A grid has no more points than can be run."""
    size = 1
    for factor in study.vary.values():
        size *= len(factor.levels) if factor.levels is not None else factor.steps or 1
    if size > MOST_POINTS:
        yield root.problem(
            "errors.study.too_many_points", ("vary",), of_key=True, value=f"{size:.3g}", most=MOST_POINTS
        )


def _replicates(root: Node, study: Study, keys: Collection[str], designs: Sequence[str]) -> Iterator[Problem]:
    """Sequential replicates fit the method, and their bounds are in order."""
    found = study.replicates
    if found is None:
        return
    at = ("replicates",)
    if found.min > found.max:
        yield root.problem("errors.study.min_max", at, low=found.min, high=found.max)
    if found.until == "fixed":
        return
    if study.method.kind not in ("designs", "grid", "list"):
        yield root.problem("errors.study.fixed_only", at, method=study.method.kind)
    if found.until == "resolved" and len(designs) < 2:
        yield root.problem("errors.study.nothing_to_resolve", at)
    if found.until == "half_width" and not found.half_width:
        yield root.problem("errors.study.no_half_width", at)
    if found.min < 2:
        yield root.problem("errors.study.two_at_least", at, value=found.min)
    for name in found.half_width:
        yield from _known(root, ("replicates", "half_width", name), name, keys, "metric")


def _compare(root: Node, study: Study, keys: Collection[str], designs: Sequence[str]) -> Iterator[Problem]:
    """The baseline is a design, and effects are of metrics that are measured."""
    if study.compare.baseline is not None:
        yield from _known(root, ("compare", "baseline"), study.compare.baseline, designs, "design")
    for name in study.compare.smallest_effect:
        yield from _known(root, ("compare", "smallest_effect", name), name, keys, "metric")


def _metrics(root: Node, study: Study, loaded: Mapping[str, Loaded]) -> Iterator[Problem]:
    """Metrics exist, and have the weeks that are asked of them."""
    weeks = min(each.scenario.weeks for each in loaded.values())
    asked: list[tuple[KeyPath, Measure]] = [(("metrics", place), each) for place, each in enumerate(study.metrics)]
    for place, each in enumerate(study.expect):
        asked.append((("expect", place, "metric"), each.metric))
        if each.rises_with is not None:
            asked.append((("expect", place, "rises_with"), each.rises_with))
    seen: set[str] = set()
    for path, measure in asked:
        yield from check_measure(root, path, measure, weeks)
        if measure.name not in METRICS:
            continue
        key = key_of(measure.name, measure.over)
        if path[0] == "metrics" and key in seen:
            yield root.problem("errors.scenario.metric_twice", path, value=measure.name)
        seen.add(key)


def check_measure(root: Node, path: KeyPath, measure: Measure, weeks: int) -> Iterator[Problem]:
    """Yield why the metric that ``path`` names cannot be measured in so many weeks."""
    if measure.name not in METRICS:
        near = nearest(measure.name, METRICS)
        key = "errors.scenario.metric_near" if near else "errors.scenario.metric"
        yield root.problem(key, path, value=shown(measure.name), nearest=near)
        return
    if measure.over != "run" and METRICS[measure.name].is_weekly is False:
        yield root.problem("errors.metric.not_weekly", path, name=measure.name)
    if isinstance(measure.over, tuple) and measure.over[1] >= weeks:
        yield root.problem("errors.study.span", path, value=measure.over[1], last=weeks - 1)


FORMS = ("against", "contrast", "value", "rises_with", "interaction")


def form_of(expected: Expectation) -> str:
    """Return which kind of expectation this is: of one design against another, a contrast, a value, ..."""
    if expected.interaction:
        return "interaction"
    if expected.rises_with is not None:
        return "rises_with"
    if expected.contrast:
        return "contrast"
    return "against" if expected.against is not None else "value"


def _expected(root: Node, study: Study, place: int, designs: Sequence[str]) -> Iterator[Problem]:
    """An expectation names designs, and says what would confirm it."""
    expected, path = study.expect[place], ("expect", place)
    form = form_of(expected)
    named: dict[KeyPath, str] = {
        (name,): getattr(expected, name) for name in ("of", "against") if getattr(expected, name)
    }
    named |= {("contrast", name): name for name in expected.contrast}
    for inner, name in named.items():
        yield from _known(root, (*path, *inner), name, designs, "design")
    if form == "against" and (expected.of is None or expected.of == expected.against):
        yield root.problem("errors.study.expect_of", path)
    if form == "contrast" and abs(sum(expected.contrast.values())) > 1e-9:
        yield root.problem("errors.study.contrast", (*path, "contrast"), value=shown(sum(expected.contrast.values())))
    wants_bound = form in ("value", "interaction")
    if wants_bound and (expected.above is None) == (expected.below is None):
        yield root.problem("errors.study.bound", path)
    if not wants_bound and expected.direction is None:
        yield root.problem("errors.study.direction", path)
    if form == "value" and expected.of is None and len(designs) > 1:
        yield root.problem("errors.study.expect_of", path)
    if form in ("rises_with", "interaction") and isinstance(study.method, Designs):
        yield root.problem("errors.study.needs_points", path)
    if form == "interaction":
        factors = [DESIGN, *study.vary]
        for where, name in enumerate(expected.interaction):
            yield from _known(root, (*path, "interaction", where), name, factors, "factor")
        if len(set(expected.interaction)) != 2 or study.method.kind != "grid":
            yield root.problem("errors.study.interaction", (*path, "interaction"))
