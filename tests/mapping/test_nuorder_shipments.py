"""Shipments inside an order's document: whatever can be taken is taken, unknown words are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.planning.wholesale import dec

from po_bridge.errors import BadDocument
from po_bridge.mapping.nuorder.shipments import SHIPPING
from po_bridge.models.shipment import ParcelStatus, Shipment

PARCEL = {
    "type": "UPS Ground",
    "tracking_numbers": ["1Z1", "1Z2"],
    "status": "shipped",
    "shipment_date": "2027-03-05T00:00:00.000Z",
    "line_items": [
        {
            "brand_id": "tee-1",
            "season": "SS27",
            "style_number": "TEE",
            "color": "BLACK",
            "sizes": [{"size": "S", "upc": "012", "quantity": 5}, {"size": "M"}],
        }
    ],
}


def parcel(**changes: Any) -> Shipment:
    """One parcel, read."""
    (found,) = SHIPPING.read({"shipments": [{**PARCEL, **changes}]}).shipments
    return found


def test_a_whole_parcel() -> None:
    """Carrier, numbers, status, day and every size are read."""
    found = parcel()
    assert (found.carrier, found.tracking) == ("UPS Ground", ("1Z1", "1Z2"))
    assert (found.status, found.status_word) == (ParcelStatus.SHIPPED, "shipped")
    assert found.shipped_on == date(2027, 3, 5)
    small, medium = found.lines
    assert (small.brand_item_id, small.style_number, small.season, small.color) == (
        "tee-1",
        "TEE",
        "SS27",
        "BLACK",
    )
    assert (small.size, small.upc, small.quantity) == ("S", "012", dec(5))
    assert (medium.size, medium.upc, medium.quantity) == ("M", None, None)


@pytest.mark.parametrize(
    "document",
    [{}, {"shipments": []}, {"shipments": None}, {"shipments": [], "__shipment_status": []}],
    ids=["missing", "empty", "null", "recorded"],
)
def test_nothing_shipped(document: dict[str, Any]) -> None:
    """Older documents have no shipments, newer ones an empty list."""
    found = SHIPPING.read(document)
    assert (found.shipments, found.words) == ((), ())


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("shipped", ParcelStatus.SHIPPED),
        ("Shipped", ParcelStatus.SHIPPED),
        ("in_transit", ParcelStatus.SHIPPED),
        ("OUT-FOR-DELIVERY", ParcelStatus.SHIPPED),
        ("Delivered", ParcelStatus.DELIVERED),
        ("returned", ParcelStatus.RETURNED),
        ("label printed", ParcelStatus.OTHER),
        ("", ParcelStatus.OTHER),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words(word: str, status: ParcelStatus) -> None:
    """Known words in any spelling; unknown ones are kept as they stand."""
    found = parcel(status=word)
    assert (found.status, found.status_word) == (status, word)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (["1Z1", "1Z1", " 1Z2 "], ("1Z1", "1Z2")),
        ("1Z1", ("1Z1",)),
        ([123, None, ""], ("123",)),
        ([], ()),
        (None, ()),
        ("", ()),
    ],
    ids=["twice", "text", "numbers and blanks", "empty", "null", "empty text"],
)
def test_tracking_numbers(written: Any, numbers: tuple[str, ...]) -> None:
    """A list of texts, a single one, and numbers; each once, without blanks."""
    assert parcel(tracking_numbers=written).tracking == numbers


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-05", date(2027, 3, 5)),
        ("2027-03-05T00:00:00.000Z", date(2027, 3, 5)),
        ("2027-03-05T18:21:03.554Z", date(2027, 3, 5)),
        ("2027-03-05T20:00:00-08:00", date(2027, 3, 6)),
        ("", None),
        (None, None),
    ],
    ids=["day", "midnight", "moment", "other zone", "empty", "null"],
)
def test_days(written: Any, day: date | None) -> None:
    """A day is a day; of a moment it is the day in UTC."""
    assert parcel(shipment_date=written).shipped_on == day


def test_sparse_parcels() -> None:
    """A parcel may state next to nothing."""
    (found,) = SHIPPING.read({"shipments": [{}]}).shipments
    assert found == Shipment()
    assert not found.left


@pytest.mark.parametrize(
    ("information", "carrier"),
    [
        ({"carrier_friendly_name": "FedEx", "carrier_code": "fx"}, "FedEx"),
        ({"carrier_code": "ups"}, "ups"),
        ({}, ""),
    ],
    ids=["name", "code", "empty"],
)
def test_carrier_of_the_order(information: dict[str, str], carrier: str) -> None:
    """The order itself may name a carrier."""
    assert SHIPPING.read({"shipping_information": information}).carrier == carrier


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"shipment_date": "soon"}, "$.shipments[0].shipment_date"),
        ({"type": 7}, "$.shipments[0].type"),
        ({"tracking_numbers": [{}]}, "$.shipments[0].tracking_numbers"),
        (
            {"line_items": [{"sizes": [{"size": "S", "quantity": -1}]}]},
            "$.shipments[0].line_items[0].sizes[0].quantity",
        ),
        ({"line_items": [{}]}, "$.shipments[0].line_items[0].sizes"),
    ],
    ids=["day", "carrier", "number", "quantity", "no sizes"],
)
def test_faults_are_named(changes: dict[str, Any], path: str) -> None:
    """What cannot be read is named by its place."""
    with pytest.raises(BadDocument) as caught:
        parcel(**changes)
    assert [issue.path for issue in caught.value.issues] == [path]
