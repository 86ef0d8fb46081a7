"""Who trades: two invented brands and an invented shop."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ..nuorder import Credential, Portal, Side

BRAND: Final = "Fennick & Rowe"
"""The brand of the demo."""
SECOND_BRAND: Final = "Brindle Knitworks"
"""A brand the shop has never bought from; one of its order numbers repeats one of the first brand's."""
SHOP: Final = "The Tin Kettle"
"""The shop."""
COMPANY_CODE: Final = "TK-100"
"""The shop's code with either brand."""
BUYER: Final = "Mara Ellison"
"""Who buys for the shop."""
BUYER_EMAIL: Final = "mara@tinkettle.example"
"""Her address."""
REP: Final = "Jonas Vale"
"""Who sells for the brand."""

PORTALS: Final = (
    Portal(
        name=BRAND,
        credentials=(
            Credential(
                consumer_key="tin-kettle-at-fennick",
                consumer_secret="demo-consumer-secret-fennick",  # noqa: S106 - opens an emulator only
                token="demo-token-fennick",  # noqa: S106 - opens an emulator only
                token_secret="demo-token-secret-fennick",  # noqa: S106 - opens an emulator only
            ),
            Credential(
                consumer_key="fennick-back-office",
                consumer_secret="demo-consumer-secret-office",  # noqa: S106 - opens an emulator only
                side=Side.BRAND,
                token="demo-token-office",  # noqa: S106 - opens an emulator only
                token_secret="demo-token-secret-office",  # noqa: S106 - opens an emulator only
            ),
        ),
    ),
    Portal(
        name=SECOND_BRAND,
        credentials=(
            Credential(
                consumer_key="tin-kettle-at-brindle",
                consumer_secret="demo-consumer-secret-brindle",  # noqa: S106 - opens an emulator only
                token="demo-token-brindle",  # noqa: S106 - opens an emulator only
                token_secret="demo-token-secret-brindle",  # noqa: S106 - opens an emulator only
            ),
        ),
    ),
)
"""Portals to make the emulator with; the first credential of each is the shop's and has its tokens."""

OUTLETS: Final[Mapping[str, str]] = MappingProxyType({"TK-OLD": "Old Town", "TK-HBR": "Harbour"})
"""The store's outlets by the code of the shipping address on the orders."""


def company() -> dict[str, Any]:
    """Make the brand's document of the shop."""
    return {
        "_id": "6a5d00c0000000000000c001",
        "name": SHOP,
        "code": COMPANY_CODE,
        "currency_code": "USD",
        "addresses": [
            _address("6a5d00c0000000000000ad01", "TK-OLD", "12 Cooper Row", "04101"),
            _address("6a5d00c0000000000000ad02", "TK-HBR", "3 Pier Lane", "04102"),
        ],
        "allow_bulk": False,
        "discount": 0,
        "default_discount": 0,
        "payment_terms": "Net 30",
        "credit_status": "",
        "phone": "+1 207 555 0100",
        "active": True,
        "buyers": [{"name": BUYER, "email": BUYER_EMAIL, "title": "Owner", "reps": [{"name": REP}]}],
        "created_on": "2025-03-01T09:00:00.000Z",
        "modified_on": "2026-10-01T09:00:00.000Z",
    }


def _address(id: str, code: str, street: str, postcode: str) -> dict[str, Any]:
    return {
        "_id": id,
        "display_name": f"{SHOP} {OUTLETS[code]}",
        "line_1": street,
        "city": "Portland",
        "state": "ME",
        "zip": postcode,
        "country": "USA",
        "shipping_code": code,
        "billing_code": code,
        "type": "both",
    }
