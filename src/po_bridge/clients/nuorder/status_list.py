"""Orders of one status: the only lists of orders that the vendor is known to have on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from ...errors import BadDocument, Broken, Forbidden, Issue, NotFound
from ...mapping.seen import seen
from ...models.wholesale_order import WholesaleStatus
from ...ports.exchange import Exchange
from .conversation import path, read
from .habits import Habits
from .portal import Portal

WORDS: Final[Mapping[WholesaleStatus, str]] = MappingProxyType(
    {
        WholesaleStatus.DRAFT: "draft",
        WholesaleStatus.PENDING: "pending",
        WholesaleStatus.REVIEW: "review",
        WholesaleStatus.APPROVED: "approved",
        WholesaleStatus.PROCESSED: "processed",
        WholesaleStatus.SHIPPED: "shipped",
        WholesaleStatus.CANCELLED: "cancelled",
    }
)
"""The word of each list, in the order in which an order lives through them.

An order whose status has a word we do not know is in no list; it can be found by number.
"""


@frozen(kw_only=True)
class Listed:
    """What a status list told."""

    documents: tuple[Any, ...] = ()
    """Whole orders."""
    ids: tuple[str, ...] = ()
    """Orders that are still to be read, where the list told ids only."""


def in_life_order(statuses: Iterable[WholesaleStatus]) -> tuple[WholesaleStatus, ...]:
    """Sort statuses so that an order which moves on while lists are read is met at least once."""
    wanted = frozenset(statuses)
    return tuple(status for status in WORDS if status in wanted)


def list_status(portal: Portal, status: WholesaleStatus, habits: Habits) -> Exchange[Listed]:
    """Read one status list.

    The detail list is one call for any number of orders; ids and a read for each are n + 1, and n grows
    for ever with the processed ones. Ids would only be cheaper beside a store of documents, which a source
    has not.
    They are the fallback where the host does not offer the detail list, or fails at the size of it.
    """
    word = WORDS[status]
    try:
        value = yield from read(portal, path("orders", word, "detail"), habits)
    except (Broken, Forbidden, NotFound):
        ids = yield from list_ids(portal, status, habits)
        return Listed(ids=ids)
    return Listed(documents=_list(portal, f"{word} orders", value))


def list_ids(portal: Portal, status: WholesaleStatus, habits: Habits) -> Exchange[tuple[str, ...]]:
    """Read the ids of the orders of one status; raises ``BadDocument`` for anything but a list of ids."""
    word = WORDS[status]
    value = yield from read(portal, path("orders", word, "list"), habits)
    return ids_of(portal, f"{word} orders", value)


def ids_of(portal: Portal, what: str, value: Any) -> tuple[str, ...]:
    """Take an answer as a list of ids; raises ``BadDocument`` for anything else."""
    ids = _list(portal, what, value)
    issues = tuple(
        Issue(path=f"$[{place}]", seen=seen(id), expected="an id (text, not blank)")
        for place, id in enumerate(ids)
        if not isinstance(id, str) or not id.strip()
    )
    if issues:
        raise BadDocument(_name(portal, what), issues)
    return ids


def _list(portal: Portal, what: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BadDocument(_name(portal, what), (Issue(path="$", seen=seen(value), expected="a list"),))
    return tuple(value)


def _name(portal: Portal, what: str) -> str:
    return f"list of {what} of {portal.label}"
