"""Style numbers as keys: case and kind of separator never carry meaning, whether there is one does."""

from __future__ import annotations

from .folding import fold_code


def style_key(number: str) -> str:
    """Give the key of a style number, empty where it holds nothing but separators.

    ``AB-123``, ``ab 123`` and ``AB/123`` are one; ``AB123`` is another,
    since ``1-11`` and ``11-1`` without their hyphens would be one style.
    """
    return fold_code(number)


def loose_style_key(number: str) -> str:
    """Give the style number without separators: a hint for a person, never a key to match by."""
    return fold_code(number).replace("-", "")
