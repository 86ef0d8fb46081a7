from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.rseries.store import Store, cursor, rows_of

from po_bridge.sandbox.rseries import Goods, Switches, UnsureFilter

NAMES = ("Mug", "Cup", "Bowl", "Plate", "Jug")


@pytest.fixture(scope="module")
def full() -> Store:
    """Give an account with five items, made a minute apart."""
    store = Store()
    for place, name in enumerate(NAMES, 1):
        goods = Goods(description=name, upc=f"01234567890{place}", cost=place, vendor_id=store.vendor)
        store.sandbox.add_item(goods)
        store.clock.tick(60)
    return store


def found(store: Store, **query: object) -> list[str]:
    """Give the names of the items that a search finds."""
    return [row["description"] for row in store.rows("Item", **query)]


def test_empty_one_many(full: Store) -> None:
    """No hit has no entity key, one hit is an object, several are a list."""
    assert set(full.page("Item", description="Pot")) == {"@attributes"}
    assert isinstance(full.page("Item", description="Mug")["Item"], dict)
    assert isinstance(full.page("Item")["Item"], list)


FILTERS = [
    ("description", "Mug", ["Mug"]),
    ("description", "mug", []),
    ("description", "~,%u%", ["Mug", "Cup", "Jug"]),
    ("description", "!~,%u%", ["Bowl", "Plate"]),
    ("description", "!=,Mug", ["Cup", "Bowl", "Plate", "Jug"]),
    ("description", 'IN,["Mug","Jug"]', ["Mug", "Jug"]),
    ("itemID", "IN,[1,3]", ["Mug", "Bowl"]),
    ("itemID", ">,3", ["Plate", "Jug"]),
    ("defaultCost", "><,2,4", ["Cup", "Bowl", "Plate"]),
    ("defaultCost", "<=,2", ["Mug", "Cup"]),
    ("timeStamp", ">=,2026-08-03T09:33:00+00:00", ["Plate", "Jug"]),
    ("timeStamp", "<,2026-08-03T02:31:00-07:00", ["Mug"]),
    ("itemCode", "012345678902", ["Cup"]),
    ("itemCode", "3", ["Bowl"]),
    ("itemCode", "IN,[012345678901,012345678905,4]", ["Mug", "Plate", "Jug"]),
    ("or", "itemCode=012345678902|description=Mug", ["Mug", "Cup"]),
    ("or", "description=Jug|description=Mug", ["Mug", "Jug"]),
]


@pytest.mark.parametrize(
    ("name", "value", "expected"), FILTERS, ids=[f"{row[0]} {row[1]}" for row in FILTERS]
)
def test_filters(full: Store, name: str, value: str, expected: list[str]) -> None:
    """Operators stand inside the value, before a comma; alternatives stand between bars."""
    assert found(full, **{name: value}) == expected


@pytest.mark.parametrize(
    "query",
    [
        "nonsense=1",
        "itemCode=%3E%2C5",
        "itemID=IN%2C[]",
        f"itemID=IN%2C{json.dumps(list(range(101)))}".replace(" ", ""),
        "sort=upc",
        "limit=101",
        "limit=many",
        "after=nonsense",
        "archived=maybe",
        "load_relations=[",
        "load_relations=%5B%22Vendor%22%5D",
        "ItemVendorNums.value=5",
        "or=nothing",
        "count=1&limit=5",
    ],
)
def test_bad_queries_are_refused(full: Store, query: str) -> None:
    """Unknown fields, operators, cursors, relations, and a count beside paging are 400."""
    assert full.plain("GET", f"Item?{query}").status == 400


def test_unknown_filter_is_a_switch() -> None:
    """A filter by an unknown field is refused; by switches it is ignored or finds nothing."""
    for way, hits in ((UnsureFilter.IGNORED, 1), (UnsureFilter.FILTERS, 0)):
        store = Store(Switches(unknown_filter=way))
        store.item()
        answer = store.plain("GET", "Item?nonsense=1")
        assert len(rows_of(answer.read_json())) == hits


def test_folded_names_by_a_switch() -> None:
    """Filters compare text to the letter; by a switch letter case does not count."""
    store = Store(Switches(names_folded=True))
    store.item("Mug")
    assert found(store, description="mUG") == ["Mug"]


def test_leading_zeros_of_item_codes() -> None:
    """A search by itemCode takes zeros in front seriously, or not by a switch."""
    for ignored in (False, True):
        store = Store(Switches(code_zeros_ignored=ignored))
        store.item(upc="012345678905")
        assert bool(found(store, itemCode="0012345678905")) is ignored


def test_relation_filters_need_the_relation(full: Store) -> None:
    """A filter by a relation's field works where the relation is loaded."""
    store = Store()
    for value in ("A", "B"):
        store.item(value, ItemVendorNums={"ItemVendorNum": {"vendorID": 1, "value": value}})
    loaded = {"load_relations": '["ItemVendorNums"]'}
    assert found(store, **{"ItemVendorNums.value": "B", **loaded}) == ["B"]
    assert found(store, **{"ItemShops.qoh": ">=,0", "load_relations": '["ItemShops"]'}) == ["A", "B"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("description", ["Bowl", "Cup", "Jug", "Mug", "Plate"]),
        ("-description", ["Plate", "Mug", "Jug", "Cup", "Bowl"]),
        ("-timeStamp", ["Jug", "Plate", "Bowl", "Cup", "Mug"]),
        ("-itemID", ["Jug", "Plate", "Bowl", "Cup", "Mug"]),
    ],
)
def test_sorting(full: Store, sort: str, expected: list[str]) -> None:
    """A list is sorted by a field, upwards or downwards, on pages of any size."""
    assert found(full, sort=sort) == expected
    pages = full.walk("Item", sort=sort, limit=2)
    assert [row["description"] for page in pages for row in page] == expected


