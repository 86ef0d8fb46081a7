"""Rows of the till as records of po_bridge."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from po_bridge.models.named_record import NamedRecord
from po_bridge.models.pos_product import (
    CodeKind,
    OptionValue,
    PosImage,
    PosProduct,
    ProductCode,
    ProductSupplier,
)
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from po_bridge.planning.snapshot import Collection, Page, Record

from .till import Till

PAGE = 100
_CHANGED = (
    "SELECT record, max(seq) AS last FROM changes WHERE list = ? GROUP BY record HAVING last > ?"
    " ORDER BY last LIMIT ?"
)


def read_page(till: Till, collection: Collection, since: str, zone: ZoneInfo) -> Page:
    """Records that changed after a position; what was deleted since is left out."""
    rows = till.rows(_CHANGED, collection.value, int(since or 0), PAGE + 1)
    found = (_record(till, collection, str(row["record"]), zone) for row in rows[:PAGE])
    return Page(
        records=tuple(record for record in found if record is not None),
        position=str(rows[:PAGE][-1]["last"]) if rows else since,
        more=len(rows) > PAGE,
    )


def _record(till: Till, collection: Collection, record: str, zone: ZoneInfo) -> Record | None:
    match collection:
        case Collection.PRODUCTS:
            return read_product(till, record)
        case Collection.ORDERS:
            return read_order(till, record, zone)
        case _:
            rows = till.rows("SELECT * FROM named WHERE id = ?", record)
            return NamedRecord(id=record, name=rows[0]["name"]) if rows else None


def read_product(till: Till, product: str) -> PosProduct | None:
    """One product, archived ones included."""
    for row in till.rows("SELECT * FROM products WHERE id = ?", product):
        codes = till.rows("SELECT * FROM codes WHERE product = ? ORDER BY rowid", product)
        options = json.loads(row["options"])
        price = money(row["supply_price"])
        supplier = ProductSupplier(supplier_id=str(row["supplier"]), code=row["supplier_code"], price=price)
        return PosProduct(
            id=product,
            family_id=str(row["family"]) if options else None,
            name=row["name"],
            variant_name=" / ".join((row["name"], *options.values())),
            description=row["description"],
            active=bool(row["active"]),
            deleted=bool(row["archived"]),
            sku=codes[0]["code"] if codes else "",
            codes=tuple(ProductCode(kind=CodeKind(code["kind"]), text=code["code"]) for code in codes),
            suppliers=(supplier,),
            brand_id=str(row["brand"]) if row["brand"] else None,
            options=tuple(OptionValue(name=name, value=value) for name, value in options.items()),
            supply_price=price,
            retail_price=money(row["retail_price"]),
            images=(PosImage(image_id=row["picture"], address=row["picture"]),) if row["picture"] else (),
        )
    return None


def read_order(till: Till, order: str, zone: ZoneInfo) -> PurchaseOrder | None:
    """One purchase order with its lines."""
    lines = till.rows("SELECT * FROM lines WHERE purchase = ? ORDER BY product", order)
    for row in till.rows("SELECT * FROM orders WHERE id = ?", order):
        return PurchaseOrder(
            id=order,
            number=row["number"],
            note=row["note"],
            supplier_id=str(row["supplier"]),
            outlet_id=row["outlet"],
            status=PurchaseStatus(row["status"]),
            created_at=datetime.fromisoformat(row["created"]) if row["created"] else None,
            # the till keeps a day; noon of it is that day in every report
            due_at=datetime.combine(date.fromisoformat(row["due"]), time(12), zone) if row["due"] else None,
            lines=tuple(
                PurchaseLine(
                    product_id=str(line["product"]), count=Decimal(line["count"]), cost=money(line["cost"])
                )
                for line in lines
            ),
        )
    return None


def money(text: str | None) -> Decimal | None:
    """An amount as it is kept: as text, since a REAL would change it; None is unknown."""
    return None if text is None else Decimal(text)
