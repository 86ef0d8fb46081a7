"""A brand's stock as it is written: inventory, v3.0 rows, and the style document's own cache."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.planning.wholesale import dec

from po_bridge.errors import BadDocument
from po_bridge.mapping.nuorder.stock import (
    ANY_DAY,
    INVENTORY,
    REPLENISHMENTS,
    SIZE_NAMES,
    STOCK_CACHE,
    CachedStock,
    InventoryRow,
    Replenishment,
    SizeName,
)


def test_inventory() -> None:
    """Every size of every bucket of every warehouse is a row."""
    document = {
        "inventory": [
            {
                "warehouse": "east",
                "prebook": False,
                "wip": [
                    {
                        "name": "immediate",
                        "sizes": [{"size": "S", "quantity": 20}, {"size": "M", "quantity": 0}],
                    },
                    {"name": "2027/05/01", "sizes": [{"size": "S", "quantity": 5, "upc": "012"}]},
                ],
            },
            {"prebook": True, "wip": [{"name": "prebook", "sizes": [{"size": "S", "quantity": None}]}]},
        ]
    }
    assert INVENTORY.read_all(document) == (
        InventoryRow(size="S", quantity=dec(20), bucket="immediate", warehouse="east"),
        InventoryRow(size="M", quantity=dec(0), bucket="immediate", warehouse="east"),
        InventoryRow(size="S", quantity=dec(5), upc="012", bucket="2027/05/01", warehouse="east"),
        InventoryRow(size="S", bucket="prebook", prebook=True),
    )


def test_rows() -> None:
    """Rows are sent with US dates and answered with milliseconds; blank quantities stay unknown."""
    written = {
        "warehouse_id": "w1",
        "sku_id": "k1",
        "display_name": "future",
        "prebook": False,
        "period_start": "05/01/2027",
        "period_end": None,
        "quantity": 40,
        "active": True,
        "id": "r1",
        "display_quantity": "40",
        "__key": "w1_k1",
    }
    expected = Replenishment(
        size_id="k1", warehouse="w1", display_name="future", first_day=date(2027, 5, 1), quantity=dec(40)
    )
    answered = {**written, "period_start": 1809129600000}
    assert REPLENISHMENTS.read_all([written, answered]) == (expected, expected)
    assert REPLENISHMENTS.read_all([]) == ()


def test_cache_and_sizes() -> None:
    """A newer style document tells stock by the id of a size, and which size an id is."""
    document = {
        "sizes": [{"_id": "k1", "size": "S"}, {"size": "M"}],
        "__inventory_cache": [
            {"bucket": "2027/03/01", "warehouse": "w1", "sku_id": "k1", "quantity": 120, "_id": "c"}
        ],
    }
    assert STOCK_CACHE.read_all(document) == (
        CachedStock(size_id="k1", bucket="2027/03/01", warehouse="w1", quantity=dec(120)),
    )
    assert SIZE_NAMES.read_all(document) == (SizeName(size_id="k1", size="S"), SizeName(size="M"))


@pytest.mark.parametrize(
    "written", ["2027-05-01", "2027/05/01", "05/01/2027", "2027-05-01T00:00:00.000Z", 1809129600000], ids=str
)
def test_any_day(written: Any) -> None:
    """However the vendor writes a day, it is the same day."""
    assert ANY_DAY.read(written) == date(2027, 5, 1)


@pytest.mark.parametrize(
    "written", ["soon", "2027", "13/45/2027", 1.5, True, None, [], 10**30, -(10**20)], ids=str
)
def test_no_day(written: Any) -> None:
    """Anything else is refused as no day."""
    with pytest.raises((ValueError, ArithmeticError)):
        ANY_DAY.read(written)


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        (
            {"inventory": [{"wip": [{"sizes": [{"quantity": -1}]}]}]},
            ["$.inventory[0].wip[0].sizes[0].quantity", "$.inventory[0].wip[0].sizes[0].size"],
        ),
        ({"inventory": 7}, ["$.inventory"]),
        ({}, ["$.inventory"]),
    ],
    ids=["two faults", "no list", "nothing"],
)
def test_faults_are_named(document: Any, paths: list[str]) -> None:
    """What cannot be read is named by its place, all at once."""
    with pytest.raises(BadDocument) as caught:
        INVENTORY.read_all(document)
    assert sorted(issue.path for issue in caught.value.issues) == paths
