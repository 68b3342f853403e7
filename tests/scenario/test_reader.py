"""The strict reader: what values mean, what is refused and where, and that no document is dear."""

from __future__ import annotations

import json
import math
import os
import re
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosim.errors import InvalidFile, Problem
from ecosim.scenario.reader import Document, Mark, read_document, read_file


def read(text: str | bytes) -> Document:
    """Read ``text`` as if it were the file ``f.yaml``."""
    return read_document(text.encode() if isinstance(text, str) else text, "f.yaml")


def refusal(text: str | bytes) -> Problem:
    """Return the one problem for which ``text`` is refused."""
    with pytest.raises(InvalidFile) as caught:
        read(text)
    (problem,) = caught.value.problems
    return problem


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, then with PyYAML's own parser, as on a machine without the C extension."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


SCALARS = [
    ("true", True),
    ("TRUE", True),
    ("False", False),
    ("tRUE", "tRUE"),
    ("yes", "yes"),
    ("no", "no"),
    ("NO", "NO"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("null", None),
    ("NULL", None),
    ("~", None),
    ("", None),
    ("nil", "nil"),
    ("0", 0),
    ("-7", -7),
    ("+7", 7),
    ("010", 10),
    ("08", 8),
    ("0o17", 15),
    ("0x1F", 31),
    ("-0x1F", "-0x1F"),
    ("0b11", "0b11"),
    ("0o8", "0o8"),
    ("1_000", "1_000"),
    ("12:30:45", "12:30:45"),
    ("2026-11-22", "2026-11-22"),
    ("20261122", 20261122),
    ("9" * 40, int("9" * 40)),
    ("0.5", 0.5),
    (".5", 0.5),
    ("-.5", -0.5),
    ("5.", 5.0),
    ("1e-3", 0.001),
    ("1E5", 100000.0),
    ("1e400x", "1e400x"),
    ("1.2.3", "1.2.3"),
    (".", "."),
    ("-", [None]),
    ("0,7", "0,7"),
    ("٣", "٣"),
    ("=", "="),
    ("<<", "<<"),
    ("'0.5'", "0.5"),
    ('"true"', "true"),
    ("''", ""),
    ('"a\tb"', "a\tb"),
    (r'"\u00e9\t\n"', "é\t\n"),
    ("'l''animateur'", "l'animateur"),
    ("R&D, 100%!", "R&D, 100%!"),
    ("a # b", "a"),
    ("a#b", "a#b"),
    ("|\n  1\n  2\n", "1\n2\n"),
    (">-\n  1\n  2\n", "1 2"),
    ("1\n  2", "1 2"),
    ("[1, [2, no], {a: , b: 0o7}]", [1, [2, "no"], {"a": None, "b": 7}]),
    ("\n- 1\n- x: 1\n  y: 2\n", [1, {"x": 1, "y": 2}]),
    ("[]", []),
    ("{}", {}),
]


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_value(written: str, meant: object, parser: str) -> None:
    space = "\n" if written == "-" else " "
    found = read(f"key:{space}{written}").value["key"]
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ecosim: 1\r\nkind: scenario\r\n", {"ecosim": 1, "kind": "scenario"}),
        ("ecosim: 1\rkind: scenario\r", {"ecosim": 1, "kind": "scenario"}),
        ("\ufeffecosim: 1", {"ecosim": 1}),
        ("---\necosim: 1\n...\n", {"ecosim": 1}),
        ("# début 😀\n'1': a\nno: b\n'<<': c\n", {"1": "a", "no": "b", "<<": "c"}),
        ("design.hazard: 1", {"design.hazard": 1}),
        ("? a\n: 1", {"a": 1}),
        ("12", 12),
        ("[" * 40 + "]" * 40, json.loads("[" * 40 + "]" * 40)),
    ],
)
def test_document(written: str, meant: object, parser: str) -> None:
    assert read(written).value == meant


