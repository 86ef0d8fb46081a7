from __future__ import annotations

from typing import Any

import pytest
from tests.clients.xseries.family import family
from tests.clients.xseries.script import adapter, html, reply, talk
from tests.clients.xseries.store import Store, step_of

from po_bridge.errors import BadDocument, Broken
from po_bridge.models.named_record import NamedRecord
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import CreateTag, Write
from po_bridge.sandbox.xseries import Goods, Switches


def tag(name: str, version: int | None = None, **members: Any) -> dict[str, Any]:
    """Make a row."""
    return {"id": f"id-{name}", "name": name, **({} if version is None else {"version": version}), **members}


def test_first_page_asks_for_no_version() -> None:
    """An empty position begins at the beginning, and the page says where to go on."""
    answer = reply({"data": [tag("a", 7)], "version": {"min": 7, "max": 7}})
    page, script = talk(adapter(page_size=50).changes(Collection.TAGS, ""), answer)
    assert page.records == (NamedRecord(id="id-a", name="a"),)
    assert (page.position, page.more) == ("7", True)
    assert script.requests[0].address.endswith("/tags?deleted=true&page_size=50")


def test_next_page_begins_after_the_position() -> None:
    """Versions beyond 32 bits are normal."""
    answer = reply({"data": [tag("a", 27561014305)], "version": {"min": 1, "max": 27561014305}})
    page, script = talk(adapter().changes(Collection.TAGS, "27561014304"), answer)
    assert "after=27561014304" in script.requests[0].address
    assert page.position == "27561014305"


@pytest.mark.parametrize("empty", [[], None], ids=["list", "null"])
@pytest.mark.parametrize(("since", "position"), [("9", "9"), ("", "0"), ("0", "0")])
def test_only_an_empty_page_is_the_last(empty: Any, since: str, position: str) -> None:
    """An empty page keeps the position, since more may come later."""
    answer = reply({"data": empty, "version": {"min": None, "max": None}})
    page, _ = talk(adapter().changes(Collection.TAGS, since), answer)
    assert (page.records, page.position, page.more) == ((), position, False)


@pytest.mark.parametrize("highest", [9, 8, None], ids=["stays", "goes back", "says nothing"])
def test_cursor_that_does_not_advance_is_broken(highest: int | None) -> None:
    """A page that leads nowhere would be read for ever."""
    answer = reply({"data": [tag("a")], "version": {"min": 1, "max": highest}})
    with pytest.raises(Broken, match="does not advance"):
        talk(adapter().changes(Collection.TAGS, "9"), answer)


def test_rows_tell_the_version_where_the_page_does_not() -> None:
    """Lists of 2018 have versions in their rows only."""
    page, _ = talk(adapter().changes(Collection.TAGS, ""), reply({"data": [tag("a", 5), tag("b", 4)]}))
    assert page.position == "5"


@pytest.mark.parametrize("document", [[], {}, {"data": {}}, {"data": "x"}, "x"])
def test_page_without_a_list_is_broken(document: Any) -> None:
    """What is no page is no end of a list."""
    with pytest.raises(Broken, match="no list in data"):
        talk(adapter().changes(Collection.TAGS, ""), reply(document))


@pytest.mark.parametrize("answer", [html(200), reply()], ids=["HTML", "nothing"])
def test_page_that_cannot_be_read_is_broken(answer: Any) -> None:
    """A success without JSON is no page."""
    with pytest.raises(Broken):
        talk(adapter().changes(Collection.TAGS, ""), answer)


def test_bad_rows_are_told_together() -> None:
    """One error lists every bad field of a page."""
    rows = [tag("a", 1), {"id": 5, "name": None, "version": 2}, "x"]
    with pytest.raises(BadDocument) as raised:
        talk(adapter().changes(Collection.TAGS, ""), reply({"data": rows, "version": {"max": 2}}))
    assert [issue.path for issue in raised.value.issues] == ["$.data[1].id", "$.data[1].name", "$.data[2]"]


@pytest.mark.parametrize(
    "write",
    [CreateTag(slot=Slot(kind=Kind.TAG, name="t"), name="New"), family(Store(), "S")],
    ids=["tag", "family"],
)
def test_probe_of_bad_rows_tells_them(write: Write) -> None:
    """A sweep keeps what is no record, so that reading can name it."""
    pages = (reply({"data": [5], "version": {"max": 1}}), reply({"data": []}))
    with pytest.raises(BadDocument, match="expected an object"):
        talk(adapter().probe(step_of(write), {}, {}), *pages)


def test_deleted_records_are_told() -> None:
    """The feed tells what is gone."""
    rows = [tag("a", 1, deleted_at="2026-01-01T00:00:00+00:00"), tag("b", 2, deleted_at=None)]
    page, _ = talk(adapter().changes(Collection.TAGS, ""), reply({"data": rows, "version": {"max": 2}}))
    assert [record.deleted for record in page.records if isinstance(record, NamedRecord)] == [True, False]


@pytest.mark.parametrize(
    ("collection", "path"),
    [
        (Collection.SUPPLIERS, "suppliers?deleted=true&page_size=200"),
        (Collection.BRANDS, "brands?deleted=true&page_size=200"),
        (Collection.PRODUCTS, "products?deleted=true&page_size=200"),
        (Collection.ORDERS, "consignments?type=SUPPLIER&page_size=200"),
    ],
)
def test_each_collection_has_its_list(collection: Collection, path: str) -> None:
    """Orders are those to suppliers; all others are read with the deleted ones."""
    _, script = talk(adapter().changes(collection, ""), reply({"data": []}))
    assert script.requests[0].address.endswith(f"/2026-07/{path}")


def test_options_come_whole() -> None:
    """Variant options have no pages, so the list is read anew every time."""
    page, script = talk(adapter().changes(Collection.OPTIONS, "0"), reply({"data": [tag("Size")]}))
    assert [record.id for record in page.records] == ["id-Size"]
    assert not page.more
    assert len(script.requests) == 1


def test_short_pages_are_read_to_the_end() -> None:
    """A page that is shorter than asked for is not the last one."""
    store = Store(switches=Switches(short_pages=True), page_size=4)
    for number in range(7):
        store.sandbox.add_product(Goods(name=f"Product {number}"))
    seen: list[str] = []
    position, more = "", True
    while more:
        page = store.drive(store.target.changes(Collection.PRODUCTS, position))
        seen += [record.id for record in page.records]
        position, more = page.position, page.more
    assert len(seen) == 7
    assert store.calls == 5


def test_lying_cursor_of_a_store_is_seen() -> None:
    """A store that gives its first page for ever is not believed."""
    store = Store(switches=Switches(stuck_cursor=True))
    store.sandbox.add_tag("One")
    first = store.drive(store.target.changes(Collection.TAGS, ""))
    with pytest.raises(Broken, match="does not advance"):
        store.drive(store.target.changes(Collection.TAGS, first.position))


@pytest.mark.parametrize("empty", [[], None], ids=["list", "null"])
def test_empty_page_whose_versions_lead_further_is_broken(empty: Any) -> None:
    """A list that lost its rows is no end of it: what it held would be made a second time."""
    answer = reply({"data": empty, "version": {"min": 8, "max": 12}})
    with pytest.raises(Broken, match="no rows, yet its versions reach 12"):
        talk(adapter().changes(Collection.TAGS, "9"), answer)
