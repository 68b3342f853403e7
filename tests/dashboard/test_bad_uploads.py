"""What people bring that cannot be lived: each is told why, at which line, and the desk stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from ecosim.dashboard.desk import Desk, Source, Variant
from ecosim.dashboard.link import packed
from tests.dashboard.walking import arrived, explored, lived
from tests.web.visits import Visits

pytestmark = pytest.mark.xdist_group("browser")

HEAD = "ecosim: 1\nkind: scenario\n"
ANCHORS = "a: &a [1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 8)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "no-yaml": (b"ecosim: 1\nkind: [scenario\n", ("no-yaml.yaml:",)),
    "near": (f"{HEAD}learnrs: 20\n".encode(), ("near.yaml:3", "learnrs", "learners")),
    "range": (f"{HEAD}design:\n  facilitation: 7\n".encode(), ("range.yaml:4", "facilitation", "7")),
    "bomb": ((HEAD + ANCHORS).encode(), ("bomb.yaml:3",)),
    "study": (b"ecosim: 1\nkind: study\nscenario: preset:xmooc\n", ("study",)),
    "file": (f"{HEAD}extends: ../../etc/passwd\n".encode(), ("file.yaml:3",)),
    "many": (f"{HEAD}learners: 1000000\n".encode(), ("learners are too many for a page",)),
    "binary": (bytes(range(256)) * 8, ("binary.yaml",)),
    "empty": (b"", ("empty.yaml",)),
}


def brought(page: Any, name: str, content: bytes) -> None:
    """Choose a file."""
    file = {"name": f"{name}.yaml", "mimeType": "application/yaml", "buffer": content}
    page.get_by_label("A scenario (YAML)").set_input_files(file)


@pytest.mark.long
def test_what_is_wrong_with_a_file_is_told_and_the_desk_stays(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server), "An xMOOC")
    page.locator("header .eco-name").click()
    for name, (content, parts) in BAD.items():
        brought(page, name, content)
        problems = page.get_by_role("alert").filter(has_text="cannot be opened yet")
        for part in parts:
            expect(problems).to_contain_text(part)
        assert "Traceback" not in page.locator("body").inner_text()
    page.get_by_role("link", name="Explore").click()
    expect(lived(page).locator("h1")).to_have_text("An xMOOC")
    page.locator("header .eco-name").click()
    brought(page, "good", f"{HEAD}title: Mine\nlearners: 30\nweeks: 5\n".encode())
    expect(lived(page).locator("h1")).to_have_text("Mine")


@pytest.mark.long
def test_what_is_too_large_is_not_even_read(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    sent: list[int] = []
    page = visit.visitor().new_page()
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(len(data))))
    page.goto(server)
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    brought(page, "large", HEAD.encode() + b"# " + b"x" * 1_000_000)
    expect(page.get_by_role("alert").filter(has_text="1,000 kB")).to_be_visible()
    page.wait_for_timeout(200)
    assert max(sent) < 20_000


@pytest.mark.long
def test_two_files_of_one_name_are_both_read(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = arrived(visit, server)
    brought(page, "mine", f"{HEAD}weeks: -1\n".encode())
    expect(page.get_by_role("alert").filter(has_text="mine.yaml:3")).to_be_visible()
    brought(page, "mine", f"{HEAD}title: Mended\nlearners: 30\nweeks: 5\n".encode())
    expect(lived(page).locator("h1")).to_have_text("Mended")


@pytest.mark.long
def test_a_broken_link_is_told_and_shows_the_usual_desk(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    whole = packed(Desk(Source("preset", "xmooc", "xmooc")))
    many = packed(Desk(Source("preset", "xmooc", "xmooc"), {"learners": 1_000_000}))
    wrong = packed(Desk(Source("preset", "xmooc", "xmooc"), {}, (Variant("", {"design.facilitation": "much"}),)))
    for link, said in (
        (whole[:-9], "This link is broken"),
        (wrong, "facilitation"),
    ):
        page = arrived(visit, server, f"/explore?s={link}")
        expect(page.get_by_role("status").filter(has_text=said).or_(page.get_by_role("alert").filter(has_text=said))
               ).to_be_visible()  # fmt: skip
        expect(lived(page).locator("h1")).to_have_text("A community of practice")
    page = arrived(visit, server, f"/explore?s={many}")
    expect(page.get_by_role("alert").filter(has_text="learners are too many for a page")).to_be_visible()
