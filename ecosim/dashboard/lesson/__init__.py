"""Lessons: what a teacher shows, asks, tries and hands out. Their numbers come from runs, so they follow the model.

A lesson is a file (:mod:`ecosim.dashboard.lesson.document`); those that come with ecosim stand in ``lessons`` beside.
"""

from ecosim.dashboard.lesson.guessing import Sketch, hands, hands_told, score_sketch, scored
from ecosim.dashboard.lesson.here import bring, is_brought, lesson_here, names_here
from ecosim.dashboard.lesson.loaded import LoadedLesson
from ecosim.dashboard.lesson.opening import lesson_names, load_lesson, open_lesson
from ecosim.dashboard.lesson.page import answer_key, handout
from ecosim.dashboard.lesson.telling import Answer, Claimed, Told, told

__all__ = [
    "Answer", "Claimed", "LoadedLesson", "Sketch", "Told", "answer_key", "bring", "handout", "hands", "hands_told",
    "is_brought", "lesson_here", "lesson_names", "load_lesson", "names_here", "open_lesson", "score_sketch", "scored",
    "told",
]  # fmt: skip
