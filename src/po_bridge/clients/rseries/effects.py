"""What repeating each kind of write does."""

from __future__ import annotations

from typing import Final

from ...models.capabilities import Effect
from ...planning.write import CreateTag, Remove, SetLine, SetStatus, UpdateProduct

EFFECTS: Final = {
    CreateTag.__name__: Effect.SETS,
    UpdateProduct.__name__: Effect.SETS,
    SetLine.__name__: Effect.SETS,
    SetStatus.__name__: Effect.SETS,
    Remove.__name__: Effect.SETS,
}
"""Kinds left out ADD: names are not unique, a second item only where its UPC or EAN gives it away."""
