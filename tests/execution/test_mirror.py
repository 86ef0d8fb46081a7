"""The mirror while a store lives on: read in pieces, by several workers, and by lists that lie."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from attrs import define, evolve
from tests.execution.drivers import Blocking
from tests.execution.shop import Shop, small_pages

from po_bridge import AsyncBridge, MemoryJournal, Synced
from po_bridge.catalog import SqliteCache, open_cache
from po_bridge.errors import Broken, Misuse, RemoteError
from po_bridge.execution.event import Event, MirrorRead
from po_bridge.execution.memory_cache import MemoryCache
from po_bridge.execution.refresh import FACTS_AGE, drain, facts_of
from po_bridge.models.named_record import NamedRecord
from po_bridge.planning.snapshot import Collection, Page
from po_bridge.ports.cache import Mirror
from po_bridge.ports.exchange import Exchange
from po_bridge.sandbox.app import Sandbox
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.seed import DEMO_ORDER
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Goods
from po_bridge.testing.subject import TrialClock
from po_bridge.testing.toy_target import ToyTarget

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
        goods = Goods(
            name=f"Sock {number // 5}", codes=(f"SOCK-{number}",), options={"Size": str(number % 5)}
        )
        shop.xseries.add_product(goods)
    return shop


def held(mirror: Mirror, shop: Shop) -> object:
    """Everything a mirror says of a store."""
    ids = list(shop.xseries.state.products.by_id)
    names = [product.name for product in shop.xseries.state.products.by_id.values()]
    codes = [code.code for product in shop.xseries.state.products.by_id.values() for code in product.codes]
    numbers = [order.reference or "" for order in shop.xseries.state.consignments.by_id.values()]
    named = {one: mirror.named(one) for one in Collection}
    return (
        mirror.products(ids),
        mirror.families(names),
        mirror.codes(codes),
        mirror.orders(numbers, ()),
        named,
    )


def fresh(shop: Shop) -> Mirror:
    """A mirror read from the beginning."""
    cache = MemoryCache()
    shop.another(cache=cache).refresh()
    return cache.mirror


# --- read in pieces -------------------------------------------------------------------------------


def test_every_list_is_read_to_its_end(shop: Shop, open_it: Open) -> None:
    """A refresh tells for each list what it read; a second one takes one call a list and finds nothing."""
    cache = open_it()
    bridge = small_pages(shop, cache)
    products = len(shop.xseries.state.products.by_id)
    first = {read.collection: read for read in bridge.refresh()}
    assert first[Collection.PRODUCTS].records == products
    assert first[Collection.PRODUCTS].calls == -(-products // 10) + 1
    shop.asked()
    second = bridge.refresh()
    assert [(read.records, read.calls) for read in second if read.collection is not Collection.OPTIONS] == [
        (0, 1)
    ] * 5
    assert shop.asked().total() == len(Collection)
    assert held(cache.mirror, shop) == held(fresh(shop), shop)


def test_progress_is_told(shop: Shop, open_it: Open) -> None:
    """Each page that was kept is told with records and calls so far; an empty one is not worth telling."""
    events: list[Event] = []
    small_pages(shop, open_it(), events.append).refresh()
    told = [event for event in events if isinstance(event, MirrorRead)]
    products = [event for event in told if event.collection is Collection.PRODUCTS]
    assert [event.calls for event in products] == list(range(1, len(products) + 1))
    assert [event.records for event in products][:3] == [10, 20, 30]
    assert all(event.records for event in told)


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.BROKEN, FaultKind.TRUNCATE, FaultKind.HTML])
def test_interrupted_reading_goes_on(shop: Shop, open_it: Open, kind: FaultKind) -> None:
    """A reading that breaks off goes on where it was, in another process too: no page is read twice."""
    shop.xseries.inject(Fault(kind=kind, path="/api/*/products", call=4, times=99))
    with pytest.raises(RemoteError):
        small_pages(shop, open_it()).refresh()
    shop.xseries.inject()
    before = open_it().mirror.extent(Collection.PRODUCTS)
    assert (before.records, before.complete) == (30, False)
    shop.asked()
    cache = open_it()
    (products, *_) = small_pages(shop, cache).refresh()
    total = len(shop.xseries.state.products.by_id)
    assert products.records == total - 30
    assert products.calls == -(-(total - 30) // 10) + 1
    assert held(cache.mirror, shop) == held(fresh(shop), shop)


def test_short_pages(shop: Shop, open_it: Open) -> None:
    """A page shorter than asked for is not the last one."""
    shop.xseries.switches = evolve(shop.xseries.switches, short_pages=True)
    cache = open_it()
    small_pages(shop, cache).refresh()
    assert cache.mirror.extent(Collection.PRODUCTS).records == len(shop.xseries.state.products.by_id)


def test_cursor_that_does_not_advance(shop: Shop, open_it: Open) -> None:
    """A list that gives its first page again and again is an error in words, after two calls."""
    shop.xseries.switches = evolve(shop.xseries.switches, stuck_cursor=True)
    with pytest.raises(Broken, match="does not advance"):
        small_pages(shop, open_it()).refresh()
    assert shop.asked().total() == 2


@define(kw_only=True)
class Turning(ToyTarget):
    """Its positions go round in a circle."""

    asked: int = 0

    def changes(self, collection: Collection, since: str) -> Exchange[Page]:
        """The next of three positions."""
        self.asked += 1
        yield from ()
        position = {"": "1", "1": "2", "2": "1"}[since]
        return Page(records=(NamedRecord(id=position, name="A"),), position=position, more=True)


def test_cursor_that_goes_round() -> None:
    """A list whose positions come back is an error in words too, whatever they look like."""
    target = Turning()
    with pytest.raises(Broken, match="comes back"):
        Blocking()(drain(target, MemoryCache().mirror, Collection.BRANDS))
    assert target.asked == 3


# --- the store lives on ---------------------------------------------------------------------------


def renamed(shop: Shop, ids: list[str]) -> None:
    """A family gets another name."""
    shop.xseries.merchant.rename_product(ids[0], "Stocking")


def regrouped(shop: Shop, ids: list[str]) -> None:
    """A product moves into another family."""
    shop.xseries.merchant.regroup_product(ids[0], ids[-1])


def deleted(shop: Shop, ids: list[str]) -> None:
    """A product is deleted."""
    shop.xseries.merchant.delete_product(ids[0])


def restored(shop: Shop, ids: list[str]) -> None:
    """A product is deleted and brought back."""
    shop.xseries.merchant.delete_product(ids[0])
    shop.xseries.merchant.restore_product(ids[0])


def recoded(shop: Shop, ids: list[str]) -> None:
    """A product hands its code to another one."""
    codes = shop.xseries.state.products.by_id[ids[0]].codes
    shop.xseries.merchant.edit_product(ids[0], codes=())
    shop.xseries.merchant.edit_product(ids[1], codes=codes)


CHANGES = [renamed, regrouped, deleted, restored, recoded]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_mirror_follows(shop: Shop, open_it: Open, change: Callable[[Shop, list[str]], None]) -> None:
    """A mirror that is brought up to date is the same as one read from the beginning."""
    cache = open_it()
    small_pages(shop, cache).refresh()
    change(shop, list(shop.xseries.state.products.by_id))
    shop.asked()
    small_pages(shop, open_it()).refresh()
    assert held(open_it().mirror, shop) == held(fresh(shop), shop)


def test_change_while_it_is_read(shop: Shop, open_it: Open) -> None:
    """What changes behind the reader's back comes later in the same reading."""
    cache = open_it()
    ids = list(shop.xseries.state.products.by_id)

    def meddle(event: Event) -> None:
        if isinstance(event, MirrorRead) and event.calls == 2:
            shop.xseries.merchant.rename_product(ids[1], "Stocking")

    small_pages(shop, cache, meddle).refresh()
    assert held(cache.mirror, shop) == held(fresh(shop), shop)


