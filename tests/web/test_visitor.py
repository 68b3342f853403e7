"""Language and theme: what counts first."""

from __future__ import annotations

import pytest

from ecosim.web.visitor import Visitor, visitor_of


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "otherwise", "lang"),
    [
        ("lang=fr", "en", "en", "en", "fr"),
        ("?d=x&lang=en", "fr", "fr", "fr", "en"),
        ("lang=de", "fr", "en", "en", "fr"),
        ("", "fr", "en-GB", "en", "fr"),
        ("", "de", "fr-CA,en;q=0.8", "en", "fr"),
        ("", "", "de, en;q=0.4, fr;q=0.9", "en", "fr"),
        ("", "", "fr;q=0, en;q=0.1", "fr", "en"),
        ("", "", "fr;q=x, de", "en", "en"),
        ("", "", "de-AT", "fr", "fr"),
        ("", "", "", "fr", "fr"),
        ("lang=<script>", "<script>", "<script>", "en", "en"),
    ],
)
def test_language(query: str, cookie: str, accepted: str, otherwise: str, lang: str) -> None:
    assert visitor_of(query, {"eco-lang": cookie}, accepted, otherwise).lang == lang


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("><", "auto")])
def test_theme(cookie: str, theme: str) -> None:
    assert visitor_of("", {"eco-theme": cookie}) == Visitor("en", theme)
    assert visitor_of("", {}).theme == "auto"
