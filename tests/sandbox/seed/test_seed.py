"""The seeded brands and the seeded store."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32, decompress

import pytest
from biip.gtin import Gtin
from stdnum import ean
from tests.sandbox.nuorder.signing import Caller, Hands

from po_bridge.sandbox.message import Dropped, Request
from po_bridge.sandbox.nuorder import NuOrderSandbox, Refusal
from po_bridge.sandbox.seed import (
    BRAND,
    DEMO_ORDER,
    LIFE,
    LIVING_ORDER,
    OUTLETS,
    PORTALS,
    SECOND_BRAND,
    SPLIT_ORDER,
    seed_nuorder,
    seed_xseries,
)
from po_bridge.sandbox.xseries import XSeriesSandbox

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def brands() -> NuOrderSandbox:
    """Give the seeded wholesale side; tests only read it."""
    return seeded()


def seeded(hands: Hands | None = None) -> NuOrderSandbox:
    """Make the wholesale side."""
    sandbox = NuOrderSandbox(clock=hands or Hands(NOW), portals=PORTALS)
    seed_nuorder(sandbox)
    return sandbox


def store() -> XSeriesSandbox:
    """Make an empty store."""
    return XSeriesSandbox(clock=lambda: NOW)


def orders(sandbox: NuOrderSandbox) -> Iterator[dict[str, Any]]:
    """Walk through all orders."""
    for shelf in sandbox.state.shelves.values():
        yield from shelf.orders.values()


def styles(sandbox: NuOrderSandbox) -> Iterator[dict[str, Any]]:
    """Walk through all style documents."""
    for shelf in sandbox.state.shelves.values():
        yield from shelf.styles.values()


def test_deterministic() -> None:
    """Two seeds are equal to the byte, at whatever hour they are made."""
    assert seeded().snapshot() == seeded(Hands(NOW + timedelta(days=400))).snapshot()
    first, second = store(), store()
    assert seed_xseries(first) == seed_xseries(second)
    assert first.digest() == second.digest()


def test_about_sixty_styles(brands: NuOrderSandbox) -> None:
    """The demo's brand has 60 style documents; most have a picture, some have no UPC."""
    documents = list(brands.shelf(BRAND).styles.values())
    assert len(documents) == 60
    assert sum(1 for each in documents if each["images"]) == 59
    assert sum(1 for each in documents if "upc" not in each["sizes"][0]) == 4


def test_codes(brands: NuOrderSandbox) -> None:
    """Every UPC has a right check digit, no restricted prefix, and belongs to one size."""
    codes = [size["upc"] for style in styles(brands) for size in style["sizes"] if "upc" in size]
    assert len(set(codes)) == len(codes) > 200
    for code in codes:
        assert len(code) == 12
        assert ean.is_valid(code)
        assert Gtin.parse(code).prefix is not None
        assert code.startswith("614141")


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk through the chunks of a PNG, checking their sums."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        assert content[place + 8 + length : place + 12 + length] == struct.pack(">I", crc32(name + body))
        yield name, body
        place += 12 + length


def test_pictures(brands: NuOrderSandbox) -> None:
    """Each style's picture is served: a small PNG with all its rows, more than background."""
    for style in styles(brands):
        for name in style["images"]:
            answer = brands.handle(Request(method="GET", address=f"http://h/product/{name}.jpg"))
            assert not isinstance(answer, Dropped)
            assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
            assert len(answer.body) < 3000
            parts = dict(chunks(answer.body))
            rows = decompress(parts[b"IDAT"])
            assert len(rows) == 128 * 33
            assert len(set(rows)) > 3


def test_orders(brands: NuOrderSandbox) -> None:
    """Every status is there, all three generations, split siblings, and a number that two brands share."""
    words = {order["status"] for order in orders(brands)}
    assert words == {"draft", "review", "pending", "approved", "processed", "shipped", "cancelled"}
    lines = [order["line_items"][0] for order in orders(brands)]
    assert {("ship_start" in line, "id" in line) for line in lines} == {
        (True, True),
        (True, False),
        (False, False),
    }
    numbers = [order["order_number"] for order in orders(brands)]
    assert {"240119-1", "240119-2"} <= set(numbers)
    assert numbers.count("240125") == 2


def test_lines_name_styles(brands: NuOrderSandbox) -> None:
    """Each line's style is there, has the size, and agrees about the UPC."""
    for order in orders(brands):
        portal = SECOND_BRAND if order in brands.shelf(SECOND_BRAND).orders.values() else BRAND
        for line in order["line_items"]:
            style = brands.shelf(portal).styles[line["product"]["_id"]]
            sizes = {size["size"]: size for size in style["sizes"]}
            for size in line["sizes"]:
                assert size.get("upc", sizes[size["size"]].get("upc")) == sizes[size["size"]].get("upc")


def test_totals(brands: NuOrderSandbox) -> None:
    """Totals are the sum of the lines, but for the order with a discount and freight."""
    for order in orders(brands):
        sizes = [size for line in order["line_items"] for size in line["sizes"]]
        lines = sum((Decimal(size["price"]) * size["quantity"] for size in sizes), Decimal(0))
        if order["discount"]:
            assert order["total"] == lines * Decimal("0.9") + 18
        else:
            assert order["total"] == lines


