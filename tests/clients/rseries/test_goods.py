"""Pictures, edits of items, and what an undo takes away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.clients.rseries.store import IMAGES, PNG, Store

from po_bridge.clients.rseries import Settings
from po_bridge.errors import NotFound, Refused
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.planning.receipt import Absent, Done, Receipt, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.snapshot import Wanted
from po_bridge.planning.write import (
    AttachImage,
    CreateBrand,
    CreateTag,
    ProductFields,
    Remove,
    UpdateProduct,
)
from po_bridge.ports.exchange import Response
from po_bridge.sandbox.rseries import Goods, Switches

PICTURE = Slot(kind=Kind.IMAGE, name="coat/1")


def with_item(**choices: object) -> tuple[Store, str]:
    """An account with one item of a vendor."""
    store = Store(**choices)  # type: ignore[arg-type]  # as named
    vendor = store.sandbox.add_vendor("Fern")
    goods = Goods(description="Coat", custom_sku="C1", cost="5", vendor_id=vendor, vendor_value="F-1")
    return store, str(store.sandbox.add_item(goods))


def attach(item: str, name: str = "coat.png") -> AttachImage:
    """Make the write of a picture."""
    return AttachImage(product=Known(id=item), address=f"{IMAGES}/{name}", slot=PICTURE)


def update(item: str, before: ProductFields, after: ProductFields) -> UpdateProduct:
    """Make the write of fields."""
    return UpdateProduct(product=Known(id=item), before=before, after=after)


# --- pictures ---------------------------------------------------------------------------------


def test_a_picture_is_found_by_a_name_made_from_its_address() -> None:
    """Another picture of the item, the merchant's own, is not taken for it."""
    store, item = with_item()
    store.pictures[f"{IMAGES}/other.png"] = store.pictures[f"{IMAGES}/coat.png"]
    other = store.perform(attach(item, "other.png")).made[PICTURE]
    assert store.probe(attach(item)) == Absent()
    made = store.perform(attach(item)).made
    assert made[PICTURE] != other
    assert store.probe(attach(item)) == Done(receipt=Receipt(made=made, found=True))
    assert [image.size for image in store.sandbox.state.images] == [len(PNG), len(PNG)]


@pytest.mark.parametrize(
    "answer",
    [
        Response(status=200, headers={"content-type": "image/webp"}, body=b"webp"),
        Response(status=200, headers={"content-type": "image/png"}, body=b"x" * 5_000_001),
        Response(status=404),
    ],
    ids=["another kind", "too large", "gone"],
)
def test_a_bad_picture_is_told_and_fails_nothing(answer: Response) -> None:
    """The order goes on without it."""
    store, item = with_item()
    store.pictures[f"{IMAGES}/coat.png"] = answer
    receipt = store.perform(attach(item))
    assert receipt.made == {}
    assert len(receipt.notes) == 1
    assert store.writes == 0


def test_a_picture_that_the_store_refuses_is_told() -> None:
    """One more than an item may have is no reason to stop."""
    store, item = with_item(switches=Switches(max_pictures=0))
    receipt = store.perform(attach(item))
    assert "the store refused the picture" in receipt.notes[0]


# --- edits ------------------------------------------------------------------------------------


def test_fields_are_set_and_read_as_set() -> None:
    """Codes, cost, vendor number and price in one call; the probe compares them."""
    store, item = with_item()
    code = ProductCode(kind=CodeKind.UPC, text="012345678905")
    own = ProductCode(kind=CodeKind.CUSTOM, text="C1")
    before = ProductFields(codes=(own,), supplier_id="1", supplier_code="F-1", supply_price=Decimal(5))
    after = ProductFields(
        codes=(code, own),
        supplier_id="1",
        supplier_code="F-2",
        supply_price=Decimal("6.5"),
        retail_price=Decimal(20),
    )
    write = update(item, before, after)
    assert store.probe(write) == Absent()
    assert store.perform(write) == Receipt()
    assert store.probe(write) == Done(receipt=Receipt())
    assert store.perform(write) == Receipt(found=True)
    held = store.sandbox.state.items.by_id[int(item)]
    assert (held.upc, held.custom_sku, held.default_cost) == ("012345678905", "C1", Decimal("6.5"))
    assert [one.value for one in held.vendor_nums] == ["F-2"]


