"""The network as GraphML, which Gephi, igraph and networkx read; written line by line, without building a graph."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
KINDS = {"b": "boolean", "i": "long", "u": "long", "f": "double"}  #: kind of numpy array -> type of GraphML


def write_graphml(path: Path, nodes: Mapping[str, Any], pairs: Any, edges: Mapping[str, Any]) -> Path:
    """Write an undirected graph and return ``path``.

    Parameters
    ----------
    path : Path
        File to write.
    nodes : mapping of str -> array of shape (N,)
        What each node carries; nodes are numbered 0 .. N - 1.
    pairs : array of shape (E, 2)
        The two ends of each edge.
    edges : mapping of str -> array of shape (E,)
        What each edge carries.
    """
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(HEAD)
        for place, table in (("node", nodes), ("edge", edges)):
            for name, column in table.items():
                said = f'attr.name={_quoted(name)} attr.type="{KINDS.get(column.dtype.kind, "string")}"'
                stream.write(f'  <key id={_key(place, name)} for="{place}" {said}/>\n')
        stream.write('  <graph edgedefault="undirected">\n')
        for number, data in enumerate(_data("node", nodes)):
            stream.write(f'    <node id="{number}">{data}</node>\n')
        for (i, j), data in zip(pairs.tolist(), _data("edge", edges), strict=True):
            stream.write(f'    <edge source="{i}" target="{j}">{data}</edge>\n')
        stream.write("  </graph>\n</graphml>\n")
    return path


def _key(place: str, name: str) -> str:
    """Return the quoted identifier of a key."""
    return _quoted(f"{place}-{name}")


def _data(place: str, table: Mapping[str, Any]) -> list[str]:
    """Return for each row of ``table`` what is written inside its element."""
    columns = []
    for name, column in table.items():
        opening = f"<data key={_key(place, name)}>"
        columns.append([f"{opening}{_said(value)}</data>" for value in column.tolist()])
    return ["".join(row) for row in zip(*columns, strict=True)]


def _said(value: Any) -> str:
    """Return a value as GraphML says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(value, quote=False) if isinstance(value, str) else repr(value)


def _quoted(value: str) -> str:
    """Return an attribute's value in quotation marks."""
    return f'"{escape(value)}"'
