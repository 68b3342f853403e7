"""What others may ask of the classroom's server: the page of phones, not the teacher's screen, and not too much."""

from __future__ import annotations

from ecosim.classroom.phones import door, page
from ecosim.web.crowd import Limits

OUTSIDE = (page.PATH, door.PATH, "/eco")
"""Paths, and all that stands below them; ``/eco`` holds the style sheets that all pages share."""
LIMITS = Limits(message=200_000)
"""Nothing is uploaded here: four hundred phones that said as much as pages may would fill the memory of a laptop."""
