"""Where the fields of a product stand against an update: at before, at after, or moved by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

from attrs import fields

from ..errors import Refused
from ..models.pos_product import PosProduct, ProductSupplier
from ..planning.question import Question, Stops
from ..planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ..planning.refs import Ids, resolve
from ..planning.write import ProductFields, UpdateProduct
from ..ports.exchange import Exchange

Find = Callable[[str], Exchange[PosProduct | None]]
"""Reads one product."""


class At(Enum):
    """Where a field stands."""

    BEFORE = "before"
    AFTER = "after"
    MOVED = "moved"


def is_plain(after: ProductFields) -> bool:
    """Whether only the activity is set, which needs no look at the product."""
    return all(value is None for name, value in _values(after).items() if name != "active")


def _values(fields_: ProductFields) -> dict[str, Any]:
    """Fields that are compared; the supplier only says whose code and price are meant."""
    names = (attribute.name for attribute in fields(ProductFields) if attribute.name != "supplier_id")
    return {name: getattr(fields_, name) for name in names}


def link_of(product: PosProduct, supplier_id: str | None) -> ProductSupplier | None:
    """What a supplier calls the product; the default one where nobody is named."""
    if supplier_id is None:
        return product.suppliers[0] if product.suppliers else None
    return next((each for each in product.suppliers if each.supplier_id == supplier_id), None)


def _now(product: PosProduct, supplier_id: str | None) -> dict[str, Any]:
    own = link_of(product, supplier_id)
    return {
        "active": product.active,
        "name": product.name,
        "description": product.description,
        "codes": product.codes,
        "supplier_code": own.code if own else "",
        "supply_price": own.price if own else None,
        "retail_price": product.retail_price,
    }


def standing(product: PosProduct, write: UpdateProduct) -> Mapping[str, At]:
    """Where each field that is to be set stands."""
    now, before = _now(product, write.after.supplier_id), _values(write.before)
    wanted = {name: value for name, value in _values(write.after).items() if value is not None}
    return {name: _at(now[name], before[name], value) for name, value in wanted.items()}


def _at(now: Any, before: Any, after: Any) -> At:
    """A value that the token may not see counts as unmoved: None is unknown."""
    if _text(now) == _text(after):
        return At.AFTER
    return At.BEFORE if now is None or before is None or _text(now) == _text(before) else At.MOVED


def _text(value: Any) -> Any:
    """Codes are compared without their kinds, which the store may know by other words."""
    return tuple(code.text for code in value) if isinstance(value, tuple) else value


def refuse_moved(system: str, what: str, where: Mapping[str, At]) -> None:
    """Refuse to write over what a person changed; raises ``Refused``."""
    moved = ", ".join(_moved(where))
    if moved:
        words = f"{moved} changed in the store since the plan was made"
        mend = "review the order again: what people change in the store is kept"
        raise Refused(system, 0, words, what=what, mend=mend)


def _moved(where: Mapping[str, At]) -> Iterator[str]:
    return (name.replace("_", " ") for name, at in where.items() if at is At.MOVED)


def probe_update(find: Find, write: UpdateProduct, ids: Ids) -> Exchange[Probed]:
    """Compare the product with before and after; what a person changed meanwhile is a question."""
    product = yield from find(resolve(write.product, ids))
    if product is None or product.deleted:
        return Absent()
    where = standing(product, write)
    if set(where.values()) <= {At.AFTER}:
        return Done(receipt=Receipt())
    moved = ", ".join(_moved(where))
    if not moved:
        return Absent()
    named = product.variant_name or product.name
    text = f"{moved} of {named!r} changed in the store meanwhile; which value is right?"
    return Unclear(question=Question(key=f"moved {write.product}", text=text, stops=Stops.ORDER))
