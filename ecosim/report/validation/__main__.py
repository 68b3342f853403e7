"""``python -m ecosim.report.validation [docs] [--run [KIND ...]]``."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from ecosim.language import text
from ecosim.report.validation.pages import write_pages
from ecosim.report.validation.renewing import RENEWED


def main() -> None:
    """Write the two pages, having made what they tell anew where that is asked for."""
    said = argparse.ArgumentParser(prog="python -m ecosim.report.validation", description=text("evidence.page.help"))
    said.add_argument("docs", nargs="?", type=Path, default=Path("docs"))
    said.add_argument("--run", nargs="*", metavar="KIND", choices=RENEWED, help=text("evidence.page.help_run"))
    said.add_argument("--replicates", type=int, help=text("evidence.page.help_replicates"))
    said.add_argument("--workers", type=int, help=text("evidence.page.help_workers"))
    asked = said.parse_args()
    for kind in (asked.run or RENEWED) if asked.run is not None else ():
        begun = perf_counter()
        RENEWED[kind](asked.replicates, asked.workers)
        print(text("evidence.page.ran", kind=kind, seconds=f"{perf_counter() - begun:.0f}"), flush=True)
    for written in write_pages(asked.docs):
        print(written)


if __name__ == "__main__":
    main()
