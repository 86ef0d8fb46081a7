"""Lists by cursor: parameters are resent, a lying cursor is noticed, and a position keeps nothing back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.clients.rseries.store import Store
from tests.clients.xseries.script import reply, talk

from po_bridge.clients.rseries.pages import Place
from po_bridge.errors import Broken
from po_bridge.planning.snapshot import Collection
from po_bridge.sandbox.rseries import Goods, Switches


def filled(items: int, **switches: bool) -> Store:
    """An account with so many items, each of its own second."""
    store = Store(switches=Switches(**switches), checked=False)  # type: ignore[arg-type]  # all flags
    for number in range(items):
        store.sandbox.add_item(Goods(description=f"Item {number}", custom_sku=f"P{number}"))
        store.clock.sleep(1)
    store.drive(store.target.facts())
    store.forget()
    return store


def drained(store: Store, since: str = "") -> tuple[list[str], str]:
    """Every product after a position, and the position after that."""
    seen: list[str] = []
    more = True
    while more:
        page = store.drive(store.target.changes(Collection.PRODUCTS, since))
        seen += [record.id for record in page.records]
        since, more = page.position, page.more
    return seen, since


@pytest.mark.parametrize("keeps", [True, False], ids=["next keeps filters", "next drops them"])
@pytest.mark.parametrize("short", [False, True], ids=["full pages", "short pages"])
def test_every_page_is_asked_for_with_all_its_parameters(keeps: bool, short: bool) -> None:
    """Whatever the address of the next page holds, only its cursor is taken."""
    store = filled(230, next_keeps_filters=keeps, short_pages=short)
    seen, _ = drained(store)
    assert seen == [str(number) for number in range(1, 231)]
    queries = [parse_qs(urlsplit(request.address).query) for request in store.asked]
    assert len(queries) >= 3
    for query in queries:
        query.pop("after", None)
        assert query == queries[0]
    assert set(queries[0]) == {"limit", "archived", "sort", "load_relations"}


def test_a_position_brings_what_changed_since_and_what_shares_its_second() -> None:
    """The store's clock knows whole seconds, so the last second is read again and nothing slips through."""
    store = filled(3)
    _, position = drained(store)
    assert drained(store, position)[0] == ["3"]
    store.sandbox.merchant.edit_item(1, description="Renamed")
    assert set(drained(store, position)[0]) == {"3", "1"}


def test_archived_records_are_told() -> None:
    """An archived item stays on the list, marked as dead."""
    store = filled(2)
    store.sandbox.merchant.archive_item(1)
    page = store.drive(store.target.changes(Collection.PRODUCTS, ""))
    assert {record.id: record.deleted for record in page.records} == {"1": True, "2": False}


def test_a_cursor_that_stands_still_is_an_error() -> None:
    """A list that gives its first page again and again does not go on for ever."""
    store = filled(150, stuck_cursor=True)
    with pytest.raises(Broken, match="does not advance"):
        drained(store)


def test_a_next_address_without_a_cursor_is_an_error() -> None:
    """A cursor is never made up."""
    answer = reply({"@attributes": {"next": "https://x/Vendor.json?limit=100", "previous": ""}})
    with pytest.raises(Broken, match="no cursor"):
        talk(Store().target.changes(Collection.SUPPLIERS, ""), answer)


@pytest.mark.parametrize("position", ["", "0", "a", "2026-07-01T09:00:00+00:00||", "a|b|c|d"])
def test_a_position_is_read_as_it_was_written(position: str) -> None:
    """Anything that is no position is the beginning."""
    place = Place.parse(position)
    assert Place.parse(str(place)) == place
    assert str(place) == (position if position.count("|") == 2 else "||")


def test_orders_are_looked_for_across_pages() -> None:
    """A probe reads on until the list ends."""
    store = filled(0)
    vendor = store.sandbox.add_vendor("Fern")
    for number in range(120):
        store.sandbox.merchant.create_order(int(store.outlet_id), vendor, {}, ref_num=f"N{number}")
    page = store.drive(store.target.changes(Collection.ORDERS, ""))
    assert (len(page.records), page.more) == (100, True)
    rest = store.drive(store.target.changes(Collection.ORDERS, page.position))
    assert (len(rest.records), rest.more) == (20, False)
