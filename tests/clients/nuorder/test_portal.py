"""Brand portals and their credentials."""

from __future__ import annotations

import pytest
from attrs import asdict, evolve
from tests.clients.nuorder.scripted import portal

from po_bridge.clients.nuorder import NuOrder, Portal, Side
from po_bridge.errors import Misuse
from po_bridge.models.secret import Secret


@pytest.mark.parametrize(
    ("side", "address"),
    [(Side.RETAILER, "https://buyer.nuorder.com"), (Side.BRAND, "https://wholesale.nuorder.com")],
    ids=["retailer", "brand"],
)
def test_each_side_has_its_host(side: Side, address: str) -> None:
    """Without an address a portal is at the vendor's production host of its side."""
    assert portal(side=side).address == address


def test_address_is_trimmed() -> None:
    """A slash at the end of an address is left out, since paths begin with one."""
    assert portal(address=" https://next.nuorder.com/ ").address == "https://next.nuorder.com"


@pytest.mark.parametrize(
    "address",
    [
        "buyer.nuorder.com",
        "http://buyer.nuorder.com",
        "https://",
        "https://x.example/api",
        "ftp://x",
        "https://u:p@x.example",
    ],
)
def test_unsafe_addresses_are_refused(address: str) -> None:
    """An address that is no host, or that others could read along, is refused."""
    with pytest.raises(ValueError, match="address must be"):
        portal(address=address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:9"])
def test_loopback_needs_no_encryption(address: str) -> None:
    """The sandbox on loopback is spoken to in the clear."""
    assert portal(address=address).address == address


def test_picture_template_names_the_hash() -> None:
    """A template of pictures without a place for the hash is refused."""
    with pytest.raises(ValueError, match="images must be"):
        portal(images="https://cdn1.nuorder.com/product/")


def test_portal_shows_no_secret() -> None:
    """Neither secrets nor the token show in a portal's text."""
    values = {key: value for key, value in asdict(portal()).items() if key != "token"}
    shown = f"{portal()!r} {portal()} {portal().credentials!r} {values}"
    assert "secret-of-acme" not in shown
    assert "token-of-acme" not in repr(portal())


def test_secret_may_be_given_as_such() -> None:
    """A secret value is taken as it is."""
    assert evolve(portal(), consumer_secret=Secret("x")).consumer_secret.reveal() == "x"


@pytest.mark.parametrize(
    ("portals", "words"),
    [
        ((), "at least one portal"),
        ((portal(), portal(token="other")), "same name: 'Acme'"),
        ((portal(token=""),), "not connected yet"),
        ((portal(token_secret=""),), "not connected yet"),
    ],
    ids=["none", "twice", "no token", "no token secret"],
)
def test_adapter_needs_distinct_connected_portals(portals: tuple[Portal, ...], words: str) -> None:
    """An adapter is not built from portals that cannot be asked or told apart."""
    with pytest.raises(Misuse, match=words):
        NuOrder(portals=portals)
