"""Orders on their whole way into an R-Series account, by the planner and the engine that know no vendor."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.clients.rseries.till import Till

from po_bridge import Differs, Outcome, Synced, Undone
from po_bridge.clients.rseries import Application, RSeries
from po_bridge.execution.event import Event, StepMarked
from po_bridge.journal.memory_tokens import MemoryTokens
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.planning.change import NewFamily, NewOrder, OrderRevision
from po_bridge.planning.mark import Mark
from po_bridge.planning.plan import Plan
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.nuorder import Edit, Item, Scene
from po_bridge.sandbox.rseries import OrderStatus, Switches
from po_bridge.sandbox.seed import DEMO_ORDER, PORTALS


@pytest.fixture
def till() -> Till:
    """A seeded account."""
    return Till()


def purchase_of(outcome: Outcome) -> int:
    """Number of the one purchase order of a synced plan."""
    (order,) = outcome.orders.values()
    assert isinstance(order, Synced), order
    return int(order.purchase_orders[0])


def minimum(plan: Plan) -> int:
    """The reference's formula: matrices, variants, pictures, the order and its lines, for brand and vendor known."""
    families = [change for change in plan.changes if isinstance(change, NewFamily)]
    (order,) = (change for change in plan.changes if isinstance(change, NewOrder))
    matrices = sum(bool(family.options) for family in families)
    variants = sum(len(family.members) for family in families)
    pictures = sum(len(family.images) for family in families)
    return matrices + variants + pictures + 1 + len(order.lines)


def edit(till: Till, size: str, units: int) -> None:
    """The rep sets a quantity of the navy tee."""
    item = Item(style_number="FR-1001", color="Navy", size=size, units=units)
    till.nuorder.schedule([Scene(after=timedelta(0), deed=Edit(order=DEMO_ORDER, item=item))])
    till.nuorder.advance()


def charge(till: Till, shipping: str, surcharge: str = "0") -> None:
    """The brand asks for freight and a surcharge; its total grows by both."""
    (found,) = (
        document
        for portal in PORTALS
        for document in till.nuorder.shelf(portal.name).orders.values()
        if document["order_number"] == DEMO_ORDER
    )
    before = found.setdefault("order_discounts", {})
    stated = sum(Decimal(before.get(key, 0)) for key in ("shipping_final_amount", "surcharge"))
    found["total"] = str(Decimal(str(found["total"])) - stated + Decimal(shipping) + Decimal(surcharge))
    found["order_discounts"] = before | {"shipping_final_amount": shipping, "surcharge": surcharge}


def units(till: Till, order: int) -> list[int]:
    """Counts of an order, sorted."""
    return sorted(line.quantity for line in till.rseries.state.lines_of(order))


def test_an_order_is_synced_in_the_fewest_writes(till: Till) -> None:
    """Every line has the ordered count, once, at its cost; the writes are those of the formula."""
    review = till.review()
    plan = till.bridge.plan(review)
    till.asked()
    order = purchase_of(till.bridge.apply(plan))
    asked = till.asked()
    assert asked["POST"] + asked["PUT"] == minimum(plan)
    assert units(till, order) == sorted(int(line.units) for line in review.lines)
    held = till.rseries.state.orders.by_id[order]
    assert (held.ref_num, held.discount) == (DEMO_ORDER, Decimal(0))
    lines = till.rseries.state.lines_of(order)
    assert all(line.price == line.original_price for line in lines)
    assert sum((line.price * line.quantity for line in lines), Decimal(0)) == Decimal(1416)
    assert till.rseries.ignored == []


def test_what_the_account_cannot_hold_is_a_named_loss(till: Till) -> None:
    """Descriptions, and the order's date as long as it is open, are named with the reason."""
    losses = {loss.what: loss.why for loss in till.plan().losses}
    assert "an order bears its date once it is marked as ordered" in losses["order date"]
    assert "no description" in losses["description of Cable Cardigan"]


def test_freight_and_surcharge_stand_on_the_order(till: Till) -> None:
    """They go into the fields for shipping and other costs and are read back; repeated, nothing is left to do."""
    charge(till, shipping="18.40", surcharge="-2.50")
    plan = till.plan()
    assert not {"freight", "surcharge"} & {loss.what for loss in plan.losses}
    assert "freight" in str(plan)
    order = purchase_of(till.bridge.apply(plan))
    held = till.rseries.state.orders.by_id[order]
    assert (held.ship_cost, held.other_cost) == (Decimal("18.40"), Decimal("-2.50"))
    again = till.plan()
    assert (again.empty, [loss.what for loss in again.losses if loss.what == "freight"]) == (True, [])


