"""Reads back what steps made, in as few calls as it takes: family by family, or all of them by one sweep.

Creations answer ids in no promised order, or none, so products are told apart by codes that were known before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Protocol

from attrs import frozen

from ...models.pos_product import PosProduct
from ...planning.refs import Ids, Ref, resolve
from ...planning.seen import Found
from ...planning.step import Step
from ...planning.write import AddMembers, CreateFamily, UpdateProduct, Write
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

    def family_of(self, write: ReadWrite, ids: Ids) -> Exchange[Products]:
        """Products of the family that a write made or joined, or the one product that it set; none where it is gone."""
        ...

    def swept(self, since: str, enough: Enough) -> Exchange[Products]:
        """Products that changed after a version, deleted ones included, until they are *enough*."""
        ...

    def alone(self, sought: Sought) -> Exchange[Products]:
        """One product that a look at its family did not show."""
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
    """What is there of the steps' products, by one sweep where single families would take more calls."""
    groups = _groups(step.write for step in steps)
    sought = [one for step in steps for one in _sought(step.write, ids)]
    found: dict[Ref, PosProduct] = {}
    if not _one_by_one(groups, page):
        products = yield from reader.swept(since, lambda some: _all_there(sought, some))
        found |= _told(sought, products)
    for writes in groups.values():
        missing = [one for write in writes for one in _sought(write, ids) if one.ref not in found]
        if missing:
            found |= yield from _singly(reader, writes[0], missing, ids)
    return found


def _singly(reader: Reader, write: ReadWrite, sought: Sequence[Sought], ids: Ids) -> Exchange[Found]:
    found = _told(sought, (yield from reader.family_of(write, ids)))
    for one in sought:
        if one.ref not in found:
            found |= _told([one], (yield from reader.alone(one)))
    return found


def reads(writes: Iterable[Write], page: int) -> int:
    """Calls that reading all of these back takes, when nobody else changes products meanwhile."""
    groups = _groups(write for write in writes if is_read_back(write))
    return len(groups) if _one_by_one(groups, page) else _pages(groups, page)


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


def _one_by_one(groups: Mapping[str, list[ReadWrite]], page: int) -> bool:
    """A sweep may need one page more than the products fill, since others change products too."""
    return len(groups) <= _pages(groups, page) + 1


def _pages(groups: Mapping[str, list[ReadWrite]], page: int) -> int:
    return ceil(sum(_count(write) for writes in groups.values() for write in writes) / page)


def _count(write: ReadWrite) -> int:
    return 1 if isinstance(write, UpdateProduct) else len(write.members)


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