def test_credentials(brands: NuOrderSandbox) -> None:
    """The seed's first credential of each portal reads that portal's orders."""
    for portal, number in zip(PORTALS, (DEMO_ORDER, "240125"), strict=True):
        order = Caller(brands, portal.credentials[0]).read(f"/api/order/number/{number}")
        assert order["retailer"]["buyer_name"] == "Mara Ellison"
    assert Refusal.SIGNATURE not in brands.refusals


def test_demo_order_against_the_store(brands: NuOrderSandbox) -> None:
    """By number, five lines of the demo order are one product each, one is two products, five are none."""
    sandbox = store()
    seed_xseries(sandbox)
    known: dict[str, set[str]] = {}
    for product in sandbox.state.products.all_live():
        for code in product.codes:
            if code.code.isdecimal() and len(code.code) in {12, 13}:
                known.setdefault(code.code.zfill(14), set()).add(product.id)
    order = Caller(brands, PORTALS[0].credentials[0]).read(f"/api/order/number/{DEMO_ORDER}")
    found = {
        (line["product"]["style_number"], size["size"]): len(known.get(size["upc"].zfill(14), ()))
        for line in order["line_items"]
        for size in line["sizes"]
    }
    assert found == {
        **{("FR-1001", size): 1 for size in ("S", "M", "L", "XL")},
        ("FR-6001", "OS"): 1,
        ("FR-6005", "One Size"): 2,
        **{("FR-2001", size): 0 for size in ("XS", "S", "M", "L")},
        ("FR-6003", "OS"): 0,
    }
    spelled = {code.code for product in sandbox.state.products.all_live() for code in product.codes}
    small, medium = order["line_items"][0]["sizes"][:2]
    assert small["upc"] in spelled
    assert medium["upc"] not in spelled
    assert f"0{medium['upc']}" in spelled


def test_store() -> None:
    """The seeded store opens with its token, has the outlets of the orders, and knows one of the brands."""
    sandbox = store()
    opened = seed_xseries(sandbox)
    assert list(opened.outlets) == list(OUTLETS.values())
    headers = {"authorization": f"Bearer {opened.token}"}
    answer = sandbox.handle(Request(method="GET", address="https://x/api/2026-07/suppliers", headers=headers))
    assert not isinstance(answer, Dropped)
    names = [each["name"] for each in answer.read_json()["data"]]
    assert BRAND in names
    assert SECOND_BRAND not in names
    assert opened.token not in repr(opened)


def test_life() -> None:
    """The living order is approved, edited, shipped in two parcels and delivered within a week."""
    hands = Hands(NOW)
    sandbox = seeded(hands)
    sandbox.schedule(LIFE)
    caller = Caller(sandbox, PORTALS[0].credentials[0])
    seen = []
    for hours in (0, 1, 3, 24, 48, 96, 120, 168):
        hands.now = NOW + timedelta(hours=hours)
        order = caller.read(f"/api/order/number/{LIVING_ORDER}")
        seen.append((order["status"], order["edited"], order["__shipment_status"]))
    assert seen == [
        ("pending", False, []),
        ("approved", False, []),
        ("approved", True, []),
        ("processed", True, []),
        ("processed", True, ["partial"]),
        ("processed", True, ["partial"]),
        ("shipped", True, ["shipped"]),
        ("shipped", True, ["delivered"]),
    ]


def test_split_in_the_life() -> None:
    """On the way another order is split in two: the first part keeps its key, and no unit is lost."""
    hands = Hands(NOW)
    sandbox = seeded(hands)
    sandbox.schedule(LIFE)
    caller = Caller(sandbox, PORTALS[0].credentials[0])
    whole = caller.read(f"/api/order/number/{SPLIT_ORDER}")
    hands.now = NOW + timedelta(hours=12)
    first, second = (caller.read(f"/api/order/number/{SPLIT_ORDER}-{part}") for part in (1, 2))
    assert (first["_id"], second["_id"] != whole["_id"]) == (whole["_id"], True)
    parts = [*first["line_items"], *second["line_items"]]
    assert [line["product"]["style_number"] for line in second["line_items"]] == ["FR-8001"]
    assert sum(units(line) for line in parts) == sum(units(line) for line in whole["line_items"])


def units(line: dict[str, Any]) -> int:
    """Units of a line."""
    return sum(size["quantity"] for size in line["sizes"])


def test_stock(brands: NuOrderSandbox) -> None:
    """There is stock of every kind; each row belongs to a size, and prebook has no quantity."""
    known = {size["_id"] for style in styles(brands) for size in style["sizes"]}
    rows = [row for shelf in brands.state.shelves.values() for row in shelf.replenishments]
    assert {row["display_name"] for row in rows} == {"immediate", "future", "Prebook"}
    assert {row["sku_id"] for row in rows} < known
    assert all((row["quantity"] is None) is row["prebook"] for row in rows)
