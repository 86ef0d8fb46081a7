"""Reads back what steps made, in as few calls as it takes: family by family, or all of them by one sweep.

Creations answer ids in no promised order, or none, so products are told apart by codes that were known before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Protocol

from attrs import frozen

from ...models.pos_product import PosProduct
from ...planning.refs import Ids, Kind, Ref, Slot, resolve
from ...planning.seen import Found, PictureStatus
from ...planning.step import Step
from ...planning.write import AddMembers, AttachImage, CreateFamily, UpdateProduct, Write
from ...ports.exchange import Exchange
from .._standing import is_plain
from .families import codes_of_member
from .products import holders

Products = tuple[PosProduct, ...]
Enough = Callable[[Products], bool]
"""Whether these products are all that is looked for."""
ReadWrite = CreateFamily | AddMembers | UpdateProduct
"""Writes whose products are read back."""


class Reader(Protocol):
    """How one version of the API reads products."""

    def find(self, product_id: str) -> Exchange[PosProduct | None]:
        """One product, None where there is none."""
        ...

    def family_of(self, write: ReadWrite, ids: Ids) -> Exchange[Products]:
        """Products of the family that a write made or joined, or the one product that it set; none where it is gone."""
        ...

    def swept(self, since: str, enough: Enough) -> Exchange[Products]:
        """Products that changed after a version, deleted ones included, until they are *enough*."""
        ...

    def alone(self, sought: Sought) -> Exchange[Products]:
        """One product that a look at its family did not show."""
        ...

    def picture(self, uploaded: Uploaded) -> Exchange[PictureStatus | None]:
        """What became of one picture; None where the store does not tell."""
        ...


@frozen(kw_only=True)
class Sought:
    """A product that is looked for."""

    ref: Ref
    """What the plan calls it."""
    id: str | None
    """Its id, where that is known."""
    codes: tuple[str, ...] = ()
    """Codes known before it was made; none where it was there already."""

    def among(self, products: Iterable[PosProduct]) -> PosProduct | None:
        """The product itself, a live one before a deleted one."""
        same = [one for one in products if one.id == self.id] if self.id else holders(products, self.codes)
        return min(same, key=lambda one: one.deleted, default=None)


@frozen(kw_only=True)
class Uploaded:
    """A picture that the store took and went on processing."""

    slot: Slot
    """What the plan calls it."""
    image_id: str
    """Its id."""
    product: Ref
    """What the plan calls its product."""
    product_id: str
    """The product's id."""

    def is_shown(self, product: PosProduct) -> bool:
        """Whether a product shows it."""
        return any(image.image_id == self.image_id for image in product.images)


def is_read_back(write: Write) -> bool:
    """Whether the products of a write are read back: all that are made, and fields beyond being on sale."""
    match write:
        case CreateFamily() | AddMembers():
            return bool(write.members)
        case UpdateProduct():
            return not is_plain(write.after)
        case _:
            return False


def read_back(reader: Reader, page: int, steps: Sequence[Step], ids: Ids, since: str) -> Exchange[Found]:
    """What is there of the steps' products and pictures, by one sweep where single looks would take more calls."""
    groups = _groups(step.write for step in steps)
    sought = [one for step in steps for one in _sought(step.write, ids)]
    pictures = [one for step in steps for one in _uploaded(step.write, ids)]
    looks, records = len(groups) + len(pictures), _count(groups) + _passed(sought, pictures, ids)
    found: dict[Ref, PosProduct | PictureStatus] = {}
    if _one_by_one(looks, records, page):
        for picture in pictures:
            found |= yield from _picture(reader, picture)
    else:
        found |= yield from _swept(reader, sought, pictures, since)
    for writes in groups.values():
        missing = [one for write in writes for one in _sought(write, ids) if one.ref not in found]
        if missing:
            found |= yield from _singly(reader, writes[0], missing, ids)
    return found


def _swept(
    reader: Reader, sought: Sequence[Sought], pictures: Sequence[Uploaded], since: str
) -> Exchange[Found]:
    def enough(products: Products) -> bool:
        return _all_there(sought, products) and len(_shown(pictures, products)) == len(pictures)

    products = yield from reader.swept(since, enough)
    return {**_told(sought, products), **_shown(pictures, products)}


