"""Engine and twin, which share nothing but their luck, agree on everything after every week.

Every state of every learner, every tie with its common ground, and all content: within 1e-9, counters exactly. A
disagreement means that one of the two does not follow ``docs/model.md``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from ecosim.model.engine import Engine
from ecosim.model.networks import pairs_of
from ecosim.model.state import FIELDS
from ecosim.scenario import presets
from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.resolve import load

from ..strategies import scenarios
from .chance import KeyedChance
from .model import Twin
from .record import KEPT, Record

TOLERANCE = 1e-9
LIKE = {"initial_skill": "first_skill"}
"""Fields that the twin calls otherwise."""


class Pair:
    """Engine and twin of one scenario, under the same luck."""

    def __init__(self, given: Any, replicate: int = 0, **settings: Any) -> None:
        loaded = load(given, set=settings)
        self.engine = Engine(loaded.scenario, replicate, loaded.edges)
        resolved = deepcopy(loaded.resolved())
        kind = resolved["context"]["network"]["kind"]
        if kind not in ("random", "none"):  # the twin knows no other network: it is told who is tied
            resolved["context"]["network"] = {"kind": "none"}
        self.knocked_out = [one for one in resolved["events"] if _beyond_the_twin(one)]
        resolved["events"] = [one for one in resolved["events"] if not _beyond_the_twin(one)]
        self.twin = Twin(resolved, KeyedChance(loaded.scenario.seed, replicate))
        if kind not in ("random", "none"):
            ready = {week: [(int(i), int(j)) for i, j in pairs] for week, (pairs, _, _) in self.engine._ready.items()}
            self.twin.ready_ties = ready
        self.records = [Record() for _ in self.twin.learners]

    def step(self) -> None:
        """Live one week twice."""
        for event in self.knocked_out:
            if event["week"] == self.twin.week:
                self._knock_out(event["mechanism"])
        self.engine.step()
        self.twin.step()
        for one, record in zip(self.twin.learners, self.records, strict=True):
            record.add(one, self.twin.week - 1)

    def _knock_out(self, mechanism: str) -> None:
        """Give the twin's parameters their neutral values."""
        for path, value in ABLATIONS[mechanism].neutral.items():
            _, block, name = path.split(".")
            setattr(getattr(self.twin.context, block), name, value)

    def differences(self) -> list[str]:
        """Return what differs after the last week, in words for people who look for the mistake."""
        return [*self._learners(), *self._ties(), *self._content()]

    def _learners(self) -> list[str]:
        """Return every field of the state that differs, with the first learner for whom it does."""
        found = []
        for name, field in FIELDS.items():
            mine = np.moveaxis(np.asarray(getattr(self.engine.learners, name), float), -1, 0)
            other = np.array([self._of(number, name) for number in range(len(self.records))], float)
            near = TOLERANCE * np.maximum(1.0, np.abs(other)) if field.kind == "f8" else 0.0
            far = ~(np.abs(mine - other) <= near)
            if far.any():
                i = int(np.argwhere(far)[0][0])
                found.append(f"{name} of {far.sum()}, learner {i}: engine {mine[i]}, twin {other[i]}")
        return found

    def _of(self, number: int, name: str) -> Any:
        """Return the twin's value of a field."""
        one = self.twin.learners[number]
        if name == "profile":
            return max(0, one.profile)
        return getattr(self.records[number] if name in KEPT else one, LIKE.get(name, name))

    def _ties(self) -> list[str]:
        """Return what differs among the ties."""
        pairs, weight, ground = pairs_of(self.engine.ties)
        mine = [tuple(pair) for pair in pairs.tolist()]
        others = sorted(self.twin.ties)
        if mine != others:
            return [f"ties: only engine {sorted(set(mine) - set(others))}, only twin {sorted(set(others) - set(mine))}"]
        found = []
        for pair, w, g in zip(mine, weight, ground, strict=True):
            theirs = self.twin.ties[pair]
            if abs(w - theirs[0]) > TOLERANCE or abs(g - theirs[1]) > TOLERANCE:
                found.append(f"tie {pair}: engine {w} {g}, twin {theirs}")
        return found

    def _content(self) -> list[str]:
        """Return a line when content differs."""
        mine, other = self.engine.artefacts.content.T, np.array(self.twin.content)
        return [] if np.all(np.abs(mine - other) <= TOLERANCE) else [f"content: engine {mine}, twin {other}"]


def _beyond_the_twin(event: dict[str, Any]) -> bool:
    """Tell whether an event is an ablation that the twin leaves to its parameters."""
    return event["do"] == "ablate" and event["mechanism"] != "flow_persistence"


def agree(pair: Pair) -> None:
    """Live all weeks and compare after each of them."""
    assert not pair.differences(), "before the first week"
    while pair.engine.running:
        pair.step()
        found = pair.differences()
        assert not found, f"week {pair.twin.week - 1}: " + "; ".join(found[:8])


@pytest.mark.parametrize("name", presets.names())
def test_every_preset(name: str) -> None:
    pair = Pair(f"preset:{name}", learners=60, weeks=20)
    agree(pair)
    assert pair.engine.learners.weeks_active.sum() > 0


def test_every_field_of_the_state_is_compared() -> None:
    pair = Pair("preset:community-of-practice", learners=12, weeks=2)
    pair.step()
    for name in FIELDS:
        array = getattr(pair.engine.learners, name)
        kept = array.copy()
        array.flat[-1] = not array.flat[-1] if array.dtype == bool else array.flat[-1] + 1
        assert pair.differences(), name
        array[...] = kept
    assert not pair.differences()


