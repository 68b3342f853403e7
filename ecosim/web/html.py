"""The document around the pages: Solara's, with its look taken away and our words, language and safety put in.

Only what makes widgets work stays. Each change names the piece of Solara's document that it replaces, and fails where
that piece is not there exactly once: another version of Solara is noticed when the server starts, not by a viewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ecosim.language import LANGUAGES, text
from ecosim.web.visitor import THEMES, Visitor


class Unfamiliar(Exception):
    """Solara's document is not the one that we know."""


@dataclass(frozen=True)
class Frame:
    """What one document is made for.

    Parameters
    ----------
    visitor : Visitor
        Who looks at it.
    nonce : str
        What scripts written into the document are marked with.
    asset : callable
        Returns the address of one of our files (``theme.css``).
    """

    visitor: Visitor
    nonce: str
    asset: Callable[[str], str]


CUT = (
    r"<link [^>]*solara-vuetify-app[^>]*/main\d+\.css[^>]*>(</link>)?",
    r"<link [^>]*solara-vuetify-app[^>]*/fonts\.css[^>]*>(</link>)?",
    r'<link [^>]*href="[^"]*/highlight\.css[^>]*>|<style [^>]*>/\*\s*path=/static/highlight\.css.*?</style>',
    r'<link [^>]*href="[^"]*/highlight-dark\.css[^>]*>|<style [^>]*>/\*\s*path=/static/highlight-dark\.css.*?</style>',
    r'<link [^>]*href="[^"]*/style\.css[^>]*>',
    r"<style [^>]*>/\*\s*path=/static/assets/custom\.css.*?</style>",
    r'<style class="solara-template-css">\s*/\* the body needs.*?</style>',
    r'(?<=<style id="pre-render-theme">).*?(?=</style>)',
    r'<link rel="icon" type="image/png"[^>]*>',
)
"""The stock look: style sheets, fonts and icon of a component library that no page of ours uses."""


def framed(document: str, frame: Frame) -> str:
    """Return Solara's ``document`` as ours.

    Raises
    ------
    Unfamiliar
        When it is not the document that we know.
    """
    lang = frame.visitor.lang
    for pattern in CUT:
        document = _replaced(document, pattern, "")
    template = _template(lang, frame)
    for pattern, new in (
        (r"(?<=<!doctype html>\n)<html>", _root(frame.visitor)),
        (r'<meta name="viewport"[^>]*>', '<meta name="viewport" content="width=device-width, initial-scale=1">'),
        (r"<title>.*?</title>", f"<title>{escape(text('server.title', lang))}</title>"),
        (r'<link rel="icon" type="image/svg[^>]*>', _links(frame)),
        (r'(?<=style="display: none">)\s*<v-app .*?</v-app>\s*(?=</script>)', template),
        (r'(?<=data-app="true">)', _noscript(lang) + _loading(lang, frame)),
        (r"(?<=<body)(?=[^>]*>)", ' class="eco-body"'),
        (r"(?<=async function changeThemeCSS\(theme\) \{)", " return; // the look is ours"),
    ):
        document = _replaced(document, pattern, new)
    return document.replace("<script", f'<script nonce="{frame.nonce}"')


def _replaced(document: str, pattern: str, new: str) -> str:
    """Return ``document`` with the only place that fits ``pattern`` replaced."""
    made, times = re.subn(pattern, lambda _: new, document, flags=re.DOTALL)
    if times != 1:
        raise Unfamiliar(f"{pattern!r} is there {times} times")
    return made


def _root(visitor: Visitor) -> str:
    """Return the tag of the document, with its language and, unless the machine decides, its theme."""
    theme = f' data-theme="{visitor.theme}"' if visitor.theme in THEMES else ""
    return f'<html lang="{visitor.lang}"{theme}>'


def _links(frame: Frame) -> str:
    """Return what the head names of ours: the icon, the look, and the script that comes before all others."""
    sheets = "".join(
        f'<link rel="stylesheet" href="{frame.asset(each)}">' for each in ("theme.css", "frame.css", "page.css")
    )
    first = f'<script src="{frame.asset("patience.js")}"></script>'
    return f'<link rel="icon" type="image/svg+xml" href="{frame.asset("icon.svg")}">{sheets}{first}'


def _noscript(lang: str) -> str:
    """Return what is said to a browser that runs no scripts; the rest would wait in vain."""
    hidden = "<style>.eco-loading { display: none; }</style>"
    return f'<noscript>{hidden}<p class="eco-noscript">{escape(text("server.noscript", lang))}</p></noscript>'


def _loading(lang: str, frame: Frame) -> str:
    """Return what is seen until the first page is there, and what helps if it never comes."""
    return (
        f'<div class="eco-loading" role="status"><img src="{frame.asset("icon.svg")}" alt="" width="56" height="56">'
        f"<p>{escape(text('server.loading', lang))}</p>"
        f'<p class="eco-loading-late">{escape(text("server.late", lang))}</p></div>'
    )


def _template(lang: str, frame: Frame) -> str:
    """Return what Vue shows: loading, then the pages, and a notice when the server has gone.

    The names in it are those of the data of Solara's document.
    """
    gone, lost, again = (escape(text(f"server.{key}", lang)) for key in ("gone", "lost", "again"))
    return f"""
<div id="app" :key="forceUpdateTrigger">
  <div class="eco-busy" aria-hidden="true" v-show="kernelBusyLong && isMounted"></div>
  <div v-if="loading">{_loading(lang, frame)}</div>
  <jupyter-widget-mount-point v-else-if="!remounting" :key="remountKey" mount-id="solara-main">
  </jupyter-widget-mount-point>
  <div class="eco-notice" role="alert" v-if="needsRefresh || cancelAutoRefresh">
    <p>{lost}</p><button type="button" class="eco-notice-button" @click="reload()">{again}</button>
  </div>
  <div class="eco-notice" role="status" v-else-if="wasConnected && connectionStatus != 'connected'">
    <p>{gone}</p><button type="button" class="eco-notice-button" @click="reload()">{again}</button>
  </div>
</div>
"""


def refusal(key: str, lang: str) -> str:
    """Return a small document that says in both languages, the reader's first, why there is no page.

    Parameters
    ----------
    key : str
        Message key.
    lang : {"en", "fr"}
        The reader's language.
    """
    order = sorted(LANGUAGES, key=lambda each: each != lang)
    said = "".join(f'<p lang="{each}">{escape(text(key, each))}</p>' for each in order)
    look = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.5rem}"
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head += '<link rel="icon" href="data:,">'
    scheme = "<style>:root{color-scheme:light dark}" + look + "</style>"
    body = f"<title>ecosim</title>{scheme}</head><body><main>{said}</main></body></html>"
    return f'<!doctype html><html lang="{lang}"><head>{head}{body}'
