"""Units in parcels go to the brand product they name; what fits none, or several, is told and counted nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.planning.wholesale import dec, line, order

from po_bridge.models.keys import LineKey
from po_bridge.models.shipment import ParcelStatus, Shipment, ShippedLine
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.shipped import Shipped, shipped_units

TEE, CAP = line("TEE", "M", 5, brand_item_id="tee-1", upc="111"), line("CAP", "OS", 2)
ORDER = order(TEE, CAP)


def packed(quantity: int | None = 1, **more: Any) -> ShippedLine:
    """A line of a parcel."""
    given: dict[str, Any] = {"size": "M", "quantity": None if quantity is None else dec(quantity)}
    return ShippedLine(**(given | more))


def parcel(*lines: ShippedLine, **more: Any) -> Shipment:
    """A parcel on its way."""
    given: dict[str, Any] = {"status": ParcelStatus.SHIPPED, "lines": lines}
    return Shipment(**(given | more))


def placed(*shipments: Shipment, case: WholesaleOrder = ORDER) -> Shipped:
    """The units that left."""
    found = shipped_units(case, shipments)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "shipped",
    [
        packed(brand_item_id="tee-1"),
        packed(brand_item_id="TEE-1", size=" m "),
        packed(style_number="TEE", color="Black"),
        packed(style_number="tee", color="BLACK", season="SS27"),
        packed(brand_item_id="tee-1", style_number="OTHER", color="Red"),
        packed(upc="111", size=""),
        packed(brand_item_id="other", style_number="TEE", color="Black"),
    ],
    ids=[
        "brand id",
        "case and blanks",
        "style",
        "style in other case",
        "brand id first",
        "code alone",
        "style next",
    ],
)
def test_a_line_is_found(shipped: ShippedLine) -> None:
    """By the brand's id, else season, number and colour, else the code alone."""
    found = placed(parcel(shipped))
    assert found.units == {TEE.key: dec(1)}
    assert found.unplaced == ()


@pytest.mark.parametrize(
    ("shipped", "words"),
    [
        (packed(style_number="TEE", color="Black", size="XL"), "fits no line of the order"),
        (packed(style_number="TEE", color="White"), "fits no line of the order"),
        (packed(), "1 of M, which fits no line"),
        (packed(size=""), "1 of units, which fits no line"),
        (packed(None, brand_item_id="tee-1"), "holds an unstated number of tee-1 M"),
    ],
    ids=["other size", "other colour", "no name", "nothing at all", "no quantity"],
)
def test_what_fits_nothing_is_told(shipped: ShippedLine, words: str) -> None:
    """Units that cannot be placed are counted nowhere, and then no line is known to have none."""
    found = placed(parcel(shipped))
    assert found.units == {}
    assert any(words in text for text in found.unplaced)
    assert found.of(CAP.key) is None


def test_two_styles_with_one_brand_id_are_not_guessed() -> None:
    """A brand id that two products of the order share places nothing."""
    twin = line("TWIN", "M", 1, brand_item_id="tee-1")
    found = placed(parcel(packed(brand_item_id="tee-1")), case=order(TEE, twin))
    assert found.units == {}
    assert "fits 2 lines" in found.unplaced[0]


def test_one_product_on_two_lines_is_one() -> None:
    """A product that stands on two lines, for two windows, counts together."""
    found = placed(
        parcel(packed(4, style_number="TEE", color="Black")),
        case=order(TEE, line("TEE", "M", 3, ends=date(2027, 4, 1))),
    )
    assert found.units == {TEE.key: dec(4)}


def test_parcels_add_up() -> None:
    """Two parcels of one product are counted together, and a line in none of them has none."""
    one = packed(2, brand_item_id="tee-1")
    found = placed(parcel(one), parcel(one))
    assert (found.of(TEE.key), found.of(CAP.key)) == (dec(4), dec(0))


def test_unstated_content_leaves_lines_unknown() -> None:
    """A parcel that does not say what it holds may hold anything."""
    found = placed(parcel(packed(2, brand_item_id="tee-1")), parcel())
    assert not found.complete
    assert (found.of(TEE.key), found.of(CAP.key)) == (dec(2), None)


@pytest.mark.parametrize(
    "shipments",
    [
        (),
        (Shipment(),),
        (parcel(packed(), status=ParcelStatus.RETURNED, tracking=("1",)),),
        (Shipment(status_word="label printed", status=ParcelStatus.OTHER),),
    ],
    ids=["none", "empty", "returned", "not sent"],
)
def test_nothing_left_is_not_zero(shipments: tuple[Shipment, ...]) -> None:
    """Without a parcel that left, what was shipped is unknown."""
    assert shipped_units(ORDER, shipments) is None


@pytest.mark.parametrize(
    "more",
    [{"tracking": ("1Z",)}, {"shipped_on": date(2027, 1, 1)}],
    ids=["number", "day"],
)
def test_a_number_or_a_day_says_that_it_left(more: dict[str, Any]) -> None:
    """An unknown word of status does not hide a parcel with a tracking number or a day."""
    assert placed(parcel(packed(brand_item_id="tee-1"), status=ParcelStatus.OTHER, **more)).units


def test_keys_of_other_orders_are_unknown_to_it() -> None:
    """A line that is not on the order has none where everything is stated."""
    other = LineKey(portal="Acme", style_id="x", color="", size="M")
    assert placed(parcel(packed(brand_item_id="tee-1"))).of(other) == 0
