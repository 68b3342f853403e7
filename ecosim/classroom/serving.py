"""What of the classroom's server other machines may ask for: the page of phones, not the teacher's screen."""

from __future__ import annotations

from ecosim.classroom.phones import door, page

OUTSIDE = (page.PATH, door.PATH, "/eco")
"""Paths, and all that stands below them; ``/eco`` holds the style sheets that all pages share."""
