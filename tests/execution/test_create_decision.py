"""A line that a person had created is not created again."""

from __future__ import annotations

from tests.execution.shop import Shop

from po_bridge import create_new
from po_bridge.sandbox.seed import DEMO_ORDER


def test_a_created_line_is_linked_afterwards() -> None:
    """The link that the plan made wins over the decision that led to it, for this order and for later ones."""
    shop = Shop()
    review = shop.bridge.review(DEMO_ORDER)
    rulings = {line.key: create_new("ours is another one") for line in review.needs_review}
    plan = shop.bridge.plan(shop.bridge.decide(review, rulings))
    assert shop.bridge.apply(plan).synced
    again = shop.bridge.plan(shop.bridge.review(DEMO_ORDER))
    assert again.empty
    assert not again.questions
