"""Class sessions: what a class lives, what it is asked, what the teacher may change, and what is debriefed.

A session is a file (:mod:`ecosim.classroom.session.document`); those that come with ecosim stand in
``sessions`` beside.
"""

from ecosim.classroom.session.document import Alternative, Answer, Ask, Debrief, Move, Session, Stretch
from ecosim.classroom.session.loaded import LoadedSession
from ecosim.classroom.session.named import session_for
from ecosim.classroom.session.notes import notes
from ecosim.classroom.session.opening import load_session, open_session, session_names

__all__ = [
    "Alternative", "Answer", "Ask", "Debrief", "LoadedSession", "Move", "Session", "Stretch", "load_session", "notes",
    "open_session", "session_for", "session_names",
]  # fmt: skip
