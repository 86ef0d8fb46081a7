"""Vendors, manufacturers and tags: made by name, looked for by folded name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from ...mapping.rseries import MANUFACTURER, TAG, VENDOR, NamedEntity, tag_key
from ...models.named_record import NamedRecord, name_key
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ...planning.refs import Slot
from ...planning.snapshot import Collection, Page
from ...ports.exchange import Exchange
from .pages import List, Place, page, sweep
from .wire import Wire, id_in

_LETTERS: Final = re.compile(r"[\W_]+")


@frozen(kw_only=True)
class NameList:
    """One of the lists of records with a name."""

    entity: NamedEntity
    """Reads and writes them."""
    pages: List
    """How the list is read."""


LISTS: Final = {
    Collection.SUPPLIERS: NameList(entity=VENDOR, pages=List(entity="Vendor")),
    Collection.BRANDS: NameList(entity=MANUFACTURER, pages=List(entity="Manufacturer", archives=False)),
    # Tags bear no moment of change, so the list comes whole.
    Collection.TAGS: NameList(entity=TAG, pages=List(entity="Tag", stamped=False, archives=False)),
}
"""Vendors, manufacturers and tags."""


def named_page(wire: Wire, collection: Collection, since: str) -> Exchange[Page]:
    """One page of vendors, manufacturers or tags, archived ones included."""
    of = LISTS[collection]
    raw = yield from page(wire, of.pages, since)
    records = of.entity.read(raw.document, wire.label)
    if collection is Collection.TAGS:
        records = tuple(by_name(record) for record in records)
    return Page(records=records, position=str(raw.place), more=raw.more)


def by_name(tag: NamedRecord) -> NamedRecord:
    """A tag under its name, which is all that products tell of it."""
    return evolve(tag, id=tag_key(tag.name))


def create_named(wire: Wire, collection: Collection, slot: Slot, name: str) -> Exchange[Receipt]:
    """Make a vendor or manufacturer."""
    of = LISTS[collection].entity
    answer = yield from wire.create(of.entity, of.write(name))
    return Receipt(made={slot: id_in(answer, of.entity, of.key, wire)})


def create_tag(wire: Wire, slot: Slot, name: str) -> Exchange[Receipt]:
    """Make a tag; the store keeps its name in small letters without blanks, and one of that name is taken."""
    answer = yield from wire.create(TAG.entity, TAG.write(name))
    id_in(answer, TAG.entity, TAG.key, wire)
    return Receipt(made={slot: tag_key(name)})


def probe_named(wire: Wire, collection: Collection, slot: Slot, name: str, since: str) -> Exchange[Probed]:
    """Look for a record among what changed since the intent."""
    of = LISTS[collection]
    records = of.entity.read((yield from sweep(wire, of.pages, since)), wire.label)
    if collection is Collection.TAGS:
        there = any(tag_key(record.name) == tag_key(name) for record in records)
        return Done(receipt=Receipt(made={slot: tag_key(name)}, found=True)) if there else Absent()
    alive = tuple(record for record in records if not record.deleted)
    same = tuple(record for record in alive if record.key == name_key(name))
    if len(same) == 1:
        return Done(receipt=Receipt(made={slot: same[0].id}, found=True))
    near = same or tuple(record for record in alive if _near(record.name, name))
    return Unclear(question=_which(slot, name, near)) if near else Absent()


def _near(one: str, other: str) -> bool:
    return _LETTERS.sub("", name_key(one)) == _LETTERS.sub("", name_key(other))


def _which(slot: Slot, name: str, records: Iterable[NamedRecord]) -> Question:
    some = tuple(records)
    listed = ", ".join(f"{record.name!r} ({record.id})" for record in some)
    text = f"while {slot.kind.value} {name!r} was being made, this appeared: {listed}; which one is it?"
    answers = tuple(record.id for record in some)
    return Question(key=f"which {slot}", text=text, stops=Stops.ORDER, answers=answers)


def floor_of(since: str) -> str:
    """The moment up to which a list had been read, for a look into another list."""
    return str(Place(floor=Place.parse(since).floor))
