"""How fast are the pages? Frames a second, how soon a lever is answered, what a page costs; alone, and with ten users.

``python -m tests.benchmarks.pages`` prints the figures, with ``--write`` it also writes them into
``docs/performance.md``. Browser and server share the machine, as they do at home; its processors are told, since ten
browsers on two of them wait for themselves more than for the server. An idle machine is needed.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ecosim.dashboard.desk import Desk
from ecosim.dashboard.link import packed
from ecosim.dashboard.session import FIRST
from ecosim.study.runner.executors import usable_processors
from tests.dashboard.walking import arrived, lived
from tests.web.chromium import chromium
from tests.web.visits import Visits

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- pages: written by make bench -->", "<!-- end of pages -->"
SIZES = (300, 2000)  # learners
USERS = 10
MOVES = 30  # of a lever, one user; a third as many each when there are ten
REST = 400  # ms between two moves
SECONDS = 8  # of playing
VISITS = 3
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server of its own, with what it costs."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "ecosim", "dash", "--no-browser", "--quiet"]
        self.process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found is not None
        self.address = found[0].rstrip("/")

    def family(self) -> list[int]:
        """Return the server and the processes that it has started."""
        found = [self.process.pid]
        for parent in found:
            for each in Path(f"/proc/{parent}/task").glob("*/children"):
                found += [int(child) for child in each.read_text().split()]
        return found

    def seconds(self) -> tuple[float, float]:
        """Return the processor seconds of the server itself, and of its processes, so far."""
        spent = []
        for each in self.family():
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            spent.append((int(fields[11]) + int(fields[12])) / TICKS)
        return spent[0], sum(spent[1:])

    def megabytes(self) -> float:
        """Return the memory of the server itself."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def browsing() -> Iterator[tuple[Server, Visits]]:
    """Start a server and a browser."""
    from playwright.sync_api import sync_playwright

    server = Server()
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            yield server, Visits(opened)
            opened.close()
    finally:
        server.close()


def measured_page(server: Server, visits: Visits, luck: int = 0) -> Any:
    """Return the page of a new visitor, with a run on screen, that measures itself; each luck is a run of its own."""
    desk = packed(Desk(FIRST, replicate=luck))
    return lived(arrived(visits, server.address, f"/explore?measure=1&s={desk}"))


def stats(page: Any) -> dict[str, Any]:
    """Return what a page has measured."""
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.keys(ecosimStats).map((k) => [k, ecosimStats[k]]))"
    )
    return found


def moved(pages: list[Any], times: int) -> None:
    """Move a lever on all pages at once, so often, each time until all are answered and all is drawn."""
    for move in range(times):
        before = [stats(page)["answers"] for page in pages]
        for page in pages:
            slider = page.get_by_role("slider", name="facilitation", exact=True)
            slider.press("ArrowRight" if move % 12 < 6 else "ArrowLeft")
        for page, answers in zip(pages, before, strict=True):
            page.wait_for_function(f"ecosimStats.answers > {answers}")
        pages[0].wait_for_timeout(REST)


def playing(page: Any, learners: int) -> float:
    """Return the frames a second while the weeks of so many learners are played."""
    if not page.get_by_label("Learners", exact=True).is_visible():
        page.get_by_text("The world, the same for all designs").click()
    field = page.get_by_label("Learners", exact=True)
    field.fill(str(learners))
    field.press("Tab")
    page.locator(".eco-told").get_by_text(re.compile(f"^{learners:,} learners")).wait_for()
    before = stats(page)["frames"]
    page.get_by_role("slider", name="Week", exact=True).press("Home")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1000 * SECONDS)
    page.get_by_role("button", name="Pause").click()
    return float(stats(page)["frames"] - before) / SECONDS


