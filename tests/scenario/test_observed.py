"""Observed series: what is read, and every way to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.errors import InvalidFile
from ecosim.language import LANGUAGES
from ecosim.scenario.observed import Measurement, as_csv, read_observed

HEADER = "metric,week,value,low,high\n"


def read(folder: Path, text: str, **how: list[str]) -> list[Measurement]:
    """Return the rows of a file with this ``text``."""
    (folder / "seen.csv").write_bytes(text.encode())
    return read_observed(folder / "seen.csv", **how)


def test_rows_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "# source: a course\n" + HEADER + "retention,3,0.5,0.4,0.6\n# a note\n\nretention,0,1\nhazard,0,1e-2,,\n"
    assert read(tmp_path, text) == [
        Measurement("retention", 3, 0.5, 0.4, 0.6),
        Measurement("retention", 0, 1.0),
        Measurement("hazard", 0, 0.01),
    ]


def test_columns_in_any_order_and_intervals_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffWeek,VALUE,metric\r\n2,-0.5,x\r\n") == [Measurement("x", 2, -0.5)]


@pytest.mark.parametrize(
    ("text", "line", "path", "message"),
    [
        ("", 1, "", "begin with a line that names their columns, separated by commas, at least: metric,week,value"),
        ("metric,week,mean\n", 1, "", "the column mean is not known; the columns are metric, week, value, low, high"),
        ("metric,week,vlaue\n", 1, "", "the column vlaue is not known; did you mean value?"),
        ("metric,week\n", 1, "", "the column value is missing"),
        ("metric,week,value,value\n", 1, "", "the column value is there twice"),
        (HEADER + "retention,3,0.5,0.4,0.6,0.7\n", 2, "", "this line has 6 cells, the header 5"),
        (HEADER + "retention,2.5,0.5\n", 2, "week", "a week is a whole number from 0 to 1000000, not 2.5"),
        (HEADER + "retention,-1,0.5\n", 2, "week", "a week is a whole number"),
        (HEADER + "retention,,0.5\n", 2, "week", "a week is a whole number"),
        (HEADER + "retention,9999999,0.5\n", 2, "week", "a week is a whole number"),
        (HEADER + "retention,3,high\n", 2, "value", "a number is expected here, not high"),
        (HEADER + "retention,3,\n", 2, "value", "a number is expected here"),
        (HEADER + "retention,3,inf\n", 2, "value", "a number is expected here, not inf"),
        (HEADER + "retention,3,0.5,low\n", 2, "low", "a number is expected here, not low"),
        (HEADER + "retention,3,0.5,0.6,0.4\n", 2, "low", "the low end 0.6 of the interval is above its high end 0.4"),
        (HEADER + "retention,3,0.5,0.6,0.7\n", 2, "value", "the value 0.5 lies outside its interval, 0.6 to 0.7"),
        (HEADER + "retention,3,0.5,,0.4\n", 2, "low", "an interval has two ends: low is empty here"),
        (HEADER + "retention,3,0.5,0.4\n", 2, "high", "an interval has two ends: high is empty here"),
        (HEADER + ",3,0.5\n", 2, "metric", "there is no metric"),
        (
            HEADER + "retention,3,0.5\n# again\nretention,3,0.6\n",
            4,
            "",
            "retention in week 3 is there already, in line 2",
        ),
        (HEADER + '"retention,3,0.5\n', 2, "", "the quotation marks in this line do not match"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, line: int, path: str, message: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        read(tmp_path, text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (str(tmp_path / "seen.csv"), line, path)
    assert message in problem.say()
    assert all("\n" not in problem.say(lang) for lang in LANGUAGES)


def test_metrics_where_they_are_known(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + "retention,3,0.5\n", metrics=["retention"])
    with pytest.raises(
        InvalidFile, match=r"seen\.csv:2: metric: there is no metric retenton; did you mean retention\?"
    ):
        read(tmp_path, HEADER + "retenton,3,0.5\n", metrics=["retention"])


@pytest.mark.parametrize(
    ("row", "path"), [("95,90,99", "value"), ("0.95,0.9,1.1", "high"), ("0.2,-0.1,0.4", "low"), ("-0.5", "value")]
)
def test_shares_are_between_0_and_1(tmp_path: Path, row: str, path: str) -> None:
    with pytest.raises(InvalidFile, match=r"between 0 and 1; write 0\.95 for 95 %") as caught:
        read_observed(_seen(tmp_path, f"retention,3,{row}\n"), ["retention"], {"retention": (0.0, 1.0)})
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (2, path)


def test_what_is_no_share_may_be_anything(tmp_path: Path) -> None:
    bounds = {"retention": (0.0, 1.0), "skill_gain": (-1.0, 1.0)}
    read = read_observed(_seen(tmp_path, "effort,3,95\nskill_gain,3,-0.2\nretention,3,1\n"), None, bounds)
    assert [each.value for each in read] == [95.0, -0.2, 1.0]


def _seen(folder: Path, rows: str) -> Path:
    (folder / "seen.csv").write_text(HEADER + rows)
    return folder / "seen.csv"


def test_all_problems_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as caught:
        read(tmp_path, HEADER + "a,x,y\nb,1,2\nc,1,1,2,3\n")
    assert [(each.line, each.path) for each in caught.value.problems] == [(2, "week"), (2, "value"), (4, "value")]


numbers = st.floats(allow_nan=False, allow_infinity=False)
rows = st.builds(
    lambda name, week, ends: Measurement(name, week, ends[1], ends[0], ends[2]),
    st.text(alphabet='abc,"#é d', min_size=1, max_size=6).map(str.strip).filter(bool),
    st.integers(0, 1_000_000),
    st.tuples(numbers, numbers, numbers).map(sorted),
)


@given(st.lists(rows, max_size=5, unique_by=lambda row: (row.metric, row.week)))
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, made: list[Measurement]) -> None:
    file = tmp_path_factory.getbasetemp() / "observed.csv"
    file.write_text(as_csv(made), encoding="utf-8")
    assert read_observed(file) == made
