"""The results folder: complete, exact, whole or not at all, and never in the place of something else."""

from __future__ import annotations

import csv
import errno
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import numpy as np
import pytest

from ecosim.errors import FolderInUse, StorageError
from ecosim.model.metrics import METRICS
from ecosim.model.networks import pairs_of
from ecosim.model.run import Run, simulate
from ecosim.model.world import load
from ecosim.report import folder, staging, tabular
from ecosim.report.folder import check_folder, write_results

ROOT = Path(__file__).parents[2]
NAMES = {
    "scenario.yaml", "resolved.yaml", "provenance.json", "summary.json", "weekly.csv", "learners.csv", "network.graphml"
}  # fmt: skip


def written(run: Run, out: Path, **how: Any) -> list[Path]:
    """Write results without figures."""
    return write_results(run, out, "en", False, **how)


def read(path: Path) -> dict[str, list[str]]:
    """Return the columns of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return {name: [row[k] for row in rows] for k, name in enumerate(header)}


def names(place: Path) -> set[str]:
    """Return what lies in a folder, hidden or not."""
    return {each.name for each in place.iterdir()}


def contents(place: Path) -> dict[str, bytes]:
    """Return every file below ``place``."""
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def test_everything_is_there(small: Run, tmp_path: Path) -> None:
    files = written(small, tmp_path / "out")
    assert names(tmp_path / "out") == NAMES
    assert {path.name for path in files} == NAMES
    assert all(path.parent == tmp_path / "out" and path.is_file() for path in files)
    assert names(tmp_path) == {"out"}


def test_figures_are_there_when_they_are_asked_for(small: Run, tmp_path: Path) -> None:
    files = write_results(small, tmp_path / "out", "fr", True)
    drawn = [path for path in files if path.parent.name == "figures"]
    assert {path.name for path in drawn} == names(tmp_path / "out" / "figures")
    assert {"overview.png", "retention.png", "flow_channel.png", "energy_balance.png"} <= {path.name for path in drawn}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_the_summary_and_the_provenance_say_what_the_run_says(small: Run, tmp_path: Path) -> None:
    written(small, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8")) == small.summary
    held = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))
    assert held["scenario"]["sha256"] == small.loaded.hash()
    assert held["replicate"] == small.replicate
    assert held["choices"] is None


@pytest.mark.parametrize("source", ["imported-network", "oulad-aaa-2013j", "two-circles"])
def test_the_resolved_scenario_runs_alone_to_the_same_state(
    source: str, lived: Callable[..., Run], tmp_path: Path
) -> None:
    run = lived(str(ROOT / "scenarios" / f"{source}.yaml"), {"weeks": 8})
    written(run, tmp_path / "out")
    again = load(tmp_path / "out" / "resolved.yaml")
    assert again.loaded.hash() == run.loaded.hash()
    assert again.run().digest() == run.digest()
    assert ("edges.csv" in names(tmp_path / "out")) == (source == "imported-network")
    assert ("observed.csv" in names(tmp_path / "out")) == (source == "oulad-aaa-2013j")


def test_the_scenario_is_kept_as_it_was_given(tmp_path: Path) -> None:
    given = b"ecosim: 1\r\nkind: scenario\r\ntitle: 'Tr\xc3\xa8s petit'  # note\r\nweeks: 2\r\nlearners: 9\r\n"
    source = tmp_path / "mine.yaml"
    source.write_bytes(given)
    written(load(source, {"weeks": 3}).run(), tmp_path / "out")
    assert (tmp_path / "out" / "scenario.yaml").read_bytes() == given
    assert load(tmp_path / "out" / "resolved.yaml").scenario.weeks == 3


def test_a_dictionary_is_kept_as_the_complete_scenario(lived: Callable[..., Run], tmp_path: Path) -> None:
    written(lived({"ecosim": 1, "kind": "scenario", "learners": 9, "weeks": 2}), tmp_path / "out")
    held = contents(tmp_path / "out")
    assert held["scenario.yaml"] == held["resolved.yaml"]


def test_weekly_numbers_lose_no_digit_and_gaps_are_empty(lived: Callable[..., Run], tmp_path: Path) -> None:
    run = lived("preset:interest-group", {"learners": 5, "weeks": 30})
    written(run, tmp_path / "out")
    table, read_back = run.weekly_table(), read(tmp_path / "out" / "weekly.csv")
    assert list(read_back) == list(table)
    gaps = 0
    for name, column in table.items():
        for cell, value in zip(read_back[name], column.tolist(), strict=True):
            gaps += cell == ""
            assert math.isnan(value) if cell == "" else float(cell) == value
    assert gaps > 0


def test_learners_lose_no_digit(small: Run, tmp_path: Path) -> None:
    written(small, tmp_path / "out")
    read_back = read(tmp_path / "out" / "learners.csv")
    for name, column in small.learners_table().items():
        assert read_back[name] == [str(value) for value in column.tolist()], name


def test_the_network_is_the_graph_of_the_run(lived: Callable[..., Run], tmp_path: Path) -> None:
    run = lived(str(ROOT / "scenarios" / "cmooc.yaml"), {"learners": 40, "weeks": 6})
    written(run, tmp_path / "out")
    graph = networkx.read_graphml(tmp_path / "out" / "network.graphml", node_type=int)
    expected = run.graph()
    assert dict(graph.nodes(data=True)) == dict(expected.nodes(data=True))
    assert {frozenset(pair): data for *pair, data in graph.edges(data=True)} == {
        frozenset(pair): data for *pair, data in expected.edges(data=True)
    }
    assert graph.number_of_edges() > 0
    assert not graph.is_directed()


def test_names_that_xml_would_misread_survive(tmp_path: Path) -> None:
    world = {
        "ecosim": 1, "kind": "scenario", "learners": 6, "weeks": 1, "design": {"ready_ties": 1},
        "communities": {"R&D <\"lab\">": {"share": 0.5}, "l'été": {"share": 0.5}},
    }  # fmt: skip
    written(load(world).run(), tmp_path / "out")
    graph = networkx.read_graphml(tmp_path / "out" / "network.graphml", node_type=int)
    assert {data["community"] for _, data in graph.nodes(data=True)} == {'R&D <"lab">', "l'été"}


def test_no_library_of_tables_drawings_or_graphs_is_imported_without_figures(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom ecosim.model.world import load\n"
        "from ecosim.report.folder import write_results\nfrom ecosim.report.words import summary_text\n"
        "run = load('preset:xmooc', {'learners': 5, 'weeks': 2}).run()\n"
        f"write_results(run, Path({str(tmp_path / 'out')!r}), 'en', False)\nsummary_text(run, 'fr')\n"
        "print(sorted({'pandas', 'matplotlib', 'networkx', 'mesa', 'pyarrow'} & set(sys.modules)))\n"
    )
    environment = os.environ | {"ECOSIM_JIT": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- above 50,000 learners -------------------------------------------------------------------------------------------


def test_many_learners_are_written_as_parquet(small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `large` is not installed")
    monkeypatch.setattr(folder, "LARGE", 39)
    written(small, tmp_path / "out")
    assert names(tmp_path / "out") == NAMES - {"learners.csv", "network.graphml"} | {
        "learners.parquet",
        "network.parquet",
    }
    people = parquet.read_table(tmp_path / "out" / "learners.parquet").to_pydict()
    assert people == {name: column.tolist() for name, column in small.learners_table().items()}
    ties = parquet.read_table(tmp_path / "out" / "network.parquet").to_pydict()
    pairs, weight, ground = pairs_of(small.engine.ties)
    assert list(ties) == ["i", "j", "w", "ground"]
    assert ties["i"] == pairs[:, 0].tolist()
    assert ties["j"] == pairs[:, 1].tolist()
    assert ties["w"] == weight.tolist()
    assert ties["ground"] == ground.tolist()


def test_fifty_thousand_is_not_above_fifty_thousand() -> None:
    assert tabular.LARGE == 50_000


# --- whole or not at all ---------------------------------------------------------------------------------------------

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
STAGES = ["write_table", "write_graphml", "_write", "write_figures", "fsync", "mkdir"]


def break_at(stage: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stage of writing fail with ``error``."""

    def fail(*_: Any, **__: Any) -> None:
        raise error

    if stage == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif stage == "mkdir":
        monkeypatch.setattr(Path, "mkdir", fail)
    elif stage == "write_figures":
        monkeypatch.setattr("ecosim.report.plots.write_figures", fail)
    else:
        monkeypatch.setattr(folder, stage, fail)


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_leaves_nothing(stage: str, small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        break_at(stage, FULL, broken)
        with pytest.raises(StorageError, match="disk is full") as caught:
            write_results(small, tmp_path / "out", "en", stage == "write_figures")
    assert caught.value.exit_code == 74
    assert str(tmp_path / "out") in str(caught.value)
    assert "plein" in caught.value.say("fr")
    assert names(tmp_path) == set()


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt(), RuntimeError("a mistake of ours")])
@pytest.mark.parametrize("stage", ["write_table", "write_figures"])
def test_whatever_fails_leaves_the_results_that_were_there(
    stage: str, error: BaseException, small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(small, tmp_path / "out")
    before = contents(tmp_path / "out")
    with monkeypatch.context() as broken:
        break_at(stage, error, broken)
        with pytest.raises(StorageError if error is FULL else type(error)):
            write_results(small, tmp_path / "out", "en", True)
    assert contents(tmp_path / "out") == before
    assert names(tmp_path) == {"out"}


def test_an_exchange_that_fails_is_undone(small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(small, tmp_path / "out")
    before, rename = contents(tmp_path / "out"), Path.rename

    def fail_at_the_second(self: Path, target: Path) -> Path:
        if target == tmp_path / "out" and self.name != "old":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_second)
    with pytest.raises(StorageError, match="cannot be written"):
        written(small, tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert names(tmp_path) == {"out"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EROFS, "cannot be written to"),
        (errno.EACCES, "do not have the right"),
        (errno.EPERM, "do not have the right"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EDQUOT, "disk is full"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_folder_that_cannot_be_written_says_why(
    code: int, said: str, small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_at("mkdir", OSError(code, os.strerror(code)), monkeypatch)
    with pytest.raises(StorageError, match=said):
        written(small, tmp_path / "out")


def test_a_folder_without_rights_is_refused_before_the_run(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StorageError, match="do not have the right"):
        check_folder(tmp_path / "new" / "out", small.loaded, 0)


@pytest.mark.parametrize("place", ["file", "file/out"])
def test_a_file_in_the_way_is_said(place: str, small: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError, match="a file is in the way"):
        written(small, tmp_path / place)
    assert contents(tmp_path) == {"file": b"mine"}


# --- whose folder ----------------------------------------------------------------------------------------------------


def test_folders_above_are_made(small: Run, tmp_path: Path) -> None:
    written(small, tmp_path / "a" / "b" / "out")
    assert names(tmp_path / "a" / "b") == {"out"}


def test_an_empty_folder_is_taken(small: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written(small, tmp_path / "out")
    assert names(tmp_path / "out") == NAMES
    assert names(tmp_path) == {"out"}


def test_a_link_to_a_folder_stays_a_link(small: Run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    files = written(small, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == NAMES
    assert files[0].parent == tmp_path / "link"


def test_the_same_run_replaces_its_results_and_keeps_the_users_own_files(small: Run, tmp_path: Path) -> None:
    written(small, tmp_path / "out")
    (tmp_path / "out" / "summary.json").write_text("spoilt")
    (tmp_path / "out" / "figures").mkdir()
    (tmp_path / "out" / "notes").mkdir()
    (tmp_path / "out" / "notes" / "mine.txt").write_text("mine")
    written(small, tmp_path / "out")
    assert names(tmp_path / "out") == NAMES | {"notes"}
    assert (tmp_path / "out" / "notes" / "mine.txt").read_text() == "mine"
    assert json.loads((tmp_path / "out" / "summary.json").read_text()) == small.summary
    assert names(tmp_path) == {"out"}


@pytest.mark.parametrize("changed", ["scenario", "seed", "replicate", "version", "choices"])
def test_the_results_of_something_else_are_kept(
    changed: str, small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(small, tmp_path / "out")
    before = contents(tmp_path / "out")
    other, how = small, {}
    if changed == "scenario":
        other = simulate(load("preset:community-of-practice", {"learners": 40, "weeks": 2}).loaded)
    elif changed == "seed":
        other = simulate(load("preset:community-of-practice", {"learners": 40, "weeks": 12}, seed=99).loaded)
    elif changed == "replicate":
        other = replace(small, replicate=1)
    elif changed == "version":
        monkeypatch.setattr(folder, "own_version", lambda: "99.0")
    else:
        how = {"choices": '{"0": {"1": {"artefact": null}}}'}
    with pytest.raises(FolderInUse, match="holds the results of something else") as caught:
        written(other, tmp_path / "out", **how)
    assert caught.value.exit_code == 6
    with pytest.raises(FolderInUse):
        check_folder(tmp_path / "out", other.loaded, other.replicate, **how)
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("held", [None, "", "no JSON", "[]", '"text"', "{}", '{"scenario": 3}', "\xff"])
def test_a_folder_that_is_no_results_folder_is_kept(held: str | None, small: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("mine")
    if held is not None:
        (tmp_path / "out" / "provenance.json").write_bytes(held.encode("latin-1"))
    before = contents(tmp_path / "out")
    with pytest.raises(FolderInUse, match="no run of ecosim has written"):
        written(small, tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_folder_named_like_the_provenance_is_no_provenance(small: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "provenance.json").mkdir(parents=True)
    with pytest.raises(FolderInUse):
        written(small, tmp_path / "out")


def test_choices_are_kept_and_belong_to_the_run(small: Run, tmp_path: Path) -> None:
    choices = '{"0": {"1": {"artefact": null}}}\n'
    files = written(small, tmp_path / "out", choices=choices)
    assert tmp_path / "out" / "choices.json" in files
    assert (tmp_path / "out" / "choices.json").read_text() == choices
    written(small, tmp_path / "out", choices=choices)
    with pytest.raises(FolderInUse):
        written(small, tmp_path / "out")


def test_asking_changes_nothing(small: Run, tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "out", small.loaded, 0)
    assert names(tmp_path) == set()


def test_every_name_that_may_be_written_is_known_as_ours(lived: Callable[..., Run], tmp_path: Path) -> None:
    run = lived(str(ROOT / "scenarios" / "oulad-aaa-2013j.yaml"), {"weeks": 8})
    files = write_results(run, tmp_path / "out", "en", True, choices="{}")
    assert {path.relative_to(tmp_path / "out").parts[0] for path in files} <= folder.OURS
    assert staging.PROVENANCE in folder.OURS


def test_the_weekly_table_has_every_cheap_weekly_metric(small: Run, tmp_path: Path) -> None:
    written(small, tmp_path / "out")
    header = set(read(tmp_path / "out" / "weekly.csv"))
    assert {"week", "retention", "hazard", "participation", "autotelic_ratio"} <= header
    assert header - {"week"} <= set(METRICS)
    assert np.array_equal(np.array(read(tmp_path / "out" / "weekly.csv")["week"], int), np.arange(12))


def test_names_of_an_imported_network_come_back(lived: Callable[..., Run], tmp_path: Path) -> None:
    run = lived(str(ROOT / "scenarios" / "imported-network.yaml"), {"weeks": 2})
    written(run, tmp_path / "out")
    named = read(tmp_path / "out" / "learners.csv")["name"]
    assert named == run.loaded.names and len(set(named)) == 60
    graph = networkx.read_graphml(tmp_path / "out" / "network.graphml", node_type=int)
    assert [graph.nodes[i]["name"] for i in range(60)] == named
    assert run.graph().nodes[3]["name"] == named[3]


def test_groups_where_there_are_several(lived: Callable[..., Run], tmp_path: Path) -> None:
    run = lived({"learners": 20, "weeks": 2, "communities": {"here": {"share": 0.5}, "there": {"share": 0.5}}})
    written(run, tmp_path / "out")
    table = read(tmp_path / "out" / "groups.csv")
    rows = list(zip(*(table[name] for name in folder.GROUPS), strict=True))
    assert ("community", "here", "learners", "10.0") in rows
    assert {row[1] for row in rows} == {"here", "there"}
    assert len(rows) == sum(len(values) for values in run.by_group()["community"].values())
