"""Draw the invented network of ``imported-network.yaml``: sixty people in five groups of friends, with a few bridges.

Nobody in it exists. ``python make_reading_circle.py`` writes ``reading-circle.csv`` beside this file; with a file name
it writes the same network there as GraphML. The same seed always draws the same ties.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path
from random import Random

SEED = 20240607
GROUP = 12  #: people who live in the same street and mostly know one another
WITHIN, ACROSS = 0.35, 0.012  #: chance that two people of one group, or of different groups, know one another
PEOPLE = """
Adèle Amina Anatole Anja Antoine Arthur Aurore Basil Berthe Bruno Camille Cédric Chloé Clara Colin Daphné
Denis Diane Edgar Elsa Emil Esther Fanny Farid Félix Flora Gaspard Greta Gwenaël Hanna Hector Hugo Ida Inès
Ivan Jeanne Joachim Judith Karim Katia Lazare Leïla Louis Lucie Maël Margot Milo Nadia Nils Octave Olga Paola
Quentin Rachel Rémi Salma Simon Théa Ulysse Zoé
"""
NAMES = PEOPLE.split()

Tie = tuple[str, str, float, float]


def ties() -> list[Tie]:
    """Return (name, name, weight, ground), pairs in the order of ``NAMES``; everybody has at least one tie."""
    chance, drawn, known = Random(SEED), [], set()
    for (i, one), (j, other) in combinations(enumerate(NAMES), 2):
        close = i // GROUP == j // GROUP
        if chance.random() < (WITHIN if close else ACROSS):
            drawn.append(_tie(chance, one, other, close))
            known |= {one, other}
    for i, one in enumerate(NAMES):
        if one not in known:
            drawn.append(_tie(chance, one, NAMES[i - 1], close=True))
    return drawn


def _tie(chance: Random, one: str, other: str, close: bool) -> Tie:
    """Return a tie; friends of one group tend to be closer, and to share more."""
    weight = round(0.1 + (0.5 if close else 0.2) * chance.random(), 2)
    return one, other, weight, round(weight * (0.5 + 0.5 * chance.random()), 2)


def as_csv(drawn: list[Tie]) -> str:
    """Return the network as comma-separated text."""
    return "source,target,weight,ground\n" + "".join(f"{a},{b},{w:.2f},{g:.2f}\n" for a, b, w, g in drawn)


def as_graphml(drawn: list[Tie]) -> str:
    """Return the network as GraphML."""
    nodes = "".join(f'    <node id="{name}"/>\n' for name in NAMES)
    edges = "".join(
        f'    <edge source="{a}" target="{b}"><data key="w">{w:.2f}</data><data key="g">{g:.2f}</data></edge>\n'
        for a, b, w, g in drawn
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        '  <key id="w" for="edge" attr.name="weight" attr.type="double"/>\n'
        '  <key id="g" for="edge" attr.name="ground" attr.type="double"/>\n'
        f'  <graph edgedefault="undirected">\n{nodes}{edges}  </graph>\n</graphml>\n'
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(as_graphml(ties()), encoding="utf-8")
    else:
        Path(__file__).with_name("reading-circle.csv").write_text(as_csv(ties()), encoding="utf-8")
