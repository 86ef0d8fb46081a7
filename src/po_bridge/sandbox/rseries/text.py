"""How values are written: every scalar is text, one record stands bare, several in an array."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from .refusal import malformed

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def figure(value: Decimal | int) -> str:
    """Write a number without fixed places."""
    whole = Decimal(value)
    return f"{whole.normalize():f}" if whole else "0"


def truth(value: bool) -> str:  # noqa: FBT001 - a value to write, no option
    """Write true or false."""
    return "true" if value else "false"


def stamp(moment: datetime) -> str:
    """Write a time in UTC with its offset."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def one_or_many(rows: Sequence[Any]) -> Any:
    """Give a single row bare and several in a list."""
    return rows[0] if len(rows) == 1 else list(rows)


def dated(**moments: datetime | None) -> dict[str, str]:
    """Write the dates that are set; the others have no key."""
    return {name: stamp(moment) for name, moment in moments.items() if moment is not None}


def moment(written: str, zone: str, name: str) -> datetime | None:
    """Read a date as midnight in a zone, or a date with time; an empty text is no date.

    Raises Refusal with 400 for anything else.
    """
    if not written:
        return None
    try:
        if _DAY.fullmatch(written):
            local = datetime.combine(date.fromisoformat(written), time(), ZoneInfo(zone))
            return local.astimezone(UTC)
        read = datetime.fromisoformat(written)
    except ValueError as error:
        raise malformed(f"{name}: {written!r} is not a date") from error
    return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
