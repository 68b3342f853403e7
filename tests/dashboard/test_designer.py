"""A designer's whole path: arrive, turn levers, watch, follow a learner, keep designs, compare, take away."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ecosim.scenario.resolve import load
from tests.commands.conftest import Ecosim
from tests.commands.conftest import ecosim as ecosim
from tests.dashboard.walking import PRACTICE, arrived, explored, lived, saved, turned, turned_to, what_happened
from tests.web.visits import RUNS, Visits

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.long
def test_a_first_visit_begins_with_a_tour_and_only_the_first(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = visit(server)
    tour = page.get_by_role("dialog")
    heading, titles = tour.get_by_role("heading"), [""]
    for step in range(1, 6):
        expect(tour).to_contain_text(f"{step} of 5")
        expect(heading).not_to_have_text(titles[-1])
        titles.append(heading.inner_text())
        tour.locator(".eco-primary").click()
    assert len(set(titles)) == 6
    expect(tour).to_have_count(0)
    expect(page.locator("h1")).to_be_focused()
    page.reload()
    page.locator("h1").wait_for()
    page.wait_for_timeout(300)
    expect(tour).to_have_count(0)
    page.get_by_role("button", name="A tour in two minutes").click()
    expect(tour).to_contain_text("1 of 5")
    page.get_by_role("button", name="Next").dblclick()
    expect(tour).to_contain_text("3 of 5")
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)


@pytest.mark.long
def test_a_lever_is_turned_with_the_keyboard_and_put_back(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    expect(page.locator("h1")).to_have_text(PRACTICE)
    told = page.locator(".eco-told")
    before = what_happened(page)
    lever = page.locator(".eco-lever").filter(has=page.get_by_text("facilitation", exact=True))
    slider = turned(page, "facilitation", "ArrowRight", 3)
    exact = lever.get_by_role("spinbutton", name="facilitation, exact value")
    value = float(exact.input_value())
    assert value == float(slider.input_value()) > 0.3
    expect(lever).to_have_class(re.compile("is-changed"))
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"^{value:g}: between"))
    expect(page.get_by_role("list", name="What is changed")).to_contain_text(f"facilitation: 0.3 → {value:g}")
    expect(page.locator(".eco-count").first).to_have_text("(1 changed)")
    expect(told.locator("li").nth(2)).not_to_have_text(before[2])
    expect(page.locator(".eco-chart").first).to_contain_text("before your changes")
    expect(slider).to_be_focused()
    lever.get_by_role("button", name="facilitation: back to the scenario's value").click()
    expect(page.locator(".eco-panel")).to_contain_text("nothing changed yet")
    expect(told.locator("li")).to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(exact).to_have_value(f"{value:g}")
    page.get_by_role("button", name="Undo").click()
    expect(exact).to_have_value("0.3")
    page.get_by_role("button", name="Redo").click()
    expect(exact).to_have_value(f"{value:g}")


@pytest.mark.long
def test_a_lever_changes_over_time(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    lever = page.locator(".eco-lever").filter(has=page.get_by_text("facilitation", exact=True))
    lever.locator("summary").click()
    lever.get_by_label("changes over time").check()
    for name, value in (("to", "0"), ("from week", "10"), ("until week", "20")):
        part = lever.get_by_label(name, exact=True)
        part.fill(value)
        part.press("Tab")
    changes = page.get_by_role("list", name="What is changed")
    expect(changes).to_contain_text(re.compile(r"until week 10, .* 0 by week 20"))
    page.get_by_role("link", name="Take away").click()
    expect(page.locator(".eco-code").first).to_contain_text("facilitation")
    command = page.get_by_role("region", name="The command for the same run")
    expect(command).to_contain_text("--set 'design.facilitation=[[0, 0.3], [10, 0.3], [20, 0]]'")
    page.get_by_role("link", name="Explore").click()
    lived(page)
    expect(lever).to_have_class(re.compile("is-changed"))
    lever.locator("summary").click()
    expect(lever.get_by_label("until week", exact=True)).to_have_value("20")


@pytest.mark.long
def test_weeks_are_played_stepped_and_scrubbed(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    player = page.get_by_role("group", name="Player")
    week = player.locator("output")
    expect(week).to_have_text("Week 0 of 51")
    player.get_by_label("Speed").select_option("8")
    player.get_by_role("button", name="Play").click()
    expect(week).not_to_have_text("Week 0 of 51")
    player.get_by_role("button", name="Pause").click()
    paused = week.inner_text()
    page.wait_for_timeout(200)
    expect(week).to_have_text(paused)
    at = int(paused.split()[1])
    player.get_by_role("button", name="One week on").click()
    expect(week).to_have_text(f"Week {at + 1} of 51")
    scrub = player.get_by_role("slider", name="Week")
    scrub.focus()
    scrub.press("Home")
    scrub.press("ArrowRight")
    expect(week).to_have_text("Week 1 of 51")
    scrub.press("End")
    expect(player.get_by_role("button", name="One week on")).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".eco-channel .eco-readout")).to_contain_text("Week 51")


@pytest.mark.long
def test_a_learner_is_chosen_with_the_keyboard_and_her_week_is_told(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    learner = chosen(page)
    person = page.get_by_role("region", name=re.compile("Learner "))
    expect(person.get_by_role("heading", level=2)).to_have_text(learner)
    expect(person).to_contain_text(re.compile(r"Week 0.*Possible for her: \d+.*Not possible: \d+.*Her story", re.S))
    expect(person).to_contain_text(re.compile("Not noticed:|Not offered:|Beyond what she can|Out of reach"))
    page.get_by_role("button", name="One week on").click()
    expect(person.get_by_role("heading", name="Week 1", exact=True)).to_be_visible()
    person.get_by_role("button", name="Close").click()
    expect(person).to_have_count(0)


def chosen(page: Any) -> str:
    """Choose a learner with the keyboard, and return what she is called."""
    from playwright.sync_api import expect

    net = page.get_by_role("application", name=re.compile("^Network"))
    net.focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        net.press(key)
    said = page.locator(".eco-net .eco-aloud")
    expect(said).to_contain_text("is chosen.")
    return str(said.inner_text()).removesuffix(" is chosen.")


@pytest.mark.long
def test_designs_are_kept_named_pinned_and_compared(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    kept(page)
    cards = page.locator("section.eco-design")
    expect(cards).to_have_count(2)
    expect(cards.nth(1)).to_contain_text("facilitation: 0.3 → 0.8")
    name = cards.nth(1).get_by_label("Name of the design")
    name.fill("More tutoring")
    name.press("Tab")
    expect(cards.nth(1).get_by_role("button", name="Remove More tutoring")).to_be_visible()
    cards.nth(1).get_by_role("button", name="Make it the baseline").click()
    expect(cards.nth(0).get_by_label("Name of the design")).to_have_value("More tutoring")
    expect(cards.nth(0)).to_contain_text("Baseline")
    page.get_by_role("button", name="Undo").click()
    expect(cards.nth(1).get_by_label("Name of the design")).to_have_value("More tutoring")
    page.get_by_role("button", name="Redo").click()
    expect(cards.nth(0).get_by_label("Name of the design")).to_have_value("More tutoring")
    page.get_by_role("button", name="Undo").click()
    page.get_by_label("How many runs").select_option("20")
    page.get_by_role("button", name="Compare now").click()
    expect(page.get_by_role("heading", name="In plain words")).to_be_visible(timeout=RUNS)
    expect(page.get_by_text("Done: 40 runs")).to_be_visible()
    verdicts = page.locator("[aria-labelledby=eco-verdicts]")
    assert verdicts.locator(".eco-tag").count() >= 5
    expect(page.locator("figure").filter(has_text="Difference from Design A")).to_contain_text("More tutoring ends in")
    expect(page.locator(".eco-stage canvas")).to_have_count(2)
    learner = page.get_by_label(re.compile("Learner number"))
    learner.fill("7")
    learner.press("Tab")
    expect(page.get_by_role("region", name=re.compile("[Ll]earner 7"))).to_contain_text("More tutoring")


def kept(page: Any) -> None:
    """Keep the design that is on screen, and change the other one."""
    from playwright.sync_api import expect

    page.get_by_role("button", name="Keep, and try another design").click()
    expect(page.locator("h1")).to_have_text("Compare designs")
    page.locator("section.eco-design").nth(1).get_by_role("button", name="Work on it").click()
    lived(page)
    exact = page.get_by_role("spinbutton", name="facilitation, exact value")
    exact.fill("0.8")
    exact.press("Tab")
    expect(page.get_by_role("list", name="What is changed")).to_contain_text("facilitation: 0.3 → 0.8")
    page.get_by_role("link", name="Compare").click()


@pytest.mark.long
def test_a_comparison_can_be_stopped_and_goes_stale(server: str, visit: Visits) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    learners = page.get_by_label("Learners", exact=True)
    page.get_by_text("The world, the same for all designs").click()
    learners.fill("2000")
    learners.press("Tab")
    expect(page.locator(".eco-told")).to_contain_text("2,000 learners")
    kept(page)
    page.get_by_label("How many runs").select_option("160")
    page.get_by_role("button", name="Compare now").click()
    expect(page.locator(".eco-plotted").first).to_contain_text("Design B", timeout=RUNS)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("Stopped after"))).to_be_visible()
    page.locator("section.eco-design").nth(1).get_by_role("button", name="Remove").click()
    expect(page.get_by_text("There is one design so far")).to_be_visible()


@pytest.mark.long
def test_everything_can_be_taken_away(server: str, visit: Visits, tmp_path: Path, ecosim: Ecosim) -> None:
    from playwright.sync_api import expect

    page = explored(arrived(visit, server))
    before = what_happened(page)
    exact = page.get_by_role("spinbutton", name="facilitation, exact value")
    exact.fill("0.8")
    exact.press("Tab")
    expect(page.get_by_role("list", name="What is changed")).to_contain_text("facilitation: 0.3 → 0.8")
    expect(page.locator(".eco-told li")).not_to_have_text(before)
    learner = chosen(page)
    page.get_by_role("button", name="One week on").click()
    expect(page.get_by_role("heading", name="Week 1", exact=True)).to_be_visible()
    before = what_happened(page)
    page.get_by_role("link", name="Take away").click()
    expect(page.locator("h1")).to_be_focused()

    yaml = saved(page, page.get_by_role("button", name=re.compile("Save .*yaml")).click, tmp_path)
    assert load(yaml).scenario.design.facilitation.at(0) == 0.8
    report = saved(page, page.get_by_role("button", name="Report of this run").click, tmp_path).read_text()
    assert "facilitation" in report and not re.search(r'(src|href)="https?://', report)
    command = page.get_by_role("region", name="The command for the same run").inner_text()
    assert command.startswith("ecosim run preset:community-of-practice --set design.facilitation=0.8")
    digest = ecosim(*command.split()[1:], "--digest").out.strip()
    assert len(digest) == 64 and digest in report
    assert ecosim("run", str(yaml), "--digest").out.strip() == digest
    for kind, begins in (("PNG", b"\x89PNG"), ("SVG", b"<?xml")):
        made = saved(page, page.get_by_role("button", name=kind).click, tmp_path)
        assert made.read_bytes().startswith(begins)
    tables = saved(page, page.get_by_role("button", name="Tables (CSV)").click, tmp_path)
    with zipfile.ZipFile(tables) as archive:
        assert sorted(archive.namelist()) == ["learners.csv", "weekly.csv"]
        assert len(archive.read("weekly.csv").splitlines()) == 53

    link = page.get_by_role("region", name="A link to exactly this").inner_text()
    assert link.startswith(f"{server}/explore?")
    other = lived(turned_to(visit.visitor(), link))
    other.keyboard.press("Escape")  # the tour
    expect(other.get_by_role("spinbutton", name="facilitation, exact value")).to_have_value("0.8")
    expect(other.locator("output")).to_have_text("Week 1 of 51")
    expect(other.get_by_role("heading", name=learner, exact=True)).to_be_visible()
    expect(other.locator(".eco-told li")).to_have_text(before)
