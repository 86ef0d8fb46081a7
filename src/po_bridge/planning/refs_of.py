"""What a write uses, what it makes, and how it comes apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import evolve

from .refs import Ref, Slot
from .write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)


def made_by(write: Write) -> tuple[Slot, ...]:
    """Slots that have an id once the write is done."""
    match write:
        case CreateSupplier() | CreateBrand() | CreateTag() | CreateOrder() | AttachImage():
            return (write.slot,)
        case CreateOptions():
            return tuple(option.slot for option in write.options)
        case CreateFamily():
            return (write.slot, *(member.slot for member in write.members))
        case AddMembers():
            return tuple(member.slot for member in write.members)
        case UpdateProduct() | AddLines() | SetLine() | SetStatus() | Remove():
            return ()
        case _:
            assert_never(write)


def _refs(write: Write) -> tuple[Ref | None, ...]:
    match write:
        case CreateSupplier() | CreateBrand() | CreateTag() | CreateOptions():
            return ()
        case CreateFamily():
            return (write.supplier, write.brand, *write.tags, *(option.ref for option in write.options))
        case AddMembers():
            return (write.family, write.supplier, write.brand, *(option.ref for option in write.options))
        case UpdateProduct() | AttachImage():
            return (write.product,)
        case CreateOrder():
            # needed only so that a probe can tell this order from those: they are made one after the other
            return (write.supplier, *write.others)
        case AddLines():
            return (write.order, *(line.product for line in write.lines))
        case SetLine():
            return (write.order, write.product)
        case SetStatus():
            return (write.order,)
        case Remove():
            return (write.target, write.within)
        case _:
            assert_never(write)


def used_by(write: Write) -> tuple[Slot, ...]:
    """Slots whose ids the write needs, each once, in order."""
    return tuple(dict.fromkeys(ref for ref in _refs(write) if isinstance(ref, Slot)))


def halves(write: Write) -> tuple[Write, ...]:
    """The write in two parts that together do the same; empty where it cannot be divided."""
    match write:
        case AddLines() if len(write.lines) > 1:
            middle = len(write.lines) // 2
            return (evolve(write, lines=write.lines[:middle]), evolve(write, lines=write.lines[middle:]))
        case AddMembers() if len(write.members) > 1:
            middle = len(write.members) // 2
            return (
                evolve(write, members=write.members[:middle]),
                evolve(write, members=write.members[middle:]),
            )
        case _:
            return ()


def narrowed(write: Write, usable: Callable[[Slot], bool]) -> tuple[Write, ...]:
    """The part that can go on and the part that cannot, where some products will not come; else empty."""
    if not isinstance(write, AddLines):
        return ()
    good = tuple(line for line in write.lines if not isinstance(line.product, Slot) or usable(line.product))
    bad = tuple(line for line in write.lines if line not in good)
    if not good or not bad:
        return ()
    return (evolve(write, lines=good), evolve(write, lines=bad))
