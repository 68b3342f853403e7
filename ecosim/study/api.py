"""Studies from Python: ``ecosim.sweep`` and ``ecosim.compare``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecosim.errors import UsageError
from ecosim.model.metrics.plugin import run_plugins
from ecosim.scenario.extends import Given
from ecosim.study.findings import Findings, findings, write_tables
from ecosim.study.plan.loaded import LoadedStudy
from ecosim.study.plan.resolve import load_study
from ecosim.study.plan.versus import versus
from ecosim.study.store.export import write_exports
from ecosim.study.store.opening import frame, held, is_results, reading
from ecosim.study.sweep import How, swept

if TYPE_CHECKING:
    import pandas

RESULTS = Path("results")  #: where sweeps leave what they were not told where to leave


@dataclass(frozen=True)
class StudyResult:
    """What came of a study.

    Parameters
    ----------
    folder : Path
        Its results folder.
    findings : Findings
        What it found.
    """

    folder: Path
    findings: Findings

    @cached_property
    def runs(self) -> pandas.DataFrame:
        """One row a finished run: design, point, replicate, a column a factor and a metric."""
        found: pandas.DataFrame = frame(self.folder)
        return found

    @cached_property
    def summary(self) -> pandas.DataFrame:
        """Mean, spread and interval of each metric, by point and design."""
        return self.findings.frame(self.findings.summary_rows())

    @cached_property
    def effects(self) -> pandas.DataFrame:
        """Paired difference of each design from the baseline, with interval, sizes and verdict."""
        return self.findings.frame(self.findings.effect_rows())

    @cached_property
    def groups(self) -> pandas.DataFrame:
        """Who gains and who loses: means and differences by group of learners."""
        return self.findings.frame(self.findings.groups)

    @cached_property
    def sensitivity(self) -> pandas.DataFrame:
        """Sensitivity indices with intervals and noise floor."""
        return self.findings.frame([each._asdict() for each in self.findings.indices])

    @property
    def verdicts(self) -> dict[str, Any]:
        """Comparisons, expectations and flip maps as plain values."""
        return self.findings.verdicts()

    @cached_property
    def series(self) -> pandas.DataFrame:
        """Weekly series of every run, where the study keeps them (``run: {series: weekly}``)."""
        with reading(self.folder, self.findings.study) as store:
            found: pandas.DataFrame = store.series.table().to_pandas()
            return found

    @property
    def failures(self) -> pandas.DataFrame:
        """Runs that failed or were given up, with their settings and tracebacks."""
        return self.findings.frame(self.findings.failures)

    def __repr__(self) -> str:
        return f"StudyResult({str(self.folder)!r}, runs={self.findings.counts})"


def default_folder(study: LoadedStudy) -> Path:
    """Return a folder that no other study uses: its name ends in a hash of all that tells studies apart."""
    return RESULTS / f"{study.name}-{study.spec()[:8]}"


def opened_study(
    source: Given, set: Mapping[str, Any] | None = None, seed: int | None = None
) -> tuple[LoadedStudy, Path | None]:
    """Return the study in a file, a folder with ``study.yaml``, a results folder (and which) or a dictionary."""
    place, folder = place_of(source, "study.yaml")
    if folder is not None:
        return held(folder, set, seed), folder
    return load_study(place, set=set, seed=seed), None


def place_of(source: Given, file: str) -> tuple[Given, Path | None]:
    """Return where a file is to be read, ``file`` in a folder, and the folder where that holds results instead."""
    if not isinstance(source, str | Path) or not Path(source).is_dir():
        return source, None
    folder = Path(source)
    return folder / file, folder if is_results(folder) else None


def sweep(
    source: Given,
    out: str | Path | None = None,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    plugins: Sequence[str | Path] = (),
    retry_failed: bool = False,
) -> StudyResult:
    """Run a study, or what is left of it, and return what it found.

    Parameters
    ----------
    source : str, Path or mapping
        A study file, a folder that holds ``study.yaml``, the results folder of an earlier sweep, or a dictionary.
    out : str or Path, optional
        Results folder; without it ``results/NAME-HASH``. Started again on the same folder, it goes on.
    set : mapping of str to Any, optional
        Dotted path -> value, of the scenario, or of the study where it begins with ``study.``.
    seed : int, optional
        In place of the seed of the file.
    workers : int, optional
        Processes; without it one a processor.
    cluster : str, optional
        Address or scheduler file of a Dask cluster, instead.
    plugins : sequence of paths
        Scripts that declare metrics, run in every worker.
    retry_failed : bool
        Whether runs that failed before are tried again.

    Raises
    ------
    InvalidFile
        With everything that is wrong with the study.
    FolderInUse, StorageError, ClusterLost, Interrupted
        As they say; what was finished is kept.
    """
    scripts = [Path(each) for each in plugins]
    run_plugins(scripts)
    study, folder = opened_study(source, set, seed)
    return _made(study, Path(out or folder or default_folder(study)), workers, cluster, scripts, retry_failed)


def compare(
    *sources: str | Path | Mapping[str, Any],
    metrics: Sequence[Any] = (),
    smallest_effect: Mapping[str, float] | None = None,
    replicates: Any = None,
    out: str | Path | None = None,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    workers: int | None = None,
) -> StudyResult:
    """Compare scenarios as designs of one study: the same luck for all, the first as baseline.

    Parameters
    ----------
    *sources : str, Path or mapping
        At least two scenarios: files, presets or dictionaries.
    metrics : sequence
        What is measured; the metrics of the first scenario unless given.
    smallest_effect : mapping of str to float, optional
        Metric -> the smallest difference that matters.
    replicates : int or mapping, optional
        As in a study file.
    out, set, seed, workers
        As for :func:`sweep`.

    Raises
    ------
    UsageError
        For fewer than two scenarios.
    """
    if len(sources) < 2:
        raise UsageError("errors.sweep.two")
    made = versus(sources, metrics, smallest_effect, replicates)
    study = load_study(made, set=set, seed=seed)
    return _made(study, Path(out or default_folder(study)), workers, None, [], False)


def _made(
    study: LoadedStudy, folder: Path, workers: int | None, cluster: str | None, plugins: list[Path], retry: bool
) -> StudyResult:
    """Run a study and return what it found."""
    found: list[Findings] = []

    def finish(store: Any) -> None:
        found.append(findings(store))
        write_tables(found[0], folder)
        write_exports(store)

    swept(study, folder, How(workers, cluster, plugins, retry), finish)
    return StudyResult(folder, found[0])
