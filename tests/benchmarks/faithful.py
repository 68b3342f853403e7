"""Are we faithful to the page? Sixteen paired seeds beside the figures quoted in ``docs/model.md``.

``python -m tests.benchmarks.faithful`` prints the table; with ``--write`` it goes into the page. Nothing is tuned to
it. A standard error that the page does not give is taken to be as large as ours, and a figure that it rounds may lie
half a digit off. The figures "as a course" are measured at the defaults. All of it is at the parameters that the page
had when the figures were quoted, :data:`THEN`; what was changed since by comparison with data, it says under
"Changed after comparison with data".
"""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

PAGE = Path(__file__).parents[2] / "docs" / "model.md"
BEGIN, END = "<!-- sixteen seeds: written by tests/benchmarks/faithful.py -->", "<!-- end of sixteen seeds -->"
SEEDS = 16
Setting = tuple[tuple[str, Any], ...]
Series = dict[str, np.ndarray[Any, Any]]

THEN: dict[str, float] = {
    "context.population.flow_trait_sd": 0.65,
    "context.intention.b_V": 4.0,
    "context.intention.b_P": 3.0,
    "context.intention.habit": 0.7,
    "context.intention.deadline_pull": 0.0,
    "context.flow.gain": 6.0,
    "context.flow.noise": 0.4,
    "context.flow.outcome": 0.0,
    "context.flow.mood_inertia": 0.5,
    "context.flow.mood_sd": 0.75,
    "context.needs.rate": 0.2,
    "context.needs.weight_competence": 0.40,
    "context.needs.weight_autonomy": 0.33,
    "context.needs.weight_relatedness": 0.27,
    "context.becoming.motive_rate": 0.10,
    "context.becoming.motive_needs": 0.5,
    "context.encounter.tie_weight": 3.0,
    "context.response.partner_reply": 0.3,
    "context.response.crowd": 0.15,
}
"""What was the default when the figures were quoted, and is no longer."""

ALONE = (("events", ({"week": 0, "do": "alone"},)),)
REWARD = (("design.incentive", ((0, 0.8), (12, 0.8), (13, 0))),)


def ties(count: int) -> Setting:
    """Return the setting with so many ready ties, and room for them."""
    return (("design.ready_ties", count), ("context.relation.tie_slots", max(32, 4 * count)))


def event(**what: Any) -> Setting:
    """Return the setting with one event from the first week on."""
    return (("events", ({"week": 0, **what},)),)


def measured(setting: Setting, known: dict[str, Series] = {}) -> Series:  # noqa: B006 - what is known stays known
    """Return the metrics of sixteen replicates of what were the defaults with ``setting``."""
    if repr(setting) not in known:
        known[repr(setting)] = measure(setting)
    return known[repr(setting)]


def measure(setting: Setting) -> Series:
    """Live the sixteen replicates."""
    from ecosim.model.run import simulate
    from ecosim.scenario.resolve import load

    plain = {path: _listed(value) for path, value in setting}
    rows = [simulate(load({"title": "defaults"}, set=THEN | plain), k).summary for k in range(SEEDS)]
    return {name: np.array([row[name] for row in rows], float) for name in rows[0]}


def _listed(value: Any) -> Any:
    """Return tuples as lists, as a scenario file has them."""
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


