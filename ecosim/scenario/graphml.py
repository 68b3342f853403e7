"""The part of GraphML that edge lists need: nodes, edges, and the edge attributes weight and ground.

Read event by event with the parser of the standard library, so that every tie knows its line, nothing is expanded (a
document type declaration is refused, and with it all entities), and no graph library is loaded.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from ecosim.scenario.tables import Findings, Row
from ecosim.scenario.yaml_events import short

ATTRIBUTES = ("weight", "ground")
LIMIT_DEPTH = 100  #: elements inside one another

Labels = list[tuple[str, int]]


class _Refused(Exception):
    """Ends the parse; the reason has been noted."""


class _Reading:
    """What has been read so far."""

    def __init__(self, parser: Any, found: Findings) -> None:
        self.parser, self.found = parser, found
        self.labels: Labels = []
        self.rows: list[Row] = []
        self.names: dict[str, str] = {}  # key id -> weight or ground
        self.usual: dict[str, str] = {}  # weight or ground -> default
        self.above: list[str] = []
        self.key = ""  # id of the <key>, or key of the <data>, that is open
        self.text: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        tag, line = tag.rpartition(":")[2], self.parser.CurrentLineNumber
        self.above.append(tag)
        if len(self.above) == 1 and tag != "graphml":
            self.refuse("not_graphml", line, value=short(tag))
        if len(self.above) > LIMIT_DEPTH:
            self.refuse("xml_depth", line, limit=LIMIT_DEPTH)
        if tag == "node":
            self.labels.append((given.get("id", "").strip(), line))
        elif tag == "edge":
            ends = {end: given.get(end, "").strip() for end in ("source", "target")}
            self.rows.append(Row(line, {**ends, "weight": "", "ground": ""}))
        elif tag == "key" and given.get("for", "edge") in ("edge", "all") and given.get("attr.name") in ATTRIBUTES:
            self.names[given.get("id", "")] = given["attr.name"]
        if tag in ("key", "data"):
            self.key = given.get("id" if tag == "key" else "key", "")
        self.text = []

    def end(self, tag: str) -> None:
        """An element ends: what it said counts if it is an attribute of an edge."""
        tag = tag.rpartition(":")[2]
        self.above.pop()
        above = self.above[-1] if self.above else ""
        name = self.names.get(self.key)
        if name and tag == "data" and above == "edge":
            self.rows[-1].cells[name] = "".join(self.text).strip()
        elif name and tag == "default" and above == "key":
            self.usual[name] = "".join(self.text).strip()

    def refuse(self, key: str, line: int, /, **facts: Any) -> None:
        """Note what is wrong and end the parse."""
        self.found.add(key, line, **facts)
        raise _Refused


def graphml_rows(source: bytes, found: Findings) -> tuple[Labels, list[Row]]:
    """Return the labels of all nodes with their lines, and the edges as rows of an edge list.

    Parameters
    ----------
    source : bytes
        The XML text.
    found : Findings
        Where problems are noted.

    Raises
    ------
    InvalidFile
        When it is no GraphML, or tries to define entities.
    """
    parser = expat.ParserCreate()
    reading = _Reading(parser, found)
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = lambda text: reading.text.append(text)
    parser.StartDoctypeDeclHandler = lambda *_: reading.refuse("doctype", parser.CurrentLineNumber)
    try:
        parser.Parse(source, True)
    except _Refused:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an encoding that Python does not know
        found.add("xml", getattr(error, "lineno", 1), reason=short(str(error)))
    found.stop()
    for row in reading.rows:
        row.cells.update({name: value for name, value in reading.usual.items() if not row.cells[name]})
    return reading.labels, reading.rows