REFUSED = [
    ("", "empty", 1, 1),
    ("# only words\n", "empty", 1, 1),
    ("---\n", "empty", 1, 1),
    ("~", "empty", 1, 1),
    ("a: 1\n---\nb: 2\n", "documents", 2, 1),
    ("%YAML 1.1\n---\na: 1", "directive", 1, 1),
    ("%TAG ! x\n---\na: 1", "directive", 1, 1),
    ("a: 1\nb: \xe9".encode("latin-1"), "not_utf8", 2, 4),
    ("\ufeffa: ".encode() + b"\xff", "not_utf8", 1, 4),
    ("a: é".encode("utf-16"), "not_utf8", 1, 1),
    (b"a: \xed\xa0\x80", "not_utf8", 1, 4),
    ("a: 1\nb: x\0y", "character", 2, 5),
    ("a: \x1b[31m", "character", 1, 4),
    ("a: x\u2028b: 1", "character", 1, 5),
    ("a: 1\n\ufeffb: 1", "character", 2, 1),
    ('a: 1\nb: "x\\0"', "character", 2, 4),
    ("a:\n\tb: 1\n", "tab", 2, 1),
    ("a:\n  b: 1\n\tc: 2\n", "tab", 3, 1),
    ("a:\t1\n", "tab", 1, 3),
    ("a: b\tc\n", "tab", 1, 5),
    ("a: 1\t# b\n", "tab", 1, 5),
    ("a: 1 #\tb", "tab", 1, 7),
    ("a: |\n  x\ty\n", "tab", 2, 4),
    ('a: "x\ty"\nb:\t1\n', "tab", 2, 3),
    ("a: l'ami\tb\n", "tab", 1, 9),
    ("a: &x 1", "anchor", 1, 4),
    ("a: &x [1]", "anchor", 1, 4),
    ("&x a: 1", "anchor", 1, 1),
    ("a: &* 1", "anchor", 1, 4),
    ("a: *x", "alias", 1, 4),
    ("a: *the* others", "alias", 1, 4),
    ("a: !!str 1", "tag", 1, 4),
    ("a: ! 1", "tag", 1, 4),
    ("a: !!python/object/apply:os.system [ls]", "tag", 1, 4),
    ("a: !x!y 1", "tag", 1, 4),
    ("a: !<x y", "tag", 1, 4),
    ("<<: {a: 1}", "merge", 1, 1),
    ("a: {<<: {b: 1}}", "merge", 1, 5),
    ("a: 1\nb: 2\na: 3", "duplicate", 3, 1),
    ("a: {b: 1, 'b': 2}", "duplicate", 1, 11),
    ("1: a", "key_type", 1, 1),
    ("a: {true: 1}", "key_type", 1, 5),
    ("~: a", "key_type", 1, 1),
    ("{: a}", "syntax", 1, 2),
    ("[a]: b", "key_group", 1, 1),
    ("a: {{b}}", "key_group", 1, 5),
    ("? - a\n: b", "key_group", 1, 3),
    ("t: {fr: « Seul, mais sans »}", "no_value", 1, 17),
    ("{a}", "no_value", 1, 2),
    ("? a\n", "no_value", 1, 3),
    ("a: .nan", "not_finite", 1, 4),
    ("a: [-.INF]", "not_finite", 1, 5),
    ("a: 1e400", "not_finite", 1, 4),
    (".inf: 1", "not_finite", 1, 1),
    ("a: " + "9" * 5000, "long_number", 1, 4),
    ("a: 0x" + "f" * 5000, "long_number", 1, 4),
    ("a: 0." + "1" * 50, "long_number", 1, 4),
    ("a: 1\n  b: 2\n", "colon", 2, 4),
    ("a: what: this\n", "colon", 1, 8),
    ("a: 1\nb\nc: 2\n", "no_colon", 2, 1),
    ('a: 1\nb: "x\nc: 1\n', "quote", 2, 4),
    ('a: "x\n\ty\n', "quote", 1, 4),
    ('a: "C:\\data"', "escape", 1, None),
    ("a: [1, 2\nb: 1\n", "bracket", 2, 2),
    ("a: {b: 1\n", "bracket", 2, 1),
    ("a: {b: 1", "bracket", 1, 9),
    ("a: @x", "start", 1, 4),
    ("a: `x`", "start", 1, 4),
    ("a:\n    b: 1\n  c: 2\n", "misplaced", 3, 3),
    ("a: 'l'ami'\n", "misplaced", 1, 7),
    ("- a\nb: c\n", "misplaced", 2, 1),
    ("a: }\n", "syntax", 1, 4),
    ('a: "\\UFFFFFFFF"', ("escape", "syntax"), 1, None),
    ("!<" + "a" * 100, "tag", 1, 1),
]