def test_what_a_person_changed_is_kept() -> None:
    """A field at neither before nor after is refused, and to a probe it is a question."""
    store, item = with_item()
    store.sandbox.merchant.edit_item(int(item), default_cost=Decimal(9))
    write = update(item, ProductFields(supply_price=Decimal(5)), ProductFields(supply_price=Decimal(6)))
    with pytest.raises(Refused, match="supply price changed"):
        store.perform(write)
    assert isinstance(store.probe(write), Unclear)
    assert store.writes == 0


def test_an_archived_item_is_not_edited() -> None:
    """It was put away: the order must be reviewed again."""
    store, item = with_item()
    store.sandbox.merchant.archive_item(int(item))
    with pytest.raises(NotFound):
        store.perform(update(item, ProductFields(), ProductFields(supply_price=Decimal(6))))


def test_there_are_no_drafts_to_publish() -> None:
    """Every live item is on sale, so activating one changes nothing."""
    store, item = with_item()
    assert store.perform(update(item, ProductFields(active=False), ProductFields(active=True))).found
    assert store.writes == 0
    assert not store.target.capabilities.drafts


def test_a_vendor_s_cost_is_written_only_where_it_is_switched_on() -> None:
    """The default cost bears it otherwise, and the vendor number is left alone."""
    store, item = with_item(settings=Settings(vendor_costs=True))
    after = ProductFields(supplier_id="1", supply_price=Decimal(6))
    store.perform(update(item, ProductFields(supply_price=Decimal(5)), after))
    body = store.sent()
    assert body["ItemVendorNums"]["ItemVendorNum"][0]["cost"] == "6"
    assert body["defaultCost"] == "6"


def test_products_are_looked_at_a_hundred_in_one_call() -> None:
    """Ids that are no item's are left out."""
    store, _ = with_item(checked=False)
    ids = tuple(str(store.sandbox.add_item(Goods(description=f"Item {n}"))) for n in range(150))
    store.drive(store.target.facts())
    store.forget()
    found = store.drive(store.target.look(Wanted(products=(*ids, "999", "none")), {})).products
    assert set(found) == set(ids)
    assert store.calls == 2


# --- taking away ------------------------------------------------------------------------------


def remove(kind: Kind, target: str) -> Remove:
    """Make the write that takes a record away."""
    return Remove(kind=kind, target=Known(id=target))


@pytest.mark.parametrize(
    "kind", [Kind.SUPPLIER, Kind.PRODUCT, Kind.FAMILY, Kind.IMAGE, Kind.TAG, Kind.OPTION]
)
def test_what_was_made_is_taken_away_once(kind: Kind) -> None:
    """It is there, it goes, and a second time changes nothing."""
    store, item = with_item()
    match kind:
        case Kind.SUPPLIER:
            target = "1"
        case Kind.PRODUCT:
            target = item
        case Kind.FAMILY:
            target = str(store.sandbox.add_matrix("Coat"))
        case Kind.IMAGE:
            target = store.perform(attach(item)).made[PICTURE]
        case Kind.TAG:
            slot = Slot(kind=Kind.TAG, name="new in")
            target = store.perform(CreateTag(slot=slot, name="New In")).made[slot]
        case _:
            target = f"{store.sandbox.add_set('Fit', 'Fit')}.1"
    write = remove(kind, target)
    assert store.probe(write) == Absent()
    assert store.perform(write) == Receipt()
    assert store.probe(write) == Done(receipt=Receipt())
    store.forget()
    store.perform(write)
    assert store.writes <= 1


def test_a_brand_stays_and_says_so() -> None:
    """The API lets nobody delete brands: nothing is sent, and a person is told."""
    store = Store()
    slot = Slot(kind=Kind.BRAND, name="fern")
    made = store.perform(CreateBrand(slot=slot, name="Fern")).made[slot]
    store.forget()
    receipt = store.perform(remove(Kind.BRAND, made))
    assert "stays" in receipt.notes[0]
    assert store.calls == 0
    assert store.probe(remove(Kind.BRAND, made)) == Done(receipt=Receipt())


def test_a_matrix_with_items_that_are_not_ours_stays() -> None:
    """A merchant's variant keeps its matrix."""
    store = Store()
    matrix = store.sandbox.add_matrix("Coat", set_id=2)
    store.sandbox.add_item(Goods(description="", matrix_id=matrix, attributes=("", "S", "")))
    receipt = store.perform(remove(Kind.FAMILY, str(matrix)))
    assert "it has items" in receipt.notes[0]
    assert store.writes == 0
