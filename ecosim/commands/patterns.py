"""``ecosim validate --patterns``: scenarios held against what was measured in the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.commands.catalogue import columns
from ecosim.commands.progress import runs_passing
from ecosim.commands.voice import Voice, write_json
from ecosim.commands.warmup import announce_compiling

if TYPE_CHECKING:
    from ecosim.evidence.scoreboard import Score


def held_against_the_world(
    sources: Sequence[str],
    settings: Mapping[str, Any],
    replicates: int | None,
    workers: int | None,
    nulls: bool,
    json: bool,
    speaker: Voice,
) -> bool:
    """Hold scenarios against the patterns, say how they stand, and return whether all is well.

    Parameters
    ----------
    sources : sequence of str
        Files, presets, or names of calibrated cohorts; without any, all of these.
    settings : mapping
        What is changed of each.
    replicates : int, optional
        Lives of each.
    workers : int, optional
        Processes.
    nulls : bool
        Whether trivial worlds are made too: none may show its pattern.
    json : bool
        Whether the answer is JSON.
    speaker : Voice
        Who says it.
    """
    from ecosim.evidence.scoreboard import REPLICATES, scored  # lazily: help needs no engine

    named = [_file(each) for each in sources]
    announce_compiling(speaker)
    with runs_passing(speaker) as bar:
        scores = scored(named, replicates or REPLICATES, workers, nulls, bar.planned, settings)
    if json:
        write_json({"patterns": [each.as_json() for each in scores]})
    else:
        _tell(scores, nulls, speaker)
    return all(each.passed and not each.null_passes for each in scores)


def _file(source: str) -> str:
    """Return the file of a calibrated cohort that goes by its name, all else as it is."""
    from ecosim.evidence.cohorts import source_of  # lazily: as above
    from ecosim.scenario.presets import PREFIX

    bare = source.startswith(PREFIX) or Path(source).suffix or Path(source).exists()
    return source if bare else source_of(source)


def _tell(scores: Sequence[Score], nulls: bool, speaker: Voice) -> None:
    """Write a table of the patterns, and how many there are."""
    from ecosim.report.validation.told import lines  # lazily: as above

    columns([line for score in scores for line in lines(score.as_json(), speaker.lang)])
    print()
    speaker.tell("cli.patterns.sum", held=sum(each.passed for each in scores), total=len(scores))
    if nulls:
        speaker.tell("cli.patterns.nulls", passing=sum(bool(each.null_passes) for each in scores), total=len(scores))
