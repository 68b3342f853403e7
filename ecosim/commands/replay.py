"""``ecosim run`` on the results folder of a sweep: one of its runs exactly, or one learner under each design."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.commands.voice import Voice
from ecosim.errors import UsageError, nearest

if TYPE_CHECKING:
    from ecosim.model.run import Run
    from ecosim.scenario.resolve import Loaded
    from ecosim.study.plan.loaded import LoadedStudy


@dataclass(frozen=True)
class Replayed:
    """A run of a sweep that can be lived again.

    Parameters
    ----------
    study : LoadedStudy
        Of which it is a run.
    design : str
        Which design.
    point, replicate : int
        Where, and under which luck.
    """

    study: LoadedStudy
    design: str
    point: int
    replicate: int

    def loaded(self) -> Loaded:
        """Return its scenario."""
        made = self.study.arm(self.design).recipe.loaded(self.study.points.settings(self.point))
        title = self.study.arm(self.design).title or self.design
        scenario = made.scenario.model_copy(update={"title": _words(title)})
        return replace(made, scenario=scenario, name=f"{self.study.name}-{self.design}-p{self.point}")


def _words(title: Any) -> Any:
    """Return a title as a scenario holds it."""
    from ecosim.scenario.parts import Bilingual

    return title if isinstance(title, str) else Bilingual(**title)


def chosen(folder: Path, design: str | None, point: int, replicate: int) -> list[Replayed]:
    """Return the runs of a sweep that are asked for: of one design, or of every one where none is named.

    Raises
    ------
    UsageError
        When there is no such design or point.
    """
    from ecosim.commands.sources import held_runs

    study = held_runs(folder)
    names = [arm.name for arm in study.arms]
    if design is not None and design not in names:
        near = nearest(design, names)
        key = "errors.study.design_near" if near else "errors.study.design"
        raise UsageError(key, value=design, nearest=near, allowed=", ".join(names))
    if not 0 <= point < len(study.points):
        raise UsageError("errors.sweep.point", value=point, most=len(study.points) - 1)
    return [Replayed(study, name, point, replicate) for name in ([design] if design is not None else names)]


def same_as_held(folder: Path, each: Replayed, run: Run, speaker: Voice) -> None:
    """Say whether a run that was lived again is what the ledger holds, to the last bit."""
    from ecosim.study.runner.live import measured
    from ecosim.study.runner.order import Job
    from ecosim.study.store.opening import reading
    from ecosim.study.verification import held_values

    with reading(folder, each.study) as store:
        before = held_values(store, Job(each.point, each.replicate, store.designs.index(each.design)))
    if before is None:
        speaker.note("cli.replay.not_held")
        return
    wanted = each.study.arm(each.design).measured(each.study.wanted)
    now = dict(zip((one.key for one in wanted), measured(run.engine, wanted, each.loaded()), strict=True))
    same = all(before[key] == value for key, value in now.items())
    speaker.note("cli.replay.same" if same else "cli.replay.differs")
