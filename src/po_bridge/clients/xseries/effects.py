"""What repeating each kind of write does, in every version."""

from __future__ import annotations

from typing import Final

from ...models.capabilities import Effect
from ...planning.write import AttachImage, CreateOptions, Remove, SetLine, SetStatus, UpdateProduct

EFFECTS: Final = {
    CreateOptions.__name__: Effect.UNIQUE,
    UpdateProduct.__name__: Effect.SETS,
    AttachImage.__name__: Effect.SETS,
    SetLine.__name__: Effect.SETS,
    SetStatus.__name__: Effect.SETS,
    Remove.__name__: Effect.SETS,
}
"""Kinds left out ADD: names are not unique, and the bulk line call adds up."""