def test_options_are_one_full_list(shop: Shop, open_it: Open) -> None:
    """An option that the store does not list any more is gone, which no cursor would tell."""
    cache = open_it()
    shop.another(cache=cache).refresh()
    before = cache.mirror.named(Collection.OPTIONS)
    attributes = shop.xseries.state.attributes.by_id
    gone = attributes.pop(before[0].id)
    shop.another(cache=cache).refresh()
    assert cache.mirror.named(Collection.OPTIONS) == before[1:]
    assert gone.id == before[0].id


def test_applied_order_that_vanished(shop: Shop, open_it: Open) -> None:
    """A purchase order that was deleted never comes by cursor: a read tells it, once, and then it is known."""
    cache = open_it()
    shop.bridge = shop.another(cache=cache)
    outcome = shop.sync()
    (synced,) = outcome.orders.values()
    assert isinstance(synced, Synced)
    (purchase,) = synced.purchase_orders
    shop.bridge.refresh()
    assert not cache.mirror.orders((), [purchase])[purchase].deleted
    shop.xseries.merchant.delete_order(purchase)
    shop.bridge.refresh()
    assert not cache.mirror.orders((), [purchase])[purchase].deleted
    shop.bridge.review(DEMO_ORDER)
    assert cache.mirror.orders((), [purchase])[purchase].deleted


