"""Lists by version: a page ends a list only when it is empty, and each page must lead further.

Source: the vendor's pagination guide. Versions grow over the whole store and are not consecutive.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from ...errors import Broken
from ...ports.exchange import Exchange
from .wire import Query, Wire

Rows = list[Any]


@frozen(kw_only=True)
class RawPage:
    """One page as it came."""

    document: dict[str, Any]
    """The page, with ``data`` as a list, and what came beside it."""
    position: str
    """Where to go on."""
    more: bool
    """False on the last page, which is empty."""


def page(wire: Wire, path: str, since: str, query: Query = ()) -> Exchange[RawPage]:
    """One page after a version; raises ``Broken`` for a cursor that does not advance.

    An empty *since* begins at the beginning.
    """
    after: Query = (("after", since),) if since and since != "0" else ()
    document = yield from wire.read(path, (*query, *after, ("page_size", str(wire.page_size))))
    if not isinstance(document, dict) or not isinstance(document.get("data", ""), list | None):
        raise _broken(wire, path, "the page has no list in data")
    rows: Rows = document["data"] or []
    reached = _reached(document, rows)
    if not rows:
        if reached is not None and reached > int(since or 0):
            raise _broken(wire, path, f"the page holds no rows, yet its versions reach {reached}")
        return RawPage(document={"data": []}, position=since or "0", more=False)
    if reached is None or reached <= int(since or 0):
        raise _broken(wire, path, f"the cursor does not advance beyond {since or 0}, it says {reached}")
    beside = {"includes": document["includes"]} if "includes" in document else {}
    return RawPage(document={"data": rows, **beside}, position=str(reached), more=True)


def _reached(document: dict[str, Any], rows: Rows) -> int | None:
    """The highest version of a page; lists of 2018 tell it in the rows only."""
    stated = document.get("version")
    highest = stated.get("max") if isinstance(stated, dict) else None
    if type(highest) is int:
        return highest
    versions = [row.get("version") for row in rows if isinstance(row, dict)]
    known = [version for version in versions if type(version) is int]
    return max(known) if known and len(known) == len(rows) else None


def _broken(wire: Wire, path: str, words: str) -> Broken:
    return wire.broken(f"GET /api/{wire.version}/{path}", words)


def sweep(
    wire: Wire, path: str, since: str, query: Query = (), enough: Callable[[Rows], bool] | None = None
) -> Exchange[dict[str, Any]]:
    """Every row after a version as one list document, up to the empty page, or until the rows are *enough*.

    A row that changes meanwhile comes twice; only its last state is kept, at its last place.
    """
    found: dict[object, Any] = {}
    position = since
    while True:
        some = yield from page(wire, path, position, query)
        position = some.position
        for row in some.document["data"]:
            key = _identity(row) or object()
            found.pop(key, None)
            found[key] = row
        rows = list(found.values())
        if not some.more or (enough is not None and enough(rows)):
            return {"data": rows}


def _identity(row: Any) -> object:
    """Order lines have no id, and an old list holds one product several times."""
    if not isinstance(row, dict):
        return None
    return row.get("id") or (row.get("product_id"), row.get("created_at"))