def test_freight_that_changed_is_the_merchants_to_follow(till: Till) -> None:
    """An order that was made keeps its shipping costs; the plan names what the brand asks for now."""
    charge(till, shipping="18.40")
    order = purchase_of(till.sync())
    charge(till, shipping="25")
    plan = till.plan()
    (loss,) = (loss for loss in plan.losses if loss.what == "freight")
    assert (loss.value, "bears freight 18.4" in loss.why) == ("25", True)
    till.bridge.apply(plan)
    assert till.rseries.state.orders.by_id[order].ship_cost == Decimal("18.40")


def test_freight_that_did_not_arrive_differs(till: Till) -> None:
    """What somebody took off while the lines were written is read back and told."""
    charge(till, shipping="18.40")
    plan = till.plan()

    def meddle(event: Event) -> None:
        for number in till.rseries.state.orders.by_id:
            till.rseries.merchant.edit_order(number, ship_cost=Decimal(0))

    bridge = till.another(on_event=meddle)
    (outcome,) = bridge.apply(plan).orders.values()
    assert isinstance(outcome, Differs)
    assert [(one.where, one.planned, one.found) for one in outcome.differences] == [("freight", "18.40", "0")]


def test_new_products_are_off_the_web_shop_with_their_prices(till: Till) -> None:
    """Variants inherit nothing of their matrix, so each bears its own price, cost, code and vendor number."""
    purchase_of(till.sync())
    made = [item for item in till.rseries.state.items if item.description.startswith("Cable Cardigan")]
    assert [item.description for item in made] == [
        f"Cable Cardigan Oat {size}" for size in ("XS", "S", "M", "L")
    ]
    for item in made:
        assert not item.publish
        assert item.default_cost == 48
        assert {item.prices[1], item.prices[2]} == {Decimal(120)}
        assert len(item.upc) == 12
        assert item.vendor_nums[0].value.startswith("FR-2001-Oat-")


def test_an_unchanged_order_costs_two_reads(till: Till) -> None:
    """The product list and the purchase order are read, nothing is written, nothing is left to do."""
    till.sync()
    till.asked()
    plan = till.plan()
    assert (plan.empty, plan.questions) == (True, ())
    assert till.asked() == {"GET": 2}


def test_a_sent_order_bears_the_day_it_was_placed(till: Till) -> None:
    """Marked as sent, an order has the wholesale order's date in the shop's calendar, set after its lines."""
    till.choose(order_status=PurchaseStatus.SENT)
    plan = till.plan()
    assert not [loss for loss in plan.losses if loss.what == "order date"]
    order = purchase_of(till.bridge.apply(plan))
    (draft,) = (change.draft for change in plan.changes if isinstance(change, NewOrder))
    assert till.rseries.merchant.status(order) is OrderStatus.ORDERED
    ordered = till.rseries.state.orders.by_id[order].ordered_at
    assert ordered is not None
    assert draft.created_at is not None
    assert abs(ordered - draft.created_at) < timedelta(days=1)


@pytest.mark.parametrize("path", ["*/Item.json", "*/ItemMatrix.json", "*/Order.json", "*/OrderLine.json"])
def test_a_lost_answer_doubles_nothing(till: Till, path: str) -> None:
    """A write whose answer is lost is looked up and not sent again."""
    plan = till.plan()
    till.rseries.inject(Fault(kind=FaultKind.LOSE, method="POST", path=path))
    order = purchase_of(till.bridge.apply(plan))
    assert len(till.rseries.state.orders) == 1
    assert units(till, order) == sorted(int(line.count) for line in plan.goals[0].lines)
    assert till.plan().empty


def test_an_edited_order_is_followed_with_one_write(till: Till) -> None:
    """A changed count sets the one line; the new total is read back."""
    order = purchase_of(till.sync())
    edit(till, "S", 9)
    till.asked()
    plan = till.plan()
    assert [type(change) for change in plan.changes] == [OrderRevision]
    till.asked()
    till.bridge.apply(plan)
    assert till.asked()["PUT"] == 1
    assert 9 in units(till, order)
    assert till.plan().empty


