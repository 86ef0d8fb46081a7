"""Rows of the toy POS as records of ours."""

from __future__ import annotations

from ..errors import Misuse
from ..models.named_record import NamedRecord
from ..models.pos_product import (
    CodeKind,
    OptionValue,
    PosImage,
    PosProduct,
    ProductCode,
    ProductSupplier,
)
from ..models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from ..planning.snapshot import Collection, Record
from .toy_pos import Row, ToyPos

_TABLES = {
    Collection.SUPPLIERS: "suppliers",
    Collection.BRANDS: "brands",
    Collection.TAGS: "tags",
    Collection.OPTIONS: "options",
    Collection.PRODUCTS: "products",
    Collection.ORDERS: "orders",
}


def read_records(pos: ToyPos, collection: Collection, since: int) -> tuple[Record, ...]:
    """Rows newer than a version."""
    rows = sorted(pos.rows(_TABLES[collection]), key=lambda row: int(row["version"]))
    return tuple(_record(collection, row) for row in rows if row["version"] > since)


def _record(collection: Collection, row: Row) -> Record:
    match collection:
        case Collection.PRODUCTS:
            return read_product(row)
        case Collection.ORDERS:
            return read_order(row)
        case _:
            return NamedRecord(id=row["id"], name=row["name"])


def read_product(row: Row) -> PosProduct:
    """A row of the products table."""
    codes = tuple(ProductCode(kind=CodeKind.CUSTOM, text=code) for code in row["codes"])
    supplier = ProductSupplier(
        supplier_id=row["supplier"], code=row["supplier_code"], price=row["supply_price"]
    )
    return PosProduct(
        id=row["id"],
        family_id=row["family"],
        name=row["name"],
        variant_name=" / ".join((row["name"], *row["values"])),
        description=row["description"],
        active=row["active"],
        sku=row["codes"][0] if row["codes"] else "",
        codes=codes,
        suppliers=(supplier,) if row["supplier"] else (),
        brand_id=row["brand"],
        options=tuple(
            OptionValue(name=name, value=value)
            for name, value in zip(row["options"], row["values"], strict=True)
        ),
        supply_price=row["supply_price"],
        retail_price=row["retail_price"],
        images=tuple(PosImage(image_id=image) for image in row["images"]),
        source_id=row["source_id"],
    )


def read_order(row: Row) -> PurchaseOrder:
    """A row of the orders table."""
    lines = tuple(
        PurchaseLine(product_id=product, count=count, cost=cost)
        for product, (count, cost) in row["lines"].items()
    )
    return PurchaseOrder(
        id=row["id"],
        number=row["number"],
        note=row["note"],
        supplier_id=row["supplier"],
        outlet_id=row["outlet"],
        status=PurchaseStatus(row["status"]),
        due_at=row["due_at"],
        charges=row.get("charges"),
        lines=lines,
    )


def found(pos: ToyPos, table: str, row_id: str) -> Row:
    """A row by id; raises Misuse for one that is not there."""
    try:
        return pos.tables[table][row_id]
    except KeyError:
        raise Misuse(f"the toy POS has no {table} {row_id}") from None
