"""Items as they are listed and read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from ...errors import NotFound
from ...mapping.rseries import code_places, read_items, sets_used
from ...models.pos_product import PosProduct, ProductCode
from ...planning.snapshot import Page
from ...ports.exchange import Exchange
from .pages import PAGE, List, page, sweep
from .store import StoreMemory, attribute_sets
from .wire import Query, Wire

RELATIONS: Final = ("ItemAttributes", "ItemVendorNums", "Images", "Tags")
"""What is loaded with an item."""
ITEMS: Final = List(entity="Item", relations=RELATIONS)
"""Items by change."""
PLAIN: Final = List(entity="Item", stamped=False, relations=RELATIONS)
"""Items by a filter."""


def product_page(wire: Wire, memory: StoreMemory, since: str) -> Exchange[Page]:
    """One page of items, archived ones included."""
    raw = yield from page(wire, ITEMS, since)
    products = yield from _read(wire, memory, raw.document)
    return Page(records=products, position=str(raw.place), more=raw.more)


def _read(wire: Wire, memory: StoreMemory, document: Any) -> Exchange[tuple[PosProduct, ...]]:
    sets = yield from attribute_sets(wire, memory, sets_used(document))
    return read_items(document, sets, wire.label)


def find_item(wire: Wire, memory: StoreMemory, item_id: str) -> Exchange[PosProduct | None]:
    """One item, None where the store has none of that id; an archived one is told as deleted."""
    try:
        document = yield from wire.one("Item", item_id, RELATIONS)
    except NotFound:
        return None
    found = yield from _read(wire, memory, document)
    return found[0] if found else None


def items_where(wire: Wire, memory: StoreMemory, query: Query) -> Exchange[tuple[PosProduct, ...]]:
    """Every item that a filter gives, archived ones included."""
    return (yield from _read(wire, memory, (yield from sweep(wire, PLAIN, "", query))))


def items_by_id(wire: Wire, memory: StoreMemory, ids: Iterable[str]) -> Exchange[dict[str, PosProduct]]:
    """Items by id, a hundred in one call; ids of no item are left out."""
    wanted = [one for one in dict.fromkeys(ids) if one.isascii() and one.isdecimal()]
    found: dict[str, PosProduct] = {}
    for start in range(0, len(wanted), PAGE):
        listed = ",".join(wanted[start : start + PAGE])
        some = yield from items_where(wire, memory, (("itemID", f"IN,[{listed}]"),))
        found |= {product.id: product for product in some}
    return found


def holders(
    wire: Wire, memory: StoreMemory, codes: Iterable[ProductCode]
) -> Exchange[tuple[PosProduct, ...]]:
    """Items that have one of these codes in the member in which it would be written.

    A search by ``itemCode`` also finds an item whose id is that number, so what comes is compared.
    """
    places = code_places(codes)
    found: dict[str, PosProduct] = {}
    for place, text in places.items():
        field = "customSku" if place == "customSku" else "itemCode"
        for product in (yield from items_where(wire, memory, ((field, text),))):
            if code_places(product.codes).get(place) == text:
                found[product.id] = product
    return tuple(found.values())
