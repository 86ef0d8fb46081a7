"""Lists by cursor: sorted by the moment of the last change, each page asked for with all its parameters again.

The vendor says that ``next`` keeps every parameter; a live report says that it loses filters and relations. So only
its cursor is taken. A position is the moment up to which a list was read: records of that very second come again,
since the store's clock has no finer moments.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from attrs import evolve, frozen

from ...mapping.codec import UNREADABLE
from ...mapping.moments import MOMENT
from ...mapping.rseries import rows_of
from ...ports.exchange import Exchange
from .wire import Query, Relations, Wire

PAGE: Final = 100
"""Records on a page at most."""

Rows = list[Any]


@frozen(kw_only=True)
class Place:
    """How far a list was read."""

    floor: str = ""
    """Records that changed from this moment on are asked for; empty: all."""
    highest: str = ""
    """Latest change that was seen on the pages so far."""
    after: str = ""
    """Cursor of the next page; empty on the first one."""

    @classmethod
    def parse(cls, position: str) -> Place:
        """Read what ``str`` wrote; anything else is the beginning."""
        parts = position.split("|")
        if len(parts) != 3:
            return cls()
        return cls(floor=parts[0], highest=parts[1], after=parts[2])

    def __str__(self) -> str:
        return f"{self.floor}|{self.highest}|{self.after}"


@frozen(kw_only=True)
class List:
    """A list that is read page by page."""

    entity: str
    """Kind of record."""
    stamped: bool = True
    """Whether records bear the moment of their last change; else the whole list is read every time."""
    archives: bool = True
    """Whether records can be archived."""
    relations: Relations = ()
    """What is loaded along."""

    def query(self, place: Place) -> Query:
        """Every parameter of a page."""
        asked: list[tuple[str, str]] = [("limit", str(PAGE))]
        if self.archives:
            asked.append(("archived", "true"))
        if self.stamped:
            asked.append(("sort", "timeStamp"))
            if place.floor:
                asked.append(("timeStamp", f">=,{place.floor}"))
        if place.after:
            asked.append(("after", place.after))
        return tuple(asked)


@frozen(kw_only=True)
class RawPage:
    """One page as it came."""

    document: Any
    """The answer."""
    rows: Rows
    """Its records, nested collections as lists."""
    place: Place
    """Where to go on."""
    more: bool
    """False on the last page."""


def page(wire: Wire, of: List, position: str, extra: Query = ()) -> Exchange[RawPage]:
    """One page after a position; raises ``Broken`` for a cursor that does not advance."""
    place = Place.parse(position)
    document = yield from wire.many(of.entity, (*of.query(place), *extra), of.relations)
    rows = rows_of(document, of.entity)[of.entity]
    place = evolve(place, highest=_highest(rows, place.highest))
    after = _after(wire, of, document)
    if not after:
        floor = place.highest or place.floor
        return RawPage(document=document, rows=rows, place=Place(floor=floor), more=False)
    if after == place.after:
        raise wire.broken(f"GET /{of.entity}", f"the cursor does not advance beyond {after}")
    return RawPage(document=document, rows=rows, place=evolve(place, after=after), more=True)


def _after(wire: Wire, of: List, document: Any) -> str:
    """The cursor in the address of the next page, empty on the last one."""
    attributes = document.get("@attributes") if isinstance(document, dict) else None
    following = attributes.get("next") if isinstance(attributes, dict) else None
    if not isinstance(following, str) or not following:
        return ""
    found = parse_qs(urlsplit(following).query).get("after")
    if not found:
        raise wire.broken(f"GET /{of.entity}", "the address of the next page holds no cursor")
    return found[0]


def _highest(rows: Rows, known: str) -> str:
    moments = (_moment(row.get("timeStamp")) for row in rows if isinstance(row, dict))
    return max((*moments, known))


def _moment(stamp: Any) -> str:
    """A moment in one form for all, empty where nobody can read it."""
    try:
        return MOMENT.read(stamp).isoformat()
    except UNREADABLE:
        return ""


def sweep(wire: Wire, of: List, position: str = "", extra: Query = ()) -> Exchange[dict[str, Any]]:
    """Every record from a position on, as one list document; one that changes meanwhile is kept at its last."""
    found: dict[object, Any] = {}
    place, more = str(evolve(Place.parse(position), after="")), True
    key = f"{of.entity[0].lower()}{of.entity[1:]}ID"
    while more:
        some = yield from page(wire, of, place, extra)
        for row in some.rows:
            name = row.get(key) if isinstance(row, dict) else None
            found.pop(name, None)
            found[name if name is not None else object()] = row
        place, more = str(some.place), some.more
    return {of.entity: list(found.values())}
