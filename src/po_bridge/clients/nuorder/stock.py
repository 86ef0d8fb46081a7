"""What a brand has of a style: its inventory, else what its style document and the v3.0 rows tell.

Which of them a host offers a retailer is not known, so each that is turned down leads to the next.
Nothing found is unknown, never zero: brands without any inventory take any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import frozen

from ...errors import BadDocument, Broken, Forbidden, NotFound, Refused
from ...mapping.nuorder import Tables
from ...mapping.nuorder.stock import CachedStock, InventoryRow, Replenishment, any_day
from ...models.availability import Availability, Basis, Level, Stated, Unknown, Unlimited
from ...ports.exchange import Exchange, now
from .conversation import path, read
from .habits import Habits
from .portal import Portal

_NOT_OFFERED: Final = frozenset({400, 404, 405, 500, 501})
_UNSTATED: Final = "the brand states no stock for it, and takes any number as a rule"


@frozen(kw_only=True)
class _Shelf:
    """What is asked about, and when."""

    portal: Portal
    style_id: str
    tables: Tables
    at: datetime

    def promise(self, size: str, level: Level, basis: Basis, **more: Any) -> Availability:
        return Availability(
            portal=self.portal.name,
            style_id=self.style_id,
            size=size,
            level=level,
            basis=basis,
            at=self.at,
            **more,
        )

    def unknown(self, why: str) -> tuple[Availability, ...]:
        return (self.promise("", Unknown(why=why), Basis.UNSTATED),)


def read_stock(
    portal: Portal, style_id: str, tables: Tables, habits: Habits
) -> Exchange[tuple[Availability, ...]]:
    """Every promise for one style; at least one, which may be unknown. Raises as ``read_answer``."""
    shelf = _Shelf(portal=portal, style_id=style_id, tables=tables, at=(yield from now()))
    if habits.tells_stock(portal):
        try:
            document = yield from read(portal, path("inventory", style_id), habits)
        except NotFound:
            pass
        except (Broken, Refused) as refused:
            if not _turned_down(refused):
                raise
            habits.no_stock(portal)
        else:
            found = _from_inventory(shelf, document)
            if found:
                return found
    return (yield from _from_style(shelf, habits))


def _turned_down(refused: Broken | Refused) -> bool:
    return isinstance(refused, Forbidden) or refused.status in _NOT_OFFERED


# --- the inventory document ---------------------------------------------------------------------


def _from_inventory(shelf: _Shelf, document: Any) -> tuple[Availability, ...]:
    rows = shelf.tables.inventory.read_all(document, name=f"inventory of style {shelf.style_id}")
    return tuple(_entry(shelf, row) for row in rows)


def _entry(shelf: _Shelf, row: InventoryRow) -> Availability:
    basis, first = basis_of(row.bucket, shelf.at.date(), prebook=row.prebook)
    level = level_of(row.quantity, basis)
    return shelf.promise(row.size, level, basis, first_day=first, warehouse=row.warehouse)


def basis_of(bucket: str, today: date, *, prebook: bool) -> tuple[Basis, date | None]:
    """Tell what a bucket's units are promised from, and from when on.

    A bucket is a word or a day; a day that has come is in the warehouse.
    """
    word = bucket.strip().lower()
    day = _day(bucket)
    if prebook or word == Basis.PREBOOK.value:
        return Basis.PREBOOK, day
    if word == Basis.IMMEDIATE.value:
        return Basis.IMMEDIATE, None
    if day is not None:
        return (Basis.FUTURE if day > today else Basis.IMMEDIATE), day
    return (Basis.FUTURE if word == Basis.FUTURE.value else Basis.UNSTATED), None


def _day(bucket: str) -> date | None:
    try:
        return any_day(bucket.strip())
    except ValueError:
        return None


def level_of(quantity: Any, basis: Basis) -> Level:
    """A blank quantity has no limit for prebook, and is unknown for anything else."""
    if quantity is not None:
        return Stated(units=quantity)
    return Unlimited() if basis is Basis.PREBOOK else Unknown(why="the quantity is blank")


# --- the style document and the v3.0 rows ---------------------------------------------------------


def _from_style(shelf: _Shelf, habits: Habits) -> Exchange[tuple[Availability, ...]]:
    try:
        document = yield from read(shelf.portal, path("product", shelf.style_id), habits)
    except NotFound:
        return shelf.unknown("the portal has no document of this style")
    if not isinstance(document, Mapping):
        return shelf.unknown("the style document is no object")
    sizes = _sizes(shelf, document)
    cached = _cached(shelf, document)
    warehouses = {entry.warehouse for entry in cached} | _warehouses(document)
    rows = yield from _replenishments(shelf, habits, warehouses)
    planned = [row for row in rows if row.size_id in sizes and row.active]
    if planned:
        return tuple(_row(shelf, row, sizes) for row in planned)
    known = tuple(_cache(shelf, entry, sizes) for entry in cached if entry.size_id in sizes)
    return known or shelf.unknown(_UNSTATED)


def _sizes(shelf: _Shelf, document: Mapping[str, Any]) -> Mapping[str, str]:
    if not isinstance(document.get("sizes"), list):
        return {}
    named = shelf.tables.size_names.read_all(document, name=f"style {shelf.style_id}")
    return {entry.size_id: entry.size for entry in named if entry.size_id}


def _warehouses(document: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the warehouses that a style names; what is no id is passed over."""
    named = document.get("warehouses")
    return frozenset(one for one in named if isinstance(one, str)) if isinstance(named, list) else frozenset()


def _cached(shelf: _Shelf, document: Mapping[str, Any]) -> tuple[CachedStock, ...]:
    if not isinstance(document.get("__inventory_cache"), list):
        return ()
    return shelf.tables.stock_cache.read_all(document, name=f"style {shelf.style_id}")


def _replenishments(
    shelf: _Shelf, habits: Habits, warehouses: Iterable[str]
) -> Exchange[tuple[Replenishment, ...]]:
    """Rows of the warehouses that a style names; none where reading them is not offered."""
    found: list[Replenishment] = []
    for warehouse in sorted(filter(None, warehouses)):
        where = path("v3.0", "warehouse", warehouse, "replenishments")
        try:
            value = yield from read(shelf.portal, where, habits)
            found += shelf.tables.replenishments.read_all(value, name=f"stock of warehouse {warehouse}")
        except (Broken, Refused) as refused:
            if not _turned_down(refused):
                raise
            return ()
        except BadDocument:
            # Only the writing of rows is on record: what is answered here may be anything.
            return ()
    return tuple(found)


def _row(shelf: _Shelf, row: Replenishment, sizes: Mapping[str, str]) -> Availability:
    basis, _ = basis_of(row.display_name, shelf.at.date(), prebook=row.prebook)
    return shelf.promise(
        sizes[row.size_id],
        level_of(row.quantity, basis),
        basis,
        first_day=row.first_day,
        last_day=row.last_day,
        warehouse=row.warehouse,
    )


def _cache(shelf: _Shelf, entry: CachedStock, sizes: Mapping[str, str]) -> Availability:
    basis, first = basis_of(entry.bucket, shelf.at.date(), prebook=False)
    level = level_of(entry.quantity, basis)
    return shelf.promise(sizes[entry.size_id], level, basis, first_day=first, warehouse=entry.warehouse)
