"""What was found when the model was last held against the world, kept beside the data: small, and shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "findings"
KINDS = ("scoreboard", "knockouts", "forecast", "calibration")


def found(kind: str) -> Any:
    """Return what is kept of one kind, ``None`` where nothing is."""
    path = FOLDER / f"{kind}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def keep(kind: str, what: Any) -> Path:
    """Write what was found, and return where."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{kind}.json"
    path.write_text(json.dumps(what, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return path


def unsupported() -> tuple[str, ...]:
    """Return the mechanisms without which no pattern failed."""
    return tuple(
        each["mechanism"] for each in (found("knockouts") or {"mechanisms": []})["mechanisms"] if not each["supported"]
    )
