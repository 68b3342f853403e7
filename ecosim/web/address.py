"""Where pages are served: a port that is free, the names under which a browser may ask for it, the address to print."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
from collections.abc import Iterable
from contextlib import suppress

from ecosim.errors import UsageError

LOOPBACK = "127.0.0.1"
FIRST, LAST = 8765, 8864  #: ports that are tried where none is asked for
BACKLOG = 128  #: connections that may wait until the server takes them
TAKEN = {errno.EADDRINUSE, 10048}  #: the second is Windows'
FORBIDDEN = {errno.EACCES, errno.EPERM, 10013}
ABSENT = {errno.EADDRNOTAVAIL, 10049}
ELSEWHERE = ("192.0.2.1", 9)  #: an address of nobody (RFC 5737), to learn by which of ours one would go there


def listening(host: str = LOOPBACK, port: int | None = None) -> socket.socket:
    """Return a socket on which connections to ``host`` and ``port`` wait from now on.

    Parameters
    ----------
    host : str
        A name or address of this machine.
    port : int, optional
        0 to 65535; without it, or 0, the first free one from :data:`FIRST` on.

    Raises
    ------
    UsageError
        When the port is taken or not ours to take, or the host is not this machine.
    """
    family, address = _resolved(host)
    for each in [port] if port else range(FIRST, LAST + 1):
        try:
            return _bound(family, address, each)
        except OSError as error:
            if port or error.errno not in TAKEN | FORBIDDEN:
                raise _refused(error, host, each) from None
    raise UsageError("errors.server.no_port", first=FIRST, last=LAST)


def _resolved(host: str) -> tuple[socket.AddressFamily, str]:
    """Return the kind of address and the address of ``host``; of several, one of the older kind."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UsageError("errors.server.host", host=host) from None
    family, _, _, _, place = min(found, key=lambda each: each[0] != socket.AF_INET)
    return family, str(place[0])


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    """Return a socket that listens."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere the same option would let two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def _refused(error: OSError, host: str, port: int) -> UsageError:
    """Return what a user can do about an ``error`` met while listening."""
    if error.errno in TAKEN:
        return UsageError("errors.server.port_taken", port=port)
    if error.errno in FORBIDDEN:
        return UsageError("errors.server.port_forbidden", port=port)
    if error.errno in ABSENT:
        return UsageError("errors.server.host", host=host)
    return UsageError("errors.server.listen", host=host, port=port, reason=error.strerror or type(error).__name__)


def is_loopback(host: str) -> bool:
    """Tell whether nobody but this machine reaches ``host``."""
    return ipaddress.ip_address(_resolved(host)[1].partition("%")[0]).is_loopback


def is_everywhere(host: str) -> bool:
    """Tell whether ``host`` stands for all addresses of this machine."""
    return ipaddress.ip_address(_resolved(host)[1].partition("%")[0]).is_unspecified


def is_own(address: str) -> bool:
    """Tell whether a request from ``address`` comes from this machine."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # no address at all
        return False
    plain = getattr(found, "ipv4_mapped", None) or found  # as a server that listens on both kinds sees them
    return plain.is_loopback or str(plain) in own_addresses()


def own_addresses() -> tuple[str, ...]:
    """Return the addresses of this machine in its networks, the one most likely asked for first."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):  # no network
        probe.connect(ELSEWHERE)  # no packet is sent: this only asks which way one would go
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):  # the machine does not know its own name
        found += [str(place[0]) for *_, place in socket.getaddrinfo(socket.gethostname(), None)]
    return tuple(each for each in dict.fromkeys(found) if not ipaddress.ip_address(each.partition("%")[0]).is_loopback)


def names(host: str, port: int, more: Iterable[str] = ()) -> frozenset[str]:
    """Return all that the header ``Host`` may say, in lower case.

    Parameters
    ----------
    host, port
        Where the server listens.
    more : iterable of str
        Further names or addresses under which people reach it.
    """
    address = ipaddress.ip_address(_resolved(host)[1].partition("%")[0])
    known = {host, str(address), *more}
    if address.is_loopback or address.is_unspecified:
        known |= {"localhost", LOOPBACK, "::1"}
    if address.is_unspecified:
        known |= {*own_addresses(), socket.gethostname(), f"{socket.gethostname().partition('.')[0]}.local"}
    said = {_bracketed(each).lower() for each in known}
    return frozenset({f"{each}:{port}" for each in said} | (said if port == 80 else set()))


def url(host: str, port: int) -> str:
    """Return the address that people open; of a server that listens everywhere, one that others reach."""
    address = ipaddress.ip_address(_resolved(host)[1].partition("%")[0])
    shown = next(iter(own_addresses()), LOOPBACK) if address.is_unspecified else host
    return f"http://{_bracketed(shown)}:{port}/"


def _bracketed(host: str) -> str:
    """Return ``host`` as it stands in an address: newer numbers in brackets."""
    return f"[{host}]" if ":" in host else host
