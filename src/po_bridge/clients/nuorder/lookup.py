"""Finding an order by its number, and what to do where a host does not offer that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ...errors import Broken, Forbidden, NotFound, Refused
from ...models.keys import OrderKey
from ...models.wholesale_order import WholesaleStatus
from ...ports.exchange import Exchange
from .conversation import path, read
from .documents import order_id
from .habits import Habits
from .portal import Portal, Side
from .side_by_side import in_slices
from .status_list import list_status

SEARCHED: Final = (
    WholesaleStatus.APPROVED,
    WholesaleStatus.PROCESSED,
    WholesaleStatus.SHIPPED,
    WholesaleStatus.CANCELLED,
    WholesaleStatus.PENDING,
    WholesaleStatus.REVIEW,
    WholesaleStatus.DRAFT,
)
"""Lists that are searched for a number, the likeliest first; within them as an order lives through them."""
_NOT_OFFERED: Final = frozenset({400, 404, 405, 500, 501})
"""With these a host may turn down a path that it does not have; 500 was recorded for a wrong verb."""


def find_number(portals: Iterable[Portal], number: str, habits: Habits) -> Exchange[tuple[OrderKey, ...]]:
    """Find the orders that bear a number, in the order of the portals."""
    found = yield from in_slices([_find(portal, number, habits) for portal in portals])
    return tuple(key for key in found if key is not None)


def _find(portal: Portal, number: str, habits: Habits) -> Exchange[OrderKey | None]:
    """Find it in one portal, where a number is borne by one order."""
    if not habits.finds_numbers(portal):
        return (yield from _search(portal, number, habits))
    try:
        document = yield from read(portal, path("order", "number", number), habits)
    except NotFound as unknown:
        if portal.side is Side.BRAND or _speaks_of_orders(unknown):
            return None
    except (Broken, Refused) as refused:
        if portal.side is Side.BRAND or not _turned_down(refused):
            raise
    else:
        return _key(portal, number, document)
    # No public integration reads by number on the retailer's host, so it may not be offered there.
    habits.no_numbers(portal)
    return (yield from _search(portal, number, habits))


def _search(portal: Portal, number: str, habits: Habits) -> Exchange[OrderKey | None]:
    for status in SEARCHED:
        listed = yield from list_status(portal, status, habits)
        for document in listed.documents:
            if _bears(document, number):
                return _key(portal, number, document)
        for id in listed.ids:
            document = yield from read(portal, path("order", id), habits)
            if _bears(document, number):
                return _key(portal, number, document)
    return None


def _turned_down(refused: Broken | Refused) -> bool:
    return isinstance(refused, Forbidden) or refused.status in _NOT_OFFERED


def _speaks_of_orders(unknown: NotFound) -> bool:
    # "order not found" is about the order; a path that the host does not have is 404 as well.
    return "order" in unknown.words.lower()


def _bears(document: Any, number: str) -> bool:
    # Suffixes of split orders have letters, and the vendor changes their case at will.
    given = document.get("order_number") if isinstance(document, Mapping) else None
    return isinstance(given, str) and given.strip().casefold() == number.casefold()


def _key(portal: Portal, number: str, document: Any) -> OrderKey | None:
    return (
        OrderKey(portal=portal.name, order_id=order_id(portal, document))
        if _bears(document, number)
        else None
    )
