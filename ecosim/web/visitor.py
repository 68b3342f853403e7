"""What a browser says about who looks at it: her language, and whether she wants it light or dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from ecosim.language import LANGUAGES

LANGUAGE_COOKIE, THEME_COOKIE = "eco-lang", "eco-theme"
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Visitor:
    """Who looks at a page.

    Parameters
    ----------
    lang : {"en", "fr"}
        Her language.
    theme : {"light", "dark", "auto"}
        How the page looks; ``auto`` as the machine does.
    """

    lang: str = "en"
    theme: str = "auto"


def visitor_of(query: str, cookies: Mapping[str, str], accepted: str = "", otherwise: str = "en") -> Visitor:
    """Return who looks at a page: what its address says counts first, then what she chose before, then her browser.

    Parameters
    ----------
    query : str
        Behind the question mark of the address (``lang=fr``), with or without it.
    cookies : mapping of str to str
        What the browser keeps of earlier choices.
    accepted : str
        The header ``Accept-Language``.
    otherwise : {"en", "fr"}
        The language of who started the server.
    """
    asked = parse_qs(query.removeprefix("?")).get("lang", [""])[0]
    said = [asked, cookies.get(LANGUAGE_COOKIE, ""), _preferred(accepted), otherwise]
    lang = next((each for each in said if each in LANGUAGES), LANGUAGES[0])
    theme = cookies.get(THEME_COOKIE, "")
    return Visitor(lang, theme if theme in THEMES else "auto")


def _preferred(accepted: str) -> str:
    """Return the language of ours that ``Accept-Language`` likes best, empty where it likes none."""
    liked = []
    for place, each in enumerate(accepted.lower().split(",")[:20]):
        name, _, weight = each.strip().partition(";")
        try:
            worth = float(weight.replace(" ", "").removeprefix("q=") or 1)
        except ValueError:
            worth = 0.0
        if (lang := name.partition("-")[0]) in LANGUAGES and worth > 0:
            liked.append((-worth, place, lang))
    return min(liked)[2] if liked else ""


def visitor_here(search: str | None = None, otherwise: str = "en") -> Visitor:
    """Return who looks at the page that is being rendered, from inside a Solara component.

    Parameters
    ----------
    search : str, optional
        ``solara.use_router().search``.
    otherwise : {"en", "fr"}
        As above.
    """
    from solara.lab.utils.cookies import cookies  # lazily: the negotiation itself needs no Solara
    from solara.lab.utils.headers import headers

    given: dict[str, Any] = headers.value or {}
    accepted = ",".join(given.get("accept-language", []))
    return visitor_of(search or "", cookies.value or {}, accepted, otherwise)
