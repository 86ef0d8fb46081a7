"""Fields of a product that are set: PUT replaces lists whole, so they are read first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from attrs import evolve, fields

from ...errors import NotFound, Refused
from ...mapping.xseries import ProductEdit, write_edit
from ...models.pos_product import PosProduct, ProductSupplier
from ...models.store import TaxForm
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ...planning.refs import Ids, resolve
from ...planning.write import ProductFields, UpdateProduct
from ...ports.exchange import Exchange
from .products import PATH, find_product
from .store import StoreMemory, tax_form
from .wire import Wire, path_of

Find = Callable[[str], Exchange[PosProduct | None]]
"""Reads one product."""


class _At(Enum):
    """Where a field stands."""

    BEFORE = "before"
    AFTER = "after"
    MOVED = "moved"


def is_plain(after: ProductFields) -> bool:
    """Whether only the activity is set, which needs no look at the product."""
    return all(value is None for name, value in _values(after).items() if name != "active")


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
    return Receipt()


def edit_of(wire: Wire, find: Find, write: UpdateProduct, product_id: str) -> Exchange[ProductEdit | None]:
    """What is to be sent, from a look at the product; None where it is as wanted already."""
    product = yield from find(product_id)
    if product is None or product.deleted:
        mend = "it was deleted in the store; review the order again"
        raise NotFound(wire.label, 404, "no such product", what=f"GET /{PATH}/{product_id}", mend=mend)
    where = _standing(product, write)
    if set(where.values()) == {_At.AFTER}:
        return None
    _refuse_moved(wire, product, where)
    return _edit(wire, product, write.after)


def _values(fields_: ProductFields) -> dict[str, Any]:
    """Fields that are compared; the supplier only says whose code and price are meant."""
    names = (attribute.name for attribute in fields(ProductFields) if attribute.name != "supplier_id")
    return {name: getattr(fields_, name) for name in names}


def _own(product: PosProduct, supplier_id: str | None) -> ProductSupplier | None:
    if supplier_id is None:
        return product.suppliers[0] if product.suppliers else None
    return next((each for each in product.suppliers if each.supplier_id == supplier_id), None)


def _now(product: PosProduct, supplier_id: str | None) -> dict[str, Any]:
    own = _own(product, supplier_id)
    return {
        "active": product.active,
        "name": product.name,
        "description": product.description,
        "codes": product.codes,
        "supplier_code": own.code if own else "",
        "supply_price": own.price if own else None,
        "retail_price": product.retail_price,
    }


def _standing(product: PosProduct, write: UpdateProduct) -> Mapping[str, _At]:
    now, before = _now(product, write.after.supplier_id), _values(write.before)
    wanted = {name: value for name, value in _values(write.after).items() if value is not None}
    return {name: _at(now[name], before[name], value) for name, value in wanted.items()}


def _at(now: Any, before: Any, after: Any) -> _At:
    """A value that the token may not see counts as unmoved: None is unknown."""
    if _text(now) == _text(after):
        return _At.AFTER
    return _At.BEFORE if now is None or before is None or _text(now) == _text(before) else _At.MOVED


def _text(value: Any) -> Any:
    """Codes are compared without their kinds, which the store may know by other words."""
    return tuple(code.text for code in value) if isinstance(value, tuple) else value


def _refuse_moved(wire: Wire, product: PosProduct, where: Mapping[str, _At]) -> None:
    moved = ", ".join(_moved(where))
    if moved:
        words = f"{moved} changed in the store since the plan was made"
        mend = "review the order again: what people change in the store is kept"
        raise Refused(wire.label, 0, words, what=f"PUT /{PATH}/{product.id}", mend=mend)


def _moved(where: Mapping[str, _At]) -> Iterator[str]:
    return (name.replace("_", " ") for name, at in where.items() if at is _At.MOVED)


def _edit(wire: Wire, product: PosProduct, after: ProductFields) -> ProductEdit:
    edit = ProductEdit(
        name=after.name,
        description=after.description,
        active=after.active,
        codes=after.codes,
        retail_price=after.retail_price,
    )
    if after.supplier_code is None and after.supply_price is None:
        return edit
    own = _own(product, after.supplier_id)
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


def probe_update(find: Find, write: UpdateProduct, ids: Ids) -> Exchange[Probed]:
    """Compare the product with before and after; what a person changed meanwhile is a question."""
    product = yield from find(resolve(write.product, ids))
    if product is None or product.deleted:
        return Absent()
    where = _standing(product, write)
    if set(where.values()) <= {_At.AFTER}:
        return Done(receipt=Receipt())
    moved = ", ".join(_moved(where))
    if not moved:
        return Absent()
    named = product.variant_name or product.name
    text = f"{moved} of {named!r} changed in the store meanwhile; which value is right?"
    return Unclear(question=Question(key=f"moved {write.product}", text=text, stops=Stops.ORDER))
