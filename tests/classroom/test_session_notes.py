"""The teacher's notes: a whole page that fetches nothing, runs nothing, can be printed, and leaves nothing out."""

from __future__ import annotations

import pytest

from ecosim.classroom.session import load_session, notes, session_for, session_names
from ecosim.language import LANGUAGES, text
from tests.dashboard.test_lessons_pages import checked, flat


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", session_names())
def test_notes_tell_all_and_stand_alone(name: str, lang: str) -> None:
    loaded = load_session(name)
    own = loaded.session
    page = notes(loaded, lang)
    whole = flat(" ".join(checked(page, lang).said))
    said = [own.title, own.aim, own.audience, own.question, own.misconception, own.caution, *own.notes]
    said += [words for poll in own.polls for words in (poll.question, *(each.text for each in poll.options))]
    said += [words for move in own.moves for words in (move.text, move.say)]
    said += [*own.debrief.questions, *(stretch.text for stretch in own.plan)]
    assert own.debrief.alternative is not None
    for words in (*said, own.debrief.alternative.text):
        assert flat(loaded.say(words, lang)) in whole
    assert f"–{own.minutes}" in whole
    assert "60" in whole
    for source in own.sources:
        assert source in whole
    for key in ("join_start", "join_phones", "join_kept", "join_undecided", "alone_why", "alone_how", "replay"):
        assert flat(text(f"sessions.notes.{key}", lang)) in whole
    assert f"ecosim class {name}" in whole
    assert page == notes(loaded, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ranges_are_written_as_people_read_them(lang: str) -> None:
    page = notes(load_session("facilitator"), lang)
    assert {"en": "25 to 50%", "fr": "25 à 50\u00a0%"}[lang] in page
    assert {"en": "Facilitation: 0.8", "fr": "Accompagnement\u00a0: 0,8"}[lang] in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("source", ["preset:xmooc", "rewards"])
def test_a_session_made_of_something_else_has_notes_too(source: str, lang: str) -> None:
    page = notes(session_for(source), lang)
    read = checked(page, lang)
    whole = flat(" ".join(read.said))
    assert f"ecosim class {source}" in whole
    assert flat(text("sessions.notes.no_round", lang)) in whole
    assert text("sessions.notes.plan", lang) not in whole
    assert "()" not in whole
