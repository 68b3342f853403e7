"""A witness: copies the raw arrays week by week and computes every metric again, slowly, from its definition in words.

Nothing is taken from the engine's own sums (``log``, ``past``) nor from :mod:`ecosim.model.metrics`.
"""

from __future__ import annotations

from itertools import combinations
from math import ceil, nan, sqrt
from typing import Any

import numpy as np

FELT = ("control", "immersion", "unselfconsciousness", "autotelic", "flow")
STATES = (
    "autonomy", "efficacy", "autonomous_motive", "persistence", "external_drive", "need_autonomy", "need_competence",
    "need_relatedness",
)  # fmt: skip
QUADRANTS = {
    "flow_quadrant": (True, True),
    "anxiety_quadrant": (True, False),
    "boredom_quadrant": (False, True),
    "apathy_quadrant": (False, False),
}


def share(part: float, whole: float) -> float:
    """Return a quotient, NaN where there is nothing to share."""
    return part / whole if whole else nan


def average(values: Any) -> float:
    """Return the mean of those that are defined, NaN without any."""
    defined = [value for value in values if value == value]
    return share(sum(defined), len(defined))


class Week:
    """What one week was, in sets and dictionaries."""

    def __init__(self, eco: Any) -> None:
        people, acts, now = eco.learners, eco.acts, eco.now
        self.number = eco.week - 1
        everybody = range(eco.scenario.learners)
        self.arrived = {i for i in everybody if people.arrival_week[i] <= self.number}
        self.present = {i for i in everybody if now.was_enrolled[i]}
        self.enrolled = {i for i in everybody if people.enrolled[i]}
        self.state = {i: {name: float(getattr(people, name)[i]) for name in STATES} for i in everybody}
        self.skill = {i: float(people.skill[people.interest[i], i]) for i in everybody}
        self.mastery = people.mastery.copy()
        self.load = {i: float(now.load[i]) for i in everybody}
        self.possible = {i: {m for m in range(16) if now.possible[i] >> m & 1} for i in everybody}
        self.acts = {int(acts.learner[k]): self.act(acts, k) for k in range(eco.count)}
        self.ties, self.ties_before = tie_dict(eco.ties), tie_dict(eco.ties_at_start)

    @staticmethod
    def act(acts: Any, k: int) -> dict[str, Any]:
        """Return one act."""
        names = ("artefact", "collective", "effort", "partner", "challenge", "skill", "answered", "success", *FELT)
        return {name: getattr(acts, name)[k].item() for name in names}

    def own_apprenance(self, i: int) -> float:
        """Return (M (E + A) / 2 P)^(1/3) of one learner."""
        she = self.state[i]
        return (she["autonomous_motive"] * (she["efficacy"] + she["autonomy"]) / 2 * she["persistence"]) ** (1 / 3)


def tie_dict(ties: Any) -> dict[tuple[int, int], float]:
    """Return the strength of each tie by its pair, lower number first."""
    rows = [(i, range(ties.first[i], ties.first[i + 1])) for i in range(ties.first.size - 1)]
    return {(i, int(ties.other[e])): float(ties.weight[e]) for i, row in rows for e in row if i < ties.other[e]}


