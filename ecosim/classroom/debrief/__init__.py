"""What did *you* change? A lesson lived again under the same luck by the model alone, untouched, or by another design.

Everything here is a pure function of the facts of a course, and everything found is a plain value.
"""

from ecosim.classroom.debrief.judging import Line, Pair
from ecosim.classroom.debrief.lots import Lot
from ecosim.classroom.debrief.luck import Came
from ecosim.classroom.debrief.making import Debrief, debrief
from ecosim.classroom.debrief.personal import told_to
from ecosim.classroom.debrief.replay import lived_kept
from ecosim.classroom.debrief.words import Part, sentences, world_name

__all__ = [
    "Came",
    "Debrief",
    "Line",
    "Lot",
    "Pair",
    "Part",
    "debrief",
    "lived_kept",
    "sentences",
    "told_to",
    "world_name",
]
