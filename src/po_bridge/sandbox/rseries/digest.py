"""What an account holds, as text: without generated numbers and times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .goods import Item, Matrix, Note
from .paper import Order, OrderLine
from .state import State
from .text import figure


def digest(state: State) -> str:
    """Write the business state as sorted lines; two accounts that hold the same things give the same text."""
    return "\n".join(
        [
            *sorted(f"vendor {each.name!r} {_facts(each, _VENDOR)}" for each in state.vendors),
            *sorted(f"brand {each.name!r}" for each in state.manufacturers),
            *sorted(f"category {_category(state, each.id)}" for each in state.categories),
            *sorted(f"tag {each.name!r}" for each in state.tags),
            *sorted(
                f"set {each.name!r} {each.names} {_away(each.archived)}"
                for each in state.sets
                if not each.system
            ),
            *sorted(_matrix(state, each) for each in state.matrices),
            *sorted(f"item {_item(state, each)}" for each in state.items if not each.matrix_id),
            *sorted(_order(state, each) for each in state.orders),
            *sorted(_stock(state)),
        ]
    )


_VENDOR = (
    "archived",
    "account_number",
    "price_level",
    "update_price",
    "update_cost",
    "update_description",
    "share_sell_through",
    "b2b_seller_uid",
    "currency",
    "contact",
    "reps",
)
_ITEM = (
    "description",
    "tax",
    "discountable",
    "item_type",
    "serialized",
    "model_year",
    "archived",
    "upc",
    "ean",
    "custom_sku",
    "manufacturer_sku",
    "publish",
    "tax_class_id",
    "department_id",
    "season_id",
    "attributes",
    "tags",
)
_MATRIX = (
    "description",
    "tax",
    "item_type",
    "serialized",
    "model_year",
    "archived",
    "tax_class_id",
    "department_id",
    "season_id",
    "tags",
)


def _facts(record: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(record, name)) not in ("", (), {}, 0)}


def _away(archived: bool) -> str:  # noqa: FBT001 - a value to write
    return "archived" if archived else ""


def _called(shelf: Any, key: int) -> str:
    record = shelf.get(key) if key else None
    return repr(record.name) if record else "-"


def _category(state: State, key: int) -> str:
    category = state.categories.get(key)
    return "" if category is None else f"{_category(state, category.parent_id)}/{category.name}"


def _prices(state: State, prices: Mapping[int, Decimal]) -> str:
    rows = sorted(
        (state.price_levels.by_id[key].name, figure(value)) for key, value in prices.items() if value
    )
    return str(rows)


def _note(note: Note | None) -> str:
    return "" if note is None or not note.text else f" note {note.text!r} {note.public}"


def _pictures(state: State, item_id: int, matrix_id: int) -> str:
    held = state.images_of(item_id, matrix_id)
    return str([f"{each.digest[:12]} {each.filename} {each.description} {each.ordering}" for each in held])


def _common(state: State, record: Item | Matrix) -> str:
    return (
        f"cost {figure(record.default_cost)} prices {_prices(state, record.prices)}"
        f" brand {_called(state.manufacturers, record.manufacturer_id)}"
        f" vendor {_called(state.vendors, record.vendor_id)} in {_category(state, record.category_id)}"
    )


def _item(state: State, item: Item) -> str:
    numbers = sorted(
        f"{_called(state.vendors, each.vendor_id)}:{each.value}:{each.cost}" for each in item.vendor_nums
    )
    return (
        f"{_facts(item, _ITEM)} {_common(state, item)} numbers {numbers}"
        f" images {_pictures(state, item.id, 0)}{_note(item.note)}"
    )


def _matrix(state: State, matrix: Matrix) -> str:
    items = sorted(_item(state, each) for each in state.items_of(matrix.id))
    return (
        f"matrix {_facts(matrix, _MATRIX)} {_common(state, matrix)}"
        f" set {state.sets.by_id[matrix.set_id].names} images {_pictures(state, 0, matrix.id)}: {items}"
    )


def _line(state: State, line: OrderLine) -> str:
    item = state.items.by_id[line.item_id]
    return (
        f"{item.description!r} {item.upc} {item.ean} {item.custom_sku} count {line.quantity}"
        f" received {line.received} at {figure(line.price)} of {figure(line.original_price)}"
    )


def _order(state: State, order: Order) -> str:
    head = _facts(order, ("ref_num", "ship_instructions", "stock_instructions", "b2b_uid", "b2b_number"))
    dates = [str(each) for each in (order.ordered_at, order.arrives_at)]
    costs = [figure(each) for each in (order.ship_cost, order.other_cost, order.discount)]
    marks = [order.received_at is not None, order.complete, order.archived]
    lines = sorted(_line(state, line) for line in state.lines_of(order.id))
    return (
        f"order {head} {_called(state.shops, order.shop_id)} {_called(state.vendors, order.vendor_id)}"
        f" {dates} {costs} {marks}{_note(order.note)}: {lines}"
    )


def _stock(state: State) -> list[str]:
    return [
        f"stock {state.items.by_id[row.item_id].description!r} at {_called(state.shops, row.shop_id)}:"
        f" {row.on_hand} {row.reorder_point} {row.reorder_level}"
        for row in state.item_shops
        if row.on_hand or row.reorder_point or row.reorder_level
    ]
