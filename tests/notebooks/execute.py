"""Run the cells of a notebook: ``python -m tests.notebooks.execute FILE`` prints their outputs as JSON.

It takes plain Python. What a cell prints, the value of its last expression, and the figures that it leaves open become
outputs, in the form that notebooks keep them. Lines that begin with ``%`` speak to Jupyter and are left out.
"""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from base64 import b64encode
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DOTS = 72  #: an inch, of the figures that are kept
Output = dict[str, Any]


def read(path: Path) -> dict[str, Any]:
    """Return a notebook."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cells of code, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    """Return what stands in a cell."""
    return "".join(cell["source"])


def executed(path: Path) -> list[list[Output]]:
    """Return the outputs of each cell of code, run one after another in a Python of its own.

    Raises
    ------
    AssertionError
        When a cell fails; with what it said.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "tests.notebooks.execute", str(path)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[list[Output]] = json.loads(done.stdout)
    return found


def run_cells(cells: list[str]) -> list[list[Output]]:
    """Return the outputs of each of ``cells``, run here."""
    names: dict[str, Any] = {"__name__": "__main__"}
    return [run_cell(cell, names, number) for number, cell in enumerate(cells, 1)]


def run_cell(cell: str, names: dict[str, Any], number: int) -> list[Output]:
    """Return the outputs of one cell."""
    tree = ast.parse("\n".join("" if line.startswith("%") else line for line in cell.splitlines()))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    said, value = io.StringIO(), None
    with redirect_stdout(said):
        exec(compile(tree, f"cell {number}", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    outputs: list[Output] = []
    if said.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": lines(said.getvalue())})
    if value is not None:
        shown = {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data_of(value)}
        outputs.append(shown)
    return outputs + [{"output_type": "display_data", "metadata": {}, "data": data_of(each)} for each in figures()]


def data_of(value: Any) -> dict[str, Any]:
    """Return a value in every form in which notebooks show it."""
    if hasattr(value, "savefig"):
        picture = io.BytesIO()
        value.savefig(picture, format="png", dpi=DOTS, bbox_inches="tight")  # as Jupyter does
        return {"image/png": b64encode(picture.getvalue()).decode(), "text/plain": ["<Figure>"]}
    data: dict[str, Any] = {"text/plain": lines(repr(value))}
    if hasattr(value, "_repr_html_"):
        data["text/html"] = lines(value._repr_html_())
    return data


def figures() -> list[Any]:
    """Return the figures that pyplot has open, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    found = [pyplot.figure(number) for number in pyplot.get_fignums()]
    pyplot.close("all")
    return found


def lines(text: str) -> list[str]:
    """Return a text as notebooks keep it."""
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    print(json.dumps(run_cells([source(cell) for cell in code_cells(read(Path(sys.argv[1])))])))
