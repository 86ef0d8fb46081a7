"""Retail prices in the store's own tax form, both ways; costs that are unknown stay so; SKUs of the store."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from attrs import evolve
from tests.clients.xseries.family import addition, family, member, standard
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import XSeries
from po_bridge.models.pos_product import PosProduct
from po_bridge.models.store import TaxForm
from po_bridge.planning.refs import Known
from po_bridge.planning.snapshot import Wanted
from po_bridge.planning.write import CreateFamily, ProductFields, UpdateProduct
from po_bridge.sandbox.xseries import Goods, Retailer

FORMS = {TaxForm.INCLUSIVE: Retailer(tax_exclusive=False), TaxForm.EXCLUSIVE: Retailer(tax_exclusive=True)}


@pytest.fixture(params=list(TaxForm), ids=lambda form: form.value)
def form(request: pytest.FixtureRequest) -> TaxForm:
    """Either tax form."""
    chosen: TaxForm = request.param
    return chosen


def sent(store: Store) -> set[str]:
    """Names of the prices that went out."""
    bodies = b"".join(request.body for request in store.asked)
    return {name for name in ("price_including_tax", "price_excluding_tax") if name.encode() in bodies}


def read_back(store: Store, target: XSeries, product_id: str) -> PosProduct | None:
    """A product as an adapter reads it."""
    return store.drive(target.look(Wanted(products=(product_id,)), {})).products.get(product_id)


def wanted(form: TaxForm) -> set[str]:
    """The one that a store of this form takes."""
    return {"price_including_tax" if form is TaxForm.INCLUSIVE else "price_excluding_tax"}


@pytest.mark.parametrize("kind", [family, standard], ids=["family", "standard"])
def test_new_products_carry_the_price_of_the_store(
    form: TaxForm, kind: Callable[[Store], CreateFamily]
) -> None:
    """A price in the other form, or in both, would be refused; it reads back as it was meant."""
    store = Store(retailer=FORMS[form])
    made = store.perform(kind(store)).made
    assert sent(store) == wanted(form)
    for product in store.sandbox.state.products.all_live():
        assert product.id in made.values()
        read = read_back(store, store.target, product.id)
        assert read is not None
        assert read.retail_price == 30


def test_added_variant_carries_it_too(form: TaxForm) -> None:
    """The call that adds a variant has the same two members."""
    store = Store(retailer=FORMS[form])
    write = family(store, "S")
    made = store.perform(write).made
    store.asked.clear()
    store.perform(addition(write, "M", made[write.slot]))
    assert sent(store) == wanted(form)


def test_updated_price_carries_it_too(form: TaxForm) -> None:
    """A price that is taken over goes out in the store's form."""
    store = Store(retailer=FORMS[form])
    product = store.sandbox.add_product(Goods(name="Hat", codes=("H",), price="20"))
    store.perform(
        UpdateProduct(
            product=Known(id=product),
            before=ProductFields(retail_price=Decimal(20)),
            after=ProductFields(retail_price=Decimal(25)),
        )
    )
    assert sent(store) == wanted(form)
    read = read_back(store, store.target, product)
    assert read is not None
    assert read.retail_price == 25


def test_missing_cost_is_unknown() -> None:
    """A token that may not see costs reads None, never zero."""
    store = Store()
    product = store.sandbox.add_product(Goods(name="Hat", codes=("H",), supply_price="12"))
    token = store.sandbox.add_token({"products:read"})
    blind = store.adapter(token=token)
    read = read_back(store, blind, product)
    assert read is not None
    assert read.supply_price is None


@pytest.mark.parametrize(
    ("sequence", "sku"), [(True, "10001"), (False, "012345678903")], ids=["numbered", "not numbered"]
)
def test_sku_of_the_store(sequence: bool, sku: str) -> None:
    """The store's next number goes before our codes, and the product is found by ours; without numbers ours leads."""
    store = Store(retailer=Retailer(sku_sequence=sequence))
    write = standard(store)
    numbered = evolve(write, members=(evolve(member("S", values=()), sku_from_store=True),))
    made = store.perform(numbered).made
    product = store.sandbox.state.products.by_id[made[numbered.members[0].slot]]
    assert product.codes[0].code == sku
    assert {code.text for code in numbered.members[0].codes} <= {code.code for code in product.codes}
