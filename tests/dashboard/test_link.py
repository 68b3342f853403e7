"""A link holds a desk exactly; whatever else is called a link is refused at once, and names no file of this machine."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.dashboard.desk import Desk
from ecosim.dashboard.link import MOST_BYTES, MOST_TEXT, packed, unpacked
from ecosim.dashboard.world import loaded_of
from ecosim.errors import EcosimError, InvalidFile

from .worlds import RICH, RICH_DESK, desks

PLAIN: dict[str, Any] = {"s": ["preset", "xmooc", "xmooc"], "c": {}, "v": [["", {}]], "a": 0, "r": 0, "w": {}}


def folded(said: str | bytes) -> str:
    """Return a text as a link would hold it."""
    content = said.encode("utf-8", "surrogatepass") if isinstance(said, str) else said
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode("ascii").rstrip("=")


QUICK = 1.0  #: seconds within which anything is refused; it takes milliseconds


def link(**parts: Any) -> str:
    """Return a link made by hand."""
    return folded(json.dumps({**PLAIN, **parts}))


def refusal(text: str) -> EcosimError:
    """Return how a link is refused."""
    begun = time.perf_counter()
    with pytest.raises(InvalidFile) as caught:
        unpacked(text)
    assert time.perf_counter() - begun < QUICK
    for lang in ("en", "fr"):
        caught.value.say(lang).encode()
    return caught.value


@given(desks(), st.dictionaries(st.sampled_from(["week", "learner", "page"]), st.integers(-1, 99) | st.text()))
def test_what_is_packed_comes_out_the_same(desk: Desk, view: dict[str, Any]) -> None:
    text = packed(desk, view)
    assert unpacked(text) == (desk, view)
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    for place in range(len(desk.variants)):
        assert loaded_of(unpacked(text)[0], place).hash() == loaded_of(desk, place).hash()


def test_a_link_made_by_hand_in_the_same_way_is_read() -> None:
    desk, view = unpacked(link(w={"week": 3}, c={"weeks": 4}, v=[["a", {}], ["b", {"design.choice": 1}]], a=1, r=7))
    assert (desk.active, desk.replicate, desk.settings(), view) == (1, 7, {"weeks": 4, "design.choice": 1}, {"week": 3})


@given(st.data())
def test_a_link_that_was_cut_off_is_refused(data: Any) -> None:
    whole = packed(RICH_DESK)
    refusal(whole[: data.draw(st.integers(0, len(whole) - 2))])


@given(st.text(max_size=300) | st.binary(max_size=300).map(folded) | st.text(max_size=300).map(folded))
def test_garbage_is_refused(text: str) -> None:
    refusal(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(PLAIN)), VALUES, max_size=3))
def test_parts_of_any_kind_make_a_desk_or_are_refused(parts: dict[str, Any]) -> None:
    try:
        desk, view = unpacked(folded(json.dumps({**PLAIN, **parts})))
        for place in range(len(desk.variants)):
            loaded_of(desk, place)
    except EcosimError as error:
        error.say("fr").encode()
        return
    assert isinstance(view, dict)
    assert desk.source.kind in ("preset", "text")


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_a_part_that_is_missing_is_told(name: str) -> None:
    refusal(folded(json.dumps({key: value for key, value in PLAIN.items() if key != name})))


@pytest.mark.parametrize(
    "parts",
    [
        {"s": ["path", "/etc/passwd", "passwd"]},
        {"s": ["PATH", "scenarios/campus.yaml", "campus"]},
        {"s": [["path"], "scenarios/campus.yaml", "campus"]},
        {"s": ["file", "/etc/passwd", ""]},
        {"s": "preset"},
        {"s": ["preset", "xmooc"]},
        {"a": -1},
        {"a": 1},
        {"a": True},
        {"a": 0.0},
        {"a": "0"},
        {"r": -1},
        {"r": 2**32},
        {"r": None},
        {"v": []},
        {"v": [["", {}]] * 5},
        {"v": [["", [1, 2]]]},
        {"v": {"a": {}}},
        {"c": [["weeks", 3]]},
        {"c": None},
        {"w": [1]},
        {"c": {"design.choice": float("nan")}},
        {"c": {"design.choice": float("inf")}},
        {"v": [["\ud800", {}]]},
        {"s": ["text", "title: \udfff\n", "x"]},
    ],
)
def test_what_no_desk_can_be_is_refused(parts: dict[str, Any]) -> None:
    assert refusal(link(**parts)).problems[0].key == "dashboard.link.broken"


@pytest.mark.parametrize("given", [[], "text", 5, None, [PLAIN]])
def test_what_is_no_mapping_is_refused(given: Any) -> None:
    refusal(folded(json.dumps(given)))


def test_what_unfolds_to_more_than_it_may_is_refused_before_it_does() -> None:
    for size in (MOST_BYTES + 1, 10_000_000):
        bomb = folded(b" " * size)
        assert len(bomb) <= MOST_TEXT
        tracemalloc.start()
        refusal(bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 * MOST_BYTES  # zlib keeps parts beside the whole
        tracemalloc.stop()
    refusal("A" * (MOST_TEXT + 1))
    nested = (
        '{"s":["preset","xmooc","x"],"v":[["",{}]],"a":0,"r":0,"w":{},"c":{"x":' + "[" * 90_000 + "]" * 90_000 + "}}"
    )
    refusal(folded(nested))
    refusal(folded(json.dumps(PLAIN) + "9" * 5000))


def test_what_lies_behind_a_whole_link_is_not_read() -> None:
    content = zlib.compress(json.dumps(PLAIN).encode(), 9)
    half = base64.urlsafe_b64encode(content[:-5]).decode("ascii")
    refusal(half)


@pytest.mark.parametrize(
    "parts",
    [
        {"s": ["preset", "../../../scenarios/campus", "x"]},
        {"s": ["preset", "/etc/passwd", "x"]},
        {"s": ["text", "ecosim: 1\nkind: scenario\nextends: scenarios/campus.yaml\n", "x"]},
        {"s": ["text", "ecosim: 1\nkind: scenario\nobserved: {file: scenarios/oulad-aaa-2013j.csv}\n", "x"]},
        {
            "s": [
                "text",
                "ecosim: 1\nkind: scenario\ncontext: {network: {kind: edges, file: scenarios/edges/a.csv}}\n",
                "x",
            ]
        },
        {"c": {"extends": "scenarios/campus.yaml"}},
        {"c": {"context.network": {"kind": "edges", "file": "scenarios/edges/reading-circle.csv"}}},
        {"c": {"observed": {"file": "scenarios/oulad-aaa-2013j.csv"}}},
        {"v": [["", {"communities": {"a": {"share": 1.0, "extends": "scenarios/campus.yaml"}}}]]},
        {"c": {"learners": 10**9}},
        {"c": {"design": [[[[[[[[[[0]]]]]]]]]]}},
        {"c": {"": 1}},
        {"c": {"design.choise": 1}},
    ],
)
def test_a_desk_that_names_files_or_asks_the_impossible_is_refused_where_it_is_laid_on(parts: dict[str, Any]) -> None:
    desk, _ = unpacked(link(**parts))
    with pytest.raises(EcosimError) as caught:
        loaded_of(desk)
    assert "\n\n" not in caught.value.say("fr")


def test_a_text_with_communities_profiles_and_events_fits_into_a_link() -> None:
    assert len(packed(RICH_DESK)) < len(RICH)