def test_received_units_are_a_floor(till: Till) -> None:
    """What arrived is not taken back: fewer units than were received is a question."""
    order = purchase_of(till.sync())
    item = next(line.item_id for line in till.rseries.state.lines_of(order) if line.quantity == 6)
    till.rseries.merchant.receive(order, {item: 5})
    (row,) = till.bridge.status()
    read = till.bridge.plan(till.review())
    assert row.purchase_orders == (str(order),)
    assert not read.changes
    edit(till, "S", 2)
    assert till.plan().questions


@pytest.mark.parametrize("products", [False, True], ids=["products stay", "products too"])
def test_undo_takes_back_what_the_plan_made(till: Till, products: bool) -> None:
    """The order is put away; products and their matrices only where a person says so."""
    before = sum(not item.archived for item in till.rseries.state.items)
    plan = till.plan()
    order = purchase_of(till.bridge.apply(plan))
    (outcome,) = till.bridge.undo(plan.digest, delete_products=products).orders.values()
    assert isinstance(outcome, Undone)
    assert till.rseries.state.orders.by_id[order].archived
    alive = sum(not item.archived for item in till.rseries.state.items)
    assert (alive == before) is products
    made = [one for one in till.rseries.state.matrices if one.description == "Cable Cardigan"]
    assert [one.archived for one in made] == [products]


def test_new_families_bear_the_tags_of_the_setup(till: Till) -> None:
    """Tags go onto the matrix with its creation, so that they take no call of their own."""
    till.choose(tags=("New In",))
    purchase_of(till.sync())
    made = [one for one in till.rseries.state.matrices if one.description == "Cable Cardigan"]
    assert [one.tags for one in made] == [("newin",)]


def test_an_order_that_the_merchant_put_away_is_a_question(till: Till) -> None:
    """Nothing is written anew behind his back."""
    order = purchase_of(till.sync())
    till.rseries.merchant.archive_order(order)
    plan = till.plan()
    assert not plan.changes
    assert plan.questions


def test_an_order_typed_by_hand_is_a_question(till: Till) -> None:
    """A live order of this vendor that bears the number may be adopted, or another one is made."""
    vendor = next(one.id for one in till.rseries.state.vendors if one.name == "Fennick & Rowe")
    shop = int(next(iter(till.account.shops.values())))
    typed = till.rseries.merchant.create_order(shop, vendor, {}, ref_num=DEMO_ORDER)
    (question,) = [one for one in till.plan().questions if one.key.startswith("already there")]
    assert any(str(typed) in answer for answer in question.answers)


def test_a_storm_of_refusals_for_the_limit_is_waited_out(till: Till) -> None:
    """Asked to come again, the run waits as long as it is told, and ends with each line once."""
    plan = till.plan()
    till.rseries.inject(Fault(kind=FaultKind.BUSY, path="*/OrderLine.json", times=3, seconds=20))
    began = till.clock.now()
    order = purchase_of(till.bridge.apply(plan))
    assert till.clock.now() - began >= timedelta(seconds=20)
    assert units(till, order) == sorted(int(line.count) for line in plan.goals[0].lines)


def test_a_token_that_ends_in_mid_plan_is_renewed_and_nothing_is_doubled() -> None:
    """The step that meets the expired token is sent again as a new attempt with the fresh one."""
    till = Till(switches=Switches(token_life=timedelta(seconds=40)))
    till.rseries.add_client("client", "top-secret", "https://shop.example/back")
    pair = till.rseries.add_pair("client")
    kept = {"access_token": pair.access_token, "refresh_token": pair.refresh_token}
    tokens = MemoryTokens({"r-series:123456": kept})
    target = RSeries(
        account_id="123456",
        tokens=tokens,
        application=Application(client_id="client", client_secret="top-secret"),
        address="https://pos.test",
        image_host="orders.test",
    )
    slept: list[Event] = []

    def sleep_once(event: Event) -> None:
        if isinstance(event, StepMarked) and event.mark is Mark.DONE and not slept:
            slept.append(event)
            till.clock.sleep(45)

    till.bridge = till.another(target=target, on_event=sleep_once)
    plan = till.plan()
    order = purchase_of(till.bridge.apply(plan))
    assert slept
    assert dict(tokens.load("r-series:123456") or {})["access_token"] != pair.access_token
    assert units(till, order) == sorted(int(line.count) for line in plan.goals[0].lines)
    assert till.plan().empty
