"""What a calibration found, in plain words: the page that ``ecosim calibrate`` prints."""

from __future__ import annotations

from collections.abc import Sequence

from ecosim.calibration.checks import split
from ecosim.calibration.findings import Found, Met, Parameter
from ecosim.calibration.loaded import LoadedCalibration
from ecosim.calibration.recovery import Recovered, summed_up
from ecosim.calibration.screening import Told
from ecosim.language import number, percent, text
from ecosim.report.grammar import plural, sentence
from ecosim.report.page.leafwords import figure
from ecosim.report.page.opening import INDENT
from ecosim.report.study.naming import factor_name
from ecosim.scenario.parts import in_language

DIGITS = 3  #: significant, of a value that is known no better


def calibration_text(found: Found, lang: str) -> str:
    """Return what a calibration found, as a page of plain words, the answer last.

    Parameters
    ----------
    found : Found
        What it found.
    lang : {"en", "fr"}
        Language of every word.
    """
    asked = found.asked
    head = [asked.title(lang), in_language(asked.calibration.question, lang)]
    blocks = ["\n".join(line for line in head if line), " ".join(_ran(found, lang))]
    blocks += _part("told", [_told(asked, each, lang) for each in found.screening.told], lang)
    if found.fit is not None and not found.particles:
        blocks.append(_say("none_accepted", lang))
    if found.fit is None and asked.calibration.method.kind != "screening":
        blocks.append(_say("nothing_told", lang))
    alone = found.particles == 1
    blocks += _part("best" if alone else "known", [_known(each, alone, lang) for each in found.parameters], lang)
    blocks += _part("met", [_met(asked, each, lang) for each in found.met], lang)
    common = [f"--set {path}={_exact(value)}" for path, value in found.best.items() if split(path)[0] is None]
    blocks += _part("point", [" ".join(common)] if common else [], lang)
    return "\n\n".join(blocks)


def recovery_text(asked: LoadedCalibration, rows: Sequence[Recovered], lang: str) -> str:
    """Return how often truths were found again, as a page of plain words."""
    lines = []
    for path, each in summed_up(list(rows)).items():
        name = _parameter(asked, path, lang)
        if not each["fitted"]:
            lines.append(_say("recovery.not_fitted", lang, name=name))
            continue
        lines.append(
            _say("recovery.held", lang, name=name, **{key: number(value, lang, 0) for key, value in each.items()})
        )
    times = len({each.number for each in rows})
    head = [asked.title(lang), plural("calibration.recovery.truths", times, lang)]
    return "\n\n".join(["\n".join(head), *_part("recovery.title", lines, lang)])


def _say(key: str, lang: str, /, **facts: object) -> str:
    """Return the message ``calibration.<key>``."""
    return text(f"calibration.{key}", lang, **facts)


def _part(key: str, lines: Sequence[str], lang: str) -> list[str]:
    """Return a part of the page with its title, nothing where it has no line."""
    return ["\n".join([_say(key, lang), *(INDENT + line for line in lines)])] if lines else []


def _ran(found: Found, lang: str) -> list[str]:
    """Return in sentences how many runs there were, of what, and why there were no more."""
    asked, fit = found.asked, found.fit
    runs = plural("findings.count.runs", sum(found.counts.values()), lang)
    cohorts = plural("calibration.cohorts", len(asked.study.arms), lang)
    points = plural("findings.count.points", len(asked.proposed), lang)
    lines = [_say("ran", lang, runs=runs, cohorts=cohorts, points=points)]
    if fit is not None:
        lines.append(_say(f"stopped.{fit.stopped}", lang))
    if failed := sum(count for status, count in found.counts.items() if status != "done"):
        lines.append(plural("findings.count.failed", failed, lang))
    return lines


def _parameter(asked: LoadedCalibration, path: str, lang: str) -> str:
    """Return what people call a free parameter, with its path, and its cohort where it is of one only."""
    cohort, rest = split(path)
    label = factor_name(rest, lang)
    name = path if label == rest else _say("named", lang, label=sentence(label), path=rest)
    return name if cohort is None or label == rest else _say("of", lang, name=name, cohort=cohort)


def _target(asked: LoadedCalibration, cohort: str, metric: str, lang: str) -> str:
    """Return what people call a target."""
    wanted = next(each for each in asked.study.wanted if each.key == metric)
    return _say("target", lang, cohort=cohort, metric=wanted.label(lang))


def _told(asked: LoadedCalibration, each: Told, lang: str) -> str:
    """Return what the targets tell about a parameter."""
    facts = {"name": _parameter(asked, each.path, lang), "r2": _share(each.r2, lang)}
    facts |= {"low": _share(each.low, lang), "high": _share(each.high, lang)}
    if not each.fitted:
        return _say("too_little", lang, **facts, enough=percent(asked.calibration.method.identifiable, lang))
    name, rho = each.strongest
    aim = next(aim for aim in asked.aims if aim.name == name)
    target = _target(asked, aim.cohort, aim.metric, lang)
    return _say("enough", lang, **facts, target=target, rho=("+" if rho > 0 else "") + number(rho, lang, 2))


def _share(value: float, lang: str) -> str:
    """Return a share of the variance; what is predicted worse than by the mean is nothing."""
    return percent(max(0.0, value), lang)


def _known(each: Parameter, alone: bool, lang: str) -> str:
    """Return what is known of a parameter."""
    name = each.path
    if alone:
        return _say("value", lang, name=name, value=_value(each.best, lang))
    facts = {"median": _value(each.median, lang), "low": _value(each.q05, lang), "high": _value(each.q95, lang)}
    return _say("interval", lang, name=name, **facts, narrowed=_share(each.narrowed, lang))


def _met(asked: LoadedCalibration, each: Met, lang: str) -> str:
    """Return whether a target is met."""
    target = sentence(_target(asked, each.cohort, each.metric, lang))
    band = {"low": _value(each.low, lang), "high": _value(each.high, lang)}
    if each.undefined == 1.0:
        return _say("never", lang, target=target, **band)
    found = {"median": _value(each.median, lang), "q05": _value(each.q05, lang), "q95": _value(each.q95, lang)}
    return _say("comes", lang, target=target, **band, **found, within=percent(each.within, lang))


def _value(value: float, lang: str) -> str:
    """Return a value with the digits that are known."""
    return figure(float(f"{value:.{DIGITS}g}"), lang)


def _exact(value: float | int) -> str:
    """Return a value as a command line takes it, with digits enough to be the same for people."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
