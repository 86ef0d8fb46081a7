"""Fields of a product that are set: PUT replaces lists whole, so they are read first."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from attrs import evolve

from ...errors import NotFound, Refused
from ...mapping.xseries import ProductEdit, write_edit
from ...models.pos_product import PosProduct, ProductSupplier
from ...models.store import TaxForm
from ...planning.receipt import Receipt
from ...planning.refs import Ids, resolve
from ...planning.write import ProductFields, UpdateProduct
from ...ports.exchange import Exchange
from .._standing import At, Find, is_plain, link_of, refuse_moved, standing
from .products import PATH, find_product
from .store import StoreMemory, tax_form
from .wire import Wire, path_of


def update_product(wire: Wire, memory: StoreMemory, write: UpdateProduct, ids: Ids) -> Exchange[Receipt]:
    """Set fields; refused where a person changed one of them since the plan was made.

    A product that is as wanted already is left alone, and the receipt says that it was found so.
    """
    product_id = resolve(write.product, ids)
    edit: ProductEdit | None = ProductEdit(active=write.after.active)
    if not is_plain(write.after):
        edit = yield from edit_of(wire, partial(find_product, wire), write, product_id)
    if edit is None:
        return Receipt(found=True)
    form = TaxForm.INCLUSIVE if edit.retail_price is None else (yield from tax_form(wire, memory))
    yield from wire.write("PUT", path_of(PATH, product_id), write_edit(edit, form))
    return Receipt(unread=not is_plain(write.after))


def edit_of(wire: Wire, find: Find, write: UpdateProduct, product_id: str) -> Exchange[ProductEdit | None]:
    """What is to be sent, from a look at the product; None where it is as wanted already."""
    product = yield from find(product_id)
    if product is None or product.deleted:
        mend = "it was deleted in the store; review the order again"
        raise NotFound(wire.label, 404, "no such product", what=f"GET /{PATH}/{product_id}", mend=mend)
    where = standing(product, write)
    if set(where.values()) == {At.AFTER}:
        return None
    refuse_moved(wire.label, f"PUT /{PATH}/{product.id}", where)
    return _edit(wire, product, write.after)


def _edit(wire: Wire, product: PosProduct, after: ProductFields) -> ProductEdit:
    edit = ProductEdit(
        name=after.name,
        description=after.description,
        active=after.active,
        codes=after.codes,
        kinds={
            code.text: kind for code in product.codes if (kind := wire.kinds.get((product.id, code.text)))
        },
        retail_price=after.retail_price,
    )
    if after.supplier_code is None and after.supply_price is None:
        return edit
    own = link_of(product, after.supplier_id)
    if own is None and after.supplier_id is None:
        mend = "give the product a supplier in the store, then resume"
        raise Refused(
            wire.label, 0, "the product has no supplier", what=f"PUT /{PATH}/{product.id}", mend=mend
        )
    changed = _with(own or ProductSupplier(supplier_id=after.supplier_id or ""), after)
    kept = tuple(changed if each is own else each for each in product.suppliers)
    return evolve(edit, suppliers=kept if own else (*kept, changed), family_suppliers=own is None)


def _with(own: ProductSupplier, after: ProductFields) -> ProductSupplier:
    code = own.code if after.supplier_code is None else after.supplier_code
    price: Decimal | None = own.price if after.supply_price is None else after.supply_price
    return evolve(own, code=code, price=price)
