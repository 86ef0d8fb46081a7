"""An order that changed after it was applied: a delta, the merchant's own edits kept, received units a floor."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.execution.shop import Shop

from po_bridge import OrderKey, Outcome, Synced, answer
from po_bridge.errors import OpenQuestions
from po_bridge.planning.change import NewOrder, OrderRevision
from po_bridge.planning.refs import Known
from po_bridge.planning.revision import FURTHER, KEEP, REMOVE, TAKE
from po_bridge.planning.same_number import ADOPT, CREATE_ANOTHER
from po_bridge.sandbox.nuorder import Edit, Item, Scene, SetStatus
from po_bridge.sandbox.seed import DEMO_ORDER

TEE = {"style_number": "FR-1001", "color": "Navy"}


@pytest.fixture
def shop() -> Shop:
    """A seeded shop whose demo order was applied."""
    made = Shop()
    made.sync()
    made.asked()
    return made


def edit(shop: Shop, size: str, units: int, *, style: str = "FR-1001", color: str = "Navy") -> None:
    """The rep sets a quantity."""
    item = Item(style_number=style, color=color, size=size, units=units)
    shop.nuorder.schedule([Scene(after=timedelta(0), deed=Edit(order=DEMO_ORDER, item=item))])
    shop.nuorder.advance()


def purchase(shop: Shop) -> str:
    """Id of the purchase order."""
    (row,) = shop.bridge.status()
    return row.purchase_orders[-1]


def lines(shop: Shop, order_id: str) -> dict[str, Decimal]:
    """Counts of an order in the POS, by product."""
    return {line.id: Decimal(line.count or 0) for line in shop.xseries.state.lines[order_id].all_live()}


def product(shop: Shop, size: str) -> str:
    """The POS product of a size of the navy tee."""
    review = shop.bridge.review(DEMO_ORDER)
    line = next(
        line for line in review.lines if line.key.size == size and line.lines[0].style_number == "FR-1001"
    )
    assert line.product is not None
    return line.product.id


def writes(shop: Shop) -> int:
    """Mutating requests since the last look."""
    counted = shop.asked()
    return counted["POST"] + counted["PUT"] + counted["DELETE"]


def test_an_unchanged_order_costs_no_write(shop: Shop) -> None:
    """Nothing is left to do, and nothing is written."""
    plan = shop.plan()
    assert plan.empty
    assert not plan.questions
    shop.bridge.apply(plan)
    assert writes(shop) == 0


@pytest.mark.parametrize("units", [1, 50], ids=["fewer", "more"])
def test_a_changed_quantity_is_one_write(shop: Shop, units: int) -> None:
    """The line is set; everything else stays as it is."""
    before = lines(shop, purchase(shop))
    edit(shop, "S", units)
    plan = shop.plan()
    (change,) = plan.changes
    assert isinstance(change, OrderRevision)
    shop.asked()
    outcome = shop.bridge.apply(plan)
    assert outcome.synced
    assert writes(shop) == 1
    assert lines(shop, purchase(shop)) == before | {product(shop, "S"): Decimal(units)}
    assert shop.plan().empty


def test_an_added_colour_is_added(shop: Shop) -> None:
    """A colour that was not on the order becomes a line."""
    edit(shop, "S", 3, color="Rust")
    plan = shop.plan()
    assert any(isinstance(change, OrderRevision) and change.added for change in plan.changes)
    assert shop.bridge.apply(plan).synced
    assert shop.plan().empty


def test_a_removed_line_needs_a_yes(shop: Shop) -> None:
    """Steps that destroy need an explicit yes."""
    gone = product(shop, "S")
    edit(shop, "S", 0)
    review = shop.review()
    plan = shop.bridge.plan(review)
    with pytest.raises(OpenQuestions):
        shop.bridge.apply(plan)
    (question,) = plan.blocking
    assert question.text.startswith(
        "Harbour Tee / Navy / S: no line of the brand's order goes to it any more"
    )
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(REMOVE)}))
    assert shop.bridge.apply(plan).synced
    assert gone not in lines(shop, purchase(shop))
    assert shop.plan().empty


@pytest.mark.parametrize(("said", "count"), [(KEEP, 7), (TAKE, 30)], ids=["keep", "take"])
def test_a_line_that_both_changed_is_a_question(shop: Shop, said: str, count: int) -> None:
    """The merchant's edit is kept unless a person says otherwise."""
    tee = product(shop, "S")
    shop.xseries.merchant.edit_line(purchase(shop), tee, count=7)
    edit(shop, "S", 30)
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(said)}))
    assert shop.bridge.apply(plan).synced
    assert lines(shop, purchase(shop))[tee] == count


def test_a_line_only_the_merchant_changed_is_left_alone(shop: Shop) -> None:
    """No change of the brand, no write and no question."""
    shop.xseries.merchant.edit_line(purchase(shop), product(shop, "S"), count=7)
    plan = shop.plan()
    assert plan.empty
    assert not plan.blocking


def test_received_units_are_a_floor_and_more_are_offered_as_a_further_order(shop: Shop) -> None:
    """From DISPATCHED on the lines stay; more units go on a further purchase order."""
    first, tee = purchase(shop), product(shop, "S")
    shop.xseries.merchant.arrive(first, {tee: 2})
    edit(shop, "S", 40)
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    assert FURTHER in question.answers
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(FURTHER)}))
    (change,) = plan.changes
    assert isinstance(change, NewOrder)
    outcome = shop.bridge.apply(plan)
    assert outcome.synced
    second = purchase(shop)
    assert second != first
    assert lines(shop, first)[tee] + lines(shop, second)[tee] == 40
    assert shop.plan().empty


