"""Addresses as pictures that phones read."""

from __future__ import annotations

import io


def in_terminal(address: str) -> str:
    """Return a QR code in letters."""
    import segno  # lazily: only who opens a room needs it

    made = io.StringIO()
    segno.make(address, error="m").terminal(made, compact=True)
    return made.getvalue()


def as_image(address: str) -> str:
    """Return a QR code as the address of an image: black on white, whatever the page looks like."""
    import segno  # lazily: as above

    return segno.make(address, error="m").svg_data_uri(scale=8, border=3, dark="#000", light="#fff")
