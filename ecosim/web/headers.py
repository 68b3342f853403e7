"""What a browser is told to refuse on our behalf: other people's scripts, frames, and any way out of this machine."""

from __future__ import annotations

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"  #: for whatever is no page

ALWAYS = {
    "content-security-policy": NOTHING,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",  # `no-referrer` would have browsers hide the origin that the guard asks for
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Headers of every answer that does not say otherwise."""


def policy(host: str = "", nonce: str = "") -> str:
    """Return the content security policy of a page.

    Templates of Vue are compiled in the browser, hence ``unsafe-eval``; widgets bring their code as a blob, and style
    their own elements. Scripts written into the page need ``nonce``, and connections go to ``host`` alone; without
    these there are neither.
    """
    scripts = f"script-src 'self' 'unsafe-eval' blob: 'nonce-{nonce}'" if nonce else "script-src 'none'"
    return "; ".join(
        [
            "default-src 'none'",
            scripts,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' blob: data: ws://{host}" if nonce else "connect-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )
