"""Validators and converters that the values of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import Attribute


def aware(_instance: Any, attribute: Attribute[Any], value: datetime | None) -> None:
    """Refuse a moment without a zone; raises ValueError."""
    if value is not None and value.tzinfo is None:
        raise ValueError(f"{attribute.name} must carry a time zone, got {value!r}")


def finite(_instance: Any, attribute: Attribute[Any], value: Decimal | None) -> None:
    """Refuse floats, NaN and infinities; raises TypeError or ValueError."""
    if value is None:
        return
    if not isinstance(value, Decimal):
        raise TypeError(f"{attribute.name} must be a Decimal, got {value!r}")
    if not value.is_finite():
        raise ValueError(f"{attribute.name} must be finite, got {value!r}")


def filled(_instance: Any, attribute: Attribute[Any], value: str) -> None:
    """Refuse an empty text; raises ValueError."""
    if not value:
        raise ValueError(f"{attribute.name} must not be empty")


def frozen_mapping(value: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Copy a mapping into one that cannot be changed.

    Typed loosely: the checkers do not carry type variables through an attrs converter.
    """
    return value if isinstance(value, MappingProxyType) else MappingProxyType(dict(value))
