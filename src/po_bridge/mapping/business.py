"""The two business tables: what syncs, row for row, in the customer's own words.

A row names the attribute it fills and the attributes it reads; how is a named function whose docstring is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import attrs
from attrs import Attribute, field, frozen

from ..errors import Misuse
from ..models.order_draft import OrderDraft, ProductDraft
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from . import order_rows, product_rows
from .views import OrderView, ProductView

V = TypeVar("V")
D = TypeVar("D")
A = TypeVar("A")


@frozen(kw_only=True)
class Row(Generic[V]):
    """One row: the customer's label, what it reads, what it fills and how."""

    label: str
    """Label on the wholesale side, the customer's own words."""
    fills: str
    """Name of the attribute it fills."""
    reads: tuple[str, ...]
    """What it reads, as ``WholesaleOrder.created_at``."""
    how: Callable[[V], Any]
    """A named function of the view; its docstring says what it does."""


def row(label: str, fills: Attribute[A], reads: tuple[str, ...], how: Callable[[V], A]) -> Row[V]:
    """Make a row; the checkers hold the function's result against the attribute's type."""
    return Row(label=label, fills=fills.name, reads=reads, how=how)


@frozen(kw_only=True)
class BusinessTable(Generic[V, D]):
    """Rows that fill every attribute of a draft exactly once."""

    draft: type[D]
    """The class that is filled."""
    rows: tuple[Row[V], ...] = field()
    """In the order in which they are shown."""

    def __attrs_post_init__(self) -> None:
        filled = [row.fills for row in self.rows]
        wanted = [attribute.name for attribute in attrs.fields(self.draft)]  # type: ignore[arg-type]  # always attrs
        faults = [
            f"{name} is filled {filled.count(name)} times" for name in wanted if filled.count(name) != 1
        ]
        faults += [
            f"{name} is no attribute of {self.draft.__name__}" for name in filled if name not in wanted
        ]
        if faults:
            raise Misuse(f"business table of {self.draft.__name__}: {'; '.join(faults)}")

    def read(self, view: V) -> D:
        """Fill a draft from a view."""
        return self.draft(**{row.fills: row.how(view) for row in self.rows})

    def replaced(self, new: Row[V]) -> BusinessTable[V, D]:
        """The table with one row exchanged; raises Misuse where it fills what no row filled."""
        rows = tuple(new if row.fills == new.fills else row for row in self.rows)
        if new not in rows:
            raise Misuse(f"no row of {self.draft.__name__} fills {new.fills}")
        return BusinessTable(draft=self.draft, rows=rows)


@frozen(kw_only=True)
class BusinessTables:
    """The order table and the product table."""

    order: BusinessTable[OrderView, OrderDraft]
    """Wholesale order to purchase order."""
    product: BusinessTable[ProductView, ProductDraft]
    """Order line and style document to product."""


_O = attrs.fields(OrderDraft)
_P = attrs.fields(ProductDraft)


def _of(model: type[Any], *names: str) -> tuple[str, ...]:
    known = {attribute.name for attribute in attrs.fields(model)}
    missing = [name for name in names if name not in known]
    if missing:
        raise Misuse(f"{model.__name__} has no {', '.join(missing)}")
    return tuple(f"{model.__name__}.{name}" for name in names)


ORDER_TABLE = BusinessTable(
    draft=OrderDraft,
    rows=(
        row("Order Date", _O.created_at, _of(WholesaleOrder, "created_at"), order_rows.order_date),
        row("Brand Portal", _O.supplier, _of(WholesaleOrder, "key"), order_rows.brand_portal),
        row("Buyer", _O.ordered_by, _of(WholesaleOrder, "buyer", "creator"), order_rows.buyer),
        row("Total Quantity", _O.total_quantity, _of(OrderLine, "quantity"), order_rows.total_quantity),
        row("Total", _O.total_cost, _of(OrderLine, "unit_price", "quantity"), order_rows.total_cost),
        row(
            "Ship End",
            _O.due_on,
            (*_of(WholesaleOrder, "window"), *_of(OrderLine, "window")),
            order_rows.ship_end,
        ),
        row("Order Number", _O.number, _of(WholesaleOrder, "number"), order_rows.order_number),
        row(
            "Customer PO Number",
            _O.note,
            _of(WholesaleOrder, "customer_po_number", "number"),
            order_rows.note,
        ),
    ),
)
"""Wholesale order to purchase order."""

PRODUCT_TABLE = BusinessTable(
    draft=ProductDraft,
    rows=(
        row("Product Name", _P.name, _of(StyleDocument, "name", "number"), product_rows.product_name),
        row(
            "Product Description", _P.description, _of(StyleDocument, "description"), product_rows.description
        ),
        row("Product Brand", _P.brand, _of(StyleDocument, "brand", "portal"), product_rows.brand),
        row("Item Price", _P.supply_price, _of(OrderLine, "unit_price"), product_rows.item_price),
        row(
            "MSRP",
            _P.retail_price,
            (*_of(OrderLine, "retail_price"), *_of(StyleDocument, "retail")),
            product_rows.msrp,
        ),
        row("Image", _P.image, _of(StyleDocument, "images"), product_rows.image),
        row(
            "Style Number + Variant Options",
            _P.supplier_code,
            _of(OrderLine, "style_number", "key"),
            product_rows.supplier_code,
        ),
        row("UPCs", _P.upc, (*_of(OrderLine, "upc"), *_of(StyleDocument, "sizes")), product_rows.upc),
        row("Product ID", _P.source_id, _of(OrderLine, "key"), product_rows.product_id),
    ),
)
"""Order line and style document to product."""

DEFAULT_TABLES = BusinessTables(order=ORDER_TABLE, product=PRODUCT_TABLE)
"""The tables of the customer's own wording."""
