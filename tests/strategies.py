"""Hypothesis strategies made from the declarations: any value that is legal, any scenario that a file could hold.

Nothing is listed here that is declared elsewhere: a new parameter or lever is drawn as soon as it exists.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from hypothesis import strategies as st

from ecosim.scenario.ablations import ABLATIONS
from ecosim.scenario.design import LEVERS, SCHEDULED
from ecosim.scenario.document import Context
from ecosim.scenario.parts import MOST_ARTEFACTS
from ecosim.scenario.schedule import FADES
from ecosim.schema import Leaf, leaves

Values = st.SearchStrategy[Any]

PARAMETERS: dict[str, tuple[Leaf, bool]] = {
    path: (leaf, field.annotation is int) for path, field, leaf in leaves(Context)
}
"""Dotted path below ``context`` -> what is declared there, and whether it is a whole number."""

COSTLY = {"encounter.strangers": 60, "encounter.walks": 16, "response.crowd_tries": 80, "population.topics": 8}
"""Highest values drawn of what only makes a week longer."""


def shares(low: float = 0.0) -> Values:
    """Return any share from ``low`` to 1."""
    return st.floats(low, 1.0, allow_nan=False)


def values(leaf: Leaf, whole: bool, wide: bool = True) -> Values:
    """Return any value that ``leaf`` may take: its legal range, or with ``wide`` false its plausible one."""
    low, high = leaf.legal if wide else leaf.plausible
    if whole or leaf.whole:
        return st.integers(int(low), int(high))
    return st.floats(float(low), float(high), allow_nan=False)


def parameter(path: str, wide: bool = True) -> Values:
    """Return any value of the parameter at ``path`` (below ``context``)."""
    leaf, whole = PARAMETERS[path]
    if path in COSTLY:
        return st.integers(int(leaf.legal.low), COSTLY[path])
    return values(leaf, whole, wide)


@st.composite
def schedules(draw: Any, name: str, weeks: int, wide: bool = True) -> Any:
    """Return any course of the lever ``name``: a constant, knots or a fade, some of it beyond the last week."""
    value = values(LEVERS[name], False, wide)
    form = draw(st.sampled_from(["constant", "constant", "knots", "fade"]))
    if form == "constant":
        return draw(value)
    when = st.integers(0, weeks + 4)
    if form == "knots":
        return [[week, draw(value)] for week in sorted(draw(st.sets(when, min_size=1, max_size=4)))]
    start = draw(when)
    return {
        "fade": draw(st.sampled_from(FADES)),
        "from": draw(value),
        "to": draw(value),
        "start": start,
        "until": start + draw(st.integers(1, weeks + 4)),
    }


@st.composite
def designs(draw: Any, weeks: int, size: int, kind: str, wide: bool = True) -> dict[str, Any]:
    """Return any design that ``size`` learners can live under who start in a network of ``kind``."""
    names = draw(st.sets(st.sampled_from(SCHEDULED), max_size=8))
    made = {name: draw(schedules(name, weeks, wide)) for name in sorted(names)}
    if draw(st.booleans()):
        made["deadlines"] = sorted(draw(st.sets(st.integers(0, weeks + 3), max_size=3)))
    return made | {"ready_ties": draw(ready_ties(size, kind))}


def ready_ties(size: int, kind: str) -> Values:
    """Return any number of ready ties that ``size`` learners can have in a network of ``kind``."""
    most = min(size - 1, 12)
    if kind == "classroom":
        return st.integers(1, most)
    low = {"small_world": 2.0, "scale_free": 1.0}.get(kind, 0.0)
    most = {"blocks": size // 4, "none": 0}.get(kind, most)
    return st.floats(low, float(most), allow_nan=False)


def networks() -> Values:
    """Return any kind and shape of network that a scenario can generate."""
    return st.one_of(
        st.just({"kind": "random"}),
        st.just({"kind": "none"}),
        st.just({"kind": "scale_free"}),
        st.just({"kind": "classroom"}),
        st.builds(lambda rewire: {"kind": "small_world", "rewire": rewire}, shares()),
        st.builds(
            lambda blocks, within: {"kind": "blocks", "blocks": blocks, "within": within}, st.integers(1, 2), shares()
        ),
    )


def weights_of(most: int) -> Values:
    """Return the relative sizes of no parts or of 2 .. ``most``."""
    return st.just([]) | st.lists(st.integers(1, 3), min_size=2, max_size=most)


@st.composite
def parted(draw: Any, names: str, weights: list[int], parts: Any) -> dict[str, Any]:
    """Return named parts whose shares add up to one; ``parts(share)`` makes each."""
    return {f"{names} {k}": draw(parts(weight / sum(weights))) for k, weight in enumerate(weights)}


@st.composite
def profiles(draw: Any, share: float) -> dict[str, Any]:
    """Return any profile of the given share."""
    made: dict[str, Any] = {"share": share}
    for name in ("autonomy", "efficacy", "autonomous_motive", "persistence", "skill"):
        if draw(st.booleans()):
            made[name] = draw(st.fixed_dictionaries({}, optional={"mean": shares(), "sd": shares()}))
    if draw(st.booleans()):
        spread = {"mean": st.floats(-10.0, 10.0), "sd": st.floats(0.0, 5.0)}
        made["propensity"] = draw(st.fixed_dictionaries({}, optional=spread))
    return made | draw(st.fixed_dictionaries({}, optional={"access": shares()}))


@st.composite
def artefacts(draw: Any) -> Any:
    """Return any counts of artefacts, or any list of named ones, in any order."""
    if draw(st.booleans()):
        solo = draw(st.integers(0, MOST_ARTEFACTS))
        return {"solo": solo, "collective": draw(st.integers(0 if solo else 1, MOST_ARTEFACTS - solo))}
    properties = {"offer": shares(), "signifier": shares(), "required_autonomy": shares()}
    each = st.fixed_dictionaries({"collective": st.booleans()}, optional=properties)
    return [{"name": f"artefact {k}", **one} for k, one in enumerate(draw(st.lists(each, min_size=1, max_size=6)))]


def number_of(given: Any) -> int:
    """Return how many artefacts there are."""
    return given["solo"] + given["collective"] if isinstance(given, dict) else len(given)


@st.composite
def withdrawals(draw: Any, week: int) -> dict[str, Any]:
    """Return any withdrawal of one or two levers to a value that both may take."""
    names = sorted(draw(st.sets(st.sampled_from(SCHEDULED), min_size=1, max_size=2)))
    low = max(LEVERS[name].legal.low for name in names)
    high = min(LEVERS[name].legal.high for name in names)
    if low > high:  # no value is legal for both
        names = names[:1]
        low, high = LEVERS[names[0]].legal
    whole = any(LEVERS[name].whole for name in names) or low == high
    to = draw(st.integers(int(low), int(high)) if whole else st.floats(low, high))
    return {"week": week, "do": "withdraw", "levers": names, "to": to}


@st.composite
def events(draw: Any, weeks: int, places: int, communities: int) -> dict[str, Any]:
    """Return any event that can happen among ``places`` artefacts and ``communities`` communities."""
    week = draw(st.integers(0, weeks + 1))
    kinds = ["mark", "withdraw", "shock", "rotate", "shuffle", "ablate", "alone", "seed_experts"]
    do = draw(st.sampled_from(kinds + ["swap"] * (communities > 1)))
    if do == "withdraw":
        return draw(withdrawals(week))  # type: ignore[no-any-return]
    given = {
        "shock": {"weeks": st.integers(1, 4), "share": shares()},
        "rotate": {"every": st.integers(1, 3), "keep_ground": st.booleans()},
        "ablate": {"mechanism": st.sampled_from(sorted(ABLATIONS))},
        "swap": {"share": shares()},
        "seed_experts": {
            "artefact": st.integers(0, places - 1),
            "share": shares(),
            "place": st.sampled_from(["central", "random"]),
        },
    }
    return {"week": week, "do": do, **draw(st.fixed_dictionaries(given.get(do, {})))}


@st.composite
def contexts(draw: Any, weeks: int, kind: dict[str, Any], wide: bool = True) -> dict[str, Any]:
    """Return any context: some parameters or all of them, profiles, arrivals."""
    known = sorted(PARAMETERS)
    chosen = known if draw(st.integers(0, 9)) == 9 else sorted(draw(st.sets(st.sampled_from(known), max_size=12)))
    made: dict[str, Any] = {"network": kind, "profiles": draw(parted("profile", draw(weights_of(3)), profiles))}
    if draw(st.booleans()):
        early = draw(st.fixed_dictionaries({}, optional={"at_start": shares()}))
        made["arrivals"] = {"kind": "uniform", "until": draw(st.integers(0, weeks + 2)), **early}
    for path in chosen:
        block, _, name = path.rpartition(".")
        (made.setdefault(block, {}) if block else made)[name] = draw(parameter(path, wide))
    return made


@st.composite
def scenarios(
    draw: Any, learners: int = 40, weeks: int = 8, wide: bool = True, kinds: Any = None, acts: Any = None
) -> dict[str, Any]:
    """Return any scenario, as a file would say it.

    Parameters
    ----------
    learners, weeks : int
        The most that are drawn.
    wide : bool
        Values over their legal ranges, or only over the plausible ones.
    kinds : collection of str, optional
        Kinds of network that may be drawn; all without it.
    acts : callable, optional
        Which events may be drawn; all without it.
    """
    last = draw(st.integers(1, weeks))
    network = draw(networks().filter(lambda one: kinds is None or one["kind"] in kinds))
    weights = draw(weights_of(3))
    smallest = min(weights) / sum(weights) if weights else 1.0
    fewest = 1 if smallest == 1.0 and network["kind"] in ("random", "none") else ceil(3 / smallest)
    people = draw(st.integers(fewest, learners))
    size = int(people * smallest + 1e-9)
    place = designs(last, size, network["kind"], wide)
    parts = draw(
        parted("community", weights, lambda share: st.fixed_dictionaries({"share": st.just(share), "design": place}))
    )
    what = draw(artefacts())
    happening = st.lists(events(last, number_of(what), len(parts)), max_size=4)
    return {
        "title": "any",
        "seed": draw(st.integers(0, 2**32 - 1)),
        "weeks": last,
        "learners": people,
        "context": draw(contexts(last, network, wide)),
        "design": draw(place),
        "communities": parts,
        "artefacts": what,
        "events": [one for one in draw(happening) if acts is None or acts(one)],
    }
