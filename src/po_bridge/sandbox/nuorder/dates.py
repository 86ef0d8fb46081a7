"""How the vendor writes moments and days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from .call import BadBodyError

_DAY: Final = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9])")


def moment(at: datetime) -> str:
    """Write an aware moment as ISO 8601 in UTC with milliseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def midnight(day: object) -> str:
    """Write a day as midnight UTC; takes `YYYY/MM/DD`, `YYYY-M-D`, an ISO moment or a date.

    Raises BadBodyError for anything else.
    """
    if isinstance(day, date):
        return f"{day.isoformat()[:10]}T00:00:00.000Z"
    found = _DAY.match(str(day))
    if found is None:
        raise BadBodyError(f"not a day: {day}")
    try:
        return midnight(date(*(int(part) for part in found.groups())))
    except ValueError as error:
        raise BadBodyError(f"not a day: {day}") from error
