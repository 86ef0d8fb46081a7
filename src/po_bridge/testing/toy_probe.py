"""Probes on the toy POS: whether a write happened, by the marks it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import assert_never

from attrs import evolve

from ..models.named_record import name_key
from ..planning.question import Question, Stops
from ..planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ..planning.refs import Ids, Slot, resolve
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
from .toy_pos import Row, ToyPos
from .toy_records import found
from .toy_write import TABLES


def probe_toy(pos: ToyPos, write: Write, ids: Ids) -> Probed:
    """Look for the marks of a write."""
    match write:
        case CreateSupplier():
            return _one(write.slot, _named(pos, "suppliers", write.name))
        case CreateBrand():
            return _one(write.slot, _named(pos, "brands", write.name))
        case CreateTag():
            return _one(write.slot, _named(pos, "tags", write.name))
        case CreateOptions():
            return _options(pos, write)
        case CreateFamily():
            return _family(pos, write)
        case AddMembers():
            return _all(_members(pos, write.members), len(write.members))
        case AttachImage():
            product = resolve(write.product, ids)
            rows = (
                r for r in pos.rows("images") if r["product"] == product and r["address"] == write.address
            )
            return _one(write.slot, rows)
        case CreateOrder():
            return _order(pos, write, ids)
        case AddLines():
            return _lines(pos, write, ids)
        case UpdateProduct() | SetLine() | SetStatus() | Remove():
            return Done(receipt=Receipt()) if _is_set(pos, write, ids) else Absent()
        case _:
            assert_never(write)


def _named(pos: ToyPos, table: str, name: str) -> Iterable[Row]:
    return (row for row in pos.rows(table) if name_key(row["name"]) == name_key(name))


def _one(slot: Slot, rows: Iterable[Row]) -> Probed:
    ids = [row["id"] for row in rows]
    if len(ids) > 1:
        return Unclear(question=_which(slot, ids))
    return Done(receipt=Receipt(made={slot: ids[0]}, found=True)) if ids else Absent()


def _which(slot: Slot, ids: list[str]) -> Question:
    text = f"{len(ids)} records could be {slot}: {', '.join(ids)}; which one is it?"
    return Question(key=f"which {slot}", text=text, stops=Stops.ORDER, answers=tuple(ids))


def _all(made: Mapping[Slot, str], wanted: int) -> Probed:
    if not made:
        return Absent()
    if len(made) < wanted:
        question = Question(key="part of a create", text="only a part is there", stops=Stops.ORDER)
        return Unclear(question=question)
    return Done(receipt=Receipt(made=made, found=True))


def _options(pos: ToyPos, write: CreateOptions) -> Probed:
    rows = {option.slot: row["id"] for option in write.options for row in _named(pos, "options", option.name)}
    return _all(rows, len(write.options))


def _members(pos: ToyPos, members: tuple[Member, ...]) -> dict[Slot, str]:
    by_code = {code: row["id"] for row in pos.rows("products") for code in row["codes"]}
    known = ((member.slot, [code.text for code in member.codes]) for member in members)
    return {slot: by_code[code] for slot, codes in known for code in codes if code in by_code}


def _family(pos: ToyPos, write: CreateFamily) -> Probed:
    families = [row["id"] for row in _named(pos, "families", write.name)]
    if len(families) > 1:
        return Unclear(question=_which(write.slot, families))
    made = _members(pos, write.members)
    if families:
        made[write.slot] = families[0]
    return _all(made, len(write.members) + 1)


def _order(pos: ToyPos, write: CreateOrder, ids: Ids) -> Probed:
    supplier = resolve(write.supplier, ids)
    strange = {*write.known, *(resolve(ref, ids) for ref in write.others)}
    rows = (
        row
        for row in pos.rows("orders")
        if row["number"] == write.draft.number
        and row["supplier"] == supplier
        and row["outlet"] == write.outlet_id
        and row["id"] not in strange
    )
    return _one(write.slot, rows)


def _lines(pos: ToyPos, write: AddLines, ids: Ids) -> Probed:
    lines = found(pos, "orders", resolve(write.order, ids))["lines"]
    seen = {
        line.product: lines.get(resolve(line.product, ids), (Decimal(0), None))[0] for line in write.lines
    }
    missing = tuple(line for line in write.lines if seen[line.product] == line.before)
    odd = tuple(line for line in write.lines if seen[line.product] not in {line.before, line.count})
    if len(missing) == len(write.lines):
        return Absent()
    if not missing and not odd:
        return Done(receipt=Receipt())
    again: tuple[Write, ...] = (evolve(write, lines=missing),) if missing else ()
    sets = tuple(
        SetLine(order=write.order, product=x.product, before=seen[x.product], count=x.count, cost=x.cost)
        for x in odd
    )
    return Partly(rest=Rest(writes=(*again, *sets)))


def _is_set(pos: ToyPos, write: UpdateProduct | SetLine | SetStatus | Remove, ids: Ids) -> bool:
    match write:
        case SetStatus():
            return bool(found(pos, "orders", resolve(write.order, ids))["status"] == write.after.value)
        case SetLine():
            lines = found(pos, "orders", resolve(write.order, ids))["lines"]
            seen = lines.get(resolve(write.product, ids), (Decimal(0), None))
            return bool(seen[0] == write.count)
        case UpdateProduct():
            row = found(pos, "products", resolve(write.product, ids))
            after = write.after
            wanted = {"active": after.active, "name": after.name, "supply_price": after.supply_price}
            return all(value is None or row[name] == value for name, value in wanted.items())
        case Remove(within=None):
            return resolve(write.target, ids) not in pos.tables[TABLES[write.kind]]
        case Remove():
            if write.within is None:
                raise ValueError(write)
            order = found(pos, "orders", resolve(write.within, ids))
            return resolve(write.target, ids) not in order["lines"]
        case _:
            assert_never(write)
