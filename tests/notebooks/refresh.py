"""Renew the outputs that the notebooks keep: ``python -m tests.notebooks.refresh``.

Read the difference before you commit it: the prose around may have to follow.
"""

from __future__ import annotations

import json
from typing import Any

from .execute import NOTEBOOKS, code_cells, executed, read


def as_text(notebook: dict[str, Any]) -> str:
    """Return a notebook as Jupyter writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path in NOTEBOOKS:
        notebook = read(path)
        for number, (cell, outputs) in enumerate(zip(code_cells(notebook), executed(path), strict=True), 1):
            cell.update(execution_count=number, outputs=outputs)
        path.write_text(as_text(notebook), encoding="utf-8")
        print(path, path.stat().st_size)
