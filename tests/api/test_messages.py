"""Every message that the program may have to say exists, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ecosim
from ecosim.language import LANGUAGES, lookup

SOURCES = sorted(Path(ecosim.__file__).parent.rglob("*.py"))
CALLS = {"text", "UsageError", "EcosimError", "FolderInUse", "StorageError", "Interrupted", "Problem"}


def keys(source: Path) -> set[str]:
    """Return the keys of messages that ``source`` names in full, as the first argument of what says them."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [call.args[0] for call in calls if getattr(call.func, "id", "") in CALLS]
    return {each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_there_is_something_to_check() -> None:
    assert len({key for source in SOURCES for key in keys(source)}) > 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_exist(lang: str) -> None:
    missing = {f"{source.name}: {key}" for source in SOURCES for key in keys(source) if lookup(lang, key) is None}
    assert not missing
