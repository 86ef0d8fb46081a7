"""Writing items: defaults, attributes within a matrix, codes, vendor numbers, prices, stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import evolve

from ..message import Response
from .body import Body
from .call import Call, single
from .codes import check_codes
from .goods import NO_ATTRIBUTES, Item, ItemShop, Note, VendorNum
from .goods_kind import ITEM
from .goods_wire import matrix_wire
from .named import known_tag, normal_tag
from .query import read_filter
from .refusal import malformed
from .state import State

TYPES = ("default", "non_inventory", "serialized", "box", "serialized_assembly", "assembly")
"""Kinds of items."""
_ECHOED = ("ItemAttributes", "Note", "ItemShops", "ItemVendorNums")


def narrowed(call: Call) -> Sequence[Item]:
    """Give the items that a list can hold at most, by the indexes where its filters name one."""
    request, state = call.request, call.state
    code, matrix = request.first("itemCode"), request.first("itemMatrixID")
    if code is not None and not call.switches.code_zeros_ignored:
        values = read_filter("itemCode", code).values
        keys = {key for value in values for key in state.by_code.get(value, ())}
        keys |= {int(value) for value in values if value.isascii() and value.isdecimal()}
        return [state.items.by_id[key] for key in sorted(keys) if key in state.items.by_id]
    if matrix is not None and matrix.isdecimal() and int(matrix):
        return state.items_of(int(matrix))
    return list(state.items)


def create_item(call: Call) -> Response:
    """Make an item; it needs a description, and within a matrix its attributes."""
    body = call.body()
    fresh = Item(
        id=0, description="", publish=call.switches.publish_default, create_time=call.now, time_stamp=call.now
    )
    item = item_of(call, body, fresh)
    call.note_ignored(body)
    return _echo(call, add_item(call.state, item))


def add_item(state: State, item: Item) -> Item:
    """Put a new item into the account, with a stock row for the sum and one for each shop."""
    made = state.put_item(evolve(item, id=state.items.new_id()))
    for shop_id in (0, *(shop.id for shop in state.shops)):
        row = ItemShop(
            id=state.item_shops.new_id(), item_id=made.id, shop_id=shop_id, time_stamp=made.time_stamp
        )
        state.put_stock(row)
    return made


def update_item(call: Call) -> Response:
    """Change the named fields of an item; `archived` can only be taken back."""
    body, old = call.body(), call.one(call.state.items)
    item = item_of(call, body, old)
    if "archived" in body and not body.flag("archived"):
        item = evolve(item, archived=False)
    _set_stock(call, body, old)
    call.note_ignored(body)
    return _echo(call, call.state.put_item(item))


def archive_item(call: Call) -> Response:
    """Put an item away; its stock becomes zero."""
    state = call.state
    item = evolve(call.one(state.items), archived=True, time_stamp=call.now)
    for row in state.stock_of(item.id):
        state.put_stock(evolve(row, on_hand=0, time_stamp=call.now))
    return single("Item", ITEM.wire(call, state.put_item(item)))


def _echo(call: Call, item: Item) -> Response:
    wire = ITEM.loaded(call, item, _ECHOED)
    if item.matrix_id:
        wire["ItemMatrix"] = matrix_wire(call, call.state.matrices.by_id[item.matrix_id])
    return single("Item", wire)


def item_of(call: Call, body: Body, old: Item) -> Item:
    """Give an item as a body changes it; raises 400 or 422 where the vendor refuses."""
    state, said = call.state, f"Item not {'updated' if old.id else 'created'}."
    matrix_id = call.linked(state.matrices, body, "itemMatrixID", old.matrix_id)
    set_id, attributes = _attributes(call, body, old, matrix_id, said)
    item = evolve(
        old,
        description=call.line(body, "description", old.description),
        default_cost=body.number("defaultCost", old.default_cost),
        tax=body.flag("tax", old.tax),
        discountable=body.flag("discountable", old.discountable),
        item_type=_type(body, old.item_type),
        serialized=body.flag("serialized", old.serialized),
        model_year=body.whole("modelYear", old.model_year),
        upc=body.text("upc", old.upc),
        ean=body.text("ean", old.ean),
        custom_sku=call.line(body, "customSku", old.custom_sku),
        manufacturer_sku=call.line(body, "manufacturerSku", old.manufacturer_sku),
        publish=body.flag("publishToEcom", old.publish),
        category_id=call.linked(state.categories, body, "categoryID", old.category_id),
        tax_class_id=body.whole("taxClassID", old.tax_class_id),
        matrix_id=matrix_id,
        manufacturer_id=call.linked(state.manufacturers, body, "manufacturerID", old.manufacturer_id),
        department_id=body.whole("departmentID", old.department_id),
        season_id=body.whole("seasonID", old.season_id),
        vendor_id=call.linked(state.vendors, body, "defaultVendorID", old.vendor_id),
        set_id=set_id,
        attributes=attributes,
        prices=prices_of(call, body, old.prices),
        vendor_nums=_vendor_nums(call, body, old, said),
        note=note_of(call, body, old.note),
        tags=tags_of(call, body, old.tags),
        time_stamp=call.now,
    )
    item = _named(call, item)
    if not item.description.strip():
        raise malformed(f"{said} An Item must have a description.")
    check_codes(call, item, said)
    return item


def _named(call: Call, item: Item) -> Item:
    if not item.matrix_id or not call.switches.variant_named:
        return item
    words = (call.state.matrices.by_id[item.matrix_id].description, *item.attributes)
    return evolve(item, description=" ".join(word for word in words if word))


def _type(body: Body, old: str) -> str:
    written = body.text("itemType", old)
    if written not in TYPES:
        raise malformed(f"itemType must be one of {', '.join(TYPES)}")
    return written


def _attributes(
    call: Call, body: Body, old: Item, matrix_id: int, said: str
) -> tuple[int, tuple[str, str, str]]:
    part = body.part("ItemAttributes")
    if part is None:
        if matrix_id and matrix_id != old.matrix_id:
            raise malformed("You must set at least one ItemAttributes attribute on an ItemMatrix Item.")
        return (old.set_id, old.attributes) if matrix_id else (0, NO_ATTRIBUTES)
    set_id = part.whole("itemAttributeSetID")
    if not set_id:
        raise malformed(f"{said} You can not set ItemAttributes without specifying a itemAttributeSetID")
    if matrix_id and call.state.matrices.by_id[matrix_id].set_id != set_id:
        raise malformed(
            "Item.ItemAttributes.itemAttributesSetID and the itemAttributesSetID in corresponding"
            " matrix object do not match."
        )
    values = _values(call, part, old, set_id)
    if matrix_id and not any(values):
        raise malformed("You must set at least one ItemAttributes attribute on an ItemMatrix Item.")
    return (set_id, values) if matrix_id else (0, NO_ATTRIBUTES)


def _values(call: Call, part: Body, old: Item, set_id: int) -> tuple[str, str, str]:
    known = call.state.sets.get(set_id)
    if known is None:
        raise malformed(f"itemAttributeSetID: there is no record {set_id}")
    first, second, third = (
        call.line(part, f"attribute{slot + 1}", old.attributes[slot]) for slot in range(3)
    )
    fields = [f"attribute{slot + 1}" for slot, name in enumerate(known.names) if name]
    for slot, value in enumerate((first, second, third)):
        if value and f"attribute{slot + 1}" not in fields:
            raise malformed(
                f"Cannot set attribute{slot + 1} on an Item with ItemAttributeSet type {known.name}."
                f" Valid fields are {', '.join(fields)}"
            )
    return first, second, third


def prices_of(call: Call, body: Body, old: Mapping[int, Decimal]) -> Mapping[int, Decimal]:
    """Give prices as a body changes them; a level is named by its number or by its name."""
    rows = body.parts("Prices", "ItemPrice")
    if rows is None:
        return old
    by_name = {level.name: level.id for level in call.state.price_levels}
    changed = dict(old)
    for row in rows:
        level = row.whole("useTypeID") or by_name.get(row.text("useType"), 0)
        row.text("useType")
        if call.state.price_levels.get(level) is None:
            raise malformed("ItemPrice: there is no such useType")
        changed[level] = row.number("amount")
    return changed


def _vendor_nums(call: Call, body: Body, old: Item, said: str) -> tuple[VendorNum, ...]:
    rows = body.parts("ItemVendorNums", "ItemVendorNum")
    held = {each.vendor_id: each for each in old.vendor_nums}
    if rows is None:
        return old.vendor_nums
    named: list[int] = []
    for row in rows:
        row.whole("itemVendorNumID")
        vendor_id = call.linked(call.state.vendors, row, "vendorID", 0)
        value = call.line(row, "value")
        if not value:
            raise malformed(f"{said} You can not set an ItemVendorNum without specifying a value.")
        if vendor_id in named or not vendor_id:
            raise malformed("You can not have more than one ItemVendorNum for each vendorID.")
        named.append(vendor_id)
        cost = row.number("cost") if "cost" in row else None
        known = held.get(vendor_id)
        held[vendor_id] = VendorNum(
            id=known.id if known else call.state.new_sub_id(),
            vendor_id=vendor_id,
            value=value,
            cost=cost if cost is not None else (known.cost if known else None),
            time_stamp=call.now,
        )
    return tuple(held.values())


def note_of(call: Call, body: Body, old: Note | None) -> Note | None:
    """Give the note as a body changes it."""
    part = body.part("Note")
    if part is None:
        return old
    text, public = part.text("note"), part.flag("isPublic")
    return Note(id=old.id if old else 0, text=text, public=public, time_stamp=call.now)


def tags_of(call: Call, body: Body, old: tuple[str, ...]) -> tuple[str, ...]:
    """Give the tags as a body replaces them; unknown ones are made."""
    rows = body.parts("Tags", "tag") if call.switches.tags_writable else None
    if rows is None:
        return old
    names = [row.text("name") for row in rows]
    return tuple(dict.fromkeys(known_tag(call.state, name).name for name in names if normal_tag(name)))


def _set_stock(call: Call, body: Body, item: Item) -> None:
    for row in body.parts("ItemShops", "ItemShop") or []:
        shop_id, key = row.whole("shopID"), row.whole("itemShopID")
        for held in call.state.stock_of(item.id):
            if held.shop_id and (held.id == key or held.shop_id == shop_id):
                changed = evolve(
                    held,
                    on_hand=row.whole("qoh", held.on_hand),
                    reorder_point=row.whole("reorderPoint", held.reorder_point),
                    reorder_level=row.whole("reorderLevel", held.reorder_level),
                    time_stamp=call.now,
                )
                call.state.put_stock(changed)
