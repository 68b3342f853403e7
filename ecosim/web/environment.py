"""What Solara must be told before it is imported, and whether all that pages need is installed."""

from __future__ import annotations

import os
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ecosim.errors import UsageError
from ecosim.web.crowd import Limits

NEEDED = ("solara", "ipyvuetify", "anywidget", "starlette", "uvicorn", "segno")
BUNDLE = "@widgetti/solara-vuetify-app@"  #: the folder of what a browser needs begins with it
LIBRARIES = "/_solara/cdn"  #: where the browser finds what solara-assets brings


def check_installed() -> None:
    """Make sure that the packages of the extra ``ui`` are there.

    Raises
    ------
    UsageError
        When one is missing, or so new that pages would stay empty.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError("errors.server.extra", missing=", ".join(missing))
    if (found := metadata.version("ipyvuetify")).partition(".")[0] != "1":
        raise UsageError("errors.server.version", package="ipyvuetify", found=found)


def check_libraries(folder: Path) -> None:
    """Make sure that ``folder`` holds what browsers need, which no page fetches from anywhere else.

    Raises
    ------
    UsageError
        When it does not.
    """
    if not any(folder.glob(f"{BUNDLE}*")):
        raise UsageError("errors.server.extra", missing="solara-assets")


def prepare(app: str, limits: Limits) -> None:
    """Set what Solara reads when it is imported.

    Parameters
    ----------
    app : str
        The module of the pages.
    limits : Limits
        How many pages may be open, and how long one is kept whose connection was lost.
    """
    for name in [each for each in os.environ if each.upper().startswith("SOLARA_")]:
        del os.environ[name]  # nobody's settings of other applications are meant for these pages
    os.environ.update(
        SOLARA_APP=app,
        SOLARA_MODE="production",  # no reloading, no checks of versions
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="False",
        SOLARA_ASSETS_PROXY="False",  # nothing is ever fetched on a browser's behalf
        SOLARA_ASSETS_CDN=LIBRARIES,
        SOLARA_ASSETS_FONTAWESOME_ENABLED="False",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_SHOW_BANNER="False",
        SOLARA_SESSION_HTTP_ONLY="True",
        SOLARA_KERNEL_CULL_TIMEOUT=limits.forgotten,
        SOLARA_KERNEL_MAX_COUNT=str(limits.sessions * limits.pages),  # the guard refuses; beyond this one would wait
        SOLARA_STATE_BACKEND="",
    )
