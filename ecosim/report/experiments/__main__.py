"""``python -m ecosim.report.experiments [experiments] [--run [NAME ...]]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ecosim.errors import EcosimError
from ecosim.language import text
from ecosim.report.experiments.pages import write_pages
from ecosim.report.experiments.places import RESULTS, places
from ecosim.report.experiments.running import renew


def main() -> None:
    """Write the two pages, having run the studies where that is asked for."""
    said = argparse.ArgumentParser(prog="python -m ecosim.report.experiments", description=text("experiments.help"))
    said.add_argument("folder", nargs="?", type=Path, default=Path("experiments"))
    said.add_argument("--run", nargs="*", metavar="NAME", help=text("experiments.help_run"))
    said.add_argument("--out", type=Path, default=Path(RESULTS), help=text("experiments.help_out"))
    said.add_argument("--workers", type=int, help=text("experiments.help_workers"))
    asked = said.parse_args()
    try:
        for place in places(asked.folder, asked.run) if asked.run is not None else ():
            print(text("experiments.ran", name=place.name, seconds=f"{renew(place, asked.out, asked.workers):.0f}"))
        for written in write_pages(asked.folder):
            print(written)
    except EcosimError as error:
        sys.exit(error.say())


if __name__ == "__main__":
    main()
