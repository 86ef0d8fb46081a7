# ruff: noqa: INP001  # a script beside the pages, no package
"""Writes docs/reference/tables.md: what syncs, joined from the business tables and the field tables of every platform.

Usage: python docs/make_tables.py [--check]

With --check nothing is written; the exit code is 1 where the page is not what the code says.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from po_bridge import ORDER_TABLE, PRODUCT_TABLE, BusinessTable
from po_bridge.errors import Misuse
from po_bridge.mapping import rseries
from po_bridge.mapping.business import Row
from po_bridge.mapping.location import Standpoint
from po_bridge.mapping.markdown import code, grid, markdown
from po_bridge.mapping.nuorder import DEFAULT
from po_bridge.mapping.rule import Field, Part, Rows
from po_bridge.mapping.table import Table
from po_bridge.mapping.xseries import (
    CODES,
    LINE,
    NEW_FAMILY,
    NEW_PRODUCT,
    NEW_VARIANT,
    ORDER,
    PRODUCT,
    SUPPLIERS,
)
from po_bridge.models.store import TaxForm

PAGE: Final = Path(__file__).parent / "reference" / "tables.md"
COLUMNS: Final = ("NuORDER", "Read from", "X-Series", "Written to", "R-Series", "Written to", "How")

HEAD: Final = """\
# What syncs

<!-- Written by docs/make_tables.py from the tables themselves; a test compares. Do not edit. -->

The first column and the labels are the merchant's own words.
Paths are those of the vendors' JSON documents; `@portal` is the name of the credential's portal.
A caller can replace a row: `bridge = Bridge(tables=...)` for the two tables, `NuOrder(tables=...)` for the fields.
"""

_ROW: Final = re.compile(r"(?:data|Order|OrderLine)\[\]\.")
"""How a list of records begins."""

UPLOAD: Final = "upload, one call a picture"
SPLIT: Final = {
    "supplier_code": (
        ("Style Number", "Supplier Code (standard product)"),
        ("Style Number + Variant Options", "Supplier Code (variant)"),
    )
}
"""Rows of one attribute that merchants know under two names."""


@frozen
class Leaf:
    """One field with everything it belongs to."""

    owners: tuple[str, ...]
    """The attributes it is a part of and itself, as ``OrderLine.window``, ``ShipWindow.end``."""
    rule: Field
    reads: str
    writes: str


def leaves(table: Table[Any], here: Standpoint, owners: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Yield every field of a table and of the tables inside it."""
    inside = here.over(table.over)
    for rule in table.rules:
        own = (*owners, f"{table.model.__name__}.{rule.attribute.name}")
        match rule:
            case Field():
                places = ", else ".join(code(inside.text(place)) for place in rule.reads)
                written = code(inside.text(rule.writes)) if rule.writes else ""
                yield Leaf(own, rule, places, written)
            case Part():
                yield from leaves(rule.table, inside.into(rule.at), own)
            case Rows():
                yield from leaves(rule.table, inside, own)
            case _:
                continue


def read_from(row: Row[Any], label: str) -> str:
    """Where a row is read from; of what it reads, the fields that bear its label, where any do."""
    found: dict[str, dict[str, None]] = {}
    for name in row.reads:
        document, places = told_of(name, label, strict=row.fills in SPLIT)
        found.setdefault(document, {}).update(dict.fromkeys(places))
    return "; ".join(f"{document}: {', '.join(places)}" for document, places in found.items() if places)


def told_of(name: str, label: str, *, strict: bool) -> tuple[str, list[str]]:
    """The document that tells an attribute, and the places in it."""
    for document, table in (("order", DEFAULT.order), ("style", DEFAULT.style)):
        found = [leaf for leaf in leaves(table, Standpoint()) if name in leaf.owners]
        named = [leaf for leaf in found if leaf.rule.label and leaf.rule.label in label]
        if found:
            return document, [leaf.reads for leaf in (named if strict else named or found)]
    raise Misuse(f"no field table reads {name}")


@frozen
class Written:
    """Where an attribute of a draft goes."""

    label: str
    places: str


def written_to(*wanted: tuple[Table[Any], str]) -> Written:
    """The label and the places of attributes in written tables."""
    labels: list[str] = []
    places: list[str] = []
    for table, name in wanted:
        found = [leaf for leaf in leaves(table, Standpoint()) if name in leaf.owners]
        if not found:
            raise Misuse(f"the table of {table.name} does not tell {name}")
        labels += [leaf.rule.label for leaf in found if leaf.rule.label]
        labels += [
            rule.label
            for rule in table.rules
            if f"{table.model.__name__}.{rule.attribute.name}" == name and rule.label
        ]
        places += [_ROW.sub("", leaf.writes) for leaf in found if leaf.writes]
    return Written(next(iter(labels), ""), ", ".join(dict.fromkeys(places)))


BY_FORM: Final = tuple((NEW_VARIANT[form], "PosProduct.retail_price") for form in TaxForm)

