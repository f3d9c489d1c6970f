"""Which addresses may be connected to: names are resolved once and only what was checked is connected to. May import: `errors`.

A name that leads to a machine inside the network (loopback, private, link-local, carrier NAT, the metadata service of a cloud) would let a hostile
feed or page read what only we can reach. IPv4 addresses inside IPv6 ones (mapped, 6to4, NAT64) are unwrapped and checked as IPv4. Numbers written as
one decimal or hexadecimal number are resolved by the system like names, so that they need no rule of their own.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

from selon.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int, float], Sequence[str]]
"""Host, port, seconds -> addresses as text. Raises OSError when there are none, TimeoutError when it takes too long."""

_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that IANA has given out for public hosts."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_DOCUMENTS = ipaddress.ip_network("3fff::/20")
_RELAYS = ipaddress.ip_network("192.88.99.0/24")
# Link-local addresses hold the metadata services of clouds: no intranet needs them.
_NEVER = tuple(map(ipaddress.ip_network, ("169.254.0.0/16", "0.0.0.0/8", "fe80::/10", "fd00:ec2::254/128", "::/128")))


def unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address carries (mapped, 6to4, NAT64), else itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return inner
    return address


def is_public(address: Address) -> bool:
    """Whether anyone on the Internet could connect to this address."""
    inner = unwrapped(address)
    if isinstance(inner, ipaddress.IPv6Address) and (inner not in _UNICAST or inner in _DOCUMENTS or inner.scope_id):
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved and inner not in _RELAYS


def is_allowed(address: Address, *, private: bool) -> bool:
    """Whether it may be connected to; `private` lets loopback and private networks in, never link-local ones."""
    inner = unwrapped(address)
    if not private:
        return is_public(address)
    return not inner.is_multicast and not any(a in n for n in _NEVER for a in (address, inner) if a.version == n.version)


def system_resolver(host: str, port: int, seconds: float) -> Sequence[str]:
    """The addresses that the system knows for a name. The system's own call knows no time limit, so it runs aside."""
    answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(f[4][0]) for f in found)))
        except (OSError, UnicodeError) as e:
            answer.put(e if isinstance(e, OSError) else OSError(str(e)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError("the name server does not answer") from None
    if isinstance(found, OSError):
        raise found
    return found


def checked_addresses(host: str, port: int, *, seconds: float, private: bool, resolve: Resolver = system_resolver) -> list[str]:
    """The addresses of a host, every one of them allowed.

    Raises FetchError SEL-F003 when the name has no address, SEL-F005 when resolving takes too long, SEL-F002 when any address must not be connected to:
    a name with a public and a private address is an attack or an error, and either way not ours to choose from.
    """
    bare = host.strip("[]")
    try:
        found = [ipaddress.ip_address(a) for a in resolve(bare, port, seconds)]
    except TimeoutError as e:
        raise FetchError("SEL-F005", str(e), place=host, remedy="try again later") from e
    except (OSError, ValueError) as e:
        why = e.strerror if isinstance(e, OSError) and e.strerror else str(e)
        raise FetchError("SEL-F003", f"this name leads to no machine: {why}", place=host, remedy="check the address and the network") from e
    if not found:
        raise FetchError("SEL-F003", "this name leads to no machine", place=host, remedy="check the address and the network")
    for a in found:
        if not is_allowed(a, private=private):
            raise FetchError(
                "SEL-F002", f"this leads into a private network ({a}), not to a public page", place=host,
                remedy="for an intranet of your own, allow it: --allow-private, or private = true for the source",
            )  # fmt: skip
    return [str(a) for a in found]