# what, metric, setting, against (None: the value itself), quoted, quoted standard error (None: not given)
ROWS: list[tuple[str, str, Setting, Setting | None, float, float | None]] = [
    ("retention", "retention", (), None, 0.37, None),
    ("participation", "participation", (), None, 0.37, None),
    ("skill gain", "skill_gain", (), None, 0.16, None),
    ("collaborators", "collaborators_share", (), None, 0.41, None),
    ("collective share", "collective_share", (), None, 0.31, None),
    ("reply rate", "reply_rate", (), None, 0.80, None),
    ("rho", "autotelic_ratio", (), None, 0.89, None),
    ("mean degree", "mean_degree", (), None, 10.5, None),
    ("alone - free: retention", "retention", ALONE, (), -0.061, 0.004),
    ("alone - free: skill gain", "skill_gain", ALONE, (), -0.036, 0.003),
    ("forced - free at choice .9: retention", "retention", (("design.choice", 0.9), ("design.forced_collaboration", 1)),
     (("design.choice", 0.9),), -0.049, 0.006),
    ("forced - free at choice .2: retention", "retention", (("design.choice", 0.2), ("design.forced_collaboration", 1)),
     (("design.choice", 0.2),), 0.035, 0.005),
    *[(f"retention, {count} ready ties", "retention", ties(count), None, quoted, None)
      for count, quoted in ((0, 0.316), (4, 0.367), (8, 0.378), (16, 0.392), (32, 0.390), (64, 0.387), (128, 0.370))],
    *[(f"skill gain, {count} ready ties", "skill_gain", ties(count), None, quoted, None)
      for count, quoted in ((0, 0.129), (4, 0.160), (8, 0.167), (16, 0.172), (32, 0.170), (64, 0.166), (128, 0.159))],
    *[(f"retention, demand {demand}, G {guide}", "retention",
       (("design.demand", demand), ("design.facilitation", guide)), None, quoted, None)
      for demand, guide, quoted in ((0.3, 0, 0.246), (0.9, 0, 0.070), (0.3, 0.8, 0.495), (0.9, 0.8, 0.480))],
    *[(f"{name}, G {guide}", name, (("design.facilitation", guide),), None, quoted, None)
      for name, guide, quoted in (("retention", 0, 0.23), ("retention", 0.8, 0.49), ("autonomy", 0, 0.83),
                                  ("autonomy", 0.8, 0.51), ("collaborators_share", 0, 0.03),
                                  ("collaborators_share", 0.8, 0.66))],
    *[(f"collaborators, signs {sign}, visibility {see}", "collaborators_share",
       (("design.signifier_collective", sign), ("design.visibility", see)), None, quoted, None)
      for sign, see, quoted in ((0.02, 0, 0.01), (0.02, 1, 0.44), (0.5, 0, 0.60), (0.5, 1, 0.62))],
    ("rejection .5: retention", "retention", (("design.rejection", 0.5),), (), -0.045, 0.004),
    ("flow -> P ablated: retention", "retention", event(do="ablate", mechanism="flow_persistence"), None, 0.049, None),
    ("weekly rotation: retention", "retention", event(do="rotate", every=1), (), -0.029, 0.004),
    ("rotation, ground kept: retention", "retention", event(do="rotate", every=1, keep_ground=True), (), -0.006, 0.004),
    ("reward .8 weeks 0-12, controlling: retention", "retention", REWARD, (), -0.001, 0.005),
    ("the same, informational", "retention", (*REWARD, ("design.controlling", 0)), (), 0.128, 0.006),
    *[(f"as a course: {what}", metric, (), None, quoted, None)
      for what, metric, quoted in (("P(active, then active)", "stay_active", 0.84),
                                   ("P(active after idle)", "return_from_dormancy", 0.26),
                                   ("Gini of posters", "gini_contributions", 0.59),
                                   ("calls kept weekly", "calls_kept", 0.07),
                                   ("relations over 13 weeks", "tie_survival", 0.69),
                                   ("reciprocity of calls", "call_reciprocity", 0.16))],
]  # fmt: skip


def row(what: str, metric: str, setting: Setting, against: Setting | None, quoted: float, error: float | None) -> str:
    """Return one line of the table."""
    values = measured(setting)[metric]
    if against is not None:
        values = values - measured(against)[metric]
    mean, own = float(values.mean()), float(values.std(ddof=1) / math.sqrt(SEEDS))
    theirs = own if error is None else error
    rounding = 0.0 if error is not None else 0.5 * 10.0 ** -len(f"{quoted}".split(".")[1])
    distance = max(0.0, abs(mean - quoted) - rounding) / math.hypot(own, theirs)
    said = f"{quoted:g}" + (f" +- {error:g}" if error is not None else "")
    return f"| {what} | {said} | {mean:.3f} +- {own:.3f} | {distance:.1f}{' **' if distance > 3 else ''} |"


def main() -> None:
    """Print the table, and write it into the page when asked."""
    lines = ["| | quoted | here, 16 seeds | combined standard errors apart |", "|---|---|---|---|"]
    lines += [row(*each) for each in ROWS]
    text = "\n".join(lines)
    print(text)
    if "--write" in sys.argv:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
