"""JSON values that cannot be changed."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

_DEEPEST: Final = 60


def frozen_json(value: Any, depth: int = 0) -> Any:
    """Copy a JSON value: objects become read-only mappings, lists become tuples.

    What is nested deeper than 60 levels is cut off and replaced by the text ``"..."``: nobody reads it,
    and a hostile document must not exhaust the stack.
    """
    if isinstance(value, dict):
        if depth == _DEEPEST:
            return "..."
        return MappingProxyType({key: frozen_json(inner, depth + 1) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        if depth == _DEEPEST:
            return "..."
        return tuple(frozen_json(inner, depth + 1) for inner in value)
    return value
