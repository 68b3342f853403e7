"""``python -m ecosim.report.reference docs`` writes the reference pages below ``docs``, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path

from ecosim.report.reference.pages import write

if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(written)
