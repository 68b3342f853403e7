"""Ports and names: the first free one, one clear word about a taken one, and whom the server answers to."""

from __future__ import annotations

import socket

import pytest

from ecosim.errors import UsageError
from ecosim.web import address
from ecosim.web.address import is_loopback, listening, names, url


def test_a_taken_port_is_told_and_another_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as one:
        port = one.getsockname()[1]
        with pytest.raises(UsageError) as told:
            listening(port=port)
        assert f"port {port} is in use" in str(told.value)
        with listening() as other:
            assert port < other.getsockname()[1] <= address.LAST
        monkeypatch.setattr(address, "FIRST", port)
        monkeypatch.setattr(address, "LAST", port)
        with pytest.raises(UsageError) as told:
            listening()
        assert f"all ports from {port} to {port}" in str(told.value)


@pytest.mark.parametrize("host", ["192.0.2.7", "a..b", "x" * 300])
def test_a_host_that_is_not_this_machine_is_told(host: str) -> None:
    with pytest.raises(UsageError) as told:
        listening(host)
    assert f"{host} is no name or address of this machine" in str(told.value)


def test_a_connection_made_early_waits() -> None:
    with listening() as waiting, socket.create_connection(waiting.getsockname()[:2], timeout=5):
        accepted, _ = waiting.accept()
        accepted.close()


def test_names_of_loopback_are_those_of_this_machine_only() -> None:
    assert names("127.0.0.1", 8765) == {"127.0.0.1:8765", "localhost:8765", "[::1]:8765"}
    assert "room.local:8765" in names("127.0.0.1", 8765, ["Room.local"])
    assert names("127.0.0.1", 80) >= {"localhost", "localhost:80"}


def test_open_to_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "own_addresses", lambda: ("192.168.1.7",))
    assert names("0.0.0.0", 80) >= {"192.168.1.7", "192.168.1.7:80", "localhost:80"}
    assert url("0.0.0.0", 8765) == "http://192.168.1.7:8765/"
    assert url("::1", 8765) == "http://[::1]:8765/"
    assert not is_loopback("0.0.0.0")
    assert is_loopback("localhost") and is_loopback("127.8.8.8")
    assert not any("127.0.0.1" in each for each in names("192.168.1.7", 8765))
