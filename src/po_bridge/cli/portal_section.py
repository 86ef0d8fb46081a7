"""The wholesale side in the configuration: brand portals, connected or not."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from ..clients.nuorder import Portal, Scheme, Side
from .credentials import Credentials
from .faults import Faults
from .section import Section

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts of this machine: what answers there is an emulator."""

_SIDES: Final = {side.value: side for side in Side}
_SCHEMES: Final = {"rfc5849": Scheme.RFC5849, "vendor": Scheme.VENDOR}


def is_near(address: str) -> bool:
    """Whether an address is on this machine, so that its secrets are an emulator's."""
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False


def read_portals(root: Section, faults: Faults, credentials: Credentials) -> tuple[Portal, ...]:
    """Read every portal, with its kept token where it states none; one that is wrong is left out and noted."""
    inside = root.inside("nuorder")
    read = (_portal(place, faults, credentials) for place in inside.sections("portals"))
    portals = tuple(one for one in read if one)
    inside.close()
    if not portals and not faults.found:
        faults.hide("$.nuorder.portals", "at least one portal")
    return portals


def _portal(place: Section, faults: Faults, credentials: Credentials) -> Portal | None:
    known = len(faults.found)
    address = place.text("address")
    given: dict[str, Any] = {
        "name": place.needed("name"),
        "side": place.choice("side", _SIDES, Side.RETAILER),
        "scheme": place.choice("scheme", _SCHEMES, Scheme.RFC5849),
        "consumer_key": place.needed("consumer_key"),
        "consumer_secret": place.secret("consumer_secret", inline=is_near(address)),
    }
    stated = place.has("token") or place.has("token_secret")
    if stated:
        given["token"] = place.secret("token", inline=is_near(address)).reveal()
        given["token_secret"] = place.secret("token_secret", inline=is_near(address))
    for key in ("address", "images"):
        if place.has(key):
            given[key] = place.text(key)
    place.close()
    if len(faults.found) > known:
        return None
    try:
        portal = Portal(**given)
    except ValueError as error:
        place.refuse(str(error))
        return None
    return portal if stated else credentials.connected(portal)
