"""One learner's weeks in plain words: what she could do, what she did, with whom, how it felt, why she stayed or left.

Every sentence is read off the records of her weeks (:func:`ecosim.model.follow.week_of`); weeks that are alike are told
together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ecosim.language import text
from ecosim.model.follow import Record
from ecosim.report.story.becoming import begin
from ecosim.report.story.ending import ending, headline, opening
from ecosim.report.story.episodes import episodes
from ecosim.report.story.telling import tell
from ecosim.report.story.told import Told
from ecosim.report.story.typical import typical_learner as typical_learner


class Story(NamedTuple):
    """A story in its parts.

    Parameters
    ----------
    head : str
        Who she is.
    starts : str
        What she is like when she comes; empty for who never came.
    weeks : list of (str, str)
        Each span of weeks, and what is told of it; empty for who never came.
    end : list of str
        What has become of her, a sentence or two each.
    """

    head: str
    starts: str
    weeks: list[tuple[str, str]]
    end: list[str]


def story(run: Any, learner: int, lang: str) -> Story:
    """Return the story of ``learner``, who was followed (``run.followed``).

    Parameters
    ----------
    run : Run
        The run.
    learner : int
        Her number.
    lang : {"en", "fr"}
        The language.

    Raises
    ------
    KeyError
        When she was not followed.
    """
    records: list[Record] = run.followed[learner]
    head = headline(run, records[0], lang)
    lived = [record for record in records if record["enrolled"]]
    if not lived:
        return Story(head, "", [], [text("story.end.never_came", lang)])
    told = Told(run, records, lang)
    begin(told, lived[0])
    weeks = [tell(told, span) for span in episodes(run, records)]
    return Story(head, opening(run, records, lang), weeks, list(ending(run, records, lang)))


def story_text(run: Any, learner: int, lang: str) -> str:
    """Return the story of ``learner`` as text, a line for each span of weeks; see :func:`story`."""
    told = story(run, learner, lang)
    lines = [text("story.line", lang, when=when, said=said) for when, said in told.weeks]
    blocks = [[line for line in (told.head, told.starts) if line], lines, told.end]
    return "\n\n".join("\n".join(block) for block in blocks if block)
