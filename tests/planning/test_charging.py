"""Freight and surcharge are borne by the one purchase order that is made, or named: never dropped, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.planning.wholesale import KEY, dec, line, order

from po_bridge.models.charges import NO_CHARGES, Charges
from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.purchase_order import PurchaseOrder, PurchaseStatus
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.book import Book
from po_bridge.planning.change import NewOrder
from po_bridge.planning.charging import Charging
from po_bridge.planning.notes import Notes
from po_bridge.planning.portion import Bought
from po_bridge.planning.refs import Kind, Known, Ref, Slot
from po_bridge.testing.toy_target import COARSE, FINE

NOTHING: dict[str, str] = {}


def new(name: str = "po") -> NewOrder:
    """A purchase order to be made."""
    due: datetime | None = None
    return NewOrder(
        slot=Slot(kind=Kind.ORDER, name=name),
        draft=OrderDraft(number="1001"),
        supplier=Known(id="s"),
        outlet_id="o",
        outlet="Main",
        due_at=due,
        lines=(),
        status=PurchaseStatus.OPEN,
        known=(),
        orders=(KEY,),
    )


def charged(
    case: WholesaleOrder,
    *changes: NewOrder,
    there: Mapping[str, Charges] | None = None,
    rate: str = "1",
    bears: bool = True,
) -> tuple[list[Charges], Charges, dict[str, str]]:
    """What each new order bears, what must be read back, and the losses with their values."""
    notes = Notes(book=Book())
    held = {key: PurchaseOrder(id=key, charges=charges) for key, charges in (there or {}).items()}
    refs: tuple[Ref, ...] = (*(Known(id=key) for key in held), *(change.slot for change in changes))
    charging = Charging(capabilities=FINE if bears else COARSE, orders=held, notes=notes)
    bought = charging.charged(case, Bought(changes=changes, purchase_orders=refs), Decimal(rate))
    made = [change.charges for change in bought.changes if isinstance(change, NewOrder)]
    return made, bought.charges, {loss.what: loss.value for loss in notes.losses()}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {}),
        ({"freight": 18}, {"freight": "18"}),
        ({"surcharge": "2.5"}, {"surcharge": "2.5"}),
        ({"surcharge_percent": 5}, {"surcharge percent": "5"}),
        ({"surcharge": "-2"}, {"surcharge": "-2"}),
    ],
    ids=["nothing", "freight", "surcharge", "percent", "negative"],
)
def test_a_pos_for_goods_only(more: dict[str, Any], expected: dict[str, str]) -> None:
    """Without fields for it money beside the goods is kept on our record and named."""
    assert charged(order(line(), **more), new(), bears=False) == ([NO_CHARGES], NO_CHARGES, expected)


def test_one_new_order_bears_it() -> None:
    """Freight and surcharge go with the one purchase order and are expected there; nothing is lost."""
    made, expected, lost = charged(order(line(), freight="18.4", surcharge="-2"), new())
    assert made == [expected] == [Charges(freight=dec("18.40"), surcharge=dec(-2))]
    assert lost == NOTHING


def test_surcharges_of_lines_are_one_sum() -> None:
    """Surcharges that only lines state are borne together."""
    case = order(line("A", surcharge="1.5"), line("B", surcharge="0.5"))
    assert charged(case, new())[0] == [Charges(surcharge=dec(2))]
    assert charged(case, new(), bears=False)[2] == {"surcharge": "2.0"}


def test_it_is_converted_and_rounded_to_cents() -> None:
    """At the caller's rate, in the store's currency."""
    assert charged(order(line(), freight="10"), new(), rate="0.33333")[1] == Charges(freight=dec("3.33"))


def test_freight_below_zero_is_named() -> None:
    """No purchase order takes freight below zero; the surcharge beside it is borne all the same."""
    made, expected, lost = charged(order(line(), freight=-5, surcharge=3), new())
    assert made == [expected] == [Charges(surcharge=dec(3))]
    assert lost == {"freight": "-5"}


def test_a_percentage_is_no_amount() -> None:
    """A percentage beside an amount is named, the amount is borne."""
    made, _, lost = charged(order(line(), surcharge=3, surcharge_percent=5), new())
    assert (made, lost) == ([Charges(surcharge=dec(3))], {"surcharge percent": "5"})


def test_several_orders_share_nothing() -> None:
    """Where ship windows divide an order nobody says which part bears the freight: it is named."""
    made, expected, lost = charged(order(line(), freight=18), new("a"), new("b"))
    assert (made, expected, lost) == ([NO_CHARGES, NO_CHARGES], NO_CHARGES, {"freight": "18"})


@pytest.mark.parametrize(
    ("there", "lost"),
    [
        ({"1": Charges(freight=dec(18))}, {}),
        ({"1": Charges(freight=dec(18)), "2": NO_CHARGES}, {}),
        ({"1": Charges(freight=dec(20))}, {"freight": "18"}),
        ({"1": NO_CHARGES, "2": NO_CHARGES}, {"freight": "18"}),
        ({}, {}),
    ],
    ids=["borne", "borne by one of two", "another amount", "by neither", "nothing is ordered"],
)
def test_orders_that_are_there_are_not_touched(there: dict[str, Charges], lost: dict[str, str]) -> None:
    """Nothing is lost where a purchase order bears it already; another amount may be the merchant's and is named."""
    assert charged(order(line(), freight=18), there=there) == ([], NO_CHARGES, lost)


def test_a_further_order_bears_no_freight_again() -> None:
    """Units beyond a received order make a further one; the freight was borne by the first."""
    made, expected, lost = charged(order(line(), freight=18), new(), there={"1": Charges(freight=dec(18))})
    assert (made, expected, lost) == ([NO_CHARGES], NO_CHARGES, NOTHING)


def test_the_loss_says_what_the_order_bears() -> None:
    """A merchant reads what stands in the POS and who must change it."""
    notes = Notes(book=Book())
    held = {"1": PurchaseOrder(id="1", charges=Charges(freight=dec(20)))}
    charging = Charging(capabilities=FINE, orders=held, notes=notes)
    charging.charged(order(line(), freight=18), Bought(purchase_orders=(Known(id="1"),)), Decimal(1))
    (loss,) = notes.losses()
    assert "bears freight 20, which may be the merchant's own" in loss.why
