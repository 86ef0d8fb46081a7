"""What people call the style of a promise: from the order's lines, and from style documents that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import evolve

from ..models.availability import Availability
from ..models.keys import LineKey
from ..ports.cache import Styles

Promises: TypeAlias = Mapping[LineKey, tuple[Availability, ...]]
"""What suppliers state, by line."""


def with_style_names(promises: Promises, numbers: Mapping[LineKey, str], styles: Styles) -> Promises:
    """Promises with number and name of their style where they are known; nobody is asked for them.

    *numbers* are those of the lines, empty where there is none; a kept document serves whatever its age.
    """
    return {key: _named(key, some, numbers.get(key, ""), styles) for key, some in promises.items()}


def _named(
    key: LineKey, promises: tuple[Availability, ...], number: str, styles: Styles
) -> tuple[Availability, ...]:
    kept = styles.get(key.portal, key.style_id)
    style = kept.document if kept else None
    number = number or (style.number if style else "")
    name = style.name if style else ""
    return tuple(evolve(one, style_number=number, style_name=name) for one in promises)
