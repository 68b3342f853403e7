"""The page that students open: plain HTML, one style sheet, one script, all words in both languages; under 50 kB."""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from ecosim.language import LANGUAGES, table, text
from ecosim.web.assets import FOR_EVER, asset
from ecosim.web.visitor import visitor_of

PATH = "/join"
KINDS = {"phone.css": "text/css", "phone.js": "text/javascript"}

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{theme}">
<link rel="stylesheet" href="{style}">
</head>
<body>
<header><b>ecosim</b><span id="top"></span><span id="langs"></span></header>
<p id="status" role="status" aria-live="polite"></p>
<p id="heard" class="hidden" role="status" aria-live="polite"></p>
<main id="main"><noscript>{noscript}</noscript></main>
<footer id="foot"></footer>
<script type="application/json" id="words">{words}</script>
<script src="{script}"></script>
</body>
</html>
"""


def _content(name: str) -> bytes:
    """Return what a file of the page holds."""
    return (files(__package__) / name).read_bytes()


def _address(name: str) -> str:
    """Return the address of a file as it is now: other content, another address."""
    return f"{PATH}/{name}?v={sha256(_content(name)).hexdigest()[:12]}"


def policy(host: str) -> str:
    """Return what the page may do: run its own script, and talk to this server."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' ws://{host}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


def document(lang: str) -> str:
    """Return the page, in a language to begin with."""
    words = {each: table(each)["classroom"]["page"] for each in LANGUAGES}
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return PAGE.format(
        lang=lang, title=escape(text("classroom.page.title", lang)), icon=asset("icon.svg"), theme=asset("theme.css"),
        style=_address("phone.css"), script=_address("phone.js"), words=said,
        noscript=escape(text("classroom.page.noscript", lang)),
    )  # fmt: skip


def routes(lang: str) -> list[BaseRoute]:
    """Return the addresses of the page; ``lang`` is the language of who started the server."""

    def page(request: Request) -> Response:
        accepted = request.headers.get("accept-language", "")
        visitor = visitor_of(request.url.query, request.cookies, accepted, lang)
        headers = {"cache-control": "no-store", "content-security-policy": policy(request.headers["host"])}
        return HTMLResponse(document(visitor.lang), headers=headers)

    return [Route(PATH, page), Route(f"{PATH}/{{name}}", _file)]


def _file(request: Request) -> Response:
    """Answer a request for one of the files."""
    name = request.path_params["name"]
    if name not in KINDS:
        raise HTTPException(404)
    return Response(_content(name), media_type=KINDS[name], headers={"cache-control": FOR_EVER})
