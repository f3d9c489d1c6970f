"""Which machines may be asked. Addresses are real ones of each kind; names are resolved by a table of the test."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.errors import FetchError
from selon.intake.fetch import Client, Limits
from selon.intake.fetch.address import checked_addresses, is_allowed, is_public, system_resolver
from tests.intake.fetch.server import Site

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.7", "198.18.0.1", "192.88.99.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:a00:1::1", "2001:0:1::1", "2001:db8::1", "3fff::1", "100::1", "fe80::1%lo", "2606:4700::1%lo",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450:4007::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_lies_inside_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_lies_outside_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "fd12::1", "::1", "::ffff:192.168.0.4"])
def test_an_intranet_can_be_allowed(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address), private=True)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "fe80::1", "0.0.0.0", "224.0.0.1"]
)
def test_metadata_services_are_never_allowed(address: str) -> None:
    assert not is_allowed(ipaddress.ip_address(address), private=True)


@settings(deadline=None)
@given(st.ip_addresses(v=6))
def test_an_ipv6_address_is_public_only_as_a_public_host(address: ipaddress.IPv6Address) -> None:
    if is_public(address):
        assert address in ipaddress.ip_network("2000::/3") or address in ipaddress.ip_network("64:ff9b::/96") or address.ipv4_mapped


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_in_every_ipv6_wrapping(address: ipaddress.IPv4Address) -> None:
    plain = is_public(address)
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert is_public(ipaddress.ip_address(wrapped)) == plain
    packed = int(address)
    assert is_public(ipaddress.ip_address(f"2002:{packed >> 16:x}:{packed & 0xFFFF:x}::1")) == plain


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "017700000001", "localhost"])
def test_other_ways_to_write_loopback(host: str) -> None:
    with pytest.raises(FetchError) as e:
        checked_addresses(host, 80, seconds=5, private=False)
    assert e.value.code in ("SEL-F002", "SEL-F003")


def table(*answers: Sequence[str]) -> tuple[list[str], object]:
    asked: list[str] = []

    def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return asked, resolve


def test_one_private_address_among_public_ones_is_enough() -> None:
    _, resolve = table(["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"SEL-F002.*10\.0\.0\.1"):
        checked_addresses("news.example", 80, seconds=1, private=False, resolve=resolve)  # type: ignore[arg-type]


def test_a_name_that_changes_its_mind_is_asked_once_and_taken_at_its_word(site: Site) -> None:
    """DNS rebinding: the name leads outside when it is checked, and would lead to loopback a moment later."""
    asked, resolve = table(["192.0.0.9"], ["127.0.0.1"])  # 192.0.0.9: public by IANA's table, and nobody answers there
    port = site.url.rpartition(":")[2]
    with Client(agent="t", resolve=resolve, limits=Limits(connect=0.2, seconds=0.4)) as client, pytest.raises(FetchError) as e:  # type: ignore[arg-type]
        client.get(f"http://rebind.example:{port}/secret")
    assert e.value.code in ("SEL-F002", "SEL-F004", "SEL-F005")
    assert asked == ["rebind.example"] and site.asked == []


def test_each_new_connection_is_checked_again(site: Site) -> None:
    _, resolve = table(["127.0.0.1"], ["169.254.169.254"])
    site.answers["/a"] = lambda r: r.give("a", Connection="close")
    port = site.url.rpartition(":")[2]
    with Client(agent="t", private=True, resolve=resolve) as client:  # type: ignore[arg-type]
        assert client.get(f"http://rebind.example:{port}/a").ok
        with pytest.raises(FetchError, match="SEL-F002"):
            client.get(f"http://rebind.example:{port}/a")


def test_a_name_server_that_is_silent_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: free.wait(10) and [])
    began = time.monotonic()
    with pytest.raises(FetchError, match="SEL-F005"):
        checked_addresses("slow.example", 80, seconds=0.1, private=False)
    free.set()
    assert time.monotonic() - began < 2


def test_a_name_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", nobody)
    with pytest.raises(FetchError, match=r"SEL-F003 nowhere\.example.*not known"):
        checked_addresses("nowhere.example", 80, seconds=1, private=False)
    with pytest.raises(OSError, match="not known"):
        system_resolver("nowhere.example", 80, 1)
