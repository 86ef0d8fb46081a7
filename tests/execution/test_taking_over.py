"""Fields of matched products that the merchant wants from the brand: each once, shown, and taken back."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.rseries.till import Till
from tests.execution.shop import Shop

from po_bridge import Plan, Synced, TakeOver, Undone
from po_bridge.errors import StalePlan
from po_bridge.planning.change import NewPicture, ProductChange
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.seed import DEMO_ORDER, PORTALS

EVERYTHING = frozenset(TakeOver)
TEE = "Harbour Tee"
OTHER = "6a5d0000000000000000ffff"


@pytest.fixture
def shop() -> Shop:
    """A seeded shop that takes everything over."""
    found = Shop()
    found.choose(take_over=EVERYTHING)
    return found


def changes(plan: Plan) -> dict[str, ProductChange]:
    """Changed products by name."""
    return {change.name: change for change in plan.changes if isinstance(change, ProductChange)}


def pictures(plan: Plan) -> list[str]:
    """Names of matched products that get a picture."""
    return sorted(change.name for change in plan.changes if isinstance(change, NewPicture))


def stated(change: ProductChange) -> dict[str, object]:
    """What a change writes, without what it leaves alone."""
    fields = ("description", "codes", "supplier_code", "supply_price")
    return {name: value for name in fields if (value := getattr(change.after, name)) is not None}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (
            TakeOver.SUPPLIER_PRICE,
            {f"{TEE} / Navy / {size}": {"supply_price"} for size in ("S", "M", "L", "XL")},
        ),
        (TakeOver.SUPPLIER_CODE, {"Canvas Tote": {"supplier_code"}, "Merino Scarf": {"supplier_code"}}),
        (
            TakeOver.EMPTY_DESCRIPTION,
            {name: {"description"} for name in (f"{TEE} / Navy / S", "Canvas Tote", "Merino Scarf")},
        ),
        (TakeOver.EMPTY_UPC, {}),
        (TakeOver.EMPTY_IMAGE, {}),
    ],
    ids=lambda one: one.name if isinstance(one, TakeOver) else "",
)
def test_each_choice_takes_its_field_alone(wanted: TakeOver, expected: dict[str, set[str]]) -> None:
    """What differs from the brand's word, or is empty, and nothing else; a family is described once."""
    shop = Shop()
    shop.choose(take_over={wanted})
    plan = shop.plan()
    assert {name: set(stated(change)) for name, change in changes(plan).items()} == expected
    shown = [TEE, "Canvas Tote", "Merino Scarf"] if wanted is TakeOver.EMPTY_IMAGE else []
    assert pictures(plan) == sorted(shown)


def test_nothing_is_taken_over_unasked() -> None:
    """By default matched products are left alone."""
    plan = Shop().plan()
    assert (changes(plan), pictures(plan)) == ({}, [])


def test_what_was_taken_over_is_not_taken_again(shop: Shop) -> None:
    """Applied, the products read as planned; the next plan has nothing left, also no picture for a sibling."""
    plan = shop.plan()
    (outcome,) = shop.bridge.apply(plan).orders.values()
    assert isinstance(outcome, Synced), outcome
    for change in changes(plan).values():
        held = shop.xseries.state.products.by_id[change.product.id]
        if change.after.supply_price is not None:
            assert held.sourcing[0].price == change.after.supply_price
        if change.after.supplier_code is not None:
            assert held.sourcing[0].code == change.after.supplier_code
    assert shop.plan().empty


def test_a_missing_upc_is_filled_in(shop: Shop) -> None:
    """A product with a code of its own alone gets the brand's beside it, and keeps its own."""
    product_id = _without_upc(shop)
    plan = shop.plan()
    (change,) = (one for one in changes(plan).values() if one.product.id == product_id)
    before = [code.text for code in change.before.codes or ()]
    assert [code.text for code in change.after.codes or ()] == [*before, "614141101740"]
    shop.bridge.apply(plan)
    held = shop.xseries.state.products.by_id[product_id].codes
    assert {code.code for code in held} == {*before, "614141101740"}
    assert shop.plan().empty


