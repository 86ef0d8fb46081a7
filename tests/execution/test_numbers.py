"""Bare order numbers that several portals bear: told by name, never guessed."""

from __future__ import annotations

import pytest
from tests.execution.shop import Shop

from po_bridge import Synced
from po_bridge.clients.nuorder import NuOrder
from po_bridge.errors import AmbiguousNumber
from po_bridge.sandbox.app import calls

TWICE = "240125"
"""A number of both portals."""


@pytest.fixture
def known() -> tuple[Shop, tuple[str, ...]]:
    """A shop that took over the first of two orders of one number, and the keys of both."""
    shop = Shop()
    with pytest.raises(AmbiguousNumber) as ambiguous:
        shop.bridge.review(TWICE)
    keys = ambiguous.value.keys
    shop.sync(keys[0])
    return shop, keys


def test_number_stays_ambiguous_when_one_of_its_orders_is_known(known: tuple[Shop, tuple[str, ...]]) -> None:
    """A number of two portals raises with both keys also after one of the orders was applied."""
    shop, keys = known
    with pytest.raises(AmbiguousNumber) as ambiguous:
        shop.bridge.review(TWICE)
    assert sorted(ambiguous.value.keys) == sorted(keys)
    assert len(keys) == len(set(keys)) == 2


def test_key_is_never_ambiguous(known: tuple[Shop, tuple[str, ...]]) -> None:
    """Each key means its own order, whichever of them was applied."""
    shop, keys = known
    for key in keys:
        (order,) = shop.bridge.review(key).orders
        assert str(order.key) == key


def test_only_the_applied_order_can_be_published(known: tuple[Shop, tuple[str, ...]]) -> None:
    """Publishing by number means the order that was applied, since the other has no drafts; the brand is not asked."""
    shop, keys = known
    shop.nuorder.log.clear()
    outcome = shop.bridge.publish(TWICE)
    assert [(str(order), type(one)) for order, one in outcome.orders.items()] == [(keys[0], Synced)]
    assert not calls(shop.nuorder.log)


class Plain:
    """A source that cannot leave a portal out."""

    def __init__(self, whole: NuOrder) -> None:
        self.label = whole.label
        self.orders, self.find, self.order, self.style = whole.orders, whole.find, whole.order, whole.style


def test_source_that_asks_every_portal(known: tuple[Shop, tuple[str, ...]]) -> None:
    """Where a source cannot leave a portal out, it is asked for all of them, and the known order counts once."""
    shop, keys = known
    bridge = shop.another(source=Plain(shop.source()))
    with pytest.raises(AmbiguousNumber) as ambiguous:
        bridge.review(TWICE)
    assert sorted(ambiguous.value.keys) == sorted(keys)
    (row,) = bridge.status()
    assert str(row.order) == keys[0]
