"""What a room answers to what cannot be: a key of a message, for phones and for the teacher alike."""

from __future__ import annotations

from ecosim.errors import EcosimError
from ecosim.language import text


class Refused(EcosimError):
    """A wish that the room does not grant; nothing has happened."""

    exit_code = 2

    def say(self, lang: str = "en") -> str:
        """Return the message in ``lang``; a reason that is an error itself is said in the same language."""
        [problem] = self.problems
        facts = {
            name: fact.say(lang) if isinstance(fact, EcosimError) else fact for name, fact in problem.facts.items()
        }
        return text(problem.key, lang, **facts)

    @property
    def code(self) -> str:
        """The last part of the message's key: what a phone is told beside the words."""
        return self.problems[0].key.rpartition(".")[2]
