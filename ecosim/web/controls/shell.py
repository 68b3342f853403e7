"""The page's shell: language and theme of the document, downloads, the clipboard, where the focus goes."""

from __future__ import annotations

import anywidget
import traitlets

from ecosim.web.controls.form import script


class ShellWidget(anywidget.AnyWidget):
    """What only the browser can do.

    Attributes
    ----------
    lang, title : str
        Of the document.
    theme : {"auto", "light", "dark", ""}
        How it looks; empty leaves it as the server sent it.
    large : bool
        Whether everything is shown for the back of a room.
    page : str
        Which page is shown; its heading takes the focus when that changes.
    order : dict
        What is to be done now: ``do`` (``download``, ``open``, ``copy``, ``focus``), its arguments, ``say``, and a
        number ``n`` that makes each order another.
    content : bytes
        What an order downloads or opens.
    seen : dict
        What the browser tells: its ``theme``, its ``origin``, whether somebody has ``toured`` here.
    toured : bool
        Set once the tour has been taken or declined.
    """

    _esm = script("shell.js")
    lang = traitlets.Unicode("en").tag(sync=True)
    title = traitlets.Unicode("ecosim").tag(sync=True)
    theme = traitlets.Unicode("").tag(sync=True)
    large = traitlets.Bool(False).tag(sync=True)
    page = traitlets.Unicode("").tag(sync=True)
    order = traitlets.Dict().tag(sync=True)
    content = traitlets.Bytes(b"").tag(sync=True)
    seen = traitlets.Dict().tag(sync=True)
    toured = traitlets.Bool(False).tag(sync=True)
