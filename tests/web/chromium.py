"""The browser that pages are tested in: the system's Chromium, installed where we may.

``python -m tests.web.chromium install`` is what the Makefile calls; it never fails, but says loudly what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
NONE = "NO CHROMIUM HERE: the tests of pages in a browser are left out. Install it (Debian: apt install chromium)."


def chromium() -> str | None:
    """Return the path of a browser, that of ``ECOSIM_CHROMIUM`` before all others, or ``None``."""
    if named := os.environ.get("ECOSIM_CHROMIUM"):
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def is_needed() -> bool:
    """Tell whether tests must fail without a browser."""
    return os.environ.get("ECOSIM_BROWSER") == "needed"


def install() -> None:
    """Install Chromium from the system's own packages where that can be done without asking anybody."""
    if chromium() or not shutil.which("apt-get"):
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not shutil.which("sudo"):
        return
    print("Installing Chromium, in which pages are tested ...", file=sys.stderr, flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *words]
        subprocess.run(command, check=False, timeout=900, **quiet)


if __name__ == "__main__":
    try:
        install()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"Chromium could not be installed: {error}", file=sys.stderr)
    if not chromium():
        print(f"*** {NONE} ***", file=sys.stderr)
