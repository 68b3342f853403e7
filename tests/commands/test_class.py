"""``ecosim class``: what it refuses, what it says, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from ecosim.classroom.journal import events
from tests.classroom.phoning import Handset, spare_port
from tests.commands.conftest import Ecosim

PIN = "2468"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep journals apart from those of other tests, and of whoever runs them."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "ecosim"


@pytest.mark.parametrize("pin", ["12", "1" * 13, "12 34", "é234", "../1"])
def test_a_pin_can_be_typed(ecosim: Ecosim, pin: str) -> None:
    done = ecosim("class", "--pin", pin, "--no-browser")
    assert done.code == 2
    assert "a PIN has 4 to 12 letters and digits" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("facilitatr",), 2, "facilitator"), (("preset:xmoc",), 2, "xmooc"), (("nowhere.yaml",), 3, "nowhere.yaml"),
        (("facilitator", "--set", "learnrs=40"), 3, "did you mean learners?"),
        (("facilitator", "--host", "no.such.host.invalid"), 2, "no.such"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_the_nearest_right_name(
    ecosim: Ecosim, words: tuple[str, ...], code: int, said: str
) -> None:
    done = ecosim("class", *words, "--no-browser")
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


def started(*words: str) -> tuple[subprocess.Popen[str], str, str]:
    """Start the command; return its process, its address and what it said first."""
    command = [sys.executable, "-m", "ecosim", "class", "--no-browser", "--pin", PIN, "--lang", "en", *words]
    pipes: dict[str, int] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, text=True, env=os.environ.copy(), **pipes)  # type: ignore[call-overload]
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.search(r"http://\S+", said)
    if found is None:
        process.kill()
        pytest.fail(said + str(process.communicate()))
    return process, found[0].rstrip("/"), process.stdout.readline()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """End the command as Ctrl-C does; return its code and what it said on standard error."""
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    return process.returncode, err


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_it_is_kept_when_it_is_interrupted_and_taken_up_again(state: Path, ecosim: Ecosim) -> None:
    process, address, joined = started("facilitator", "--port", str(spare_port()))
    assert joined == f"Students join at {address}/join with PIN {PIN}\n"
    with urllib.request.urlopen(f"{address}/join") as page:
        assert page.status == 200
    done = ecosim("class", "--no-browser")  # a second one
    assert done.code == 2
    assert "another “ecosim class” of yours is running" in done.err
    phone = Handset(address)
    seat = phone.join("Ana", pin=PIN)
    phone.close()
    code, err = ended(process)
    assert code == 0
    assert "Nobody was there to be asked" in err
    assert "The lesson has not ended" in err

    process, again, _ = started()
    assert again == address
    phone = Handset(again)
    assert phone.join(token=seat["token"], pin=PIN) == seat
    phone.close()
    _, err = ended(process)
    assert "Going on with the lesson “facilitator”: week 0, students: 1." in err

    process, _, _ = started("--new")
    _, err = ended(process)
    assert "The room is closed, and nothing of it is kept." in err
    assert not list(events(state / "class.jsonl"))
    assert not (state / "class.jsonl").exists()
