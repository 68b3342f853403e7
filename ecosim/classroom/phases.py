"""Where a lesson stands."""

from __future__ import annotations

LOBBY, CHOOSING, LIVED, OVER = "lobby", "choosing", "lived", "over"
"""Before the first week; while everybody decides about one; once it has been lived; when the lesson has ended."""
