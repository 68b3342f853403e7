"""Does a full class fit? A hundred phones, one of them a real page, and the teacher's screen, through twelve weeks.

``python -m tests.benchmarks.classroom`` prints the figures, with ``--write`` it also writes them into
``docs/performance.md``. Phones, browser and server share the machine. An idle machine is needed.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from websockets.asyncio.client import connect

from ecosim.classroom.phones import page as phone_page
from ecosim.classroom.phones.page import document
from ecosim.language import number
from ecosim.study.runner.executors import usable_processors
from ecosim.web import assets
from tests.benchmarks.pages import PAGE, TICKS
from tests.classroom.conftest import PIN
from tests.classroom.test_crowd import served
from tests.web.chromium import chromium

BEGIN, END = "<!-- classroom: written by make bench -->", "<!-- end of classroom -->"
STUDENTS, WEEKS, LEARNERS = 100, 12, 150
THINKING = 1.5  # seconds at most until a student decides
HASTE = 800  # ms at most for a tap on the real page


class Crowd:
    """All students but the one with a real phone, in a thread of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.seats: set[str] = set()
        self.trips: list[float] = []
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()))
        self._thread.start()

    def wait(self) -> None:
        """Wait until the lesson is over."""
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(random.Random(i)) for i in range(STUDENTS - 1)))

    async def _one(self, luck: random.Random) -> None:
        """Take part, noting how long the answer to each decision takes."""
        decided = -1
        asked = 0.0
        async with connect(f"{self.address.replace('http', 'ws')}/ws", origin=self.address) as socket:  # type: ignore[arg-type]
            await socket.send(json.dumps({"t": "join", "pin": PIN}))
            async for said in socket:
                told: dict[str, Any] = json.loads(said)
                if told["t"] == "seat":
                    self.seats.add(told["token"])
                elif told["t"] == "chosen":
                    self.trips.append(time.perf_counter() - asked)
                elif told["t"] == "room" and told["phase"] == "over":
                    return
                elif told["t"] == "week" and told["possible"] and told["week"] > decided:
                    decided = told["week"]
                    await asyncio.sleep(THINKING * luck.random())
                    asked = time.perf_counter()
                    choice = luck.choice(told["possible"])["number"]
                    await socket.send(json.dumps({"t": "choose", "artefact": choice}))


def spent(process: int) -> float:
    """Return the processor seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(process: int) -> float:
    """Return the memory of a process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000


def share(values: list[float], part: float) -> float:
    """Return the value below which ``part`` of all lie."""
    return sorted(values)[round(part * (len(values) - 1))]


def phone_decides(phone: Any) -> None:
    """Decide on the real phone whenever there is something to decide, until the lesson is over."""
    from playwright.sync_api import TimeoutError as TooLate

    week = ""
    while True:
        said, open_ = phone.evaluate(
            "[(document.querySelector('#top span') || {}).textContent, !!document.querySelector('#what-0')]"
        )
        if phone.locator("#p-head", has_text="The weeks are over").count():
            return
        if open_ and said != week:
            week = said
            with suppress(TooLate):  # another week has begun meanwhile
                phone.locator("#what-0").check(timeout=HASTE)
                phone.locator("#decide").click(timeout=HASTE)
        phone.wait_for_timeout(100)


class Played(NamedTuple):
    """What a lesson took.

    Parameters
    ----------
    trips, real : list of float
        Milliseconds until each decision was confirmed, of all phones without a browser, and on the real page.
    wall, own : float
        Seconds that it lasted, and processor seconds of the server.
    grown : float
        Megabytes by which the server's memory grew.
    seats : int
        How many different seats were given.
    """

    trips: list[float]
    real: list[float]
    wall: float
    own: float
    grown: float
    seats: int


def played(browser: Any) -> Played:
    """Have a class live a lesson, one of them with a real page in ``browser``."""
    words = ("open-tools", "--host", "127.0.0.1", "--pin", PIN, "--no-browser", "--quiet",
             "--set", f"learners={LEARNERS}", "--set", f"weeks={WEEKS}")  # fmt: skip
    with TemporaryDirectory() as folder, served(Path(folder), str(STUDENTS), *words) as (process, address):
        screen = browser.new_page(viewport={"width": 1400, "height": 900})
        screen.goto(f"{address}/?lang=en")
        screen.locator("main h1").wait_for()
        before = megabytes(process.pid)
        phone = browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
        phone.goto(f"{address}/join?pin={PIN}&lang=en&measure=1")
        phone.locator("button[type=submit]").click()
        begun, own = time.perf_counter(), spent(process.pid)
        crowd = Crowd(address)
        phone_decides(phone)
        crowd.wait()
        wall, own = time.perf_counter() - begun, spent(process.pid) - own
        seats = crowd.seats | {phone.evaluate(f"localStorage.getItem('ecosim-seat-{PIN}')")}
        real = phone.evaluate("ecosimStats.trips")
        grown = megabytes(process.pid) - before
        for each in (phone, screen):
            each.context.close()
    return Played([1000 * each for each in crowd.trips], real, wall, own, grown, len(seats))


def told(lesson: Played) -> str:
    """Return the figures in words."""
    trips, real, wall, own, grown, seats = lesson
    size = sum(len(phone_page._content(name)) for name in phone_page.KINDS) + len(document("en").encode())
    size += len((assets.HERE / "theme.css").read_bytes()) + len((assets.HERE / "icon.svg").read_bytes())
    return "\n".join(
        [
            f"{STUDENTS} students, one of them with the real page in a browser of a phone's size, live {WEEKS} weeks "
            f"in {wall:.0f} s, all deciding within {THINKING} s, with the teacher's screen open; browser, phones and "
            f"server share {usable_processors()} processors. {seats} seats were given.",
            f"A decision is confirmed after **{share(trips, 0.5):.1f} ms** (one in twenty more than "
            f"**{share(trips, 0.95):.0f} ms**, the slowest of {number(len(trips), 'en', 0)} after "
            f"{max(trips):.0f} ms); on the real page after {share(real, 0.5):.0f} ms (at most {max(real):.0f} ms).",
            f"The server took **{100 * own / wall:.0f} %** of a processor. Its memory grew by {grown:.0f} MB through "
            f"the lesson. The page of a phone has {size / 1000:.0f} kB, with everything that it loads.",
        ]
    )


def main() -> None:
    """Measure, print, and write the page when asked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = told(played(playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])))
    print(found)
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        if BEGIN not in page:
            page += f"\n## Classroom\n\n{BEGIN}\n{END}\n"
        head, rest = page.split(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n\n{found}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
