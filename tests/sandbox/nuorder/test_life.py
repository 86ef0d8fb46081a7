"""The scripted life of an order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.nuorder.signing import NOW, OTHER, Caller, Hands, at, brand, order

from po_bridge.sandbox.nuorder import (
    CancelUnits,
    Deed,
    Deliver,
    Edit,
    Generation,
    Item,
    NuOrderSandbox,
    Scene,
    ScriptError,
    SetStatus,
    Ship,
    Split,
    rendered,
)


def item(units: int, size: str = "S", style: str = "TEE-1", color: str = "Navy") -> Item:
    """Make an item; a navy tee in S unless stated otherwise."""
    return Item(style_number=style, color=color, size=size, units=units)


CAP = item(4, "OS", "CAP-1", "Red")


def played(*deeds: Deed, sandbox: NuOrderSandbox | None = None, **switches: Any) -> NuOrderSandbox:
    """Play deeds one minute apart, from one minute on."""
    hands = Hands()
    brand_now = sandbox or brand(hands, **switches)
    scenes = [Scene(after=timedelta(minutes=minute), deed=deed) for minute, deed in enumerate(deeds, start=1)]
    brand_now.schedule(scenes, start=NOW)
    hands.wait(hours=1)
    brand_now.clock = hands
    brand_now.advance()
    return brand_now


def the_order(sandbox: NuOrderSandbox, key: str = "a1") -> Any:
    """Read the order as the shop sees it."""
    return Caller(sandbox).read(f"/api/order/{key}")


def test_clock_drives() -> None:
    """A deed happens when the clock reaches it, seen by the next call, and carries its own hour."""
    hands = Hands()
    sandbox = brand(hands)
    sandbox.schedule([Scene(after=timedelta(hours=2), deed=Edit(order="100", item=item(7)))])
    hands.wait(hours=1)
    assert the_order(sandbox)["edited"] is False
    hands.wait(hours=5)
    assert the_order(sandbox)["edited"] is True
    assert the_order(sandbox)["modified_on"] == "2027-02-01T14:00:00.000Z"


def test_status_does_not_move_modified_on() -> None:
    """A change of status shows in the status alone."""
    assert the_order(played(SetStatus(order="100", status="approved"))) == order(status="approved")


def test_edited_quantity() -> None:
    """An edit sets the quantity and moves the sums, the edited flag and modified_on."""
    after = the_order(played(Edit(order="100", item=item(7), by="Robin Hale")))
    assert after["line_items"][0]["sizes"][0]["quantity"] == 7
    assert (after["total"], after["total_quantity"]) == (Decimal("148.5"), 13)
    assert after["line_items"][0]["original_total"] == "112.5"
    assert after["order_discounts"]["discounted_total"] == "148.5"
    assert (after["edited"], after["edited_by"]) == (True, "Robin Hale")
    assert after["modified_on"] == after["edited_on"] == "2027-02-01T12:01:00.000Z"


def test_edit_leaves_freight_and_discount() -> None:
    """The total moves by the discounted difference: 25 less a tenth, beside freight."""
    sandbox = brand()
    sandbox.add_order(order("a8", order_number="108", discount=10, total=103.65))
    after = the_order(played(Edit(order="108", item=item(5)), sandbox=sandbox), "a8")
    assert after["total"] == Decimal("126.15")


def test_added_items() -> None:
    """An edit adds a size to its line, or a line for a style that was not there."""
    deeds = (
        Edit(order="100", item=item(1, "L")),
        Edit(order="100", item=item(6, "default", "SOCK-1", "Grey")),
    )
    lines = the_order(played(*deeds))["line_items"]
    assert [size["size"] for size in lines[0]["sizes"]] == ["S", "M", "L"]
    assert lines[2]["product"]["style_number"] == "SOCK-1"
    assert lines[2]["sizes"][0]["units_per_pack"] == 6


@pytest.mark.parametrize("generation", [Generation.Y2014, Generation.Y2023])
def test_added_line_has_the_order_s_age(generation: Generation) -> None:
    """A line that is added to an old document looks like its neighbours, and no new keys appear."""
    sandbox = brand()
    old = rendered(order("a8", order_number="108"), generation)
    sandbox.add_order(old)
    deed = Edit(order="108", item=item(6, "default", "SOCK-1", "Grey"), by="Robin Hale")
    after = the_order(played(deed, sandbox=sandbox), "a8")
    assert sorted(after) == sorted(old)
    added = after["line_items"][2]
    assert ("ship_start" in added) is (generation is Generation.Y2023)
    assert "id" not in added
    assert "retail" not in added["sizes"][0]


def test_removed_items() -> None:
    """Quantity 0 takes a size off, and the last size its line."""
    deeds = (Edit(order="100", item=item(0, "M")), Edit(order="100", item=item(0, "OS", "CAP-1", "Red")))
    after = the_order(played(*deeds))
    assert [[size["size"] for size in line["sizes"]] for line in after["line_items"]] == [["S"]]
    assert after["total"] == Decimal("37.5")


def test_split() -> None:
    """A split leaves two independent orders: suffixes, own ids, own sums, own windows."""
    deed = Split(order="100", styles=("CAP-1",), end_ship=date(2027, 4, 30))
    sandbox = played(deed)
    caller = Caller(sandbox)
    first, second = (caller.read(f"/api/order/number/100-{part}") for part in (1, 2))
    assert caller.get("/api/order/number/100").status == 404
    assert (first["_id"], second["_id"] != "a1") == ("a1", True)
    assert (first["total"], second["total"]) == (Decimal("62.5"), 36)
    assert (first["total_quantity"], second["total_quantity"]) == (5, 4)
    assert (first["end_ship"], second["end_ship"]) == (at("2027-03-31"), at("2027-04-30"))
    assert first["start_ship"] == second["start_ship"]
    assert first["order_group_id"] == second["order_group_id"] == "f1"
    assert first["order_discounts"]["original_total"] == "62.5"
    caller.sandbox.schedule([Scene(after=timedelta(0), deed=SetStatus(order="100-2", status="approved"))])
    assert caller.read("/api/order/number/100-2")["status"] == "approved"
    assert caller.read("/api/order/number/100-1")["status"] == "pending"


@pytest.mark.parametrize(("leave", "left", "total"), [(True, 1, "73.5"), (False, 3, "98.5")])
def test_cancelled_units(leave: bool, left: int, total: str) -> None:
    """Cancelled units show in the counters, and by switch in the quantity."""
    after = the_order(played(CancelUnits(order="100", item=item(2)), cancelled_units_leave=leave))
    assert after["line_items"][0]["sizes"][0]["quantity"] == left
    assert after["total"] == Decimal(total)
    assert (after["__cancelled_units"], after["__cancelled_total"]) == (2, 25)
    assert after["__includes_cancelled"] is True


PARTS = (
    Ship(order="100", items=(item(3), CAP), carrier="UPS Ground", tracking="1Z1"),
    Deliver(order="100", tracking="1Z1"),
    Ship(order="100", items=(item(2, "M"),), carrier="UPS Ground", tracking="1Z2"),
    Deliver(order="100", tracking="1Z2"),
)


@pytest.mark.parametrize(
    ("deeds", "status", "parcels"),
    [
        (1, "partial", ["shipped"]),
        (2, "partial", ["delivered"]),
        (3, "shipped", ["delivered", "shipped"]),
        (4, "delivered", ["delivered", "delivered"]),
    ],
)
def test_parcels(deeds: int, status: str, parcels: list[str]) -> None:
    """Parcels leave and arrive; the order's word follows from what is outstanding."""
    after = the_order(played(*PARTS[:deeds]))
    assert after["__shipment_status"] == [status]
    assert [parcel["status"] for parcel in after["shipments"]] == parcels
    assert after["status"] == "pending"


