"""Edits of what the sample plan made: each with what is read afterwards, and with the write that takes it back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from attrs import frozen

from ..errors import NotFound
from ..models.purchase_order import PurchaseStatus
from ..planning.plan import Plan
from ..planning.refs import Kind, Known, Slot
from ..planning.snapshot import Wanted
from ..planning.step import Step
from ..planning.write import (
    AddLines,
    LineAdd,
    ProductFields,
    Remove,
    SetLine,
    UpdateProduct,
    Write,
)
from .sample import COST
from .subject import Subject
from .target_case import Made, order_step

_CHEAPER = Decimal("11.15")
_COAT = Slot(kind=Kind.PRODUCT, name="coat/S")
_BEFORE = Decimal(2)


@frozen(kw_only=True)
class Edit:
    """One edit of the first variant or of its order line."""

    name: str
    """What it does, for people."""
    write: Callable[[Known, Known, Known], Write]
    """Makes the write from product, order and supplier."""
    back: Callable[[Known, Known, Known], Write] | None = None
    """Makes the write that takes it back; None where nothing does."""
    first: Callable[[Known, Known, Known], Write] | None = None
    """Makes a write that comes before it."""
    tell: Callable[[Subject, str, str], object]
    """Reads back what it was about, from product and order."""
    after: object
    """What is read afterwards."""

    def step(self, plan: Plan, ids: Made) -> Step:
        """The edit as a step."""
        return _step(self.write, plan, ids, "edit")

    def prepared(self, plan: Plan, ids: Made) -> tuple[Step, ...]:
        """What comes before it."""
        return (_step(self.first, plan, ids, "first"),) if self.first else ()

    def taken_back(self, plan: Plan, ids: Made) -> Step:
        """The write that takes it back as a step."""
        if self.back is None:
            raise ValueError(self.name)
        return _step(self.back, plan, ids, "back")

    def told(self, subject: Subject, ids: Made) -> object:
        """What is read now."""
        order = next(remote for slot, remote in ids.items() if slot.kind is Kind.ORDER)
        return self.tell(subject, ids[_COAT], order)


def _step(make: Callable[[Known, Known, Known], Write], plan: Plan, ids: Made, key: str) -> Step:
    step, order = order_step(plan)
    supplier = next(remote for slot, remote in ids.items() if slot.kind is Kind.SUPPLIER)
    write = make(Known(id=ids[_COAT]), Known(id=ids[order.slot]), Known(id=supplier))
    return Step(key=key, change=step.change, orders=step.orders, write=write)


def _line(subject: Subject, product: str, order: str) -> object:
    lines = subject.drive(subject.target.read_order(order)).lines or ()
    return next(((line.count, line.cost) for line in lines if line.product_id == product), "no line")


def _product(subject: Subject, product: str, order: str) -> object:
    found = subject.drive(subject.target.look(Wanted(products=(product,)), {})).products.get(product)
    if found is None or found.deleted:
        return "gone"
    return found.active, found.supply_price, found.suppliers[0].code if found.suppliers else ""


def _order(subject: Subject, product: str, order: str) -> object:
    try:
        read = subject.drive(subject.target.read_order(order))
    except NotFound:
        return "gone"
    return "gone" if read.deleted or read.status is PurchaseStatus.CANCELLED else "there"


def _fields(supplier: Known, *, changed: bool) -> ProductFields:
    return ProductFields(
        active=changed,
        supplier_id=supplier.id,
        supplier_code="COAT-S-2" if changed else "COAT-S",
        supply_price=_CHEAPER if changed else COST,
    )


def _update(product: Known, order: Known, supplier: Known) -> Write:
    before, after = _fields(supplier, changed=False), _fields(supplier, changed=True)
    return UpdateProduct(product=product, before=before, after=after)


def _update_back(product: Known, order: Known, supplier: Known) -> Write:
    before, after = _fields(supplier, changed=False), _fields(supplier, changed=True)
    return UpdateProduct(product=product, before=after, after=before)


def _set(product: Known, order: Known, supplier: Known) -> Write:
    return SetLine(
        order=order,
        product=product,
        before=_BEFORE,
        count=Decimal(5),
        cost_before=COST,
        cost=_CHEAPER,
    )


def _set_back(product: Known, order: Known, supplier: Known) -> Write:
    return SetLine(
        order=order,
        product=product,
        before=Decimal(5),
        count=_BEFORE,
        cost_before=_CHEAPER,
        cost=COST,
    )


def _add(product: Known, order: Known, supplier: Known) -> Write:
    line = LineAdd(product=product, before=_BEFORE, count=Decimal(5), cost=COST)
    return AddLines(order=order, lines=(line,))


def _add_back(product: Known, order: Known, supplier: Known) -> Write:
    return SetLine(
        order=order, product=product, before=Decimal(5), count=_BEFORE, cost_before=COST, cost=COST
    )


def _remove_line(product: Known, order: Known, supplier: Known) -> Write:
    return Remove(kind=Kind.PRODUCT, target=product, within=order, before=_BEFORE)


def _remove_line_back(product: Known, order: Known, supplier: Known) -> Write:
    line = LineAdd(product=product, before=Decimal(0), count=_BEFORE, cost=COST)
    return AddLines(order=order, lines=(line,))


def _remove_order(product: Known, order: Known, supplier: Known) -> Write:
    return Remove(kind=Kind.ORDER, target=order)


def _remove_product(product: Known, order: Known, supplier: Known) -> Write:
    return Remove(kind=Kind.PRODUCT, target=product)


EDITS = (
    Edit(
        name="setting a line",
        write=_set,
        back=_set_back,
        tell=_line,
        after=(Decimal(5), _CHEAPER),
    ),
    Edit(
        name="adding to a line",
        write=_add,
        back=_add_back,
        tell=_line,
        after=(Decimal(5), COST),
    ),
    Edit(
        name="removing a line",
        write=_remove_line,
        back=_remove_line_back,
        tell=_line,
        after="no line",
    ),
    Edit(
        name="updating a product",
        write=_update,
        back=_update_back,
        tell=_product,
        after=(True, _CHEAPER, "COAT-S-2"),
    ),
    Edit(
        name="removing the order",
        write=_remove_order,
        tell=_order,
        after="gone",
    ),
    Edit(
        name="removing a product",
        first=_remove_order,
        write=_remove_product,
        tell=_product,
        after="gone",
    ),
)
"""Every kind of edit that a revision or an undo may send."""
