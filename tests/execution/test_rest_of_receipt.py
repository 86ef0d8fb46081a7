"""A POS that receives a part closes the order and makes another for the rest: both are one wholesale order's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.execution.shop import Shop
from tests.execution.test_revision import edit, lines, product, purchase

from po_bridge import Plan, Timeline, answer
from po_bridge.models.milestone import Reached
from po_bridge.planning.change import NewOrder, OrderRevision
from po_bridge.planning.lineage import LEAVE, TIE
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.revision import TAKE
from po_bridge.sandbox.seed import DEMO_ORDER


@pytest.fixture
def shop() -> Shop:
    """A seeded shop whose demo order was applied."""
    made = Shop()
    made.sync()
    return made


def split(shop: Shop, number: str) -> str:
    """One small tee of six arrives, and the POS makes an order of that number for the rest."""
    rest = shop.xseries.merchant.split_receipt(purchase(shop), {product(shop, "S"): 1}, reference=number)
    assert rest is not None
    return rest


def tie(plan: Plan) -> Question:
    """The question whether another order holds the rest."""
    (found,) = (question for question in plan.questions if question.key.startswith("tie:"))
    return found


def test_the_rest_under_the_same_number_is_followed(shop: Shop) -> None:
    """Three more of the brand go onto the order for the rest, and nothing is ordered twice."""
    rest, tee = split(shop, DEMO_ORDER), product(shop, "S")
    assert (shop.plan().empty, shop.plan().questions) == (True, ())
    edit(shop, "S", 9)
    plan = shop.plan()
    assert [type(change) for change in plan.changes] == [OrderRevision]
    shop.bridge.apply(plan)
    assert lines(shop, rest)[tee] == 8
    assert shop.plan().empty


def test_an_order_of_another_number_is_asked_about(shop: Shop) -> None:
    """Unchanged, the order needs no answer; once there is something to write, it waits for one."""
    split(shop, "R-77")
    calm = shop.plan()
    assert (calm.empty, calm.blocking, tie(calm).stops) == (True, (), Stops.NOTHING)
    assert "R-77 could hold the rest" in tie(calm).text
    edit(shop, "S", 9)
    assert tie(shop.plan()).stops is Stops.ORDER


def test_what_belongs_to_it_is_followed(shop: Shop) -> None:
    """Tied by a person, the order for the rest takes what the brand adds; the answer holds from then on."""
    rest, tee = split(shop, "R-77"), product(shop, "S")
    edit(shop, "S", 9)
    review = shop.review()
    plan = shop.bridge.plan(shop.bridge.decide(review, {tie(shop.plan()).key: answer(TIE)}))
    assert [type(change) for change in plan.changes] == [OrderRevision]
    assert plan.questions == ()
    shop.bridge.apply(plan)
    assert lines(shop, rest)[tee] == 8
    assert (shop.plan().empty, shop.plan().questions) == (True, ())


@pytest.mark.parametrize("number", [DEMO_ORDER, "R-77"], ids=["same number", "tied by a person"])
def test_what_arrives_on_the_rest_is_seen(shop: Shop, number: str) -> None:
    """The timeline counts what arrived on both orders, and is over when the rest arrived too."""
    rest = split(shop, number)
    review = shop.review()
    for question in shop.bridge.plan(review).questions:
        shop.bridge.decide(review, {question.key: answer(TIE)})
    part = shop.bridge.watch(DEMO_ORDER)
    assert (part.purchase_orders[-1], received(part)) == (rest, (Decimal(1), Decimal(65)))
    shop.xseries.merchant.receive(rest)
    whole = shop.bridge.watch(DEMO_ORDER)
    assert received(whole) == (Decimal(65), Decimal(65))
    assert whole.latest is not None
    assert whole.latest.reached is Reached.RECEIVED


def received(timeline: Timeline) -> tuple[Decimal, Decimal]:
    """Units that arrived and units that were ordered."""
    lines = timeline.lines
    arrived = (line.received or Decimal(0) for line in lines)
    return sum(arrived, Decimal(0)), sum((line.ordered for line in lines), Decimal(0))


def test_what_does_not_belong_to_it_is_left_alone(shop: Shop) -> None:
    """Another order of the merchant's is never written to; what is missing is a further order, if a person wants it."""
    rest, tee = split(shop, "R-77"), product(shop, "S")
    before = lines(shop, rest)
    edit(shop, "S", 9)
    review = shop.bridge.decide(shop.review(), {tie(shop.plan()).key: answer(LEAVE)})
    (edited,) = (
        question for question in shop.bridge.plan(review).blocking if "merchant changed" in question.text
    )
    review = shop.bridge.decide(review, {edited.key: answer(TAKE)})
    for question in shop.bridge.plan(review).blocking:
        review = shop.bridge.decide(review, {question.key: answer(question.answers[0])})
    plan = shop.bridge.plan(review)
    (change,) = plan.changes
    assert isinstance(change, NewOrder)
    assert [line.count for line in change.lines] == [Decimal(8)]
    shop.bridge.apply(plan)
    assert lines(shop, rest) == before
    assert tee in before


def test_an_older_order_is_not_asked_about() -> None:
    """What the merchant ordered of the same goods before can hold no rest."""
    shop = Shop()
    review = shop.review()
    supplier = next(one for one in review.snapshot.suppliers if "Fennick" in one.name)
    tee = next(line.product for line in review.matched if line.product and line.key.size == "S")
    outlet = review.facts.outlets[0].id
    shop.xseries.merchant.create_order(outlet, supplier.id, {tee.id: (1, 5)}, reference="old")
    shop.clock.sleep(60)
    shop.sync()
    split(shop, "R-77")
    assert "R-77" in tie(shop.plan()).text