class Witness:
    """Looks on, week after week: pass ``see`` as ``each_week``."""

    def __init__(self) -> None:
        self.weeks: list[Week] = []

    def see(self, eco: Any) -> None:
        """Copy the week that has just been lived."""
        if not self.weeks:
            self.initial_skill = eco.learners.initial_skill.copy()
            self.collective = eco.artefacts.collective.tolist()
            self.learners = eco.scenario.learners
        self.weeks.append(Week(eco))

    # shares of learner-weeks

    def weekly(self, name: str) -> list[float]:
        """Return the weekly series of metric ``name``."""
        return [share(*self.parts(name, week)) for week in self.weeks]

    def pooled(self, name: str) -> float:
        """Return the quotient of the sums over all weeks."""
        parts = [self.parts(name, week) for week in self.weeks]
        return share(sum(part for part, _ in parts), sum(whole for _, whole in parts))

    def last_quarter(self, name: str) -> float:
        """Return the mean of the last ceil(weeks / 4) weeks."""
        return average(self.weekly(name)[-ceil(len(self.weeks) / 4) :])

    def parts(self, name: str, week: Week) -> tuple[float, float]:
        """Return numerator and denominator of a weekly metric in one week."""
        for family in (self._people, self._acting, self._feeling, self._tied):
            found = family(name, week)
            if found is not None:
                return found
        raise LookupError(name)

    def _people(self, name: str, week: Week) -> tuple[float, float] | None:
        """Head counts, and states of the enrolled."""
        here, ever = week.enrolled, len(week.arrived)
        if name in STATES:
            return sum(week.state[i][name] for i in here), len(here)
        gains = sum(week.skill[i] - self.initial_skill[i] for i in range(self.learners))
        instruments = sum(level > 0.6 for i in here for level in week.mastery[:, i])
        apprenant = sum(week.own_apprenance(i) >= 0.6 for i in here)
        return {
            "retention": (len(here), ever),
            "hazard": (len(week.present - here), len(week.present)),
            "skill_gain": (gains, self.learners),
            "instruments_share": (instruments, len(here) * len(self.collective)),
            "apprenance": (sum(week.own_apprenance(i) for i in here), len(here)),
            "apprenance_prevalence": (apprenant, ever),
        }.get(name)

    def _acting(self, name: str, week: Week) -> tuple[float, float] | None:
        """Who does something, alone and together."""
        before = self.weeks[week.number - 1].acts if week.number else {}
        stayed = {i for i in week.present if i in before}
        idle = {i for i in week.present - stayed if week.number and i in self.weeks[week.number - 1].present}
        together = [one for one in week.acts.values() if one["collective"]]
        open_to = {i: {m for m in week.possible[i] if self.collective[m]} for i in week.present}
        shared = sum(2 * len(open_to[i] & open_to[j]) for i, j in week.ties_before if {i, j} <= week.present)
        return {
            "participation": (len(week.acts), len(week.arrived)),
            "active_share": (len(week.acts), len(week.present)),
            "stay_active": (len(stayed & set(week.acts)), len(stayed)),
            "return_from_dormancy": (len(idle & set(week.acts)), len(idle)),
            "collective_share": (len(together), len(week.acts)),
            "effort": (sum(one["effort"] for one in week.acts.values()), len(week.acts)),
            "contributions": (sum(one["effort"] for one in together), len(week.present)),
            "compossibles": (sum(len(week.possible[i]) for i in week.present), len(week.present)),
            "shared_compossibles": (shared, len(week.present)),
        }.get(name)

    def _feeling(self, name: str, week: Week) -> tuple[float, float] | None:
        """What activity feels like."""
        acts, count = list(week.acts.values()), len(week.acts)
        means = {name: average(one[name] for one in acts) for name in ("challenge", "skill")}
        if name in QUADRANTS:
            above = [tuple(one[what] >= means[what] - 1e-12 for what in means) for one in acts]
            return above.count(QUADRANTS[name]), count
        simple = {"mean_flow": "flow", "autotelic_experience": "autotelic", "success_rate": "success"}
        key = simple.get(name, name)
        if key in (*FELT, "success", "challenge"):
            return sum(one[key] for one in acts), count
        own, pushed = (sum(week.state[i][what] for i in week.acts) for what in ("persistence", "external_drive"))
        return {
            "flow_share": (sum(one["flow"] >= 0.65 for one in acts), count),
            "mean_load": (sum(week.load[i] for i in week.present), len(week.present)),
            "autotelic_ratio": (own, own + pushed),
        }.get(name)

    def _tied(self, name: str, week: Week) -> tuple[float, float] | None:
        """What happens between people."""
        posts = [one for one in week.acts.values() if one["collective"]]
        calls = {i: one["partner"] for i, one in week.acts.items() if one["partner"] >= 0}
        last = self.weeks[week.number - 1].acts.items() if week.number else ()
        before = {i: one["partner"] for i, one in last if one["partner"] >= 0}
        alone = week.enrolled - {i for pair, w in week.ties.items() if w > 0.05 for i in pair}
        old = self.weeks[week.number - 13] if week.number % 13 == 0 and week.number >= 13 else None
        counting = {pair for pair, w in old.ties.items() if w > 0.05} if old else set()
        return {
            "reply_rate": (sum(one["answered"] for one in posts), len(posts)),
            "calls_kept": (sum(calls.get(i) == j for i, j in before.items()), len(before)),
            "call_reciprocity": (sum(calls.get(j) == i for i, j in calls.items()), len(calls)),
            "mean_degree": (2 * len(week.ties), self.learners),
            "mean_tie_strength": (sum(week.ties.values()), len(week.ties)),
            "tie_survival": (sum(week.ties.get(pair, 0.0) > 0.05 for pair in counting), len(counting)),
            "excluded_share": (sum(week.state[i]["need_relatedness"] < 0.3 for i in alone), len(week.enrolled)),
        }.get(name)

    # one value a run

    def together(self, i: int) -> list[tuple[int, dict[str, Any]]]:
        """Return the collective acts of learner ``i`` with their weeks."""
        return [(week.number, week.acts[i]) for week in self.weeks if i in week.acts and week.acts[i]["collective"]]

    def collaborators_share(self) -> float:
        """Return who called on a partner in three weeks or more."""
        met = [sum(one["partner"] >= 0 for _, one in self.together(i)) for i in range(self.learners)]
        return sum(count >= 3 for count in met) / self.learners

    def posters_share(self) -> float:
        """Return who ever acted together."""
        return sum(bool(self.together(i)) for i in range(self.learners)) / self.learners

    def contributed(self, everybody: bool) -> list[float]:
        """Return summed contributions in ascending order."""
        sums = [sum(one["effort"] for _, one in self.together(i)) for i in range(self.learners)]
        return sorted(each for each in sums if everybody or each > 0)

    def gini(self, everybody: bool) -> float:
        """Return half the relative mean absolute difference."""
        given = self.contributed(everybody)
        gaps = sum(abs(x - y) for x in given for y in given)
        return share(gaps, 2 * len(given) * sum(given))

    def top(self, part: float, everybody: bool) -> float:
        """Return what the busiest ``part`` has done of all."""
        given = self.contributed(everybody)
        return share(sum(given[-ceil(part * len(given)) :]), sum(given))

    def repost_difference(self) -> float:
        """Return the difference that an answer to the first post makes."""
        again: dict[bool, list[bool]] = {True: [], False: []}
        for i in range(self.learners):
            posts = self.together(i)
            if posts and posts[0][0] + 6 < len(self.weeks):
                first = posts[0][0]
                again[bool(posts[0][1]["answered"])].append(any(first < week <= first + 6 for week, _ in posts))
        return average(again[True]) - average(again[False])

    def emergence(self) -> float:
        """Return the first week with three in ten apprenant."""
        return next((float(t) for t, each in enumerate(self.weekly("apprenance_prevalence")) if each >= 0.3), nan)

    def growth(self) -> float:
        """Return the slope of the prevalence."""
        points = [(t, each) for t, each in enumerate(self.weekly("apprenance_prevalence")) if each == each]
        return float(np.polyfit(*zip(*points, strict=True), 1)[0])

    def courses(self) -> list[list[tuple[int, float]]]:
        """Return for each learner (week, own apprenance) over the weeks at whose end she was enrolled."""
        return [
            [(week.number, week.own_apprenance(i)) for week in self.weeks if i in week.enrolled]
            for i in range(self.learners)
        ]

    def maintenance(self, span: int) -> float:
        """Return the share of all who ever came who were apprenant for ``span`` consecutive weeks."""
        if len(self.weeks) < span:
            return nan
        held = 0
        for course in self.courses():
            strong = {week for week, level in course if level >= 0.6}
            held += any(all(week + k in strong for k in range(span)) for week in strong)
        return share(held, len(self.weeks[-1].arrived))

    def stability(self) -> float:
        """Return 1 - sd within / sd between."""
        lived = [[level for _, level in course] for course in self.courses() if len(course) >= 2]
        within = sqrt(average(float(np.var(each)) for each in lived))
        return 1 - within / float(np.std([average(each) for each in lived]))

    def assortativity(self) -> float:
        """Return the correlation over ties taken in both directions."""
        skill, ties = self.weeks[-1].skill, list(self.weeks[-1].ties)
        ends = [(skill[i], skill[j]) for i, j in ties] + [(skill[j], skill[i]) for i, j in ties]
        return float(np.corrcoef(np.array(ends).T)[0, 1])

    def clustering(self) -> float:
        """Return closed triples over triples."""
        ties = set(self.weeks[-1].ties)
        near: dict[int, set[int]] = {i: set() for i in range(self.learners)}
        for i, j in ties:
            near[i].add(j)
            near[j].add(i)
        triples = [pair for i in near for pair in combinations(sorted(near[i]), 2)]
        return share(sum(pair in ties for pair in triples), len(triples))

    def spells(self) -> tuple[list[int], list[int]]:
        """Return, by week of tenure, how many were enrolled in it and how many left at its end."""
        at_risk, left = [0] * (len(self.weeks) + 1), [0] * (len(self.weeks) + 1)
        tenure = [0] * self.learners
        for week in self.weeks:
            for i in range(self.learners):
                tenure[i] = tenure[i] + 1 if i in week.present else 0
                if i in week.present:
                    at_risk[tenure[i]] += 1
                    left[tenure[i]] += i not in week.enrolled
        return at_risk, left
