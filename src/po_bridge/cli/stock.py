"""``availability``: what suppliers have of an order's lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models.availability import Availability, Unknown
from ..models.keys import LineKey
from ..report.columns import columns
from .desk import desk
from .exit_code import ExitCode
from .json_form import value_json
from .options import DEFAULT, Options
from .printing import show

_HEADS = ("style", "name", "colour", "size", "units", "from", "basis", "warehouse", "read at")


def availability(order: str, /, *, options: Options = DEFAULT) -> ExitCode:
    """Show what the supplier has of each line of an order; unknown is not zero.

    Parameters
    ----------
    order
        Number or key of the order.
    """
    with desk(options) as at:
        found = at.bridge.availability(order)
    show(options, _text(found), _document(found))
    return ExitCode.DONE


def _text(found: Mapping[LineKey, tuple[Availability, ...]]) -> str:
    rows = [_row(key, promise) for key, promises in found.items() for promise in promises]
    return "\n".join(columns(rows, heads=_HEADS, right=frozenset({4}))) or "the order has no line"


def _row(key: LineKey, promise: Availability) -> tuple[str, ...]:
    why = f" ({promise.level.why})" if isinstance(promise.level, Unknown) and promise.level.why else ""
    return (
        promise.style_number or key.style_id,
        promise.style_name,
        key.color,
        key.size,
        f"{promise.level}{why}",
        promise.first_day.isoformat() if promise.first_day else "",
        promise.basis.value,
        promise.warehouse,
        f"{promise.at:%Y-%m-%d %H:%M}",
    )


def _document(found: Mapping[LineKey, tuple[Availability, ...]]) -> dict[str, Any]:
    return {
        "lines": [
            {"line": str(key), "promises": [value_json(promise) for promise in promises]}
            for key, promises in found.items()
        ]
    }