def test_facts_grow_old(open_it: Open) -> None:
    """Facts of the store are read once a day."""
    clock, target, cache = TrialClock(), ToyTarget(), open_it()
    calls: list[int] = []
    for wait in (timedelta(0), FACTS_AGE - timedelta(seconds=1), timedelta(seconds=2)):
        clock.sleep(wait.total_seconds())
        Blocking(clock=clock)(facts_of(target, cache.mirror))
        calls.append(target.gateway.calls)
    assert calls == [1, 1, 2]


# --- several workers ------------------------------------------------------------------------------


def test_two_readers_of_one_file(shop: Shop, open_it: Open) -> None:
    """A reader that another one overtakes goes on from there, and no older page covers a newer one."""
    slow, quick = open_it(), open_it()
    ids = list(shop.xseries.state.products.by_id)

    def overtake(event: Event) -> None:
        if isinstance(event, MirrorRead) and (event.collection, event.calls) == (Collection.PRODUCTS, 2):
            shop.xseries.merchant.rename_product(ids[25], "Stocking")
            small_pages(shop, quick).refresh()

    small_pages(shop, slow, overtake).refresh()
    assert held(slow.mirror, shop) == held(fresh(shop), shop)
    assert slow.mirror.positions() == quick.mirror.positions()


def test_review_needs_the_cursor_only(shop: Shop, open_it: Open) -> None:
    """A new process with the cache file asks each list one page, not the store again."""
    shop.bridge = shop.another(cache=open_it())
    first = shop.review()
    shop.asked()
    shop.bridge = shop.another(cache=open_it())
    second = shop.review()
    assert second.matches.keys() == first.matches.keys()
    assert shop.asked().total() <= 2 * len(Collection)


def test_async_bridge_uses_the_file(shop: Shop, open_it: Open) -> None:
    """The other driver reads into the same file."""

    async def main() -> None:
        plain = shop.another()._flows
        apps: dict[str, Sandbox] = {"pos.test": shop.xseries, "orders.test": shop.nuorder}
        transport = SandboxTransport(apps, asleep=shop.clock.asleep)
        async with (
            httpx.AsyncClient(transport=transport) as client,
            AsyncBridge(
                source=plain.source,
                target=plain.target,
                journal=MemoryJournal(),
                cache=open_it(),
                http=client,
                clock=shop.clock,
            ) as bridge,
        ):
            await bridge.refresh()
            assert (await bridge.mirror_estimate()).calls == len(Collection)

    asyncio.run(main())
    assert held(open_it().mirror, shop) == held(fresh(shop), shop)


def test_cache_of_another_store(shop: Shop, open_it: Open) -> None:
    """A Bridge refuses the cache of another store, and names both."""
    open_it().bind("x-series:elsewhere")
    with pytest.raises(Misuse, match=r"elsewhere.*demo"):
        shop.another(cache=open_it())
