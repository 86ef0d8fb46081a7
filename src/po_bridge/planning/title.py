"""What a write does, in a few words for people."""

from __future__ import annotations

from typing import assert_never

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


def title(write: Write) -> str:
    """A few words; nothing branches on them."""
    match write:
        case CreateSupplier():
            return f"create supplier {write.name}"
        case CreateBrand():
            return f"create brand {write.name}"
        case CreateTag():
            return f"create tag {write.name}"
        case CreateOptions():
            return f"create option {', '.join(option.name for option in write.options)}"
        case CreateFamily():
            count = f" ({len(write.members)})" if write.members else ""
            return f"create {'draft ' if not write.active else ''}product {write.name}{count}"
        case AddMembers():
            return f"add {len(write.members)} variant(s) to {write.family_name}"
        case UpdateProduct():
            return f"update product {write.product}"
        case AttachImage():
            return f"upload picture {write.address.rpartition('/')[2]}"
        case CreateOrder():
            return f"create purchase order {write.draft.number}"
        case AddLines():
            return f"add {len(write.lines)} line(s)"
        case SetLine():
            return f"set line {write.product} to {write.count}"
        case SetStatus():
            return f"set status {write.after.value}"
        case Remove():
            return f"remove {write.kind.value} {write.target}"
        case _:
            assert_never(write)