def _shown(pictures: Sequence[Uploaded], products: Products) -> dict[Ref, PictureStatus]:
    by_id = {one.id: one for one in products}
    there = (one for one in pictures if one.product_id in by_id and one.is_shown(by_id[one.product_id]))
    return {one.slot: PictureStatus.SHOWN for one in there}


def _picture(reader: Reader, picture: Uploaded) -> Exchange[Found]:
    """One picture; of one that was no good the product too, so that a person is told its name."""
    status = yield from reader.picture(picture)
    if status is None:
        return {}
    product = (yield from reader.find(picture.product_id)) if status is PictureStatus.BROKEN else None
    return {picture.slot: status, **({picture.product: product} if product else {})}


def _singly(reader: Reader, write: ReadWrite, sought: Sequence[Sought], ids: Ids) -> Exchange[Found]:
    found = _told(sought, (yield from reader.family_of(write, ids)))
    for one in sought:
        if one.ref not in found:
            found |= _told([one], (yield from reader.alone(one)))
    return found


def reads(writes: Iterable[Write], page: int) -> int:
    """Calls that reading all of these back takes, when nobody else changes products meanwhile.

    Pictures have a look of their own, after their products are known; a store that is done at once saves it.
    """
    listed = tuple(writes)
    groups = _groups(write for write in listed if is_read_back(write))
    pictured = [write.product for write in listed if isinstance(write, AttachImage)]
    records = _count(groups)
    passed = max(records, len(set(pictured)))
    return _calls(len(groups), records, page) + _calls(len(pictured), passed, page)


def _calls(looks: int, records: int, page: int) -> int:
    return looks if _one_by_one(looks, records, page) else ceil(records / page)


def _groups(writes: Iterable[Write]) -> Mapping[str, list[ReadWrite]]:
    """Writes by the family that one call shows, or by the product that is read alone."""
    found: dict[str, list[ReadWrite]] = {}
    for write in writes:
        match write:
            case CreateFamily():
                found.setdefault(str(write.slot), []).append(write)
            case AddMembers():
                found.setdefault(str(write.family), []).append(write)
            case UpdateProduct():
                found.setdefault(str(write.product), []).append(write)
            case _:
                pass
    return found


def _one_by_one(looks: int, records: int, page: int) -> bool:
    """A sweep may need one page more than the products fill, since others change products too."""
    return looks <= ceil(records / page) + 1


def _count(groups: Mapping[str, list[ReadWrite]]) -> int:
    writes = (write for some in groups.values() for write in some)
    return sum(1 if isinstance(write, UpdateProduct) else len(write.members) for write in writes)


def _passed(sought: Sequence[Sought], pictures: Sequence[Uploaded], ids: Ids) -> int:
    """Products that a sweep for pictures passes beside those that are sought: all that the plan made so far."""
    if not pictures:
        return 0
    made = {slot for slot in ids if slot.kind is Kind.PRODUCT}
    return len((made | {one.product for one in pictures}) - {one.ref for one in sought})


def _uploaded(write: Write, ids: Ids) -> Iterator[Uploaded]:
    if isinstance(write, AttachImage):
        yield Uploaded(
            slot=write.slot,
            image_id=resolve(write.slot, ids),
            product=write.product,
            product_id=resolve(write.product, ids),
        )


def _sought(write: Write, ids: Ids) -> Iterator[Sought]:
    match write:
        case CreateFamily() | AddMembers():
            for member in write.members:
                yield Sought(ref=member.slot, id=ids.get(member.slot), codes=codes_of_member(member))
        case UpdateProduct():
            yield Sought(ref=write.product, id=resolve(write.product, ids))
        case _:
            pass


def _all_there(sought: Sequence[Sought], products: Products) -> bool:
    seen = {one.id for one in products}
    codes = {code.text for one in products if not one.deleted for code in one.codes}
    return all(one.id in seen if one.id else not codes.isdisjoint(one.codes) for one in sought)


def _told(sought: Iterable[Sought], products: Products) -> dict[Ref, PosProduct]:
    return {one.ref: found for one in sought if (found := one.among(products)) is not None}
