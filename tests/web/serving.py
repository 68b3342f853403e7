"""Serve a module's pages as ``ecosim dash`` serves its own.

``python -m tests.web.serving MODULE [SESSIONS [PAGES [PORT]]]`` prints the address as soon as there is one.
"""

from __future__ import annotations

import sys

from ecosim.web.crowd import Limits
from ecosim.web.server import serve

if __name__ == "__main__":
    module, *numbers = sys.argv[1:]
    sessions, pages, port = (*map(int, numbers), *(40, 12, 0)[len(numbers) :])
    limits = Limits(sessions=sessions, pages=pages, forgotten="1s")
    serve(module, port=port, open_browser=False, limits=limits, ready=lambda address: print(address, flush=True))
