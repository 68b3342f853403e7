"""From a file to a scenario: what lies over what, what is written out, and that it loads again as it was."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.errors import InvalidFile, UsageError
from ecosim.scenario import presets
from ecosim.scenario.document import Scenario
from ecosim.scenario.plain import plain_of
from ecosim.scenario.reader import read_document, read_file
from ecosim.scenario.resolve import Loaded, load, parse_setting
from ecosim.scenario.writer import write

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
HEAD = "ecosim: 1\nkind: scenario\ntitle: test\n"


def loaded(folder: Path, text: str, **how: Any) -> Loaded:
    """Return the scenario whose file says ``text`` after the first lines."""
    (folder / "scenario.yaml").write_text(HEAD + text, encoding="utf-8")
    return load(folder / "scenario.yaml", **how)


def test_a_file_that_says_nothing_is_the_default(tmp_path: Path) -> None:
    found = loaded(tmp_path, "")
    assert found.scenario == Scenario(title="test")
    assert (found.name, found.given, found.warnings) == ("scenario", HEAD, [])
    assert (found.edges, found.observed) == (None, None)


def test_mappings_merge_and_lists_replace(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(
        HEAD
        + "weeks: 30\ncontext: {learning: {zpd: 0.2, phi: 0.01}}\ndesign: {choice: 0.3, deadlines: [3, 9]}\n"
        + "metrics: [retention, rho]\n"
    )
    scenario = loaded(
        tmp_path,
        "extends: base.yaml\ncontext: {learning: {phi: 0.03}}\ndesign: {deadlines: [5]}\nmetrics: [persistence]\n",
    ).scenario
    assert scenario.weeks == 30
    assert (scenario.context.learning.zpd, scenario.context.learning.phi) == (0.2, 0.03)
    assert (scenario.design.choice.at(0), scenario.design.deadlines) == (0.3, [5])
    assert [each.name for each in scenario.metrics] == ["persistence"]
    assert scenario.extends is None


def test_extending_goes_on_relative_to_each_file(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "two.yaml").write_text(HEAD + "extends: ../three.yaml\nlearners: 22\n")
    (tmp_path / "three.yaml").write_text(HEAD + "extends: preset:xmooc\nlearners: 33\nseed: 3\n")
    scenario = loaded(tmp_path, "extends: deep/two.yaml\n").scenario
    assert (scenario.learners, scenario.seed, scenario.weeks) == (22, 3, 12)
    assert scenario.title == "test"


def test_a_lever_replaces_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + "design: {choice: {fade: linear, from: 0.6, until: 39}}\n")
    scenario = loaded(tmp_path, "extends: base.yaml\ndesign: {choice: {fade: abrupt, from: 0.5, until: 20}}\n").scenario
    assert scenario.design.choice.knots == ((0, 0.5), (19, 0.5), (20, 0.0))


def test_a_text_in_two_languages_replaces_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("ecosim: 1\nkind: scenario\ntitle: {en: one, fr: un}\n")
    (tmp_path / "half.yaml").write_text("ecosim: 1\nkind: scenario\nextends: base.yaml\ntitle: {en: two}\n")
    with pytest.raises(InvalidFile, match=r"title\.fr: fr is missing"):
        load(tmp_path / "half.yaml")


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ("{rewire: 0.4}", {"kind": "small_world", "rewire": 0.4}),
        ("{kind: small_world}", {"kind": "small_world", "rewire": 0.3}),
        ("{kind: blocks}", {"kind": "blocks", "blocks": 4, "within": 0.8}),
        ("{kind: none}", {"kind": "none"}),
    ],
)
def test_a_network_of_another_kind_starts_afresh(tmp_path: Path, over: str, expected: dict[str, Any]) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + "context: {network: {kind: small_world, rewire: 0.3}}\n")
    scenario = loaded(tmp_path, f"extends: base.yaml\ncontext: {{network: {over}}}\n").scenario
    assert scenario.context.network.model_dump() == expected


def test_arrivals_may_be_written_at_the_top(tmp_path: Path) -> None:
    whole = loaded(tmp_path, "context: {arrivals: {kind: uniform, until: 9}}\n").scenario
    assert loaded(tmp_path, "arrivals: {kind: uniform, until: 9}\n").scenario == whole
    assert load({"title": "test"}, set={"arrivals": {"kind": "uniform", "until": 9}}).scenario == whole
    assert load("preset:interest-group", set={"arrivals.until": 9}).scenario.context.arrivals == whole.context.arrivals


@pytest.mark.parametrize(
    ("base", "over", "counts"),
    [
        ("{solo: 5}", "{collective: 2}", (2, 5)),
        ("{solo: 5}", "[{name: wiki, collective: true}]", None),
        ("[{name: wiki, collective: true}]", "{solo: 4}", (9, 4)),
    ],
)
def test_artefacts(tmp_path: Path, base: str, over: str, counts: tuple[int, int] | None) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + f"artefacts: {base}\n")
    artefacts: Any = loaded(tmp_path, f"extends: base.yaml\nartefacts: {over}\n").scenario.artefacts
    if counts is None:
        assert [each.name for each in artefacts] == ["wiki"]
    else:
        assert (artefacts.collective, artefacts.solo) == counts


def test_null_takes_a_profile_out(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(HEAD + "context: {profiles: {a: {share: 0.5}, b: {share: 0.5}}}\n")
    scenario = loaded(tmp_path, "extends: base.yaml\ncontext: {profiles: {a: null, b: {share: 1}}}\n").scenario
    assert list(scenario.context.profiles) == ["b"]


def test_communities_start_from_design_then_preset_then_their_own(tmp_path: Path) -> None:
    scenario = loaded(
        tmp_path,
        "design: {choice: 0.11, demand: 0.22, openness: 0.33}\n"
        "communities:\n"
        "  plain: {share: 0.5}\n"
        "  class: {share: 0.5, extends: preset:institutional-class, design: {demand: 0.44}}\n",
    ).scenario
    plain, school = (scenario.communities[name].design for name in ("plain", "class"))
    assert plain == scenario.design
    assert school.choice.at(0) == 0.25  # the preset's
    assert school.openness.at(0) == 0.1  # the preset's
    assert school.demand.at(0) == 0.44  # its own
    assert school.hazard == scenario.design.hazard  # nobody's
    assert scenario.context == Scenario().context  # of a preset a community takes the levers only
    assert scenario.communities["class"].extends is None


def test_settings_lie_on_top(tmp_path: Path) -> None:
    text = (
        "weeks: 30\ncommunities: {a: {share: 0.5, design: {choice: 0.1}}, b: {share: 0.5}}\n"
        "events: [{week: 3}, {week: 5}]\n"
    )
    chosen = {
        "weeks": 20,
        "design.choice": [[0, 0.6], [9, 0]],
        "communities.a.design.hazard": 0.2,
        "context.learning.zpd": 0.2,
        "events.1.week": 7,
        "events.0.label": "begins",
    }
    scenario = loaded(tmp_path, text, set=chosen, seed=77).scenario
    assert (scenario.weeks, scenario.seed, scenario.context.learning.zpd) == (20, 77, 0.2)
    assert scenario.communities["b"].design.choice.knots == ((0, 0.6), (9, 0.0))
    assert scenario.communities["a"].design.choice.at(0) == 0.1
    assert scenario.communities["a"].design.hazard.at(0) == 0.2
    assert [(each.week, each.label) for each in scenario.events] == [(3, "begins"), (7, None)]


@pytest.mark.parametrize("turn", [1, -1])
def test_settings_of_one_group_in_any_order(turn: int) -> None:
    chosen = {"context.network.kind": "blocks", "context.network.blocks": 7, "context.network.within": 0.5}
    network = load({}, set=dict(list(chosen.items())[::turn])).scenario.context.network
    assert network.model_dump() == {"kind": "blocks", "blocks": 7, "within": 0.5}


def test_settings_may_name_the_first_profile() -> None:
    assert load({}, set={"context.profiles.new.share": 1}).scenario.context.profiles["new"].share == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weeks=20", ("weeks", 20)),
        (" weeks = 1e2 ", ("weeks", 100.0)),
        ("title=no", ("title", "no")),
        ('title="7"', ("title", "7")),
        ("title=a=b", ("title", "a=b")),
        ("design.facilitation=[[0,.6],[39,0]]", ("design.facilitation", [[0, 0.6], [39, 0]])),
        ("arrivals={kind: uniform, until: 3}", ("arrivals", {"kind": "uniform", "until": 3})),
        ("observed=null", ("observed", None)),
        ("x=010", ("x", 10)),
    ],
)
def test_a_setting_is_written_as_in_a_file(text: str, expected: tuple[str, Any]) -> None:
    assert parse_setting(text) == expected


def test_files_are_found_beside_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "ties.csv").write_text("source,target,weight\na,b,0.5\nb,c,\n")
    (tmp_path / "deep" / "seen.csv").write_text("metric,week,value\nretention,3,0.5\n")
    (tmp_path / "deep" / "base.yaml").write_text(
        HEAD + "context: {network: {kind: edges, file: ties.csv}}\nobserved: {file: seen.csv, label: seen}\n"
    )
    found = loaded(tmp_path, "extends: deep/base.yaml\n")
    assert found.edges == [(0, 1, 0.5, 0.3), (1, 2, 0.3, 0.3)]
    assert found.observed is not None
    assert [(each.metric, each.week, each.value) for each in found.observed] == [("retention", 3, 0.5)]
    assert found.scenario.context.network.model_dump() == {"kind": "edges", "file": "edges.csv"}
    monkeypatch.chdir(tmp_path / "deep")
    assert load({}, set={"context.network": {"kind": "edges", "file": "ties.csv"}}).edges == found.edges


def test_another_file_takes_the_label_away(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("metric,week,value\nretention,3,0.5\n")
    (tmp_path / "base.yaml").write_text(HEAD + "observed: {file: one.csv, label: one}\n")
    again = loaded(tmp_path, "extends: base.yaml\nobserved: two.csv\n").scenario.observed
    renamed = loaded(tmp_path, "extends: base.yaml\nobserved: {label: uno}\n").scenario.observed
    assert again is not None and again.label is None
    assert renamed is not None and renamed.label == "uno"


def run_folder(found: Loaded, folder: Path) -> Path:
    """Write what a run writes, and return the complete scenario."""
    folder.mkdir()
    for name, text in found.files().items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "resolved.yaml").write_text(found.text(), encoding="utf-8")
    return folder / "resolved.yaml"


@pytest.mark.parametrize("source", [*FILES, *(f"preset:{name}" for name in presets.names())], ids=str)
def test_what_is_shipped_loads_and_loads_again(
    source: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = load(source)
    assert found.warnings == []
    again = load(run_folder(found, tmp_path / "run"))
    monkeypatch.chdir(tmp_path / "run")
    for other in (again, load(found.resolved())):
        assert other.scenario == found.scenario
        assert (other.edges, other.observed) == (found.edges, found.observed)
        assert other.hash() == found.hash()
        assert other.resolved() == found.resolved()
    assert "extends" not in json.dumps(found.resolved())
    assert list(found.resolved())[:2] == ["ecosim", "kind"]


def test_the_hash_is_of_what_is_meant_not_of_how_it_is_written(tmp_path: Path) -> None:
    one = loaded(tmp_path, "weeks: 20\ndesign: {choice: 0.5}\n")
    same = loaded(tmp_path, "# a remark\ndesign:\n  choice: [[7, 5e-1]]\nweeks: 2e1\n")
    assert one.hash() == same.hash()
    assert len(one.hash()) == 64
    assert one.hash() != loaded(tmp_path, "weeks: 21\ndesign: {choice: 0.5}\n").hash()


def test_the_hash_sees_data_and_the_order_of_communities(tmp_path: Path) -> None:
    hashes = set()
    for weight in (0.1, 0.2):
        (tmp_path / "ties.csv").write_text(f"source,target,weight\n0,1,{weight}\n")
        hashes.add(loaded(tmp_path, "context: {network: {kind: edges, file: ties.csv}}\n").hash())
    for names in ("{a: {share: 0.5}, b: {share: 0.5}}", "{b: {share: 0.5}, a: {share: 0.5}}"):
        hashes.add(loaded(tmp_path, f"communities: {names}\n").hash())
    assert len(hashes) == 4


def test_uploads_may_extend_presets(tmp_path: Path) -> None:
    text = (HEAD + "extends: preset:xmooc\n").encode()
    assert load(text, allow_files=False).scenario.weeks == 12
    assert load(text, name="mine.yaml").name == "mine"


def test_dictionaries_of_other_kinds_of_values() -> None:
    numpy = pytest.importorskip("numpy")
    found = load({"weeks": numpy.int64(9), "design": {"choice": numpy.float64(0.5), "deadlines": (1, 2)}})
    assert found.scenario.weeks == 9
    assert found.scenario.design.deadlines == [1, 2]
    assert found.warnings == []


def test_presets() -> None:
    assert "xmooc" in presets.names()
    assert presets.read("xmooc").name == "preset:xmooc"
    with pytest.raises(UsageError) as caught:
        presets.read("xmoc")
    assert caught.value.exit_code == 2


def test_unknown_metrics_where_metrics_are_known(tmp_path: Path) -> None:
    text = "metrics: [retention, {name: mean_flwo, over: last_quarter}]\n"
    assert len(loaded(tmp_path, text).scenario.metrics) == 2
    with pytest.raises(
        InvalidFile, match=r"metrics\.1\.name: there is no metric \"mean_flwo\"; did you mean mean_flow\?"
    ):
        loaded(tmp_path, text, metrics=["retention", "mean_flow"])
    assert loaded(tmp_path, "metrics: [retention]\n", metrics={"retention"}).scenario.metrics[0].name == "retention"


# --------------------------------------------------------------------------------------------------- whatever is given

texts = st.text(max_size=8) | st.sampled_from(
    ["no", "1e3", "010", "null", "a: b", "# x", "é", "it's", "\t", "\n\n", "- "]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)

VALID: dict[str, Any] = {
    "ecosim": 1,
    "kind": "scenario",
    "title": {"en": "a", "fr": "b"},
    "weeks": 20,
    "learners": 60,
    "context": {
        "profiles": {"a": {"share": 0.5, "autonomy": {"mean": 0.4}}, "b": {"share": 0.5, "label": "b"}},
        "network": {"kind": "blocks", "blocks": 3},
        "learning": {"zpd": 0.2},
        "relation": {"tie_slots": 40},
        "migration": {"mobility": 0.1},
    },
    "arrivals": {"kind": "uniform", "until": 5},
    "design": {
        "choice": 0.3,
        "hazard": [[0, 0.1], [9, 0.2]],
        "facilitation": {"fade": "smooth", "from": 0.5, "until": 9},
    },
    "communities": {
        "one": {"share": 0.4, "extends": "preset:xmooc", "design": {"ready_ties": 3}},
        "two": {"share": 0.6, "design": {"deadlines": [3, 9]}},
    },
    "artefacts": [{"name": "wiki", "collective": True, "offer": 0.4}, {"name": "book", "collective": False}],
    "events": [
        {"week": 3, "label": "mark"},
        {"week": 4, "do": "withdraw", "levers": ["choice"], "to": 0.1},
        {"week": 5, "do": "shock", "weeks": 2, "share": 0.5},
        {"week": 6, "do": "seed_experts", "artefact": "wiki", "share": 0.1, "place": "central"},
        {"week": 7, "do": "ablate", "mechanism": "habit"},
    ],
    "metrics": ["retention", {"name": "mean_flow", "over": "last_quarter"}],
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values inside ``value``."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in [(*path, key), *places(each, (*path, key))]]


def changed(value: Any, path: tuple[Any, ...], new: Any, how: str) -> None:
    """Change ``value`` at ``path``: delete what is there, put ``new`` in its place, or under another key beside it."""
    for key in path[:-1]:
        value = value[key]
    last = path[-1]
    if how == "delete":
        del value[last]
    elif how == "add" and isinstance(value, dict):
        value[str(last) + "x"] = new
    else:
        value[last] = new


mutations = st.lists(
    st.tuples(st.sampled_from(places(VALID)), anything, st.sampled_from(["delete", "replace", "replace", "add"])),
    min_size=1,
    max_size=3,
)


def test_the_document_to_be_spoilt_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = load(VALID)
    assert load(found.resolved()).scenario == found.scenario


@given(mutations)
def test_spoilt_documents_never_raise_anything_else(changes: list[tuple[tuple[Any, ...], Any, str]]) -> None:
    document = copy.deepcopy(VALID)
    for path, new, how in changes:
        try:
            changed(document, path, new, how)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    try:
        found = load(document)
    except InvalidFile as error:
        said = error.say("en") + error.say("fr")
        assert said
        assert len(error.say("fr").split("\n")) == len(error.problems)
    else:
        resolved = found.resolved()
        assert load(resolved).scenario == found.scenario
        assert read_document(found.text().encode(), "x").value == resolved
        assert all(warning.say("fr") for warning in found.warnings)


@given(mutations)
def test_spoilt_files_never_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], Any, str]]
) -> None:
    document = copy.deepcopy(VALID)
    for path, new, how in changes:
        try:
            changed(document, path, new, how)
        except (KeyError, IndexError, TypeError):
            continue
    file = tmp_path_factory.getbasetemp() / "spoilt.yaml"
    file.write_text(write(document), encoding="utf-8", errors="surrogatepass")
    try:
        load(file)
    except InvalidFile as error:
        assert all(problem.line is not None or "--" in str(problem.file) for problem in error.problems)


SHIPPED = "\n".join(path.read_text(encoding="utf-8") for path in FILES[:1]).encode()


@given(
    st.lists(
        st.tuples(st.integers(0, len(SHIPPED) - 1), st.sampled_from(b" \n:-[]{},'\"#&*!|>%@0a\t\xff"), st.booleans()),
        max_size=4,
    )
)
def test_spoilt_texts_never_raise_anything_else(changes: list[tuple[int, int, bool]]) -> None:
    text = bytearray(SHIPPED)
    for place, byte, insert in changes:
        text[place : place if insert else place + 1] = bytes([byte])
    try:
        load(bytes(text), allow_files=False)
    except InvalidFile as error:
        assert error.say("fr")


@given(
    st.dictionaries(st.sampled_from([".".join(map(str, path)) for path in places(VALID)]) | texts, anything, max_size=3)
)
def test_settings_never_raise_anything_else(chosen: dict[str, Any]) -> None:
    try:
        load(VALID, set=chosen)
    except InvalidFile as error:
        assert error.say("fr")


@given(anything)
def test_what_is_written_reads_back(value: Any) -> None:
    try:
        value = {"value": plain_of(value)}
    except InvalidFile:
        return
    if "nan" not in repr(value) and "inf" not in repr(value):
        assert read_document(write(value).encode(), "x").value == value


def test_read_file_agrees(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD)
    assert read_file(tmp_path / "a.yaml").value == {"ecosim": 1, "kind": "scenario", "title": "test"}
