from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.script import adapter, reply, talk
from tests.clients.xseries.store import Store, step_of

from po_bridge.errors import Broken, NotFound, Refused, Unreachable
from po_bridge.models.pos_product import CodeKind, PosProduct, ProductCode
from po_bridge.planning.receipt import Absent, Done, Receipt, Unclear
from po_bridge.planning.refs import Known
from po_bridge.planning.write import ProductFields, UpdateProduct
from po_bridge.sandbox.xseries import ALL_SCOPES, Goods, Retailer
from po_bridge.testing.fault import Fault, FaultKind

CODES = (ProductCode(kind=CodeKind.CUSTOM, text="TEE"), ProductCode(kind=CodeKind.UPC, text="012345678905"))


class Tee:
    """A store with one product of one supplier."""

    def __init__(self, **choices: Any) -> None:
        self.store = Store(**choices)
        self.store.drive(self.store.target.facts())
        self.supplier = self.store.sandbox.add_supplier("Fern")
        self.other = self.store.sandbox.add_supplier("Other")
        self.id = self.store.sandbox.add_product(
            Goods(
                name="Tee",
                codes=["TEE"],
                supplier_id=self.supplier,
                supplier_code="T1",
                supply_price="4.5",
                price="20",
                description="old",
            )
        )
        self.store.forget()

    def now(self) -> PosProduct:
        """The product as it is."""
        found = self.store.drive(self.store.target._products.find(self.id))
        assert found is not None
        return found

    def update(self, before: ProductFields, after: ProductFields) -> UpdateProduct:
        """Make an update of it."""
        return UpdateProduct(product=Known(id=self.id), before=before, after=after)


def fields(**values: Any) -> ProductFields:
    """Make fields."""
    return ProductFields(**values)


def test_activation_is_one_request() -> None:
    """Publishing a draft needs no look at it."""
    tee = Tee()
    tee.store.sandbox.merchant.edit_product(tee.id, is_active=False)
    write = tee.update(fields(active=False), fields(active=True))
    assert tee.store.perform(write) == Receipt()
    assert (tee.store.calls, tee.store.writes) == (tee.store.target.calls(write), 1) == (1, 1)
    assert tee.now().active
    assert tee.store.probe(write) == Done(receipt=Receipt())


@pytest.mark.parametrize("exclusive", [False, True], ids=["inclusive", "exclusive"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (fields(name="Tee"), fields(name="Shirt")),
        (fields(description="old"), fields(description="new")),
        (fields(description="old"), fields(description="")),
        (fields(codes=CODES[:1]), fields(codes=CODES)),
        (fields(supplier_code="T1"), fields(supplier_code="T2")),
        (fields(supplier_code="T1"), fields(supplier_code="")),
        (fields(supply_price=Decimal("4.5")), fields(supply_price=Decimal("5.12345"))),
        (fields(retail_price=Decimal(20)), fields(retail_price=Decimal("21.5"))),
        (
            fields(active=True, name="Tee", supplier_code="T1", supply_price=Decimal("4.5")),
            fields(active=False, name="Shirt", supplier_code="T2", supply_price=Decimal(6)),
        ),
    ],
    ids=["name", "description", "no description", "codes", "code", "no code", "cost", "price", "several"],
)
def test_fields_are_set_and_restored(exclusive: bool, before: ProductFields, after: ProductFields) -> None:
    """A change and its inverse leave the product as it was; all else is untouched."""
    tee = Tee(retailer=Retailer(tax_exclusive=exclusive))
    write, back = tee.update(before, after), tee.update(after, before)
    first = tee.now()
    assert tee.store.probe(write) == Absent()
    tee.store.forget()
    assert tee.store.perform(write) == Receipt()
    assert (tee.store.calls, tee.store.writes) == (tee.store.calls_of(write), 1) == (3, 1)
    assert tee.store.probe(write) == Done(receipt=Receipt())
    assert tee.now() != first
    assert tee.store.perform(back) == Receipt()
    assert tee.now() == first


def test_new_supplier_is_put_beside_the_old() -> None:
    """Lists are replaced whole, so the others are sent along."""
    tee = Tee()
    after = fields(supplier_id=tee.other, supplier_code="O1", supply_price=Decimal(3))
    write = tee.update(fields(supplier_id=tee.other), after)
    tee.store.perform(write)
    found = [(own.supplier_id, own.code, own.price) for own in tee.now().suppliers]
    assert found == [(tee.supplier, "T1", Decimal("4.5")), (tee.other, "O1", Decimal(3))]
    assert tee.store.probe(write) == Done(receipt=Receipt())


