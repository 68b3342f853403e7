"""What a room answers to what cannot be: a key of a message, for phones and for the teacher alike."""

from __future__ import annotations

from ecosim.errors import EcosimError


class Refused(EcosimError):
    """A wish that the room does not grant; nothing has happened."""

    exit_code = 2

    @property
    def code(self) -> str:
        """The last part of the message's key: what a phone is told beside the words."""
        return self.problems[0].key.rpartition(".")[2]