def test_count_alone(full: Store) -> None:
    """`count=1` answers a number as text and nothing else."""
    assert full.page("Item", count=1) == {"@attributes": {"count": "5"}}
    assert full.page("Item", count=1, description="Mug") == {"@attributes": {"count": "1"}}


@pytest.mark.parametrize("keeps", [True, False], ids=["kept", "dropped"])
def test_next_and_its_parameters(keeps: bool) -> None:
    """`next` is a full address with the parameters; by a switch it has lost filters and relations."""
    store = Store(Switches(next_keeps_filters=keeps))
    for name in NAMES:
        store.item(name)
    page = store.page("Item", limit=2, itemID=">,1", load_relations='["Note"]')
    address = urlsplit(page["@attributes"]["next"])
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (address.netloc, address.path) == ("api.lightspeedapp.com", "/API/V3/Account/123456/Item.json")
    assert query["limit"] == "2"
    assert ("itemID" in query, "load_relations" in query) == (keeps, keeps)
    assert query["after"] == "WzNd"


def test_way_back(full: Store) -> None:
    """`previous` leads to the page before; the first page has none."""
    first = full.page("Item", limit=2)
    assert first["@attributes"]["previous"] == ""
    second = full.page("Item", limit=2, after=cursor(first["@attributes"]["next"]))
    before = cursor(second["@attributes"]["previous"], "before")
    assert rows_of(full.page("Item", limit=2, before=before)) == rows_of(first)


def test_short_pages_and_stuck_cursor() -> None:
    """By switches pages are shorter than asked for, or the first page comes again and again."""
    store = Store(Switches(short_pages=True))
    for name in NAMES:
        store.item(name)
    pages = store.walk("Item", limit=4)
    assert [len(page) for page in pages] == [2, 2, 1]
    store.sandbox.switches = Switches(stuck_cursor=True)
    assert len(store.walk("Item", limit=2)) > 50


@settings(max_examples=30, deadline=None)
@given(
    number=st.integers(0, 23),
    limit=st.integers(1, 9),
    sort=st.sampled_from(["itemID", "-itemID", "description", "-description", "timeStamp"]),
    data=st.data(),
)
def test_pages_give_each_record_once(number: int, limit: int, sort: str, data: st.DataObject) -> None:
    """Any page size gives every record once and in order, also where many share what they are sorted by."""
    store = Store(checked=False)
    for _ in range(number):
        store.sandbox.add_item(Goods(description=data.draw(st.sampled_from("abc"))))
        store.clock.tick(data.draw(st.sampled_from([0, 1])))
    pages = store.walk("Item", sort=sort, limit=limit)
    keys = [row["itemID"] for page in pages for row in page]
    assert sorted(map(int, keys)) == list(range(1, number + 1))
    assert all(len(page) == limit for page in pages[:-1])
    assert keys == [row["itemID"] for row in store.rows("Item", sort=sort)]


@pytest.mark.parametrize("text", [True, False], ids=["empty text", "absent"])
def test_empty_relations(text: bool) -> None:
    """A loaded relation without members is absent, or an empty text by a switch."""
    store = Store(Switches(empty_text=text))
    item = store.take("GET", f"Item/{store.item()}?load_relations=all")
    assert (item.get("Images") == "") is text
    assert ("Images" in item) is text


def test_all_relations_of_an_item(store: Store) -> None:
    """`all` loads what an item has; a relation below another one is named with a dot."""
    matrix = store.matrix()
    maker = store.sandbox.add_manufacturer("Northwind")
    item = store.variant(matrix, "White", "S", manufacturerID=maker, Note={"note": "Hi"})["itemID"]
    store.take("PUT", f"Item/{item}", {"Tags": {"tag": {"name": "new"}}})
    loaded = store.take("GET", f"Item/{item}?load_relations=all")
    assert {"ItemAttributes", "Manufacturer", "Note", "ItemShops", "TaxClass", "Tags", "TagRelations"} <= set(
        loaded
    )
    deep = store.take(
        "GET", f'Item/{item}?load_relations=["ItemAttributes.ItemAttributeSet","TagRelations.Tag"]'
    )
    assert deep["ItemAttributes"]["ItemAttributeSet"]["name"] == "Color/Size"
    assert deep["TagRelations"]["TagRelation"]["Tag"]["name"] == "new"


def test_unknown_record_is_404(store: Store) -> None:
    """A number that nobody has, and one that is no number, are 404."""
    for path in ("Item/99", "Item/abc", "Order/1", "Vendor/7", "Nothing", "Order/1/Nothing"):
        assert store.plain("GET", path).status == 404
    assert store.plain("DELETE", "Manufacturer/1").status == 405
