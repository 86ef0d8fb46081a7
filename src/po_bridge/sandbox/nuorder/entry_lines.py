"""Lines of an order that is being entered, filled up from the style documents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .call import BadBodyError
from .dates import midnight
from .state import Document, Shelf, State
from .styles import find_style
from .totals import line_sums, number, plain

_REFERENCE = ("_id", "style_number", "color", "color_code", "brand_id", "season", "department", "division")
_SIGNS: Mapping[str, str] = {"USD": "$", "EUR": "€", "GBP": "£"}


def entered_line(line: Document, order: Document, shelf: Shelf, state: State) -> Document:
    """Make a stored line of the current generation from a line of a create body.

    Raises BadBodyError when the style is unknown or a size has no proper quantity or price.
    """
    wanted = line.get("product")
    style = find_style(shelf, wanted) if isinstance(wanted, dict) else None
    if style is None:
        raise BadBodyError(f"product not found: {wanted}")
    currency = str(order["currency_code"])
    sizes = [_size(entry, style, currency, state) for entry in line.get("sizes", ())]
    entered = {
        "id": state.new_id(),
        "product": {name: style[name] for name in _REFERENCE if name in style},
        "ship_start": midnight(line.get("ship_start", order["ship_start"])),
        "ship_end": midnight(line.get("ship_end", order["ship_end"])),
        "sizes": sizes,
        "applied": [],
        "surcharges": _no_surcharge(),
        "warehouse": line.get("warehouse", "default"),
        "prebook": bool(line.get("prebook", False)),
        "notes": line.get("notes", ""),
        "company_manual_discount_on_item": "0",
        **({"discount": line["discount"]} if line.get("discount") else {}),
    }
    sums = line_sums(entered)
    return {**entered, **sums, **_display(sizes, currency, sums)}


def _size(entry: Document, style: Document, currency: str, state: State) -> Document:
    quantity, known = entry.get("quantity"), _known(style, str(entry.get("size")))
    pricing = {**style.get("pricing", {}).get(currency, {}), **known.get("pricing", {}).get(currency, {})}
    price = entry.get("price", pricing.get("wholesale"))
    if not isinstance(quantity, int) or isinstance(quantity, bool) or quantity <= 0:
        raise BadBodyError(f"quantity must be a positive whole number: {quantity}")
    if isinstance(price, bool) or not isinstance(price, int | Decimal):
        raise BadBodyError(f"price must be a number: {price}")
    upc, retail = entry.get("upc", known.get("upc")), pricing.get("retail")
    original = entry.get("original_price", price)
    return {
        "size": entry["size"],
        "quantity": quantity,
        "price": price,
        "price_precise": plain(number(price)),
        "original_price": original,
        "units_per_pack": entry.get("units_per_pack", known.get("units_per_pack", 1)),
        **({"retail": retail} if retail not in (None, "") else {}),
        **({"upc": upc} if upc else {}),
        "discounts": {
            "total_discount": (number(original) - number(price)) * quantity,
            "_id": state.new_id(),
            "applied": [],
        },
        "surcharges": _no_surcharge(),
    }


def _no_surcharge() -> Document:
    return {"total_surcharge": "0", "applied": []}


def _known(style: Document, size: str) -> Document:
    known: Document | None = next((each for each in style["sizes"] if each.get("size") == size), None)
    if known is None:
        raise BadBodyError(f"{style.get('style_number')} has no size {size}")
    return known


def _display(sizes: list[Document], currency: str, sums: Document) -> Document:
    sign = _SIGNS.get(currency, f"{currency} ")
    first: Document = sizes[0] if sizes else {}
    price = f"{sign}{number(first.get('price')):.2f}"
    return {
        "item_price_after_discount": price,
        "adjusted_wholesale_string": price,
        "retail_string": f"{sign}{number(first['retail']):.2f}" if "retail" in first else "",
        "item_manual_discount_on_item": sums["total_applied"],
    }
