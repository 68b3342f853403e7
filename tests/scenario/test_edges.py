"""Edge lists from CSV and GraphML: numbering, missing values, and every way to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosim.errors import InvalidFile, Problem
from ecosim.language import LANGUAGES
from ecosim.scenario.edges import Edges, Ready, as_csv, read_edges

READY = Ready(0.3, 0.2)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
KEYS = '<key id="w" for="edge" attr.name="weight" attr.type="double"/>\n<key id="g" for="edge" attr.name="ground"/>\n'


def read(folder: Path, text: str | bytes, learners: int = 10, name: str = "ties.csv") -> Edges:
    """Return the ties in a file with this ``text``."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_edges(folder / name, learners, READY)


def graph(inside: str, keys: str = KEYS) -> str:
    """Return a GraphML text; ``inside`` begins in line 6."""
    head = f'{XML}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{keys}<graph edgedefault="undirected">\n'
    return head + inside + "</graph></graphml>\n"


def refusal(folder: Path, text: str | bytes, learners: int = 10, name: str = "ties.csv") -> list[Problem]:
    """Return why a file with this ``text`` is refused."""
    with pytest.raises(InvalidFile) as caught:
        read(folder, text, learners, name)
    assert {each.file for each in caught.value.problems} == {str(folder / name)}
    assert all("\n" not in each.say(lang) for each in caught.value.problems for lang in LANGUAGES)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("source,target\n3,1\n", [(1, 3, 0.3, 0.2)]),
        ("source,target,weight,ground\n0,9,0.5,0\n2,1,1,1\n", [(0, 9, 0.5, 0.0), (1, 2, 1.0, 1.0)]),
        ("ground,weight,target,source\n0.1,,b,a\n", [(0, 1, 0.3, 0.1)]),
        ("source,target,weight\nzoe,adam\nzoe,bea,0.9\n", [(0, 1, 0.3, 0.2), (0, 2, 0.9, 0.2)]),
        ("\ufeffSource, Target\r\n# a note\r\n\r\n 0 , 1 \r\n", [(0, 1, 0.3, 0.2)]),
        ('source,target\n"a, b","c ""d"""\n', [(0, 1, 0.3, 0.2)]),
        ("source,target\n10,11\n11,12\n", [(0, 1, 0.3, 0.2), (1, 2, 0.3, 0.2)]),  # not below the number of learners
        ("source,target\n1,01\n", [(0, 1, 0.3, 0.2)]),  # 01 is a name: two ways to write a number
        ("source,target\n0,Léa\n", [(0, 1, 0.3, 0.2)]),
        ("source,target\n", []),
    ],
)
def test_csv(tmp_path: Path, text: str, edges: Edges) -> None:
    assert read(tmp_path, text) == edges


@pytest.mark.parametrize(
    ("text", "line", "path", "message"),
    [
        ("", 1, "", "begins with a line that names its columns, separated by commas, at least: source,target"),
        ("# only a note\n", 1, "", "names its columns"),
        ("a,b\n", 1, "", "names its columns, separated by commas"),
        ("source;target\na;b\n", 1, "", "names its columns, separated by commas"),
        (
            "source,target,since\n",
            1,
            "",
            "the column since is not known; the columns are source, target, weight, ground",
        ),
        ("source,taget\n", 1, "", "the column taget is not known; did you mean target?"),
        ("source,weight\n", 1, "", "the column target is missing"),
        ("source,target,source\n", 1, "", "the column source is there twice"),
        ("source,target\na,b,0.5\n", 2, "", "this line has 3 cells, the header 2"),
        ("source,target\na\n", 2, "target", "a tie has two ends, and this one is empty"),
        ("source,target\n,b\n", 2, "source", "a tie has two ends"),
        ("source,target\n# a note\na,a\n", 3, "", "a cannot have a tie with oneself"),
        ("source,target\na,b\nb,c\nb,a\n", 4, "", "the tie between b and a is there already, in line 2"),
        ("source,target,weight\na,b,0\n", 2, "weight", "the weight of a tie is above 0 and at most 1, not 0.0"),
        ("source,target,weight\na,b,1.5\n", 2, "weight", "not 1.5"),
        ("source,target,weight\na,b,-1\n", 2, "weight", "not -1.0"),
        ("source,target,weight\na,b,strong\n", 2, "weight", "a number is expected here, not strong"),
        ("source,target,weight\na,b,nan\n", 2, "weight", "a number is expected here, not nan"),
        ("source,target,weight\na,b,1_0\n", 2, "weight", "a number is expected here"),
        ("source,target,ground\na,b,1.01\n", 2, "ground", "common ground lies between 0 and 1, not 1.01"),
        ('source,target\n"a,b\n', 2, "", "the quotation marks in this line do not match"),
        (b"source,target\na,b\nc,\xe9\n", 3, "", "this is not UTF-8 text (byte 0xE9)"),
    ],
)
def test_bad_csv(tmp_path: Path, text: str | bytes, line: int, path: str, message: str) -> None:
    (problem,) = refusal(tmp_path, text)
    assert (problem.line, problem.path) == (line, path)
    assert message in problem.say()


def test_more_people_than_learners(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, "source,target\na,b\nc,d\ne,a\n", learners=4)
    assert problem.line == 4
    assert "the file names 5 people, but there are only 4 learners; e is the first one too many" in problem.say()