def test_parcel_document() -> None:
    """A parcel names carrier, tracking number, day, and its items by the brand's keys."""
    parcel = the_order(played(PARTS[0]))["shipments"][0]
    assert parcel == {
        "type": "UPS Ground",
        "tracking_numbers": ["1Z1"],
        "status": "shipped",
        "shipment_date": at("2027-02-01"),
        "line_items": [
            {
                "brand_id": "tee-1_nvy",
                "season": "SS27",
                "style_number": "TEE-1",
                "color": "Navy",
                "sizes": [{"size": "S", "upc": "614141000012", "quantity": 3}],
            },
            {
                "season": "SS27",
                "style_number": "CAP-1",
                "color": "Red",
                "sizes": [{"size": "OS", "upc": "614141000036", "quantity": 4}],
            },
        ],
    }


def test_words_of_shipments() -> None:
    """The guessed words are switches."""
    after = the_order(played(PARTS[0], partial_word="in part", shipped_word="sent"))
    assert (after["__shipment_status"], after["shipments"][0]["status"]) == (["in part"], "sent")


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(SetStatus(order="999", status="approved"), id="order"),
        pytest.param(Edit(order="100", item=item(1, style="NONE")), id="style"),
        pytest.param(Split(order="100", styles=("NONE",)), id="split of nothing"),
        pytest.param(Split(order="100", styles=("TEE-1", "CAP-1")), id="split of everything"),
        pytest.param(CancelUnits(order="100", item=item(4)), id="too many cancelled"),
        pytest.param(CancelUnits(order="100", item=item(1, "XL")), id="nothing to cancel"),
        pytest.param(Ship(order="100", items=(item(1, "XL"),), carrier="", tracking=""), id="parcel"),
        pytest.param(Deliver(order="100", tracking="1Z9"), id="delivery"),
    ],
)
def test_script_that_does_not_fit(deed: Deed) -> None:
    """A script that names what is not there is told so."""
    with pytest.raises(ScriptError):
        played(deed)


def test_script_of_another_portal() -> None:
    """A script belongs to a portal; equal numbers elsewhere stay as they are."""
    hands = Hands()
    sandbox = brand(hands)
    sandbox.add_order(order("b1"), portal="Beta")
    sandbox.schedule(
        [Scene(after=timedelta(0), deed=SetStatus(order="100", status="approved"))], portal="Beta"
    )
    assert Caller(sandbox, OTHER).read("/api/order/b1")["status"] == "approved"
    assert the_order(sandbox)["status"] == "pending"


def test_split_of_an_old_document() -> None:
    """A document without sums of its own is split all the same."""
    sandbox = brand()
    sandbox.add_order(rendered(order("a8", order_number="108"), Generation.Y2014))
    played(Split(order="108", styles=("CAP-1",)), sandbox=sandbox)
    second = Caller(sandbox).read("/api/order/number/108-2")
    assert second["total"] == 36
    assert "order_discounts" not in second
