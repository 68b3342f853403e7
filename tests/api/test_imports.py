"""What is imported when: names of modules, not seconds, so that a slow machine fails no test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"numba", "pandas", "matplotlib", "networkx", "mesa", "scipy", "typer", "rich", "jinja2", "solara"}
TINY = '{"learners": 8, "weeks": 2}'


def imported(code: str) -> set[str]:
    """Return the packages that a fresh Python has imported after ``code``, the standard library's left out."""
    ask = f"{code}\nimport sys, json\nprint(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "ECOSIM_JIT": "0"}
    done = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, check=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1])) - sys.stdlib_module_names


def test_import_ecosim_imports_nothing_else() -> None:
    bare = imported("")
    assert imported("import ecosim; ecosim.__version__; dir(ecosim)") - bare == {"ecosim"}


def test_errors_need_no_package() -> None:
    assert not imported("from ecosim import UsageError") & (HEAVY | {"numpy", "pydantic"})


def test_loading_and_declaring_need_nothing_heavy() -> None:
    code = f"import ecosim\necosim.load({TINY})\n@ecosim.metric('mine')\ndef mine(eco): return 1.0"
    assert not imported(code) & HEAVY


def test_a_run_and_its_plain_tables_need_neither_mesa_nor_pandas() -> None:
    code = f"import ecosim; run = ecosim.run({TINY}); run.summary, run.weekly_table(), run.learners_table()"
    code += "; run.by_group(), run.digest(), run.provenance()"
    assert not imported(code) & HEAVY


def test_frames_need_pandas_only_and_graphs_networkx_only() -> None:
    assert "mesa" not in imported(f"import ecosim; ecosim.run({TINY}).weekly")
    assert "pandas" not in imported(f"import ecosim; ecosim.run({TINY}).graph()")