@pytest.mark.parametrize(("written", "key", "line", "column"), REFUSED)
def test_refusal(written: str | bytes, key: str | tuple[str, ...], line: int, column: int | None, parser: str) -> None:
    problem = refusal(written)
    assert problem.key in [f"errors.yaml.{each}" for each in ([key] if isinstance(key, str) else key)]
    assert problem.file == "f.yaml"
    assert problem.line == line
    assert column is None or problem.column == column
    for lang in ("en", "fr"):
        said = problem.say(lang)
        assert re.match(r"f\.yaml:\d+:\d+: ", said)
        assert said.isprintable() or "\xa0" in said
        assert "\n" not in said
        assert not re.search(r"\{\w*\}", said.replace("{b}", ""))


def list_bomb() -> str:
    """Return a few bytes that would be 9**9 values with aliases."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return "\n".join(rows)


def merge_bomb() -> str:
    """Return a few bytes on which plain PyYAML spends many seconds."""
    rows = ["a0: &a0 {x: 1}"]
    rows += [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 10)]
    return "\n".join(rows)


BOMBS = [
    (list_bomb(), "anchor"),
    (merge_bomb(), "anchor"),
    ("[" * 100_000, "too_deep"),
    ("- " * 100_000, "too_deep"),
    ("{a: " * 100_000, "too_deep"),
    ("".join(f"{' ' * i}a:\n" for i in range(200)), "too_deep"),
    ("[" + "1," * 400_000 + "]", "too_many"),
    ("- 1\n" * 200_000, "too_many"),
    ("".join(f"k{i}: 1\n" for i in range(70_000)), "too_many"),
    ("- {a: [1, {b: 2}]}\n" * 40_000, "too_many"),
    ("a: " + "9" * 900_000, "long_number"),
    ("a" * 900_000 + ": 1", "colon"),
    ("'" + "x" * 500 + "': 1\n'" + "x" * 500 + "': 1\n", "duplicate"),
    ("\t" * 900_000, "tab"),
    ("--- a\n" * 100_000, "documents"),
    ("x" * 1_000_001, "too_large"),
    (" " * 5_000_000, "too_large"),
]


@pytest.mark.parametrize(("bomb", "key"), BOMBS)
def test_a_bomb_is_cheap_and_its_message_short(bomb: str, key: str, parser: str) -> None:
    begun = time.process_time()
    problem = refusal(bomb)
    assert problem.key == f"errors.yaml.{key}"
    assert time.process_time() - begun < (2 if parser == "libyaml" else 15)
    assert len(problem.say("en")) < 300


def test_depth_and_size_are_accepted_up_to_the_limit() -> None:
    assert refusal("[" * 41 + "]" * 41).column == 41
    assert len(read("- 1\n" * 49_999).value) == 49_999
    assert refusal("- 1\n" * 50_000).line == 50_000
    assert read("x" * 1_000_000).value == "x" * 1_000_000


def test_a_problem_names_the_path_and_what_it_says_is_useful() -> None:
    problem = refusal("design:\n  events:\n    - week: 1\n      week: 2\n")
    assert problem.path == "design.events.0.week"
    assert problem.say() == "f.yaml:4:7: design.events.0.week: the key week is given twice (first in line 3)"
    assert problem.say("fr").endswith("la clé week est donnée deux fois (d'abord à la ligne 3)")


PLACES = """\
ecosim: 1
design:
  choice: 0.7
  facilitation: [[0, 0.3],
                 [39, 0]]
events:
  - {week: 40, label: "é"}
