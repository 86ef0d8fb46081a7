"""What repeating each kind of write does, and how many calls it takes, in every version."""

from __future__ import annotations

from typing import Final, assert_never

from ...models.capabilities import Effect
from ...planning.refs import Kind
from ...planning.write import (
    AddLines,
    AttachImage,
    CreateBrand,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
)

EFFECTS: Final = {
    CreateOptions.__name__: Effect.UNIQUE,
    UpdateProduct.__name__: Effect.SETS,
    AttachImage.__name__: Effect.SETS,
    SetLine.__name__: Effect.SETS,
    SetStatus.__name__: Effect.SETS,
    Remove.__name__: Effect.SETS,
}
"""Kinds left out ADD: names are not unique, and the bulk line call adds up."""

UNHELD: Final = {"source_id": "families of 2026-10 have no place for the id of a source record"}
"""What has no place from 2026-10 on."""

OtherWrite = (
    CreateSupplier
    | CreateBrand
    | CreateTag
    | CreateOptions
    | CreateOrder
    | AddLines
    | SetLine
    | SetStatus
    | Remove
)
"""Writes that are the same in every version."""


def calls_of(write: OtherWrite) -> int:
    """Requests of the happy path, a look before the write included."""
    match write:
        case SetStatus():
            return 2
        case Remove():
            return 2 if write.kind is Kind.ORDER else 1
        case CreateSupplier() | CreateBrand() | CreateTag() | CreateOptions():
            return 1
        case CreateOrder() | AddLines() | SetLine():
            return 1
        case _:
            assert_never(write)
