"""Writing plain values as YAML that the strict reader reads back as they were."""

from __future__ import annotations

import re
from typing import Any

#: Texts that need no quotation marks: nothing that YAML could take for a number, a date, a truth value or nothing.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*([ .-]?[A-Za-z0-9_])*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def write(value: Any) -> str:
    """Return ``value`` (dict, list, str, int, float, bool, None) as YAML text; lists on one line."""
    import yaml  # lazily: most commands write nothing

    class Writer(yaml.SafeDumper):
        """Our dialect: no aliases, quotation marks wherever a text could be taken for something else."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(writer: Any, said: str) -> Any:
        plain = _PLAIN.fullmatch(said) and said.lower() not in _WORDS and len(said) < 200
        return writer.represent_scalar("tag:yaml.org,2002:str", said, style=None if plain else '"')

    def listed(writer: Any, items: list[Any]) -> Any:
        flow = all(not isinstance(item, dict) for item in items)
        return writer.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)

    def number(writer: Any, figure: float) -> Any:
        said = repr(figure)
        said = said if "." in said else said.replace("e", ".0e")  # PyYAML would tag 1e-05, which it takes for a text
        return writer.represent_scalar("tag:yaml.org,2002:float", said)

    Writer.add_representer(str, text)
    Writer.add_representer(list, listed)
    Writer.add_representer(float, number)
    return str(
        yaml.dump(value, Dumper=Writer, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False)
    )
