"""Our own files for browsers: style sheets, scripts and icons of this folder, named with a hash of what they hold."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"  #: under an address whose content can never be another


def asset(name: str) -> str:
    """Return the address of the file ``name`` (``theme.css``) as it is now: other content, another address."""
    return f"/eco/{name}?v={_mark(_content(name))}"


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _content(name: str) -> bytes:
    """Return what a file of this folder holds.

    Raises
    ------
    FileNotFoundError
        When there is none, or not for browsers.
    """
    place = HERE / name
    if Path(name).name != name or place.suffix not in KINDS:
        raise FileNotFoundError(name)
    return place.read_bytes()


def _served(request: Request) -> Response:
    """Answer a request for one of the files; a browser keeps it as long as its address says what it holds."""
    name = request.path_params["name"]
    try:
        content = _content(name)
    except OSError:
        raise HTTPException(404) from None
    kept = FOR_EVER if request.query_params.get("v") == _mark(content) else "no-cache"
    return Response(content, media_type=KINDS[Path(name).suffix], headers={"cache-control": kept})


ROUTES = [Route("/eco/{name}", _served)]