WRITES: Final = {
    "created_at": written_to((ORDER, "PurchaseOrder.created_at")),
    "supplier": written_to((ORDER, "PurchaseOrder.supplier_id")),
    "ordered_by": Written("Ordered By", "no field; kept on our record and shown in reports"),
    "total_quantity": written_to((LINE, "PurchaseLine.count")),
    "total_cost": written_to((LINE, "PurchaseLine.cost")),
    "due_on": written_to((ORDER, "PurchaseOrder.due_at")),
    "number": written_to((ORDER, "PurchaseOrder.number")),
    "note": written_to((ORDER, "PurchaseOrder.note")),
    "name": written_to((NEW_FAMILY, "PosProduct.name")),
    "description": written_to((NEW_FAMILY, "PosProduct.description")),
    "brand": written_to((NEW_FAMILY, "PosProduct.brand_id")),
    "supply_price": written_to(
        (NEW_VARIANT[TaxForm.INCLUSIVE], "PosProduct.supply_price"), (SUPPLIERS, "ProductSupplier.price")
    ),
    "retail_price": written_to(*BY_FORM),
    "image": Written(written_to((PRODUCT, "PosProduct.images")).label, UPLOAD),
    "supplier_code": written_to((SUPPLIERS, "ProductSupplier.code")),
    "upc": Written(
        written_to((NEW_PRODUCT[TaxForm.INCLUSIVE], "PosProduct.codes")).label,
        written_to((CODES, "ProductCode.text"), (CODES, "ProductCode.kind")).places,
    ),
    "source_id": Written("not shown", written_to((NEW_FAMILY, "PosProduct.source_id")).places),
}
"""Where each attribute of the two drafts is written."""


LOST: Final = "no field; named as a loss"

RSERIES_WRITES: Final = {
    "created_at": Written(
        "Ordered", "`orderedDate` once it is marked as sent, after its lines; else a named loss"
    ),
    "supplier": written_to((rseries.ORDER, "PurchaseOrder.supplier_id")),
    "ordered_by": Written("none", "no field; kept on our record and shown in reports"),
    "total_quantity": written_to((rseries.LINE, "PurchaseLine.count")),
    "total_cost": Written(
        written_to((rseries.LINE, "PurchaseLine.cost")).label, "`price`, `originalPrice`; `discount` is 0"
    ),
    "due_on": written_to((rseries.ORDER, "PurchaseOrder.due_at")),
    "number": written_to((rseries.ORDER, "PurchaseOrder.number")),
    "note": Written("Stock instructions", "`stockInstructions`; `Note.note` by a setting"),
    "name": Written("Description", "`description` of the matrix, of each item with its values behind"),
    "description": Written("none", LOST),
    "brand": written_to((rseries.NEW_MATRIX, "PosProduct.brand_id")),
    "supply_price": written_to((rseries.NEW_ITEM, "PosProduct.supply_price")),
    "retail_price": Written(
        "Default, MSRP", "`Prices.ItemPrice[].amount` by `useType`, the levels of a setting"
    ),
    "image": Written("Images", UPLOAD),
    "supplier_code": written_to((rseries.NEW_ITEM, "ProductSupplier.code")),
    "upc": Written("UPC, EAN, Custom SKU", "`upc` 12 digits, `ean` 11, 13 or 14, else `customSku`"),
    "source_id": Written("not shown", "no field; kept as the link"),
}
"""The same in the second POS."""


def business(table: BusinessTable[Any, Any]) -> str:
    """One of the two tables, in the merchant's words; raises Misuse for an attribute without a place."""
    both = WRITES.keys() & RSERIES_WRITES.keys()
    missing = [one.name for one in attrs.fields(table.draft) if one.name not in both]
    if missing:
        raise Misuse(f"{table.draft.__name__}: no place is named for {', '.join(missing)}")
    return grid(COLUMNS, (cells for row in table.rows for cells in _cells(row)))


def _cells(row: Row[Any]) -> Iterable[tuple[str, ...]]:
    written, second = WRITES[row.fills], RSERIES_WRITES[row.fills]
    how = inspect.getdoc(row.how) or ""
    for ours, theirs in SPLIT.get(row.fills, ((row.label, written.label),)):
        yield ours, read_from(row, ours), theirs, written.places, second.label, second.places, how


RSERIES: Final[tuple[Table[Any], ...]] = (
    rseries.ORDER,
    rseries.LINE,
    rseries.NEW_MATRIX,
    rseries.NEW_ITEM,
    rseries.SUPPLIERS,
    rseries.PRICES,
    rseries.ATTRIBUTE_SET,
    rseries.ITEM,
)
"""Field tables of R-Series; one or many, none and empty text are evened out before they are read."""


def page() -> str:
    """The whole page."""
    wire = (DEFAULT.order, DEFAULT.style, ORDER, LINE, NEW_FAMILY, NEW_VARIANT[TaxForm.EXCLUSIVE], PRODUCT)
    parts = (
        HEAD,
        "## A wholesale order becomes a purchase order\n",
        business(ORDER_TABLE),
        "## A brand product becomes a product\n",
        business(PRODUCT_TABLE),
        "# Field tables: NuORDER\n",
        *(markdown(table) for table in wire[:2]),
        "# Field tables: X-Series\n",
        *(markdown(table) for table in wire[2:]),
        "# Field tables: R-Series\n",
        *(markdown(table) for table in RSERIES),
    )
    return "\n".join(parts)


def main() -> int:
    """Write the page, or compare it."""
    made = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