def test_all_problems_of_a_file_at_once_up_to_a_bound(tmp_path: Path) -> None:
    found = refusal(tmp_path, "source,target,weight\na,a,1\nb,c,2\nc,b,0.1\n")
    assert [each.line for each in found] == [2, 3, 4]
    assert len(refusal(tmp_path, "source,target\n" + "a,a\n" * 1000)) == 50


def test_graphml(tmp_path: Path) -> None:
    text = graph(
        '<node id="Zoé"/><node id="alone"/>\n<edge source="Zoé" target="b"><data key="w">0.5</data></edge>\n'
        '<edge source="b" target="c"><data key="g"> 1 </data></edge>\n'
    )
    assert read(tmp_path, text, name="ties.graphml") == [(0, 2, 0.5, 0.2), (2, 3, 0.3, 1.0)]


def test_graphml_defaults_prefixes_and_other_attributes(tmp_path: Path) -> None:
    text = (
        XML
        + '<g:graphml xmlns:g="x">\n<g:key id="d0" for="edge" attr.name="weight"><g:default>0.7</g:default></g:key>\n'
        '<g:key id="d1" for="node" attr.name="ground"><g:default>9</g:default></g:key><g:graph>\n'
        '<g:node id="0"><g:data key="d1">9</g:data></g:node>\n'
        '<g:edge source="0" target="5"><g:data key="d9">x</g:data></g:edge>\n'
        "</g:graph></g:graphml>"
    )
    assert read(tmp_path, text, name="ties.xml") == [(0, 5, 0.7, 0.2)]


def test_graphml_as_networkx_writes_it(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    made = networkx.Graph()
    made.add_edge(0, 4, weight=0.25, ground=0.5)
    made.add_edge(4, 2, weight=1.0)
    networkx.write_graphml(made, tmp_path / "made.graphml")
    assert read_edges(tmp_path / "made.graphml", 10, READY) == [(0, 4, 0.25, 0.5), (2, 4, 1.0, 0.2)]


def test_the_invented_circle_is_the_same_in_both_forms() -> None:
    root = Path(__file__).parents[2]
    graphml, csv = root / "tests/data/reading-circle.graphml", root / "scenarios/edges/reading-circle.csv"
    if not (graphml.exists() and csv.exists()):
        pytest.skip("not there")
    assert len(read_edges(graphml, 60, READY)) == len(read_edges(csv, 60, READY)) > 100


@pytest.mark.parametrize(
    ("text", "line", "path", "message"),
    [
        ("", 1, "", "this is not valid XML"),
        ("source,target\n", 1, "", "this is not valid XML"),
        ("<svg/>", 1, "", "this is not GraphML: it begins with svg"),
        (XML + "<graphml>\n<graph>\n<edge></graph></graphml>", 4, "", "this is not valid XML"),
        (
            XML + '<!DOCTYPE x [<!ENTITY a "b">]>\n<graphml/>',
            2,
            "",
            "a document type declaration (<!DOCTYPE) is not allowed",
        ),
        (XML + '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<graphml/>', 2, "", "a document type declaration"),
        (XML + "<graphml>" + "<graph>" * 200 + "</graph>" * 200 + "</graphml>", 2, "", "more than 100 elements"),
        ('<?xml version="1.0" encoding="nonsense"?><graphml/>', 1, "", "this is not valid XML"),
        (graph('<edge source="a" target="a"/>\n'), 6, "", "a cannot have a tie with oneself"),
        (graph('<edge source="a" target="b"/>\n<edge source="b" target="a"/>\n'), 7, "", "is there already, in line 6"),
        (graph('<edge source="a"/>\n'), 6, "target", "a tie has two ends"),
        (
            graph('<edge source="a" target="b"><data key="w">2</data></edge>\n'),
            6,
            "weight",
            "above 0 and at most 1, not 2.0",
        ),
        (
            graph('<edge source="a" target="b"><data key="g">x</data></edge>\n'),
            6,
            "ground",
            "a number is expected here",
        ),
    ],
)
def test_bad_graphml(tmp_path: Path, text: str, line: int, path: str, message: str) -> None:
    (problem,) = refusal(tmp_path, text, name="ties.graphml")
    assert (problem.line, problem.path) == (line, path)
    assert message in problem.say()


def test_a_declaration_hidden_in_another_encoding(tmp_path: Path) -> None:
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><graphml/>'.encode("utf-16")
    (problem,) = refusal(tmp_path, hidden, name="ties.graphml")
    assert "a document type declaration" in problem.say()


def test_files_that_are_too_large(tmp_path: Path) -> None:
    with (tmp_path / "ties.csv").open("wb") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(InvalidFile, match="the file is larger than 50 MB"):
        read_edges(tmp_path / "ties.csv", 10, READY)


shares = st.floats(0.001, 1)
ties = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]), st.tuples(shares, shares)
)


@given(ties)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, made: dict[tuple[int, int], tuple[float, float]]
) -> None:
    edges = sorted((*pair, *values) for pair, values in made.items())
    file = tmp_path_factory.getbasetemp() / "edges.csv"
    file.write_text(as_csv(edges))
    assert read_edges(file, 31, READY) == edges


@given(
    st.binary(max_size=60)
    | st.text(alphabet='source,target\n"#ab01.', max_size=60).map(lambda text: f"source,target\n{text}".encode())
)
def test_nothing_else_is_ever_raised(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    for name in ("any.csv", "any.graphml"):
        file = tmp_path_factory.getbasetemp() / name
        file.write_bytes(text)
        try:
            read_edges(file, 10, READY)
        except InvalidFile as error:
            assert error.say("fr")