def test_fewer_than_received_is_told(shop: Shop) -> None:
    """What arrived cannot be taken off."""
    first, tee = purchase(shop), product(shop, "S")
    before = lines(shop, first)[tee]
    shop.xseries.merchant.arrive(first, {tee: before})
    edit(shop, "S", 1)
    plan = shop.plan()
    assert plan.empty
    assert any("were received" in question.text for question in plan.questions)


def test_a_split_receipt_of_the_same_number_is_tied(shop: Shop) -> None:
    """The order the POS made for the rest belongs to the lineage; nothing is ordered again."""
    first, tee = purchase(shop), product(shop, "S")
    shop.xseries.merchant.split_receipt(first, {tee: 1})
    plan = shop.plan()
    assert plan.empty
    assert not plan.blocking


@pytest.mark.parametrize("how", ["delete_order", "cancel"])
def test_an_order_that_is_gone_in_the_pos_is_a_question(shop: Shop, how: str) -> None:
    """Deleted or cancelled there: a person says whether another is made."""
    getattr(shop.xseries.merchant, how)(purchase(shop))
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    assert CREATE_ANOTHER in question.answers
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(CREATE_ANOTHER)}))
    assert [type(change) for change in plan.changes] == [NewOrder]
    assert shop.bridge.apply(plan).synced


def test_an_order_cancelled_with_the_brand_is_a_question(shop: Shop) -> None:
    """Nothing is taken out of the POS without a word."""
    shop.nuorder.schedule([Scene(after=timedelta(0), deed=SetStatus(order=DEMO_ORDER, status="cancelled"))])
    shop.nuorder.advance()
    plan = shop.plan(any_status=True)
    assert any("cancelled" in question.text for question in plan.blocking)


def typed_as(number: str) -> tuple[Shop, str]:
    """A shop whose merchant typed the demo order by hand under a number, two lines of it."""
    shop = Shop()
    review = shop.review()
    supplier = next(s for s in review.snapshot.suppliers if "Fennick" in s.name)
    known = [line.product.id for line in review.matched if line.product][:2]
    order = shop.xseries.merchant.create_order(
        review.facts.outlets[0].id, supplier.id, dict.fromkeys(known, (1, 5)), reference=number
    )
    return shop, order


@pytest.fixture
def typed() -> tuple[Shop, str]:
    """A shop whose merchant typed the demo order by hand, two lines of it."""
    return typed_as(DEMO_ORDER)


WIDE = DEMO_ORDER.translate({ord(digit): ord(digit) - ord("0") + 0xFF10 for digit in "0123456789"})
"""The number in full-width digits."""


@pytest.mark.parametrize(
    ("number", "there"),
    [(f" {DEMO_ORDER} ", True), (WIDE, True), (f"#{DEMO_ORDER}", False), (f"{DEMO_ORDER}-1", False)],
    ids=["white space", "full width", "a sign", "a suffix"],
)
def test_a_number_is_known_however_it_was_typed(number: str, there: bool) -> None:
    """White space and full-width digits hide no order of this number; more than that is not guessed."""
    shop, order = typed_as(number)
    answers = [question.answers for question in shop.plan().blocking]
    assert answers == ([(f"{ADOPT} {order}", CREATE_ANOTHER, "skip")] if there else [])


def test_an_order_typed_by_hand_is_a_question(typed: tuple[Shop, str]) -> None:
    """Adopt, create another, or skip."""
    shop, order = typed
    plan = shop.plan()
    (question,) = plan.blocking
    assert question.answers == (f"{ADOPT} {order}", CREATE_ANOTHER, "skip")
    with pytest.raises(OpenQuestions):
        shop.bridge.apply(plan)


def test_an_adopted_order_is_brought_in_line(typed: tuple[Shop, str]) -> None:
    """No second order is made; the lines follow the wholesale order."""
    shop, order = typed
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(f"{ADOPT} {order}")}))
    assert not any(isinstance(change, NewOrder) for change in plan.changes)
    outcome: Outcome = shop.bridge.apply(plan)
    (one,) = outcome.orders.values()
    assert isinstance(one, Synced)
    assert one.purchase_orders == (order,)
    assert sum(lines(shop, order).values()) == sum(
        (line.units for line in shop.bridge.review(DEMO_ORDER).lines), Decimal(0)
    )
    assert shop.plan().empty


def test_a_skipped_order_writes_nothing(typed: tuple[Shop, str]) -> None:
    """A person left the order out."""
    shop, _ = typed
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer("skip")}))
    assert not any(isinstance(change, NewOrder) for change in plan.changes)


def test_many_orders_share_what_they_need(shop: Shop) -> None:
    """Several orders in one plan: shared records are made once, each order's outcome stands alone."""
    fresh = Shop()
    review = fresh.review(DEMO_ORDER, "240118", "240119-1")
    rulings = {q.key: answer(q.answers[0]) for q in fresh.bridge.plan(review).blocking if q.answers}
    review = fresh.bridge.decide(review, rulings) if rulings else review
    plan = fresh.bridge.plan(review)
    made = [str(slot) for step in plan.steps for slot in getattr(step.write, "slots", ())]
    assert len(made) == len(set(made))
    assert {type(key) for key in plan.orders} == {OrderKey}
    assert len(plan.orders) == 3
    assert all(
        isinstance(line.product, Known) or line.product in plan.agenda.makers for line in plan.goals[0].lines
    )
    del shop
