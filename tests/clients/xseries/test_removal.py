from __future__ import annotations

from typing import Any

import pytest
from tests.clients.xseries.ordering import Ordering
from tests.clients.xseries.store import PNG, Store
from tests.clients.xseries.test_images import attach

from po_bridge.errors import Broken, Refused, Unreachable
from po_bridge.planning.receipt import Absent, Done, Receipt
from po_bridge.planning.refs import Kind, Known
from po_bridge.planning.write import Remove
from po_bridge.sandbox.xseries import Goods
from po_bridge.testing.fault import Fault, FaultKind

NOBODY = "00000000-0000-0000-0000-000000000000"
each_kind = pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)


def made(store: Store, kind: Kind) -> str:
    """Have a record of a kind."""
    sandbox = store.sandbox
    match kind:
        case Kind.SUPPLIER:
            return sandbox.add_supplier("x")
        case Kind.BRAND:
            return sandbox.add_brand("x")
        case Kind.TAG:
            return sandbox.add_tag("x")
        case Kind.OPTION:
            return sandbox.add_attribute("x")
        case Kind.PRODUCT:
            return sandbox.add_product(Goods(name="x"))
        case Kind.FAMILY:
            ids = [sandbox.add_product(Goods(name="x", options={"Size": size})) for size in "SML"]
            return ids[0]
        case Kind.IMAGE:
            (image,) = store.perform(attach(sandbox.add_product(Goods(name="x")))).made.values()
            return str(image)
        case Kind.ORDER:
            return sandbox.merchant.create_order(store.outlet_id, sandbox.add_supplier("x"), {})


@each_kind
def test_record_is_deleted_in_one_request(kind: Kind) -> None:
    """The probe sees that it is gone; deleting it again finds it gone."""
    store = Store()
    write = Remove(kind=kind, target=Known(id=made(store, kind)))
    assert store.probe(write) == Absent()
    store.forget()
    assert store.perform(write) == Receipt()
    assert (store.calls, store.writes) == (store.target.calls(write), 1)
    assert store.probe(write) == Done(receipt=Receipt())
    assert store.perform(write) == Receipt(found=True)


def test_family_goes_with_all_its_variants() -> None:
    """One request takes them all."""
    store = Store()
    store.perform(Remove(kind=Kind.FAMILY, target=Known(id=made(store, Kind.FAMILY))))
    assert store.sandbox.state.products.all_live() == []


@each_kind
@pytest.mark.parametrize("fault", [FaultKind.LOST, FaultKind.RESET], ids=lambda fault: fault.name)
def test_lost_answer_is_looked_after(kind: Kind, fault: FaultKind) -> None:
    """Gone is done, there is absent."""
    store = Store()
    write = Remove(kind=kind, target=Known(id=made(store, kind)))
    store.forget()
    store.inject(Fault(kind=fault, call=store.target.calls(write)))
    with pytest.raises(Unreachable):
        store.perform(write)
    assert store.probe(write) == (Done(receipt=Receipt()) if fault is FaultKind.LOST else Absent())


@pytest.mark.parametrize("status", ["SENT", "DISPATCHED", "RECEIVED", "CANCELLED"])
def test_only_open_orders_are_deleted(status: str) -> None:
    """What a person moved on stays."""
    shop = Ordering()
    write = Remove(kind=Kind.ORDER, target=Known(id=shop.order({0: 5}, status=status)))
    with pytest.raises(Refused, match="only open orders are deleted"):
        shop.store.perform(write)
    assert shop.store.writes == 0


def test_option_in_use_stays() -> None:
    """The store's own words."""
    store = Store()
    made(store, Kind.FAMILY)
    (option,) = store.sandbox.state.attributes.by_id
    with pytest.raises(Refused, match="in use"):
        store.perform(Remove(kind=Kind.OPTION, target=Known(id=option)))


def test_line_is_removed() -> None:
    """The order and its other lines stay."""
    shop = Ordering()
    key = shop.order({0: 5, 1: 6})
    write = shop.remove(key, 0)
    assert shop.store.probe(write) == Absent()
    shop.store.forget()
    assert shop.store.perform(write) == Receipt()
    assert (shop.store.calls, shop.store.writes) == (shop.store.target.calls(write), 1) == (1, 1)
    assert shop.counts(key) == {1: 6}
    assert shop.store.probe(write) == Done(receipt=Receipt())
    assert shop.store.perform(write) == Receipt(found=True)


def test_line_of_an_order_that_is_gone_is_gone() -> None:
    """There is nothing left to remove it from."""
    shop = Ordering()
    key = shop.order({0: 5})
    shop.store.sandbox.merchant.delete_order(key)
    assert shop.store.probe(shop.remove(key, 0)) == Done(receipt=Receipt())


@pytest.mark.parametrize(
    "fault", [FaultKind.BROKEN_BEFORE, FaultKind.BROKEN_AFTER], ids=lambda fault: fault.name
)
def test_failed_server_leaves_it_open(fault: FaultKind) -> None:
    """A proxy's page is no answer."""
    shop = Ordering()
    key = shop.order({0: 5})
    shop.store.inject(Fault(kind=fault, call=1))
    with pytest.raises(Broken):
        shop.store.perform(shop.remove(key, 0))
    found: Any = Absent() if fault is FaultKind.BROKEN_BEFORE else Done(receipt=Receipt())
    assert shop.store.probe(shop.remove(key, 0)) == found


def test_picture_is_one_of_the_store() -> None:
    """The helper above really uploads."""
    assert PNG.startswith(b"\x89PNG")
    assert NOBODY not in made(Store(), Kind.IMAGE)
