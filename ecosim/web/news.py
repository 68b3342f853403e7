"""News from other threads: what is told to a page has to be told within that page's own context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from solara.server import kernel_context


def for_this_page(tell: Callable[..., Any]) -> Callable[..., None]:
    """Return ``tell`` as any thread may call it: within the page that asked for this, or not at all once it is gone.

    Without a server there is one page only, and ``tell`` is called as it is.
    """
    try:
        context = kernel_context.get_current_context()
    except RuntimeError:
        return tell

    def told(*arguments: Any) -> None:
        if not context.closed_event.is_set():
            with context:
                tell(*arguments)

    return told
