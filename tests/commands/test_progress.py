"""The progress bar: only where somebody watches, and only when there is something to wait for."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from ecosim.commands import progress
from ecosim.commands.voice import Voice


def drawn(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], patience: float) -> str:
    """Return what is shown to somebody who watches ten weeks pass."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with progress.weeks_passing(Voice("fr"), 10) as show:
        assert show is not None
        for week in range(1, 11):
            show(SimpleNamespace(week=week))
    return capsys.readouterr().err


def test_a_bar_with_weeks_and_rate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = drawn(monkeypatch, capsys, -1.0)
    assert "10/10" in said
    assert "semaines" in said
    assert "/s" in said


def test_none_for_what_is_quick(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert "10/10" not in drawn(monkeypatch, capsys, 60.0)


def test_none_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with progress.weeks_passing(Voice("en"), 10) as show:
        assert show is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.weeks_passing(Voice("en", quiet=True), 10) as show:
        assert show is None
