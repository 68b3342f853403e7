"""Plain HTML and forms as elements: attributes as in HTML, clicks heard, and nothing that a form does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara

from ecosim.language import LANGUAGES, lookup
from ecosim.web.controls.form import WORDS, FormWidget, form, one, script
from ecosim.web.controls.shell import ShellWidget
from ecosim.web.elements import Button, Link, details, h

from .rendered import Rendered

Show = Callable[[Callable[[], Any]], Rendered]


@solara.component
def Shown(body: Callable[[], Any]) -> Any:
    """Show what a function makes."""
    return body()


@pytest.fixture
def show() -> Iterator[Show]:
    """Return what shows what a function makes, in no browser."""
    shown: list[Rendered] = []

    def made(body: Callable[[], Any]) -> Rendered:
        shown.append(Rendered(Shown(body)))
        return shown[-1]

    yield made
    for each in shown:
        each.close()


def test_attributes_are_those_of_html(show: Show) -> None:
    page = show(lambda: h("p", "words", cls="eco-fine", for_="x", aria_label="said", tabindex="0", hidden=None))
    (found,) = page.all("p")
    assert found.attributes == {"for": "x", "aria-label": "said", "tabindex": "0"}
    assert (found.class_, found.children) == ("eco-fine", ["words"])


def test_nothing_and_empty_words_are_left_out(show: Show) -> None:
    page = show(lambda: h("div", None, "", "0", h("b", "x"), ""))
    (found,) = page.all("div")
    assert [each if isinstance(each, str) else each.tag for each in found.children] == ["0", "b"]


def test_a_tag_that_changes_is_another_widget(show: Show) -> None:
    level: Any = solara.reactive("h2")
    page = show(lambda: h(level.value, "Title"))
    (before,) = page.all("h2")
    level.value = "h3"
    (after,) = page.all("h3")
    assert after is not before
    assert page.all("h2") == []


def test_a_button_is_pressed(show: Show) -> None:
    pressed: list[str] = []
    page = show(lambda: Button("Go", lambda: pressed.append("go"), attributes={"aria-pressed": "true"}))
    page.press("Go")
    assert pressed == ["go"]
    (button,) = page.all("button")
    assert button.attributes == {"type": "button", "aria-pressed": "true"}
    both = show(lambda: Button(["a ", "b"], lambda: pressed.append("both")))
    both.press("a b")
    assert pressed == ["go", "both"]


def test_a_button_calls_what_it_was_given_last(show: Show) -> None:
    pressed: list[int] = []
    count: Any = solara.reactive(0)

    def body() -> Any:
        now = count.value
        return Button("Go", lambda: (pressed.append(now), count.set(now + 1)))

    page = show(body)
    page.press("Go")
    page.press("Go")
    assert pressed == [0, 1]


def test_a_link_has_an_address(show: Show) -> None:
    (found,) = show(lambda: Link("There", "/there")).all("a")
    assert found.attributes == {"href": "/there"}


def test_details_are_closed_unless_opened(show: Show) -> None:
    (closed,) = show(lambda: details("More", h("p", "x"))).all("details")
    (opened,) = show(lambda: details("More", h("p", "x"), opened=True)).all("details")
    assert "open" not in closed.attributes
    assert opened.attributes["open"] == ""
    assert closed.children[0].tag == "summary"


FIELD = {"kind": "number", "path": "weeks", "label": "Weeks", "value": 3}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_tells_what_was_changed(show: Show, lang: str) -> None:
    heard: list[tuple[str, Any]] = []
    groups = [{"title": "", "fields": [FIELD]}, {"title": "More", "fields": [{**FIELD, "path": "design.choice"}]}]
    page = show(lambda: form(groups, lang, lambda path, value: heard.append((path, value))))
    (made,) = page.widgets(FormWidget)
    assert made.spec["groups"] == groups
    assert set(made.spec["words"]) == {*WORDS, "lang"}
    assert all(made.spec["words"].values())
    assert made.spec["words"]["reset"] == lookup(lang, "web.form.reset")
    page.send("weeks", 4)
    page.send("weeks", 4)
    page.send("design.choice", None)
    assert heard == [("weeks", 4), ("weeks", 4), ("design.choice", None)]


def test_what_a_form_does_not_have_is_not_heard(show: Show) -> None:
    heard: list[Any] = []
    page = show(lambda: one(FIELD, "en", heard.append))
    (made,) = page.widgets(FormWidget)
    for path in ("observed.file", "communities.a.extends", "", None, 5):
        made.sent = {"path": path, "value": "/etc/passwd", "n": 1}
    assert heard == []
    page.send("weeks", 9)
    assert heard == [9]


def test_scripts_ask_no_other_host() -> None:
    for name in ("form.js", "shell.js", "table.js"):
        assert "://" not in script(name).replace("http://www.w3.org", ""), name
        assert "export default" in script(name)
    assert ShellWidget._esm is not None