def test_named_supplier_is_changed_and_no_other() -> None:
    """A product of two suppliers keeps the other's code and price."""
    tee = Tee()
    tee.store.perform(tee.update(fields(), fields(supplier_id=tee.other, supplier_code="O1")))
    tee.store.perform(
        tee.update(fields(supplier_id=tee.other), fields(supplier_id=tee.other, supplier_code="O2"))
    )
    assert [(own.code, own.price) for own in tee.now().suppliers] == [("T1", Decimal("4.5")), ("O2", None)]


def test_product_without_a_supplier_is_refused() -> None:
    """There is nothing a supplier's price could belong to."""
    tee = Tee()
    bare = tee.store.sandbox.add_product(Goods(name="Bare", codes=["BARE"]))
    write = UpdateProduct(product=Known(id=bare), before=fields(), after=fields(supply_price=Decimal(3)))
    with pytest.raises(Refused, match="give the product a supplier"):
        tee.store.perform(write)
    assert tee.store.writes == 0


def test_what_a_person_changed_is_kept() -> None:
    """A field that stands neither at before nor at after is refused before anything is sent."""
    tee = Tee()
    write = tee.update(
        fields(supplier_code="T1", description="old"), fields(supplier_code="T2", description="new")
    )
    tee.store.sandbox.merchant.edit_product(tee.id, description="mine")
    with pytest.raises(Refused, match="description changed") as raised:
        tee.store.perform(write)
    assert not raised.value.again
    assert tee.store.writes == 0
    found = tee.store.probe(write)
    assert isinstance(found, Unclear)
    assert "description" in found.question.text


def test_product_that_is_as_wanted_is_left_alone() -> None:
    """Somebody was quicker; the receipt says it was found so."""
    tee = Tee()
    write = tee.update(fields(description="older"), fields(description="old"))
    assert tee.store.perform(write) == Receipt(found=True)
    assert (tee.store.calls, tee.store.writes) == (1, 0)


def test_invisible_price_counts_as_unmoved() -> None:
    """Without the right to see costs a price is unknown, never zero."""
    tee = Tee()
    blind = tee.store.sandbox.add_token(ALL_SCOPES - {"products:read:costs"})
    tee.store.target = tee.store.adapter(token=blind)
    write = tee.update(fields(supply_price=Decimal("4.5")), fields(supply_price=Decimal(5)))
    assert tee.store.perform(write) == Receipt()
    assert tee.store.probe(write) == Absent()


@pytest.mark.parametrize("gone", ["deleted", "unknown"])
def test_product_that_is_gone_is_not_found(gone: str) -> None:
    """A probe calls the change absent; doing it again says why."""
    tee = Tee()
    write = tee.update(fields(description="old"), fields(description="new"))
    if gone == "deleted":
        tee.store.sandbox.merchant.delete_product(tee.id)
    else:
        write = evolve(write, product=Known(id="00000000-0000-0000-0000-000000000000"))
    with pytest.raises(NotFound, match="review the order again"):
        tee.store.perform(write)
    assert tee.store.writes == 0
    assert tee.store.probe(write) == Absent()


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (FaultKind.LOST, Done(receipt=Receipt())),
        (FaultKind.RESET, Absent()),
        (FaultKind.BROKEN_BEFORE, Absent()),
    ],
    ids=["lost", "reset", "broken"],
)
def test_lost_answer_is_told_by_the_fields(kind: FaultKind, found: Any) -> None:
    """The probe compares with before and after."""
    tee = Tee()
    write = tee.update(fields(description="old"), fields(description="new"))
    tee.store.inject(Fault(kind=kind, call=2))
    with pytest.raises((Unreachable, Broken)):
        tee.store.perform(write)
    assert tee.store.probe(write) == found


def test_taken_code_is_refused() -> None:
    """A code may stand on one product only."""
    tee = Tee()
    tee.store.sandbox.add_product(Goods(name="Other", codes=["012345678905"]))
    with pytest.raises(Refused, match="012345678905"):
        tee.store.perform(tee.update(fields(codes=CODES[:1]), fields(codes=CODES)))


def test_retail_price_asks_for_the_tax_form_once() -> None:
    """Which price is written is the store's setting."""
    write = UpdateProduct(product=Known(id="p"), before=fields(), after=fields(retail_price=Decimal(3)))
    target = adapter()
    assert target.calls(write) == 3
    row = {"id": "p", "price_excluding_tax": 5, "price_including_tax": None}
    _, script = talk(
        target.perform(step_of(write), {}),
        reply({"data": row}),
        reply({"data": {"tax_exclusive": True}}),
        reply({}),
    )
    assert script.bodies() == [{"details": {"price_excluding_tax": 3}}]
    assert target.calls(write) == 2
