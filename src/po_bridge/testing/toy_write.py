"""Writes on the toy POS: each one changes the store in one go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, assert_never

from ..planning.receipt import Receipt
from ..planning.refs import Ids, Kind, Ref, Slot, resolve
from ..planning.write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    Member,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)
from .toy_pos import ToyPos
from .toy_records import found

TABLES = {
    Kind.SUPPLIER: "suppliers",
    Kind.BRAND: "brands",
    Kind.TAG: "tags",
    Kind.OPTION: "options",
    Kind.FAMILY: "families",
    Kind.PRODUCT: "products",
    Kind.IMAGE: "images",
    Kind.ORDER: "orders",
}


def write_toy(pos: ToyPos, write: Write, ids: Ids) -> Receipt:
    """Change the store; the receipt names what was made."""
    match write:
        case CreateSupplier():
            return _made({write.slot: pos.add("suppliers", {"name": write.name})})
        case CreateBrand():
            return _made({write.slot: pos.add("brands", {"name": write.name})})
        case CreateTag():
            return _made({write.slot: pos.add("tags", {"name": write.name})})
        case CreateOptions():
            return _made({option.slot: pos.add("options", {"name": option.name}) for option in write.options})
        case CreateFamily() | AddMembers():
            return _products(pos, write, ids)
        case AttachImage():
            return _image(pos, write, ids)
        case CreateOrder():
            return _made({write.slot: pos.add("orders", _order(write, ids))})
        case UpdateProduct() | AddLines() | SetLine() | SetStatus() | Remove():
            _set(pos, write, ids)
            return Receipt()
        case _:
            assert_never(write)


def _made(made: dict[Slot, str]) -> Receipt:
    return Receipt(made=made)


def _optional(ref: Ref | None, ids: Ids) -> str | None:
    return resolve(ref, ids) if ref else None


def _products(pos: ToyPos, write: CreateFamily | AddMembers, ids: Ids) -> Receipt:
    made: dict[Slot, str] = {}
    if isinstance(write, CreateFamily):
        name, description, source = write.name, write.description, write.source_id
        family = pos.add("families", {"name": name, "source_id": source})
        made[write.slot] = family
    else:
        family, name, description, source = resolve(write.family, ids), write.family_name, "", ""
    shared = {
        "family": family,
        "name": name,
        "description": description,
        "source_id": source,
        "supplier": resolve(write.supplier, ids),
        "brand": _optional(write.brand, ids),
        "options": [option.name for option in write.options],
        "active": write.active,
        "images": [],
    }
    for member in write.members:
        made[member.slot] = pos.add("products", shared | _member(member))
    return _made(made)


def _member(member: Member) -> dict[str, Any]:
    return {
        "codes": [code.text for code in member.codes],
        "supplier_code": member.supplier_code,
        "supply_price": member.supply_price,
        "retail_price": member.retail_price,
        "values": list(member.values),
    }


def _image(pos: ToyPos, write: AttachImage, ids: Ids) -> Receipt:
    product = resolve(write.product, ids)
    image = pos.add("images", {"product": product, "address": write.address})
    pos.change("products", product, images=[*found(pos, "products", product)["images"], image])
    return _made({write.slot: image})


def _order(write: CreateOrder, ids: Ids) -> dict[str, Any]:
    return {
        "number": write.draft.number,
        "note": write.draft.note,
        "supplier": resolve(write.supplier, ids),
        "outlet": write.outlet_id,
        "due_at": write.due_at,
        "status": "open",
        "charges": write.charges,
        "lines": {},
    }


def _set(pos: ToyPos, write: UpdateProduct | AddLines | SetLine | SetStatus | Remove, ids: Ids) -> None:
    match write:
        case UpdateProduct():
            fields = {
                name: getattr(write.after, name)
                for name in ("active", "name", "description", "supplier_code", "supply_price", "retail_price")
                if getattr(write.after, name) is not None
            }
            if write.after.codes is not None:
                fields["codes"] = [code.text for code in write.after.codes]
            pos.change("products", resolve(write.product, ids), **fields)
        case AddLines():
            for line in write.lines:
                product = resolve(line.product, ids)
                pos.add_line(resolve(write.order, ids), product, line.count - line.before, line.cost)
        case SetLine():
            pos.set_line(resolve(write.order, ids), resolve(write.product, ids), write.count, write.cost)
        case SetStatus():
            pos.change("orders", resolve(write.order, ids), status=write.after.value)
        case Remove(within=None):
            pos.remove(TABLES[write.kind], resolve(write.target, ids))
        case Remove(within=order) if order is not None:
            pos.set_line(resolve(order, ids), resolve(write.target, ids), Decimal(0), None)
        case _:
            raise ValueError(write)
