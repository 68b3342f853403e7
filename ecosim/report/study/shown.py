"""What the figures of a study show: its findings, and its weekly series where they were kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ecosim.model.metrics import Wanted
from ecosim.model.provenance import own_version
from ecosim.study.findings import Findings
from ecosim.study.rounds import main_points

if TYPE_CHECKING:
    import pandas

MOST_METRICS, MOST_DESIGNS = 6, 6  #: that a figure draws; its table has them all


@dataclass(frozen=True)
class Shown:
    """What the figures of a study show.

    Parameters
    ----------
    found : Findings
        What it found.
    series : DataFrame, optional
        Weekly series by ``design``, ``point``, ``replicate`` and ``week``, a column a metric.
    version : str
        Of ecosim, for the foot of figures.
    """

    found: Findings
    series: pandas.DataFrame | None = None
    version: str = field(default_factory=own_version)

    @property
    def metrics(self) -> list[Wanted]:
        """The first metrics, as many as a figure draws."""
        return self.found.study.wanted[:MOST_METRICS]

    @property
    def designs(self) -> list[str]:
        """The first designs, as many as a figure draws."""
        return [arm.name for arm in self.found.study.arms][:MOST_DESIGNS]

    @property
    def others(self) -> list[str]:
        """All designs but the baseline."""
        return [arm.name for arm in self.found.study.arms if arm.name != self.found.study.baseline]


def shown_of(store: Any, found: Findings) -> Shown:
    """Return what the figures of the study in ``store`` show, its series read where they were kept."""
    if found.study.study.run.series != "weekly":
        return Shown(found)
    from pyarrow import compute  # lazily: only series need it

    table = store.series.table()
    main = main_points(found.study)
    inside = compute.and_(compute.greater_equal(table["point"], main.start), compute.less(table["point"], main.stop))
    return Shown(found, table.filter(inside).to_pandas())
