"""Fields of an item that are set: what a person changed meanwhile is kept."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from ...errors import NotFound
from ...mapping.rseries import ItemEdit, write_edit
from ...models.pos_product import PosProduct, ProductSupplier
from ...planning.receipt import Receipt
from ...planning.refs import Ids, resolve
from ...planning.write import ProductFields, UpdateProduct
from ...ports.exchange import Exchange
from .._standing import At, is_plain, link_of, refuse_moved, standing
from .items import find_item
from .store import StoreMemory
from .wire import Wire


def update_item(wire: Wire, memory: StoreMemory, write: UpdateProduct, ids: Ids) -> Exchange[Receipt]:
    """Set fields; refused where a person changed one of them since the plan was made.

    An item that is as wanted already is left alone. There are no drafts: every live item is on sale.
    """
    item_id = resolve(write.product, ids)
    product = yield from find_item(wire, memory, item_id)
    if product is None or product.deleted:
        mend = "it was archived in the store; review the order again"
        raise NotFound(wire.label, 404, "no such item", what=f"GET /Item/{item_id}", mend=mend)
    where = standing(product, write)
    if set(where.values()) == {At.AFTER}:
        return Receipt(found=True)
    refuse_moved(wire.label, f"PUT /Item/{item_id}", where)
    edit, notes = _edit(wire, memory, product, write.after)
    yield from wire.update("Item", item_id, write_edit(edit, memory.settings.price_levels))
    return Receipt(notes=notes, unread=not is_plain(write.after))


def _edit(
    wire: Wire, memory: StoreMemory, product: PosProduct, after: ProductFields
) -> tuple[ItemEdit, tuple[str, ...]]:
    edit = ItemEdit(
        description=after.name, codes=after.codes, cost=after.supply_price, retail_price=after.retail_price
    )
    notes = ("items have no description beside their name",) if after.description is not None else ()
    if after.supplier_code is None and (after.supply_price is None or not memory.settings.vendor_costs):
        return edit, notes
    own = link_of(product, after.supplier_id) or ProductSupplier(supplier_id=after.supplier_id or "")
    if not own.supplier_id:
        mend = "give the item a vendor in the store, then resume"
        raise wire.refused(f"PUT /Item/{product.id}", "the item has no vendor", mend)
    code = own.code if after.supplier_code is None else after.supplier_code
    price: Decimal | None = after.supply_price if memory.settings.vendor_costs else None
    return evolve(edit, supplier=evolve(own, code=code, price=price)) if code else edit, notes
