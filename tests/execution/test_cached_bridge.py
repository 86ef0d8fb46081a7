"""A Bridge with a cache file: what it reckons, how it waits, and what damage costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import define, evolve
from tests.execution.shop import Shop, small_pages

from po_bridge import Synced
from po_bridge.catalog import SqliteCache, open_cache
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.errors import Forbidden, LeaseHeld
from po_bridge.execution.event import CacheMended, Event, Waiting
from po_bridge.planning.snapshot import Collection
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.seed import DEMO_ORDER
from po_bridge.sandbox.xseries import Goods, Limit
from po_bridge.testing.subject import TrialClock

Open = Callable[[], SqliteCache]


@pytest.fixture
def open_it(tmp_path: Path) -> Iterator[Open]:
    """Opens the cache file; all are closed at the end."""
    opened: list[SqliteCache] = []

    def open_one() -> SqliteCache:
        opened.append(open_cache(tmp_path / "bridge.cache.db"))
        return opened[-1]

    yield open_one
    for cache in opened:
        cache.close()


@pytest.fixture
def shop() -> Shop:
    """A seeded shop with fifty more products."""
    shop = Shop()
    for number in range(50):
        shop.xseries.add_product(Goods(name=f"Sock {number}"))
    return shop


# --- what it will take ----------------------------------------------------------------------------


def test_estimate_before_and_after(shop: Shop, open_it: Open) -> None:
    """Before the first reading the least is told, with a stated number the calls; after it one call a list."""
    bridge = small_pages(shop, open_it())
    blind = bridge.mirror_estimate()
    assert not blind.known
    assert "products" in str(blind)
    assert blind.calls == 11
    products = len(shop.xseries.state.products.by_id)
    stated = bridge.mirror_estimate(products=products)
    by_list = {one.collection: one for one in stated.lists}
    (read, *_) = bridge.refresh()
    assert by_list[Collection.PRODUCTS].known
    assert by_list[Collection.PRODUCTS].calls == read.calls
    after = bridge.mirror_estimate()
    assert (after.calls, after.known) == (len(Collection), True)
    assert str(after) == "6 calls, 2 s"


def test_estimate_counts_what_is_kept(shop: Shop, open_it: Open) -> None:
    """After an interruption only the rest is reckoned."""
    shop.xseries.inject(Fault(kind=FaultKind.REFUSE, status=403, path="/api/*/products", call=4))
    bridge = small_pages(shop, open_it())
    with pytest.raises(Forbidden):
        bridge.refresh()
    products = len(shop.xseries.state.products.by_id)
    (first, *_) = bridge.mirror_estimate(products=products).lists
    assert (first.kept, first.calls) == (30, -(-(products - 30) // 10) + 1)


def test_estimate_is_in_windows(shop: Shop, open_it: Open) -> None:
    """Time is reckoned in windows of the rate budget: many calls wait for several of them."""
    bridge = small_pages(shop, open_it())
    estimate = bridge.mirror_estimate(products=20_000)
    assert estimate.calls == 2_010
    assert 5 * 300 <= estimate.seconds <= 5 * 300 + 350 * 0.3
    assert "350 calls pass in 5 min" in str(estimate)


# --- lines of orders that stand ---------------------------------------------------------------------


def test_an_order_that_stands_costs_one_read(shop: Shop, open_it: Open) -> None:
    """Where changed lines are known to move their order, an unchanged repeat is the cursor and one read.

    A line that the merchant changes is seen all the same.
    """
    target = XSeries(
        domain_prefix="demo",
        token=shop.store.token,
        address="https://pos.test",
        image_host="orders.test",
        settings=Settings(settle=30.0, line_moves_version=True),
    )
    shop.bridge = shop.another(cache=open_it(), target=target)
    outcome = shop.sync()
    (synced,) = outcome.orders.values()
    assert isinstance(synced, Synced)
    assert shop.plan().empty
    shop.asked()
    assert shop.plan().empty
    assert sum(shop.asked().values()) == 2
    (purchase,) = synced.purchase_orders
    line = (shop.review().snapshot.orders[purchase].lines or ())[0]
    shop.xseries.merchant.edit_line(purchase, line.product_id, count=77)
    snapshot = shop.bridge.review(DEMO_ORDER).snapshot.orders[purchase]
    assert Decimal(77) in {one.count for one in snapshot.lines or ()}


# --- the budget in a Bridge -----------------------------------------------------------------------


def test_plan_says_how_long_and_keeps_it(shop: Shop, open_it: Open) -> None:
    """With few calls a window the plan reckons with waiting, and applying waits so long, without a refusal."""
    shop.xseries.limit = Limit(per_register=4, extra=0)
    waits: list[Waiting] = []

    def hear(event: Event) -> None:
        if isinstance(event, Waiting):
            waits.append(event)

    shop.bridge = shop.another(cache=open_it(), on_event=hear)
    plan = shop.plan()
    assert plan.estimate is not None
    assert plan.estimate.seconds >= 300
    outcome = shop.bridge.apply(plan)
    assert outcome.synced
    assert waits
    assert not [one for one in shop.xseries.log if getattr(one.answer, "status", 0) == 429]


def test_lease_lives_through_a_wait(shop: Shop, open_it: Open) -> None:
    """While a run waits for the next window nobody else gets its order, and the run goes on afterwards."""
    shop.xseries.limit = Limit(per_register=4, extra=0)
    plan = shop.plan()
    keys = tuple(f"{plan.store}/order {key}" for key in plan.orders)
    other = evolve(shop.journal.worker(), host="far.example", worker="other")
    refused: list[LeaseHeld] = []

    @define
    class Grasping(TrialClock):
        """At every tick another worker tries to take the order."""

        def sleep(self, seconds: float) -> None:
            """Move on."""
            shop.clock.sleep(seconds)
            self.moment = shop.clock.moment
            try:
                shop.journal.release(shop.journal.take(keys, other, self.moment, 1.0))
            except LeaseHeld as held:
                refused.append(held)

    clock = Grasping(moment=shop.clock.moment)
    bridge = shop.another(cache=open_it(), clock=clock)
    assert bridge.apply(plan).synced
    assert len(refused) > 100


# --- damage on the way ----------------------------------------------------------------------------


def test_damage_does_not_stop_a_sync(shop: Shop, open_it: Open, tmp_path: Path) -> None:
    """A cache that turns out damaged in the middle of a review is read again, and an event says so."""
    events: list[Event] = []
    shop.bridge = shop.another(cache=open_it(), on_event=events.append)
    before = shop.review()
    with closing(sqlite3.connect(tmp_path / "bridge.cache.db")) as connection:
        connection.execute("UPDATE product SET document = x'00'")
        connection.commit()
    after = shop.review()
    assert after.matches.keys() == before.matches.keys()
    assert [type(after.matches[key]) for key in after.matches] == [
        type(before.matches[key]) for key in after.matches
    ]
    (mended,) = [event for event in events if isinstance(event, CacheMended)]
    assert "read again" in mended.why
    assert shop.bridge.apply(shop.bridge.plan(after)).synced


def test_file_made_anew_is_told(shop: Shop, open_it: Open, tmp_path: Path) -> None:
    """A file that was made anew when it was opened is told with the first call."""
    path = tmp_path / "bridge.cache.db"
    open_it().close()
    with path.open("r+b") as file:
        file.write(bytes(16))
    events: list[Event] = []
    shop.another(cache=open_it(), on_event=events.append).refresh()
    assert isinstance(events[0], CacheMended)
