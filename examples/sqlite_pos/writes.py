"""Each write of po_bridge as changes of rows, inside one transaction."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from po_bridge.models.named_record import name_key
from po_bridge.planning import write as w
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Ids, Kind, Slot, resolve

from .till import Till

LISTS = {Kind.SUPPLIER: "suppliers", Kind.BRAND: "brands", Kind.TAG: "tags", Kind.OPTION: "options"}
_LINE = "INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)"
_PICTURE = "UPDATE products SET picture = ? WHERE id = ?"


def write_rows(till: Till, write: w.Write, ids: Ids, zone: ZoneInfo) -> Receipt:
    """Do one write; the receipt names what it made."""
    match write:
        case w.CreateSupplier() | w.CreateBrand() | w.CreateTag():
            return Receipt(made={write.slot: _named(till, write.slot, write.name)})
        case w.CreateOptions():
            return Receipt(made={one.slot: _named(till, one.slot, one.name) for one in write.options})
        case w.CreateFamily():
            family = _insert(till, "named", list="families", name=write.name)
            return Receipt(
                made={write.slot: family, **_members(till, write, family, write.name, write.description, ids)}
            )
        case w.AddMembers():
            family = resolve(write.family, ids)
            return Receipt(made=_members(till, write, family, write.family_name, "", ids))
        case w.AttachImage():
            till.rows(_PICTURE, write.address, resolve(write.product, ids))
            return Receipt(made={write.slot: write.address})
        case w.CreateOrder():
            return Receipt(made={write.slot: _order(till, write, ids, zone)})
        case w.UpdateProduct():
            _update(till, write, ids)
        case w.AddLines():
            for line in write.lines:
                row = (resolve(write.order, ids), resolve(line.product, ids))
                till.rows(_LINE, *row, str(line.count), text(line.cost))
        case w.SetLine():
            row = (resolve(write.order, ids), resolve(write.product, ids))
            till.rows(_LINE, *row, str(write.count), text(write.cost))
        case w.SetStatus():
            till.rows(
                "UPDATE orders SET status = ? WHERE id = ?", write.after.value, resolve(write.order, ids)
            )
        case w.Remove():
            _remove(till, write, ids)
        case _:
            assert_never(write)
    return Receipt()


def _insert(till: Till, table: str, **row: Any) -> str:
    places = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table}({', '.join(row)}) VALUES ({places}) RETURNING rowid"  # noqa: S608  # our own names
    return str(till.rows(sql, *row.values())[0][0])


def _named(till: Till, slot: Slot, name: str) -> str:
    return _insert(till, "named", list=LISTS[slot.kind], name=name, key=name_key(name))


def _members(
    till: Till, write: w.CreateFamily | w.AddMembers, family: str, name: str, description: str, ids: Ids
) -> dict[Slot, str]:
    made: dict[Slot, str] = {}
    for member in write.members:
        values = zip((option.name for option in write.options), member.values, strict=True)
        made[member.slot] = product = _insert(
            till,
            "products",
            family=family,
            name=name,
            description=description,
            supplier=resolve(write.supplier, ids),
            brand=resolve(write.brand, ids) if write.brand else None,
            supplier_code=member.supplier_code,
            supply_price=text(member.supply_price),
            retail_price=text(member.retail_price),
            options=json.dumps(dict(values)),
            active=write.active,
        )
        for code in member.codes:
            _insert(till, "codes", code=code.text, kind=code.kind.value, product=product)
    return made


def _order(till: Till, write: w.CreateOrder, ids: Ids, zone: ZoneInfo) -> str:
    created = write.draft.created_at
    return _insert(
        till,
        "orders",
        number=write.draft.number,
        note=write.draft.note,
        supplier=resolve(write.supplier, ids),
        outlet=write.outlet_id,
        created=created.isoformat() if created else None,
        due=write.due_at.astimezone(zone).date().isoformat() if write.due_at else None,
    )


def columns(after: w.ProductFields) -> dict[str, Any]:
    """What an update sets, by column."""
    given = {
        "active": after.active,
        "name": after.name,
        "description": after.description,
        "supplier_code": after.supplier_code,
        "supply_price": text(after.supply_price),
        "retail_price": text(after.retail_price),
    }
    return {column: value for column, value in given.items() if value is not None}


def _update(till: Till, write: w.UpdateProduct, ids: Ids) -> None:
    product = resolve(write.product, ids)
    for column, value in columns(write.after).items():
        till.rows(f"UPDATE products SET {column} = ? WHERE id = ?", value, product)  # noqa: S608  # our own names
    if write.after.codes is not None:
        till.rows("DELETE FROM codes WHERE product = ?", product)
        for code in write.after.codes:
            _insert(till, "codes", code=code.text, kind=code.kind.value, product=product)


def _remove(till: Till, write: w.Remove, ids: Ids) -> None:
    target = resolve(write.target, ids)
    if write.within is not None:
        order = resolve(write.within, ids)
        till.rows("DELETE FROM lines WHERE purchase = ? AND product = ?", order, target)
    elif write.kind is Kind.PRODUCT:
        till.rows("UPDATE products SET archived = 1 WHERE id = ?", target)
    else:
        table = "orders" if write.kind is Kind.ORDER else "named"
        till.rows(f"DELETE FROM {table} WHERE id = ?", target)  # noqa: S608  # our own names


def text(amount: Decimal | None) -> str | None:
    """An amount as it is kept."""
    return None if amount is None else str(amount)