def first_page(server: Server, visits: Visits) -> list[str]:
    """Return how soon a first visitor sees a page, and how much is sent for it and for the first run."""
    seconds, sent = [], []
    for _ in range(VISITS):
        page = visits.visitor().new_page()
        received = {"files": 0, "socket": 0}
        page.on("requestfinished", lambda each, kept=received: _add(kept, "files", each.sizes()["responseBodySize"]))
        page.on("websocket", lambda each, kept=received: each.on(
            "framereceived", lambda data: _add(kept, "socket", len(data))))  # fmt: skip
        begun = time.perf_counter()
        page.goto(server.address)
        page.locator("main h1").wait_for()
        seconds.append(time.perf_counter() - begun)
        page.keyboard.press("Escape")
        start = dict(received)
        page.goto(f"{server.address}/explore")
        lived(page)
        page.wait_for_timeout(500)
        sent.append((start["files"], start["socket"], received["socket"] - start["socket"]))
        visits.leave()
    files, socket, run = (statistics.median(each) / 1000 for each in zip(*sent, strict=True))
    return [
        f"A first visitor sees the first page after **{statistics.median(seconds):.1f} s** "
        f"({', '.join(f'{each:.1f}' for each in seconds)}); it takes {files:,.0f} kB of files, which browsers keep, "
        f"and {socket:,.0f} kB besides. A run of 300 learners with its levers, pictures and tables takes "
        f"{run:,.0f} kB.",
    ]


def _add(kept: dict[str, int], name: str, amount: int) -> None:
    """Add to what has been received."""
    kept[name] += amount


def alone(server: Server, visits: Visits) -> list[str]:
    """Return frames a second and how soon inputs are answered, for one user."""
    page = measured_page(server, visits)
    frames = {learners: playing(page, learners) for learners in SIZES}
    slow = stats(page)["frame_ms"]
    page.get_by_label("Learners", exact=True).fill("300")
    page.get_by_label("Learners", exact=True).press("Tab")
    page.locator(".eco-told").get_by_text(re.compile("^300 learners")).wait_for()
    page.reload()
    lived(page)
    moved([page], MOVES)
    found = stats(page)
    visits.leave()
    said = " and ".join(f"**{rate:.0f}** frames a second with {size:,} learners" for size, rate in frames.items())
    return [
        f"While the weeks are played the pictures move at {said} (a frame takes "
        f"{slow['p50']:.0f} ms, one in twenty more than {slow['p95']:.0f} ms), five pictures on the page.",
        f"A lever that is moved shows its new value and meaning after {_spread(found['input_ms'])}, and the run that "
        f"300 learners live under it after {_spread(found['answer_ms'])}; 90 ms of that wait for the hand to rest.",
    ]


def _spread(found: dict[str, float]) -> str:
    """Return the middle and the upper end of what was measured."""
    return f"**{found['p50']:.0f} ms** (one in twenty more than {found['p95']:.0f} ms)"


def together(server: Server, visits: Visits) -> list[str]:
    """Return the same with ten users who all play and turn levers, and what they cost the server."""
    measured_page(server, visits)
    before = server.megabytes()
    pages = [measured_page(server, visits, 1 + user) for user in range(USERS)]
    each = (server.megabytes() - before) / USERS
    for page in pages:
        page.get_by_role("button", name="Play").click()
    begun, (own, works) = time.perf_counter(), server.seconds()
    moved(pages, MOVES // 3)
    wall, (own_then, works_then) = time.perf_counter() - begun, server.seconds()
    found = [stats(page) for page in pages]
    visits.leave()
    inputs, answers = ({share: statistics.median(one[name][share] for one in found) for share in ("p50", "p95")}
                       for name in ("input_ms", "answer_ms"))  # fmt: skip
    answered = sum(one["answers"] for one in found)
    return [
        f"{USERS} users, who all play and turn a lever at the same moment, in one browser on the same "
        f"{usable_processors()} processors: the lever shows its value after {_spread(inputs)}, the run is there after "
        f"{_spread(answers)}, {answered} runs in {wall:.0f} s; pictures move at "
        f"**{statistics.median(one['fps'] for one in found):.0f}** frames a second.",
        f"The server took {100 * (own_then - own) / wall:.0f} % of a processor for that, its working processes "
        f"{100 * (works_then - works) / wall:.0f} %. An open page takes **{each:.1f} MB** of the server's memory.",
    ]


def main() -> None:
    """Measure, print, and write the page when asked."""
    measured = []
    for part in (first_page, alone, together):
        with browsing() as (server, visits):
            measured_page(server, visits)  # the model is compiled, and everything imported
            visits.leave()
            measured.append("\n".join(part(server, visits)))
        print(measured[-1], flush=True)
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        if BEGIN not in page:
            page += f"\n## Pages\n\n{BEGIN}\n{END}\n"
        head, rest = page.split(BEGIN)
        said = "\n\n".join(measured)
        PAGE.write_text(f"{head}{BEGIN}\n\n{said}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
