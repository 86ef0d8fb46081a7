"""Whether a write happened: told by what it leaves behind, never by place or time."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from attrs import evolve

from po_bridge.models.named_record import name_key
from po_bridge.planning import write as w
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from po_bridge.planning.refs import Ids, Kind, Ref, Slot, resolve

from .till import Till
from .writes import LISTS, columns

_BY_CODE = "SELECT id, family FROM products JOIN codes ON product = id WHERE code = ? AND NOT archived"


def probe_rows(till: Till, write: w.Write, ids: Ids) -> Probed:
    """Look for what a write leaves behind."""
    match write:
        case w.CreateSupplier() | w.CreateBrand() | w.CreateTag():
            return _whole(_named(till, write.slot, write.name), 1)
        case w.CreateOptions():
            found = [_named(till, one.slot, one.name) for one in write.options]
            return _whole({slot: made for one in found for slot, made in one.items()}, len(found))
        case w.CreateFamily() | w.AddMembers():
            return _family(till, write)
        case w.AttachImage():
            product = resolve(write.product, ids)
            there = till.rows("SELECT 1 FROM products WHERE id = ? AND picture = ?", product, write.address)
            return _whole({write.slot: write.address} if there else {}, 1)
        case w.CreateOrder():
            return _order(till, write, ids)
        case w.AddLines():
            return _lines(till, write, ids)
        case w.UpdateProduct() | w.SetLine() | w.SetStatus() | w.Remove():
            return Done(receipt=Receipt()) if _is_set(till, write, ids) else Absent()
        case _:
            assert_never(write)


def _whole(made: dict[Slot, str], wanted: int) -> Probed:
    """All of it or nothing, since a write is one transaction; a part is somebody else's."""
    if not made:
        return Absent()
    if len(made) == wanted:
        return Done(receipt=Receipt(made=made, found=True))
    text = f"only {', '.join(map(str, made))} is there, which we cannot have made; what is to be done?"
    return Unclear(question=Question(key=f"part {next(iter(made))}", text=text, stops=Stops.ORDER))


def _named(till: Till, slot: Slot, name: str) -> dict[Slot, str]:
    rows = till.rows("SELECT id FROM named WHERE list = ? AND key = ?", LISTS[slot.kind], name_key(name))
    return {slot: str(rows[0]["id"])} if rows else {}


def _family(till: Till, write: w.CreateFamily | w.AddMembers) -> Probed:
    made: dict[Slot, str] = {}
    for member in write.members:
        for row in till.rows(_BY_CODE, member.codes[0].text):
            made[member.slot] = str(row["id"])
            made |= {write.slot: str(row["family"])} if isinstance(write, w.CreateFamily) else {}
    return _whole(made, len(write.members) + isinstance(write, w.CreateFamily))


def _order(till: Till, write: w.CreateOrder, ids: Ids) -> Probed:
    strangers = {*write.known, *(resolve(other, ids) for other in write.others)}
    sql = "SELECT id FROM orders WHERE number = ? AND supplier = ? AND outlet = ?"
    rows = till.rows(sql, write.draft.number, resolve(write.supplier, ids), write.outlet_id)
    ours = tuple(order for row in rows if (order := str(row["id"])) not in strangers)
    if len(ours) > 1:
        text = f"purchase orders {', '.join(ours)} bear the number {write.draft.number!r}; which one is it?"
        question = Question(key=f"which {write.slot}", text=text, stops=Stops.ORDER, answers=ours)
        return Unclear(question=question)
    return _whole(dict.fromkeys([write.slot], ours[0]) if ours else {}, 1)


def _lines(till: Till, write: w.AddLines, ids: Ids) -> Probed:
    counts = {line: _count(till, write.order, line.product, ids) for line in write.lines}
    missing = tuple(line for line, count in counts.items() if count != line.count)
    if not missing:
        return Done(receipt=Receipt())
    if all(count == line.before for line, count in counts.items()):
        return Absent()
    # counts are set here, not added: the same write of what is missing is right whatever stands there
    return Partly(rest=Rest(writes=(evolve(write, lines=missing),)))


def _count(till: Till, order: Ref, product: Ref, ids: Ids) -> Decimal:
    sql = "SELECT count FROM lines WHERE purchase = ? AND product = ?"
    rows = till.rows(sql, resolve(order, ids), resolve(product, ids))
    return Decimal(rows[0]["count"]) if rows else Decimal(0)


def _is_set(till: Till, write: w.UpdateProduct | w.SetLine | w.SetStatus | w.Remove, ids: Ids) -> bool:
    match write:
        case w.UpdateProduct():
            rows = till.rows("SELECT * FROM products WHERE id = ?", resolve(write.product, ids))
            wanted = columns(write.after).items()
            return any(all(row[column] == value for column, value in wanted) for row in rows)
        case w.SetLine():
            return _count(till, write.order, write.product, ids) == write.count
        case w.SetStatus():
            rows = till.rows("SELECT status FROM orders WHERE id = ?", resolve(write.order, ids))
            return bool(rows) and bool(rows[0]["status"] == write.after.value)
        case w.Remove():
            return _is_gone(till, write, ids)
        case _:
            assert_never(write)


def _is_gone(till: Till, write: w.Remove, ids: Ids) -> bool:
    if write.within is not None:
        return _count(till, write.within, write.target, ids) == 0
    table = {Kind.PRODUCT: "products WHERE NOT archived AND", Kind.ORDER: "orders WHERE"}.get(
        write.kind, "named WHERE"
    )
    return not till.rows(f"SELECT 1 FROM {table} id = ?", resolve(write.target, ids))  # noqa: S608  # our own names
