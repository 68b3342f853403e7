"""What the commands do, in the words of their own help."""

from __future__ import annotations

from ecosim.language import table as words
from ecosim.report.reference.markdown import code, page, plain, table
from ecosim.report.reference.words import columns, say

PROGRAM = "ecosim"  #: the entry that speaks of the whole program


def build(lang: str) -> str:
    """Return the page."""
    help_of: dict[str, str] = words(lang)["cli"]["commands"]
    details = say("reference.commands.details", lang, link=say("reference.commands_link", lang))
    heads = columns(lang, "command", "does")
    rows = [
        [code(f"{PROGRAM} {name}"), plain(said.replace("\n\n", " "))]
        for name, said in help_of.items()
        if name != PROGRAM
    ]
    whole = plain(help_of[PROGRAM].partition("\n\n")[0])
    return page(whole, table(heads, rows), say("reference.commands.start", lang, details=details))