def _without_upc(shop: Shop) -> str:
    """Take the tote's EAN off it; it is matched by its supplier code then."""
    found = next(one for one in shop.xseries.state.products.by_id.values() if one.name == "Canvas Tote")
    own = tuple(code for code in found.codes if code.code == "TOTE-NAT")
    shop.xseries.merchant.edit_product(found.id, codes=own)
    return found.id


def test_the_merchants_edit_since_the_plan_is_respected(shop: Shop) -> None:
    """A price that somebody changed after the plan was made makes the plan stale; nothing is written."""
    plan = shop.plan()
    product = shop.xseries.state.products.by_id[changes(plan)[f"{TEE} / Navy / S"].product.id]
    link = evolve(product.sourcing[0], price=Decimal("11.11"))
    shop.xseries.merchant.edit_product(product.id, sourcing=(link,))
    with pytest.raises(StalePlan):
        shop.bridge.apply(plan)
    assert shop.xseries.state.products.by_id[product.id].sourcing[0].price == Decimal("11.11")


@pytest.mark.parametrize(
    "kind", [FaultKind.LOSE, FaultKind.RESET, FaultKind.BROKEN], ids=["lost", "reset", "error"]
)
def test_a_fault_on_the_way_doubles_nothing(shop: Shop, kind: FaultKind) -> None:
    """An update whose answer is lost or that fails once is looked up and settled by what stands there."""
    plan = shop.plan()
    shop.xseries.inject(Fault(kind=kind, method="PUT", path="*/products/*"))
    (outcome,) = shop.bridge.apply(plan).orders.values()
    assert isinstance(outcome, Synced), outcome
    assert shop.plan().empty


def test_undo_gives_the_merchants_fields_back(shop: Shop) -> None:
    """Prices, codes and descriptions are what they were before the plan."""
    plan = shop.plan()
    before = {
        key: shop.xseries.state.products.by_id[key] for key in (c.product.id for c in changes(plan).values())
    }
    shop.bridge.apply(plan)
    (outcome,) = shop.bridge.undo(plan.digest, delete_products=True).orders.values()
    assert isinstance(outcome, Undone)
    for key, old in before.items():
        now = shop.xseries.state.products.by_id[key]
        assert (now.sourcing, now.description or None, {c.code for c in now.codes}) == (
            old.sourcing,
            old.description,
            {c.code for c in old.codes},
        )


def test_two_orders_that_want_different_prices(shop: Shop) -> None:
    """The earlier order's price is written, the later one's is named; the change belongs to both."""
    shelf = shop.nuorder.shelf(PORTALS[0].name).orders
    (first,) = (one for one in shelf.values() if one["order_number"] == DEMO_ORDER)
    other = deepcopy(first) | {"_id": OTHER, "order_number": "240999"}
    _reprice(other, "FR-1001", "13.25")
    shelf[OTHER] = other
    plan = shop.plan(DEMO_ORDER, "240999")
    change = changes(plan)[f"{TEE} / Navy / S"]
    assert (change.after.supply_price, len(change.orders)) == (Decimal("12.50000"), 2)
    lost = {(loss.order.order_id, loss.what): loss.value for loss in plan.losses}
    assert lost[OTHER, f"supplier price of {change.name}"] == "13.25000"


def _reprice(order: dict[str, Any], style: str, price: str) -> None:
    for line in order["line_items"]:
        if line["product"]["style_number"] == style:
            for size in line["sizes"]:
                size["price"] = size["price_precise"] = price
    units = [(size["quantity"], size["price"]) for line in order["line_items"] for size in line["sizes"]]
    order["total"] = str(sum((Decimal(str(count)) * Decimal(str(one)) for count, one in units), Decimal(0)))


def test_a_pos_without_descriptions_is_asked_for_none() -> None:
    """R-Series items have no description: that is a named loss, never a change that would come again and again."""
    till = Till()
    till.choose(take_over=EVERYTHING)
    plan = till.plan()
    assert {name for change in changes(plan).values() for name in stated(change)} == {
        "supplier_code",
        "supply_price",
    }
    assert f"description of {TEE}" in {loss.what for loss in plan.losses}
    till.bridge.apply(plan)
    assert till.plan().empty