def test_an_altered_tie_or_content_is_noticed() -> None:
    pair = Pair("preset:community-of-practice", learners=12, weeks=2)
    pair.step()
    for array in (pair.engine.ties.weight, pair.engine.ties.ground, pair.engine.artefacts.content):
        array.flat[0] += 1e-8
        assert pair.differences()
        array.flat[0] -= 1e-8


EVERYTHING: dict[str, Any] = {
    "title": "everything at once",
    "seed": 20,
    "weeks": 20,
    "learners": 60,
    "context": {
        "access": 0.9,
        "distraction": 0.2,
        "arrivals": {"kind": "uniform", "until": 8, "at_start": 0.25},
        "profiles": {
            "old hands": {"share": 0.3, "autonomy": {"mean": 0.7}, "skill": {"mean": 0.6, "sd": 0.1}, "access": 0.5},
            "others": {"share": 0.7, "propensity": {"mean": -1.0}, "persistence": {"sd": 0.3}},
        },
        "relation": {"tie_slots": 4},
        "migration": {"mobility": 0.5},
        "encounter": {"strangers": 60},
    },
    "communities": {
        "here": {
            "share": 0.55,
            "design": {
                "facilitation": [[0, 0.8], [12, 0.0]],
                "rejection": 0.4,
                "incentive": {"fade": "smooth", "from": 0.8, "until": 15},
                "message_capacity": 4,
                "signifier_collective": 0.5,
                "deadlines": [4, 9],
                "hazard": 0.12,
            },
        },
        "there": {
            "share": 0.45,
            "design": {
                "forced_collaboration": [[0, 0], [6, 1], [14, 0]],
                "openness": 0.9,
                "self_levelled": 0.3,
                "signifier_collective": 0.4,
                "ready_ties": 9,
            },
        },
    },
    "artefacts": [
        {"name": "forum", "collective": True, "offer": 0.9, "signifier": 0.7},
        {"name": "notebook", "collective": False},
        {"name": "wiki", "collective": True, "required_autonomy": 0.6},
        {"name": "book", "collective": False, "offer": 0.2},
        {"name": "workshop", "collective": True},
    ],
    "events": [
        {"week": 15, "do": "withdraw", "levers": ["facilitation", "openness"], "to": 0.1},
        {"week": 10, "do": "withdraw", "levers": ["facilitation"]},
        {"week": 3, "do": "shock", "weeks": 4, "share": 0.5},
        {"week": 13, "do": "ablate", "mechanism": "homophily"},
        {"week": 17, "do": "ablate", "mechanism": "flow_persistence"},
        {"week": 18, "do": "alone"},
    ],
}
"""Two communities under everything that the twin knows; slots and message capacity bind."""


@pytest.mark.parametrize("replicate", range(3))
def test_everything_at_once(replicate: int) -> None:
    pair = Pair(EVERYTHING, replicate)
    agree(pair)
    people = pair.engine.learners
    assert (people.community != (np.arange(60) >= 33)).any(), "nobody moved"
    assert pair.engine.log.rejected.sum() > 0
    assert pair.engine.log.left.sum() > 0


def test_slots_bind() -> None:
    """The case above is no proof of the slots unless they bind: without them it ends otherwise."""
    free = {**EVERYTHING, "context": {**EVERYTHING["context"], "relation": {"tie_slots": 32}}}
    assert Pair(free).engine.run().digest() != Pair(EVERYTHING).engine.run().digest()


@pytest.mark.parametrize("kind", ["small_world", "scale_free", "blocks", "classroom"])
def test_other_networks_once_tied_live_alike(kind: str) -> None:
    few = {f"communities.{name}.design.ready_ties": 4 for name in ("here", "there")}
    agree(Pair({**EVERYTHING, "context": {**EVERYTHING["context"], "network": {"kind": kind}}}, **few, weeks=10))


@pytest.mark.parametrize("mechanism", sorted(ABLATIONS))
def test_ablated(mechanism: str) -> None:
    event = {"week": 2, "do": "ablate", "mechanism": mechanism}
    agree(Pair({**EVERYTHING, "events": [event]}, learners=30, weeks=5))


def test_two_shocks_at_once() -> None:
    """A learner whom two shocks strike is struck twice: each adds to the log-odds."""
    events = [
        {"week": 1, "do": "shock", "weeks": 4, "share": 0.6},
        {"week": 2, "do": "shock", "weeks": 4, "share": 0.6},
    ]
    agree(Pair({**EVERYTHING, "events": events}, weeks=8))


def _known_to_the_twin(event: dict[str, Any]) -> bool:
    """Tell whether the twin can live through an event."""
    return event["do"] in ("mark", "withdraw", "shock", "alone", "ablate")


@settings(max_examples=150)
@given(scenarios(learners=24, weeks=6, acts=_known_to_the_twin))
def test_any_scenario(scenario: dict[str, Any]) -> None:
    agree(Pair(scenario))


@pytest.mark.long
@settings(max_examples=1500)
@given(scenarios(learners=40, weeks=12, acts=_known_to_the_twin))
def test_any_scenario_at_length(scenario: dict[str, Any]) -> None:
    agree(Pair(scenario))


@pytest.mark.long
@pytest.mark.parametrize("name", presets.names())
@pytest.mark.parametrize("replicate", range(4))
def test_every_preset_at_length(name: str, replicate: int) -> None:
    agree(Pair(f"preset:{name}", replicate, learners=150, weeks=45))