empty:
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("ecosim",), (1, 1), (1, 9)),
        (("design",), (2, 1), (3, 3)),
        (("design", "choice"), (3, 3), (3, 11)),
        (("design", "facilitation", 1, 0), (5, 19), (5, 19)),
        (("events", 0), (7, 5), (7, 5)),
        (("events", 0, "label"), (7, 16), (7, 23)),
        (("events", 0, "withdraw", "levers"), (7, 5), (7, 5)),
        (("design", "unknown", 3), (2, 1), (3, 3)),
        (("nothing", "here"), (1, 1), (1, 1)),
        (("empty",), (8, 1), (8, 7)),
    ],
)
def test_where(path: tuple[str | int, ...], key: Mark, value: Mark, parser: str) -> None:
    document = read(PLACES)
    assert document.where(path) == value
    assert document.where(path, of_key=True) == key
    assert document.name == "f.yaml"


def test_read_file(tmp_path: Path) -> None:
    file = tmp_path / "été.yaml"
    file.write_bytes("titre: été\r\n".encode())
    assert read_file(file) == read_file(str(file))
    assert read_file(file).value == {"titre": "été"}
    assert read_file(file).name == str(file)


@pytest.mark.parametrize(
    ("name", "key", "meant"),
    [
        ("comunity.yaml", "missing_near", "community.yaml"),
        ("community", "missing_near", "community.yaml"),
        ("zzz", "missing", None),
        ("no/such/folder.yaml", "missing", None),
        ("community.yaml/x", "missing", None),
        (".", "folder", None),
        ("fifo", "special", None),
        ("loop", "unreadable", None),
        ("a\0b", "unreadable", None),
        ("x" * 300, "unreadable", None),
    ],
)
def test_no_file(tmp_path: Path, name: str, key: str, meant: str | None) -> None:
    (tmp_path / "community.yaml").write_text("a: 1")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InvalidFile) as caught:
        read_file(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.key == f"errors.file.{key}"
    assert problem.line is None
    assert problem.facts.get("nearest") == (str(tmp_path / meant) if meant else None)
    assert all(problem.say(lang) for lang in ("en", "fr"))


def test_a_device_and_a_forbidden_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidFile, match="ordinary"):
        read_file("/dev/zero")
    (tmp_path / "a.yaml").write_text("a: 1")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidFile, match="right to read"):
        read_file(tmp_path / "a.yaml")


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(10**12)  # sparse: reading it whole would fail
    with pytest.raises(InvalidFile, match="larger than 1 MB"):
        read_file(file)


def test_importing_the_reader_does_not_import_yaml() -> None:
    code = "import sys, ecosim.scenario.reader; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


NUMBER_LIKE = re.compile(
    r"[-+.0-9][-+.0-9a-fA-FoxX]*"
)  # texts that YAML 1.1 may leave unquoted and 1.2 reads as numbers
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff")
TEXTS = (st.text(LETTERS) | st.text(string.printable.replace("\v", "").replace("\f", "").replace("\r", ""))).filter(
    lambda text: not NUMBER_LIKE.fullmatch(text)
)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**38), 10**38)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=25,
)


@settings(deadline=None)
@given(PLAIN.filter(lambda value: value is not None), st.booleans(), st.sampled_from([None, True, False]))
def test_what_pyyaml_writes_is_read_back(value: object, unicode: bool, flow: bool | None) -> None:
    written = yaml.safe_dump(value, allow_unicode=unicode, default_flow_style=flow, sort_keys=False)
    assert read(written).value == value


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="ab1:-?,[]{}#&*!|>'\"%@`\\ \n\t~.<", max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_message(source: bytes) -> None:
    try:
        marks = [mark for pair in read(source).marks.values() for mark in pair]
    except InvalidFile as error:
        said = str(error)
        marks = [Mark(error.problems[0].line or 0, error.problems[0].column or 0)]
    else:
        said = ""
    assert "\n" not in said
    assert all(1 <= mark.line <= 62 and 1 <= mark.column <= 62 for mark in marks)


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_survives_to_the_last_bit(value: float) -> None:
    found = read(f"a: {value!r}").value["a"]
    assert math.copysign(1, found) == math.copysign(1, value)
    assert found == value
